package org.unipayout;

/** The operations of the contract, as exceptions and exchanges name them. */
public enum Operation {
    /** {@link PayoutClient#prepare}. */
    PREPARE,
    /** {@link PayoutClient#submit}. */
    SUBMIT,
    /** {@link PayoutClient#get}. */
    GET,
    /** {@link PayoutClient#confirm}. */
    CONFIRM,
    /** {@link PayoutClient#cancel}. */
    CANCEL,
    /** {@link PayoutClient#balance}. */
    BALANCE,
    /** {@link PayoutWebhooks#receive}. */
    WEBHOOK,
    /** A method that only one provider's client has. */
    EXTRA
}
