package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code recipient_billing_address} and {@code sender_billing_address}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BillingAddress(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String country,
        @Nullable String city,
        @Nullable String state,
        @Nullable String zip,
        @Nullable String address,
        @Nullable String phone) {
    @Override
    public String toString() {
        return "BillingAddress[***]";
    }
}
