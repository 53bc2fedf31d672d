package org.unipayout.journal.internal.decide;

import java.util.List;
import java.util.Optional;
import org.unipayout.journal.HistoryFault;

/** Finds the first row of a history that was edited, removed, added or moved. */
public final class HistoryCheck {
    private HistoryCheck() {}

    public static Optional<HistoryFault> of(
            String reference,
            List<HistoryRow> history,
            String status,
            String requestHash,
            long version,
            String headHash) {
        String previous = HistoryRow.NO_HASH;
        long number = 0;
        for (HistoryRow row : history) {
            number++;
            if (row.number() != number) {
                return fault(reference, number, "The row is missing.");
            }
            if (!row.previousHash().equals(previous)) {
                return fault(reference, number, "The row does not follow the one before it.");
            }
            if (!row.computedHash().equals(row.hash())) {
                return fault(reference, number, "The row was edited.");
            }
            previous = row.hash();
        }
        if (number != version || !previous.equals(headHash)) {
            return fault(reference, number + 1, "Rows at the end were removed or added.");
        }
        HistoryRow last = history.get(history.size() - 1);
        if (!last.status().name().equals(status)) {
            return fault(reference, number, "The payout's status is not the one of its last row.");
        }
        if (!requestHash.equals(history.get(0).facts().get("requestHash"))) {
            return fault(reference, 1, "The stored request was edited.");
        }
        return Optional.empty();
    }

    private static Optional<HistoryFault> fault(String reference, long number, String text) {
        return Optional.of(new HistoryFault(reference, number, text));
    }
}
