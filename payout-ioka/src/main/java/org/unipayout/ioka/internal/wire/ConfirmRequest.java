package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v2/payouts/orders/{id}/confirm}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ConfirmRequest(
        @Nullable String pan,
        @Nullable String customerId,
        @Nullable String cardId,
        boolean isSave) {
    @Override
    public String toString() {
        return "ConfirmRequest[***]";
    }
}
