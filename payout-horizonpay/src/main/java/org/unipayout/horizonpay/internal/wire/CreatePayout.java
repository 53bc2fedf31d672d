package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /transactions/payouts}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CreatePayout(
        long amount,
        String currency,
        @Nullable String description,
        String trackingId,
        boolean duplicateCheck,
        @Nullable String language,
        @Nullable String notificationUrl,
        @Nullable String verificationUrl,
        @Nullable Boolean test,
        Card recipientCreditCard,
        @Nullable Person recipient,
        @Nullable Person sender,
        @Nullable BillingAddress recipientBillingAddress,
        @Nullable BillingAddress senderBillingAddress,
        @Nullable AdditionalData additionalData) {
    @Override
    public String toString() {
        return "CreatePayout[***]";
    }
}
