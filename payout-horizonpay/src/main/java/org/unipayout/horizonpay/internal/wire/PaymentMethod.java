package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A card in an answer. The published sample has null for the token, although its table calls it mandatory. */
public record PaymentMethod(
        @JsonProperty("last_4") @Nullable String lastFour,
        @Nullable String token) {
    @Override
    public String toString() {
        return "PaymentMethod[***]";
    }
}
