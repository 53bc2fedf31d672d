package org.unipayout.tinypay.internal.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The body of {@code POST /payouts}. */
public record NewPayout(
        String reference,
        long amount,
        String currency,
        @JsonProperty("card_token") String cardToken) {
    @Override
    public String toString() {
        return "NewPayout[***]";
    }
}
