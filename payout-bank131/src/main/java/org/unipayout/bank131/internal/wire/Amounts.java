package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code amounts}: of its parts only the fee is read. */
public record Amounts(@Nullable Fee fee) {

    /** {@code fee}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Fee(@Nullable AmountDetails merchantFee) {}
}
