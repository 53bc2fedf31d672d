package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /transactions/recipient_tokenizations}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TokenizeRecipient(
        String description,
        String trackingId,
        @Nullable Boolean test,
        Card recipientCreditCard,
        @Nullable Person recipient,
        @Nullable BillingAddress recipientBillingAddress) {
    @Override
    public String toString() {
        return "TokenizeRecipient[***]";
    }
}
