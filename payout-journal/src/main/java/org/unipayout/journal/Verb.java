package org.unipayout.journal;

/** What a person can order for a payout. {@link PayoutRecord#openVerbs} says which are open now. */
public enum Verb {
    /** {@link Payouts#confirm}. */
    CONFIRM,
    /** {@link Payouts#cancel}. */
    CANCEL,
    /** {@link Payouts#resubmit}, after a look into the provider's statement. */
    RESUBMIT,
    /** {@link Payouts#pay} with the same request, because its card number is needed again. */
    PAY_AGAIN,
    /** {@link Payouts#settle}, after a look into the provider's statement. */
    SETTLE
}
