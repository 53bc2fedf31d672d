package org.unipayout.tinypay.internal.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A payout, as the answers to all three calls show it. */
public record PayoutState(
        @Nullable String id,
        @Nullable String reference,
        @Nullable Long amount,
        @Nullable String currency,
        @JsonProperty("card_token") @Nullable String cardToken,
        @Nullable String status,
        @Nullable String code) {
    @Override
    public String toString() {
        return "PayoutState[***]";
    }
}
