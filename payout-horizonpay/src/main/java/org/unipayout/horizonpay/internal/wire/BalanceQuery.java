package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /balance}: one of the three, which one depends on the bank. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BalanceQuery(
        @Nullable String account,
        @Nullable String currency,
        @Nullable Long gatewayId) {
    @Override
    public String toString() {
        return "BalanceQuery[***]";
    }
}
