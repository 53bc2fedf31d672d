package org.unipayout;

/** What to do after an error, as the one thing that is safe. */
public enum Advice {
    /** Do not send this payout again: it would be refused again. */
    NEVER,
    /** Nothing was executed: send the same request under the same reference, later. */
    SAME_REFERENCE_LATER,
    /** Nothing was paid: put right what the error names, then pay under a new reference. */
    NEW_PAYOUT_AFTER_FIX,
    /** Nothing is proven: ask for the status, and do not send anything. */
    ASK_STATUS
}
