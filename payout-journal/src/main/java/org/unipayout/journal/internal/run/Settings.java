package org.unipayout.journal.internal.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.unipayout.Sleeper;
import org.unipayout.journal.Absence;
import org.unipayout.journal.PayoutListener;
import org.unipayout.journal.Verb;

/** What the builder collected. */
public record Settings(
        Clock clock,
        Sleeper sleeper,
        DoubleSupplier random,
        Duration firstPause,
        Duration longestPause,
        Duration attentionAfter,
        Duration keepForeignNotifications,
        Duration watchedFor,
        Duration closeWithin,
        int greatestSubmits,
        int questionsPerHour,
        int pageSize,
        Absence absence,
        Set<Verb> fourEyes,
        List<PayoutListener> listeners,
        Checkpoint.Listener checkpoints) {

    /** The present time, as exact as the database keeps it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A pause that grows by half of the time that has passed since the last progress. */
    public Duration pauseSince(Instant progressAt, Instant now) {
        Duration half = Duration.between(progressAt, now).dividedBy(2);
        Duration pause = half.compareTo(firstPause) < 0 ? firstPause : half;
        Duration shorter = pause.compareTo(longestPause) > 0 ? longestPause : pause;
        return Duration.ofNanos((long) (shorter.toNanos() * (0.75 + random.getAsDouble() / 4)));
    }
}
