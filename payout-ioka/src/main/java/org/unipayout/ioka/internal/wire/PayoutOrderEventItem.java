package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** One entry of an order's history. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayoutOrderEventItem(
        @Nullable String createdAt,
        @Nullable String name,
        @Nullable String code,
        @Nullable String message) {}
