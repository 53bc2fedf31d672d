package org.unipayout.journal;

/** Who lets a payout go that is {@link org.unipayout.PayoutStatus#AWAITING_CONFIRMATION}. */
public enum Confirmation {
    /** The journal confirms as soon as the provider waits for it. */
    AUTOMATIC,
    /** The merchant confirms with {@link PayoutOrders#confirm}. */
    MANUAL
}
