package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment session. Payouts stand in {@code payments} (v1) or {@code payout_list} (v2), incoming payments in {@code
 * acquiring_payments} (v1) or {@code payment_list} (v2).
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Session(
        @Nullable String id,
        @Nullable String status,
        @Nullable String createdAt,
        @Nullable String updatedAt,
        @Nullable String finishedAt,
        @Nullable String nextAction,
        @Nullable ErrorObject error,
        @Nullable List<@Nullable PayoutItem> payments,
        @Nullable List<@Nullable PayoutItem> payoutList,
        @Nullable List<@Nullable PayoutItem> acquiringPayments,
        @Nullable List<@Nullable PayoutItem> paymentList) {

    /** The payouts under either name; one that stands under both counts once, unless the two disagree. */
    public List<PayoutItem> payouts() {
        return once(payments, payoutList);
    }

    /**
     * The incoming payments: the internal transfer that goes before a payout from a settlement or escrow account to a
     * card may stand here, instead of the payout or beside it.
     */
    public List<PayoutItem> transfers() {
        return once(acquiringPayments, paymentList);
    }

    /** The payout, or the transfer that goes before it; empty if nothing was started. */
    public Optional<PayoutItem> first() {
        List<PayoutItem> payouts = payouts();
        return (payouts.isEmpty() ? transfers() : payouts).stream().findFirst();
    }

    /** Whether nothing was started in it. */
    public boolean isEmpty() {
        return payouts().isEmpty() && transfers().isEmpty();
    }

    private static List<PayoutItem> once(
            @Nullable List<@Nullable PayoutItem> first, @Nullable List<@Nullable PayoutItem> second) {
        List<PayoutItem> all = new ArrayList<>();
        addNew(all, first);
        addNew(all, second);
        return all;
    }

    private static void addNew(List<PayoutItem> all, @Nullable List<@Nullable PayoutItem> named) {
        for (PayoutItem item : Objects.requireNonNullElse(named, List.<@Nullable PayoutItem>of())) {
            if (item != null && all.stream().noneMatch(known -> isSame(known, item))) {
                all.add(item);
            }
        }
    }

    private static boolean isSame(PayoutItem known, PayoutItem item) {
        return item.id() != null && item.id().equals(known.id()) && item.agreesWith(known);
    }

    @Override
    public String toString() {
        return "Session[***]";
    }
}
