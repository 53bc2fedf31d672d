package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v2/transfer-orders}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TransferOrderRequest(
        long amount,
        String type,
        @Nullable String corpAccountId,
        String currency,
        String externalId,
        @Nullable String description,
        @Nullable Map<String, String> extraInfo,
        @Nullable String dueDate,
        @Nullable String receiverId,
        @Nullable String backUrl,
        @Nullable String successUrl,
        @Nullable String failureUrl,
        @Nullable String template) {
    @Override
    public String toString() {
        return "TransferOrderRequest[***]";
    }
}
