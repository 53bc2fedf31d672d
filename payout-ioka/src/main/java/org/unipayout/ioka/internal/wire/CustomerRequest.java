package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v2/customers}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CustomerRequest(
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String backUrl) {
    @Override
    public String toString() {
        return "CustomerRequest[***]";
    }
}
