package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** One attempt to pay. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Transfer(
        @Nullable String id,
        @Nullable String orderId,
        @Nullable String status,
        @Describing @Nullable String createdAt,
        @Nullable Long amount,
        @Nullable Long transferredAmount,
        @Describing @Nullable BigDecimal processingFee,
        @Describing @Nullable Sender sender,
        @Describing @Nullable Acquirer acquirer,
        @Describing @Nullable ErrorObject error,
        @Describing @Nullable String receiverPanMasked) {
    /**
     * The bank that carried the attempt out.
     *
     * @param name as ioka spells it
     * @param reference the bank's retrieval reference number
     */
    public record Acquirer(@Nullable String name, @Nullable String reference) {}

    /**
     * The card that paid.
     *
     * @param panMasked its masked number
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Sender(@Nullable String panMasked) {
        @Override
        public String toString() {
            return "Sender[***]";
        }
    }

    @Override
    public String toString() {
        return "Transfer[***]";
    }
}
