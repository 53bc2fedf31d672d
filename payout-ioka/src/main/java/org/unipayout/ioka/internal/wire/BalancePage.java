package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of balances, and how many there are on all pages. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BalancePage(
        @Nullable List<@Nullable BalanceItem> items,
        @Nullable Long total) {
    @Override
    public String toString() {
        return "BalancePage[***]";
    }
}
