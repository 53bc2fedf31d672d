package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A saved card. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CardParams(@Nullable String customerId, String cardId) {
    @Override
    public String toString() {
        return "CardParams[***]";
    }
}
