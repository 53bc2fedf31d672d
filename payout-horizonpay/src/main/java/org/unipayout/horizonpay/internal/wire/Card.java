package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code recipient_credit_card}: a number with month as two digits and year as four, or a token alone. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Card(
        @Nullable String number,
        @Nullable String holder,
        @Nullable String expMonth,
        @Nullable String expYear,
        @Nullable String token) {
    @Override
    public String toString() {
        return "Card[***]";
    }
}
