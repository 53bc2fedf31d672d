package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of payout orders. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayoutOrderPage(@Nullable List<@Nullable PayoutOrder> items) {
    /** The orders of a reference; null if this is no page. */
    public @Nullable List<PayoutOrder> ordersOf(String reference) {
        return items == null
                ? null
                : items.stream()
                        .filter(order -> order != null && reference.equals(order.externalId()))
                        .toList();
    }

    @Override
    public String toString() {
        return "PayoutOrderPage[***]";
    }
}
