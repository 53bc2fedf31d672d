package org.unipayout.journal;

/**
 * What follows when a provider that has no idempotency key ({@link org.unipayout.Resubmission.AfterAbsence}) did not
 * know a payout for its whole window. Providers that refuse a second payment themselves are not concerned.
 */
public enum Absence {
    /** It was not executed, and is sent again under the same reference. */
    RESUBMIT,
    /** It is flagged ({@link Attention#DECISION_NEEDED}) until the merchant calls {@link Payouts#resubmit}. */
    ASK_MERCHANT
}
