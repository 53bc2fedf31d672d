package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v2/payouts/orders}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayoutOrderRequest(
        long amount,
        Recipient recipient,
        @Nullable String acquirer,
        @Nullable String captureMethod,
        String externalId,
        @Nullable Map<String, String> extraInfo,
        String currency) {
    /**
     * Where the money goes.
     *
     * @param type {@code CARD} or {@code ACCOUNT}
     * @param params {@link CardParams}, {@link AccountParams}, or null for a card that is given later
     */
    public record Recipient(String type, @Nullable Object params) {
        @Override
        public String toString() {
            return "Recipient[" + type + "]";
        }
    }

    @Override
    public String toString() {
        return "PayoutOrderRequest[***]";
    }
}
