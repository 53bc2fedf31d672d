package org.unipayout.journal.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How often a payout is asked about because somebody looked at it or notified, on this machine. What a worker asks when a payout is
 * due is not counted.
 *
 * <p>Half of an hour's questions may come in a row, the other half comes back over an hour: never more than all of them in any hour.
 */
final class Questions {
    private static final int KEPT_WITHOUT_TIDYING = 10_000;

    private final Duration pause;
    private final Duration interval;
    private final Duration inARow;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    /** The last question, and when all that were asked have come back. */
    private record Asked(Instant last, Instant allBackAt) {}

    Questions(Duration pause, int perHour) {
        this.pause = pause;
        int burst = perHour / 2;
        interval = Duration.ofHours(1).dividedBy(perHour - burst);
        inARow = interval.multipliedBy(burst - 1L);
    }

    boolean isFree(String reference, Instant now) {
        Asked before = asked(reference, now);
        return before == null
                || !(now.isBefore(before.last.plus(pause)) || now.isBefore(before.allBackAt.minus(inARow)));
    }

    void count(String reference, Instant now) {
        Asked before = asked(reference, now);
        Instant from = before == null || before.allBackAt.isBefore(now) ? now : before.allBackAt;
        asked.put(reference, new Asked(now, from.plus(interval)));
        if (asked.size() > KEPT_WITHOUT_TIDYING) {
            asked.values().removeIf(one -> one.allBackAt.isBefore(now));
        }
    }

    /** A question of the future was asked by a wrong clock. */
    private @Nullable Asked asked(String reference, Instant now) {
        Asked before = asked.get(reference);
        return before == null || before.last.isAfter(now) ? null : before;
    }
}
