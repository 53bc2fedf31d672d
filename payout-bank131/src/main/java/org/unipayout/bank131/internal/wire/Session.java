package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A payment session. Payouts stand in {@code payments} (v1) or {@code payout_list} (v2), incoming payments in the other two. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Session(
        @Nullable String id,
        @Nullable String status,
        @Nullable String createdAt,
        @Nullable String finishedAt,
        @Nullable String nextAction,
        @Nullable ErrorObject error,
        @Nullable List<@Nullable PayoutItem> payments,
        @Nullable List<@Nullable PayoutItem> payoutList,
        @Nullable List<JsonNode> acquiringPayments,
        @Nullable List<JsonNode> paymentList) {

    /** The payouts under either name; one that stands under both counts once. */
    public List<PayoutItem> payouts() {
        Set<String> seen = new HashSet<>();
        return Stream.of(payments, payoutList)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .filter(payout -> payout.id() == null || seen.add(payout.id()))
                .toList();
    }

    /** Whether it holds incoming payments, as a transfer from a settlement or escrow account to a card does. */
    public boolean hasIncomingPayments() {
        return Stream.of(acquiringPayments, paymentList).anyMatch(list -> list != null && !list.isEmpty());
    }

    @Override
    public String toString() {
        return "Session[***]";
    }
}
