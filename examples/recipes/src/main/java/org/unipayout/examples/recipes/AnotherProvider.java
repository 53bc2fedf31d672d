package org.unipayout.examples.recipes;

import java.util.Optional;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Actor;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;

/** Pays at a second provider what the first one declined, and never at both. */
final class AnotherProvider {
    private AnotherProvider() {}

    // snippet: switch
    static Optional<PayoutRecord> payElsewhere(Payouts payouts, Actor cashier, String declined, PayoutRequest again) {
        PayoutStatus status = payouts.find(declined).orElseThrow().status();
        if (status != PayoutStatus.FAILED) {
            return Optional
                    .empty(); // UNKNOWN and PROCESSING may still be paid: wait, whatever the queue at the desk says
        }
        // one successor for each payout, and none for one that may have been paid: the journal refuses the rest
        return Optional.of(payouts.by(cashier).instead(declined, again, "bereke", Confirmation.AUTOMATIC));
    }
    // end
}
