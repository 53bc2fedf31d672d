package org.unipayout.journal;

/**
 * What follows when a provider that has no idempotency key ({@link org.unipayout.Resubmission.AfterAbsence}) did not
 * know a payout for its whole window. Providers that refuse a second payment themselves are concerned only after the
 * database went back in time ({@link PayoutOrders#restored}).
 */
public enum Absence {
    /**
     * It is flagged ({@link Attention#DECISION_NEEDED}) until the merchant has looked into the provider's statement and
     * calls {@link PayoutOrders#resubmit}. Nobody is paid twice even if the provider hides a payout for longer than it says.
     */
    ASK_MERCHANT,
    /** The provider's window is relied on: it was not executed, and is sent again under the same reference. */
    RESUBMIT
}
