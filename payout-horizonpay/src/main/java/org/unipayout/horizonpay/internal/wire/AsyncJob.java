package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The answer to {@code POST /async/transactions/payouts}; the status is the job's, not the payout's. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AsyncJob(@Nullable String status, @Nullable String requestId) {}
