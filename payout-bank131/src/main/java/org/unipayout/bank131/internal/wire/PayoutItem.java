package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** One payout of a session ("Payment" in the v1 pages), or the internal transfer that goes before it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayoutItem(
        @Nullable String id,
        @Nullable String status,
        @Nullable String createdAt,
        @Nullable String finishedAt,
        @Nullable @Describing Instrument paymentMethod,
        @Nullable @Describing Instrument payoutDetails,
        @Nullable @Describing PaymentDetails paymentDetails,
        @Nullable AmountDetails amountDetails,
        @Nullable @Describing Amounts amounts,
        @Nullable JsonNode metadata,
        @Nullable @Describing TransactionInfo transactionInfo,
        @Nullable List<@Nullable Refund> refunds,
        @Nullable ErrorObject error) {

    /** How an incoming payment is made; {@code internal_transfer} for the one that goes before a payout to a card. */
    public record PaymentDetails(@Nullable String type) {}

    /** Whether both say the same about the same money. */
    boolean agreesWith(PayoutItem other) {
        return Objects.equals(status, other.status)
                && Objects.equals(amountDetails, other.amountDetails)
                && Objects.equals(returns(), other.returns());
    }

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
