package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** What the merchant answers to a verification call: code 0 accepts, any other declines ("Verification"). */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record VerificationAnswer(
        int code,
        @Nullable String uid,
        @Nullable Long amount,
        @Nullable String createdAt,
        @Nullable String message) {}
