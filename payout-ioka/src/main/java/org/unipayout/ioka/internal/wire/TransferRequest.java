package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** The body of {@code POST /v2/transfer-orders/{id}/payout}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TransferRequest(String receiverId) {
    @Override
    public String toString() {
        return "TransferRequest[***]";
    }
}
