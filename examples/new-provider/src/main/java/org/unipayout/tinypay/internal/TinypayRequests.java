package org.unipayout.tinypay.internal;

import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.tinypay.internal.wire.NewPayout;

/** Our words into Tinypay's. Pure functions. */
final class TinypayRequests {
    private TinypayRequests() {}

    /** The body of the call that pays; the capabilities let only saved cards come here. */
    static NewPayout newPayout(PayoutRequest request) {
        String token = ((Recipient.SavedCard) request.recipient()).token();
        return new NewPayout(
                request.reference(),
                request.amount().minorUnits(),
                request.amount().currency().getCurrencyCode(),
                token);
    }
}
