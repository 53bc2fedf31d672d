package org.unipayout.journal.internal.decide;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.journal.Attention;

/** Whether another payout may be made for the intent of one that ended, and whether one was. Pure functions. */
public final class Replacement {
    private static final String SUCCESSOR = "successor";
    private static final String PREDECESSOR = "insteadOf";

    private Replacement() {}

    /** Why the intent may not be paid in another way; empty if it may, because nothing was paid and nothing says otherwise. */
    public static Optional<String> refusal(Facts facts) {
        Attention reason = facts.reason();
        if (facts.order().isPresent()) {
            return Optional.of("has an order that waits: approve or reject it first");
        }
        return switch (facts.status()) {
            case FAILED, CANCELED, EXPIRED ->
                (reason == null || reason == Attention.LISTENER_FAILED)
                                && facts.owed() == null
                                && facts.openClaim().isEmpty()
                        ? Optional.empty()
                        : Optional.of("is " + facts.status() + ", and something says otherwise: settle it first");
            case RETURNED -> Optional.of("is RETURNED: it was paid once; what came back is paid as a new intent");
            default -> Optional.of("is " + facts.status() + ": only one that ended unpaid can be replaced");
        };
    }

    /**
     * Whether the row that names a replacement may be lost, because the database went back in time after the end and no person has said
     * since that nothing was paid.
     */
    public static boolean mayBeLost(List<HistoryRow> history, List<Restore> restores) {
        Instant said = Instant.EPOCH;
        boolean ended = false;
        for (HistoryRow row : history) {
            boolean ends = row.status().isFinal();
            said = (ends && !ended) || row.event() == Event.SETTLED ? row.at() : said;
            ended = ends;
        }
        Instant last = said;
        return restores.stream().anyMatch(restore -> !restore.restoredAt().isBefore(last));
    }

    public static Fields by(String successor) {
        return new Fields().with(SUCCESSOR, successor);
    }

    /** What the first row of the new payout says of the one that had ended. */
    public static Fields of(String predecessor) {
        return new Fields().with(PREDECESSOR, predecessor);
    }

    /** What the row says of both that stands for a history which goes to the archive. */
    public static Fields whenRetired(List<HistoryRow> history) {
        return new Fields().with(SUCCESSOR, successor(history)).with(PREDECESSOR, predecessor(history));
    }

    /** The reference of the payout that ended before this one was made for its intent; null if this is the first. */
    public static @Nullable String predecessor(List<HistoryRow> history) {
        return history.isEmpty() ? null : history.get(0).facts().get(PREDECESSOR);
    }

    /** The reference of the payout that was made instead; null if none was. */
    public static @Nullable String successor(List<HistoryRow> history) {
        return history.stream()
                .skip(Math.max(HistoryRow.newStart(history), 0))
                .filter(row -> row.event() == Event.REPLACED || row.event() == Event.RETIRED)
                .flatMap(row -> Optional.ofNullable(row.facts().get(SUCCESSOR)).stream())
                .findFirst()
                .orElse(null);
    }
}
