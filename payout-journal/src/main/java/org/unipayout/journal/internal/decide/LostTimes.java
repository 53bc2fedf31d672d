package org.unipayout.journal.internal.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a history says of the times that its database has lost. */
final class LostTimes {
    /** One, from the last moment on at which the payout may have been sent before. */
    private record Lost(Instant from, Instant until) {}

    private final List<Lost> lost = new ArrayList<>();
    private boolean endLost;
    private boolean handleLost;
    private boolean passingLost;

    /**
     * One more.
     *
     * @param settledAt when a send that is known was over; null if there is none
     * @param preparedAt since when a handle is known; null if there is none
     * @param letThroughAt when the fence's passing was known; null if it is not
     */
    void add(
            Restore.Told told,
            @Nullable Instant settledAt,
            @Nullable Instant preparedAt,
            @Nullable Instant letThroughAt) {
        Instant from = settledAt != null && isKept(settledAt, told) ? settledAt : told.keptUntil();
        lost.add(new Lost(from, told.restoredAt()));
        endLost = true;
        handleLost |= !isKept(preparedAt, told);
        passingLost |= !isKept(letThroughAt, told);
    }

    /** The payout was sent before its history began: how it was told to end, and what a fence let through, is not known. */
    void precede(boolean handleKnown) {
        endLost = true;
        handleLost |= !handleKnown;
        passingLost = true;
    }

    /** What came later came after the database went back, and says nothing about the time before. */
    static boolean isKept(@Nullable Instant at, Restore.Told told) {
        return at != null && !at.isAfter(told.keptUntil());
    }

    /** A person has decided that the payout is still to be sent. */
    void decided() {
        endLost = false;
    }

    /** Whether it may have been sent or ended, and nobody has decided since that it is still to be sent. */
    boolean mayHoldTheEnd() {
        return endLost;
    }

    /** Whether a handle may have been prepared and used that is not known. */
    boolean mayHoldAHandle() {
        return handleLost;
    }

    /** Whether the fence may have let a transaction through that is not known. */
    boolean mayHoldAPassing() {
        return passingLost;
    }

    /** Whether one went on until an instant, so that a send after it may be lost. */
    boolean mayHoldASendAfter(Instant instant) {
        return lost.stream().anyMatch(one -> !one.until.isBefore(instant));
    }

    /** Whether one was long enough for one more send than is counted, by a rule that has a window. */
    boolean mayHoldAnotherSend(Duration window) {
        return lost.stream().anyMatch(one -> !one.until.isBefore(one.from.plus(window)));
    }
}
