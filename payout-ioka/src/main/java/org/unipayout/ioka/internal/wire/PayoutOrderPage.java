package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of payout orders. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayoutOrderPage(@Nullable List<@Nullable PayoutOrder> items) {
    @Override
    public String toString() {
        return "PayoutOrderPage[***]";
    }
}
