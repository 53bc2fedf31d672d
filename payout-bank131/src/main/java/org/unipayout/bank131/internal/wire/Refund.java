package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** One return of a payout to a bank account. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Refund(
        @Nullable String id,
        @Nullable String status,
        @Nullable @Describing AmountDetails amountDetails) {}
