package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A saved card. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CardObject(
        @Nullable String id,
        @Nullable String customerId,
        @Nullable String panMasked,
        @Nullable String paymentSystem,
        @Nullable String emitter,
        @Nullable String status,
        @Nullable ErrorObject error) {
    @Override
    public String toString() {
        return "CardObject[***]";
    }
}
