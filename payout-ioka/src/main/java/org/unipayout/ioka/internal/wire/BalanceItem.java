package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A balance, in minor units. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BalanceItem(
        @Nullable String uuid,
        @Nullable String currency,
        @Nullable Long availableAmount) {
    @Override
    public String toString() {
        return "BalanceItem[***]";
    }
}
