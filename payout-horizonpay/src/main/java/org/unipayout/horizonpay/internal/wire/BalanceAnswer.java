package org.unipayout.horizonpay.internal.wire;

import org.jspecify.annotations.Nullable;

/** The answer of {@code /balance}, in neither of the two envelopes. */
public record BalanceAnswer(
        @Nullable String status, @Nullable Result result) {

    /** {@code result}; minor units. */
    public record Result(
            @Nullable String account,
            @Nullable Long amount,
            @Nullable String currency) {
        @Override
        public String toString() {
            return "Result[***]";
        }
    }
}
