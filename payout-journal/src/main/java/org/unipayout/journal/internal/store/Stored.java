package org.unipayout.journal.internal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Payout;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.HistoryFault;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.Restore;

/**
 * A payout as it was stored at one version. If it does not fit its history it has a fault: then it holds what the sound part of the
 * history says, and no request.
 */
public record Stored(
        String reference,
        String provider,
        Confirmation confirmation,
        Fields request,
        Payout observation,
        @Nullable Attention attention,
        long version,
        String headHash,
        Told told,
        Instant requestedAt,
        Instant changedAt,
        @Nullable Instant askedAt,
        @Nullable Instant lastRestoredAt,
        @Nullable String letThrough,
        List<HistoryRow> history,
        @Nullable HistoryFault fault) {
    /**
     * How far the listeners are.
     *
     * @param delivered the number of the last row that they have heard, or that says nothing new
     * @param begun the number of the last announced call that somebody began to tell as unclear; whether they heard it nobody knows
     *     if that machine died
     */
    public record Told(long delivered, long begun) {}

    /** Whether it fits its history, and if it ever did not, a person has settled it since. */
    public boolean holds() {
        return fault == null && !(startsAnew() && !observation.status().isFinal());
    }

    /** Whether it was retired, or a person has spoken after a fault: what was asked for in detail is not known any more. */
    public boolean startsAnew() {
        return HistoryRow.newStart(history) >= 0;
    }

    /** Whether its history went to the archive; what was asked for in detail is not known any more either. */
    public boolean isRetired() {
        return HistoryRow.isRetired(history);
    }

    /** The hash of the request as it was first stored; null if that row is missing. */
    public @Nullable String requestHash() {
        return history.isEmpty() ? null : history.get(0).facts().get("requestHash");
    }

    /** What its history is to say of a restore of the database; empty if nothing. */
    public Optional<Entry> entry(Restore restore, Duration watchedFor) {
        return restore.entry(new Restore.Subject(history, observation, requestedAt, changedAt), watchedFor);
    }

    public Stored with(HistoryRow row, Payout newest) {
        return with(row, newest, request);
    }

    /** As {@link #with}, and without the request. */
    Stored anew(HistoryRow row, Payout newest) {
        return with(row, newest, Reader.known(provider, confirmation, newest.ref()));
    }

    private Stored with(HistoryRow row, Payout newest, Fields newRequest) {
        List<HistoryRow> longer = new ArrayList<>(history);
        longer.add(row);
        return new Stored(
                reference,
                provider,
                confirmation,
                newRequest,
                newest,
                Facts.of(longer, Duration.ZERO).attention(),
                row.number(),
                row.hash(),
                told,
                requestedAt,
                row.at(),
                askedAt,
                lastRestoredAt,
                letThrough,
                List.copyOf(longer),
                null);
    }

    Stored withAskedAt(Instant at) {
        return knowing(at, lastRestoredAt);
    }

    /** The same, with what is known by now of restores of the database. */
    public Stored withLastRestoredAt(@Nullable Instant at) {
        return knowing(askedAt, at);
    }

    private Stored knowing(@Nullable Instant asked, @Nullable Instant restored) {
        return new Stored(
                reference,
                provider,
                confirmation,
                request,
                observation,
                attention,
                version,
                headHash,
                told,
                requestedAt,
                changedAt,
                asked,
                restored,
                letThrough,
                history,
                fault);
    }

    Stored withTold(Told newest) {
        return new Stored(
                reference,
                provider,
                confirmation,
                request,
                observation,
                attention,
                version,
                headHash,
                newest,
                requestedAt,
                changedAt,
                askedAt,
                lastRestoredAt,
                letThrough,
                history,
                fault);
    }

    @Override
    public String toString() {
        return "Stored[" + reference + " " + version + "]";
    }
}
