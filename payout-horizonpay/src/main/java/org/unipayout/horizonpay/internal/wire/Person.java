package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code recipient} and {@code sender} of a request; only a recipient has a tax number. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Person(
        @Nullable String ip,
        @Nullable String email,
        @Nullable String deviceId,
        @Nullable String birthDate,
        @Nullable String taxpayerId) {
    @Override
    public String toString() {
        return "Person[***]";
    }
}
