package org.unipayout.journal.internal.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;

/**
 * That the database went back in time, and what it had is lost from an instant on until it was told.
 *
 * @param keptUntil everything that was committed until then is there
 * @param restoredAt when it was told; nothing was sent by what is lost after that
 * @param repeatedUntil until when a request that does not say when it arose may be one that was lost
 * @param who who told it
 */
public record Restore(Instant keptUntil, Instant restoredAt, Instant repeatedUntil, String who) {
    /** By how much the clocks of the merchant's systems may differ; they must agree within seconds, and this is ample. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final String KEPT_UNTIL = "keptUntil";
    private static final String RESTORED_AT = "restoredAt";

    /** What a row of a history says of it. */
    record Told(Instant keptUntil, Instant restoredAt) {
        static Told by(HistoryRow row) {
            Fields said = row.facts();
            return new Told(Instant.parse(said.need(KEPT_UNTIL)), Instant.parse(said.need(RESTORED_AT)));
        }
    }

    /** What it is about a payout as it is stored. */
    public record Subject(List<HistoryRow> history, Payout observation, Instant storedAt, Instant changedAt) {}

    /**
     * Whether a request may have been asked for in the lost time.
     *
     * @param arose when the intent arose by the merchant's word; null if he gave none
     */
    public boolean mayHaveLost(@Nullable Instant arose, Instant storedAt) {
        Instant surely = restoredAt.plus(CLOCK_DIFFERENCE);
        return !storedAt.isAfter(surely) || (arose != null ? !arose.isAfter(surely) : !storedAt.isAfter(repeatedUntil));
    }

    /**
     * What the history of a payout is to say of it; empty if it says so already, or the payout is none of the lost time.
     *
     * @param watchedFor how long after its end a payout may still have changed
     */
    public Optional<Entry> entry(Subject subject, Duration watchedFor) {
        Payout known = subject.observation;
        boolean ended = known.status().isFinal() && subject.changedAt.isBefore(keptUntil.minus(watchedFor));
        return ended || isTold(subject.history) || !mayHaveLost(arose(subject), subject.storedAt)
                ? Optional.empty()
                : Optional.of(new Entry(Event.RESTORED, proof(), after(known)));
    }

    private boolean isTold(List<HistoryRow> history) {
        return history.stream().anyMatch(this::isTold);
    }

    /** Nothing is retired that is to say something of a restore still. */
    private boolean isTold(HistoryRow row) {
        return switch (row.event()) {
            case RESTORED -> Told.by(row).keptUntil().equals(keptUntil);
            case RETIRED -> !row.at().isBefore(restoredAt);
            default -> false;
        };
    }

    /** Where the merchant gave no time, the handle has the one at which the request was stored. */
    private static @Nullable Instant arose(Subject subject) {
        return subject.observation
                .ref()
                .requestedAt()
                .filter(at -> !at.equals(subject.storedAt))
                .orElse(null);
    }

    private Fields proof() {
        return new Fields()
                .with(KEPT_UNTIL, keptUntil)
                .with(RESTORED_AT, restoredAt)
                .with("who", who);
    }

    /** What was not sent or not confirmed may be so by now; whatever else is known stays. */
    private static Payout after(Payout known) {
        boolean mayHaveMoved =
                known.status() == PayoutStatus.PREPARED || known.status() == PayoutStatus.AWAITING_CONFIRMATION;
        return mayHaveMoved
                ? Answers.unclear(
                        known,
                        Evidence.Kind.NO_ANSWER,
                        "The database went back in time; what was called since is not known.")
                : known;
    }
}
