package org.unipayout.journal;

import java.time.Instant;
import java.util.List;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.store.Retirement;

/**
 * A payout as the archive takes it ({@link PayoutOrders#retire}): all that the journal has of it. Immutable; it holds what the journal
 * stores of persons, sealed if there is a vault, and prints none of it.
 *
 * @param payout what the journal knows about it
 * @param request the request as it is stored, sealed if there is a vault; the first row's proof has its hash
 * @param observation the newest observation as it is stored, sealed likewise; the last row's proof has its hash
 * @param history all rows of its history, the oldest first; unmodifiable
 */
public record RetiredPayout(PayoutRecord payout, String request, String observation, List<Row> history) {
    /**
     * Copies the rows.
     *
     * @param payout what the journal knows about it
     * @param request the request as it is stored
     * @param observation the newest observation as it is stored
     * @param history all rows of its history, the oldest first
     */
    public RetiredPayout {
        history = List.copyOf(history);
    }

    /**
     * A row of a history, with the columns of its table.
     *
     * @param number 1 for the first one
     * @param at when it was added, UTC
     * @param event what happened, by its name in the journal
     * @param status the status that holds after it
     * @param proof names and values, one to a line; nothing that names a person or a card
     * @param node the machine that added it
     * @param previousHash the hash of the row before; zeros for the first
     * @param hash its own hash, under the history key if there is one
     */
    public record Row(
            long number,
            Instant at,
            String event,
            PayoutStatus status,
            String proof,
            String node,
            String previousHash,
            String hash) {
        private static Row of(HistoryRow row) {
            return new Row(
                    row.number(),
                    row.at(),
                    row.event().name(),
                    row.status(),
                    row.proof(),
                    row.node(),
                    row.previousHash(),
                    row.hash());
        }
    }

    static RetiredPayout of(Retirement.Candidate candidate, PayoutRecord payout) {
        List<Row> rows = candidate.stored().history().stream().map(Row::of).toList();
        return new RetiredPayout(payout, candidate.request(), candidate.observation(), rows);
    }

    /** {@return how far its history has come: what one payout is told from another by that came twice} */
    public HistoryHead head() {
        Row last = history.get(history.size() - 1);
        return new HistoryHead(payout.reference(), last.number(), last.hash());
    }

    @Override
    public String toString() {
        return "RetiredPayout[" + payout + "]";
    }
}
