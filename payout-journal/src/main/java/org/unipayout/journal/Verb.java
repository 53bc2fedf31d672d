package org.unipayout.journal;

/** What a person can order for a payout. {@link PayoutRecord#openVerbs} says which are open now. */
public enum Verb {
    /** {@link PayoutOrders#pay}: open for no stored payout, but may be put under four eyes ({@link PayoutsBuilder#fourEyes}). */
    PAY,
    /** {@link PayoutOrders#confirm}. */
    CONFIRM,
    /** {@link PayoutOrders#cancel}. */
    CANCEL,
    /** {@link PayoutOrders#resubmit}, after a look into the provider's statement. */
    RESUBMIT,
    /** {@link Payouts#pay} with the same request, because its card number is needed again. */
    PAY_AGAIN,
    /** {@link PayoutOrders#settle}, after a look into the provider's statement. */
    SETTLE,
    /** {@link PayoutOrders#approve}, by another actor than the one whose order waits. */
    APPROVE,
    /** {@link PayoutOrders#reject}, by anybody; the one who ordered withdraws it so. */
    REJECT
}
