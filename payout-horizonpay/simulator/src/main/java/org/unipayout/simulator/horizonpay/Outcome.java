package org.unipayout.simulator.horizonpay;

import org.jspecify.annotations.Nullable;

/** What a transaction's answers say at one moment. */
record Outcome(
        String status,
        String code,
        @Nullable String message,
        @Nullable String bankMessage,
        @Nullable String bankCode,
        boolean paid) {

    static final Outcome SUCCESSFUL =
            new Outcome("successful", "S.0000", "Successfully processed", "Payout was approved", "00", true);
    static final Outcome TOKENIZED = new Outcome("successful", "S.0000", "Successfully processed", null, null, false);
    static final Outcome PENDING =
            new Outcome("pending", "P.0001", "Transaction is being processed", null, null, false);
    /** A status word that no page of the documentation has; money moved. */
    static final Outcome UNDER_REVIEW =
            new Outcome("under_review", "P.9999", "Transaction is under review", "Payout was approved", "00", true);

    static Outcome incomplete(String code) {
        return new Outcome("incomplete", code, null, null, null, false);
    }

    static Outcome failed(String code, String message) {
        return new Outcome("failed", code, message, message, "05", false);
    }

    boolean awaitsRecipient() {
        return status.equals("incomplete");
    }

    boolean isFinal() {
        return status.equals("successful") || status.equals("failed");
    }
}
