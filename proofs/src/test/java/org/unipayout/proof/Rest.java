package org.unipayout.proof;

import java.util.List;
import java.util.Optional;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.testkit.Ledger;

/**
 * Where a payout came to rest, by the merchant's journal and by the provider's ledger.
 *
 * @param payout the journal's record
 * @param movements all of the ledger, which knows this payout only
 * @param paidThoughItThrew calls that broke the contract's second sentence
 */
record Rest(PayoutRecord payout, List<Ledger.Movement> movements, List<String> paidThoughItThrew) {

    /** What the two make of each other. */
    enum Verdict {
        /** Ended as it would have without a fault. */
        AS_MEANT,
        /** Ended in another way, and the ledger says the same: pay again under a new reference. */
        TRUE_END,
        /** Open, and a person was told what to look at. */
        ASKED,
        /** Paid more than once. */
        DOUBLE,
        /** Money moved and is not known, or it stays open and nobody is told why. */
        LOST,
        /** An end that the ledger contradicts, or a call that threw and moved money. */
        WRONG
    }

    Verdict verdict(PayoutStatus meant) {
        long paid = movements.stream()
                .filter(movement -> movement.kind() == Ledger.Kind.PAID)
                .count();
        if (paid > 1) {
            return Verdict.DOUBLE;
        }
        if (!paidThoughItThrew.isEmpty() || contradicts(paid) || anotherAmountMoved()) {
            return Verdict.WRONG;
        }
        if (!payout.status().isFinal()) {
            return attention().isPresent() ? Verdict.ASKED : Verdict.LOST;
        }
        return payout.status() == meant ? Verdict.AS_MEANT : Verdict.TRUE_END;
    }

    private boolean contradicts(long paid) {
        return switch (payout.status()) {
            case SUCCEEDED, RETURNED -> paid == 0;
            case FAILED, CANCELED, EXPIRED -> paid > 0;
            case PREPARED, AWAITING_RECIPIENT, AWAITING_CONFIRMATION, PROCESSING, UNKNOWN -> false;
        };
    }

    private boolean anotherAmountMoved() {
        long asked = payout.payout().ref().amount().minorUnits();
        return movements.stream().anyMatch(movement -> movement.minorUnits() != asked);
    }

    /** That it takes long tells nobody what to look at. */
    private Optional<Attention> attention() {
        return payout.attention().filter(reason -> reason != Attention.OVERDUE);
    }

    /** For a person. */
    String words() {
        return payout.status()
                + payout.attention().map(reason -> ", " + reason).orElse("")
                + (paidThoughItThrew.isEmpty() ? "" : ", paid though " + paidThoughItThrew);
    }
}
