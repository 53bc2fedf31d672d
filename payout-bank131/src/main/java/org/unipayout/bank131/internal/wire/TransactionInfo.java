package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code transaction_info}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TransactionInfo(
        @Nullable String rrn,
        @Nullable String authCode,
        @Nullable String bankAccountRuToken) {
    @Override
    public String toString() {
        return "TransactionInfo[***]";
    }
}
