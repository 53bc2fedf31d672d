package org.unipayout.journal.internal.run;

/** The boundaries between the steps of a payout: a crash may fall on any of them. */
public enum Checkpoint {
    INTENT_STORED,
    ORDER_STORED,
    APPROVAL_STORED,
    LEASED,
    PREPARE_STARTING,
    PREPARE_ANSWERED,
    PREPARE_STORED,
    SUBMIT_STORED,
    SUBMIT_ANSWERED,
    SUBMIT_ANSWER_STORED,
    GET_STARTING,
    GET_ANSWERED,
    GET_STORED,
    CONFIRM_ORDERED,
    CONFIRM_STORED,
    CONFIRM_ANSWERED,
    CONFIRM_ANSWER_STORED,
    CANCEL_STORED,
    CANCEL_ANSWERED,
    CANCEL_ANSWER_STORED,
    WEBHOOK_STORED,
    WEBHOOK_APPLIED,
    CHANGE_DELIVERED,
    DELIVERY_STORED,
    RELEASING,
    RELEASED;

    /** Hears of every boundary that is passed, in the thread that passes it. */
    @FunctionalInterface
    public interface Listener {
        Listener NONE = (checkpoint, reference) -> {};

        void reached(Checkpoint checkpoint, String reference);
    }
}
