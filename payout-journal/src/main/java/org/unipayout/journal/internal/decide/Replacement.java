package org.unipayout.journal.internal.decide;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.journal.Attention;

/** Whether another payout may be made for the intent of one that ended, and whether one was. Pure functions. */
public final class Replacement {
    private static final String SUCCESSOR = "successor";

    private Replacement() {}

    /** Why the intent may not be paid in another way; empty if it may, because nothing was paid and nothing says otherwise. */
    public static Optional<String> refusal(Facts facts) {
        Attention reason = facts.reason();
        return switch (facts.status()) {
            case FAILED, CANCELED, EXPIRED ->
                (reason == null || reason == Attention.LISTENER_FAILED)
                                && facts.openClaim().isEmpty()
                        ? Optional.empty()
                        : Optional.of("is " + facts.status() + ", and something says otherwise: settle it first");
            case RETURNED -> Optional.of("is RETURNED: it was paid once; what came back is paid as a new intent");
            default -> Optional.of("is " + facts.status() + ": only one that ended unpaid can be replaced");
        };
    }

    public static Fields by(String successor) {
        return new Fields().with(SUCCESSOR, successor);
    }

    /** The reference of the payout that was made instead; null if none was. */
    public static @Nullable String successor(List<HistoryRow> history) {
        return history.stream()
                .skip(Math.max(HistoryRow.newStart(history), 0))
                .filter(row -> row.event() == Event.REPLACED)
                .map(row -> row.facts().need(SUCCESSOR))
                .findFirst()
                .orElse(null);
    }
}
