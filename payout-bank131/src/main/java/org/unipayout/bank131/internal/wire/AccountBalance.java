package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The messages of {@code report/account_balance}. */
public final class AccountBalance {
    private AccountBalance() {}

    /** The question. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Request(String accountNumber) {
        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    /** The answer. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Answer(
            @Nullable String status,
            @Nullable ErrorObject error,
            @Nullable String accountNumber,
            @Nullable String accountCurrency,
            @Nullable Current balance)
            implements Envelope {
        @Override
        public String toString() {
            return "Answer[***]";
        }
    }

    /** {@code balance}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Current(@Nullable Long currentBalance) {}
}
