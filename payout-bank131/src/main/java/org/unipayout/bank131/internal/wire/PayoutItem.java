package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One payout of a session ("Payment" in the v1 pages). */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayoutItem(
        @Nullable String id,
        @Nullable String status,
        @Nullable String createdAt,
        @Nullable String finishedAt,
        @Nullable Instrument paymentMethod,
        @Nullable Instrument payoutDetails,
        @Nullable AmountDetails amountDetails,
        @Nullable Amounts amounts,
        @Nullable JsonNode metadata,
        @Nullable TransactionInfo transactionInfo,
        @Nullable List<@Nullable Refund> refunds,
        @Nullable ErrorObject error) {

    /** The instrument under either name. */
    public @Nullable Instrument instrument() {
        return payoutDetails == null ? paymentMethod : payoutDetails;
    }

    /** What came back from the recipient's bank; empty for most payouts. */
    public List<Refund> returns() {
        return refunds == null
                ? List.of()
                : refunds.stream().filter(Objects::nonNull).toList();
    }

    @Override
    public String toString() {
        return "PayoutItem[***]";
    }
}
