package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** One attempt to pay. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Transfer(
        @Nullable String id,
        @Nullable String orderId,
        @Nullable String status,
        @Nullable String createdAt,
        @Nullable Long transferredAmount,
        @Nullable Acquirer acquirer,
        @Nullable ErrorObject error,
        @Nullable String receiverPanMasked) {
    /**
     * The bank that carried the attempt out.
     *
     * @param name as ioka spells it
     * @param reference the bank's retrieval reference number
     */
    public record Acquirer(@Nullable String name, @Nullable String reference) {}

    @Override
    public String toString() {
        return "Transfer[***]";
    }
}
