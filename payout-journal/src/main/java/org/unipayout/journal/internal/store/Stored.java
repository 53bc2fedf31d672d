package org.unipayout.journal.internal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unipayout.Payout;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;

/** A payout as it was stored at one version. */
public record Stored(
        String reference,
        String provider,
        Confirmation confirmation,
        Fields request,
        Payout observation,
        @Nullable Attention attention,
        long version,
        String headHash,
        long delivered,
        Instant requestedAt,
        Instant changedAt,
        @Nullable Instant askedAt,
        @Nullable String letThrough,
        List<HistoryRow> history) {
    public Stored with(HistoryRow row, Payout newest) {
        List<HistoryRow> longer = new ArrayList<>(history);
        longer.add(row);
        return new Stored(
                reference,
                provider,
                confirmation,
                request,
                newest,
                Facts.of(longer, Duration.ZERO).attention(),
                row.number(),
                row.hash(),
                delivered,
                requestedAt,
                row.at(),
                askedAt,
                letThrough,
                List.copyOf(longer));
    }

    Stored withAskedAt(Instant at) {
        return new Stored(
                reference,
                provider,
                confirmation,
                request,
                observation,
                attention,
                version,
                headHash,
                delivered,
                requestedAt,
                changedAt,
                at,
                letThrough,
                history);
    }

    Stored withDelivered(long number) {
        return new Stored(
                reference,
                provider,
                confirmation,
                request,
                observation,
                attention,
                version,
                headHash,
                number,
                requestedAt,
                changedAt,
                askedAt,
                letThrough,
                history);
    }

    @Override
    public String toString() {
        return "Stored[" + reference + " " + version + "]";
    }
}
