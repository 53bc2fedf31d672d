package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A key that expires. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TokenAnswer(@Nullable String apiKey, @Nullable String expiryDate) {
    @Override
    public String toString() {
        return "TokenAnswer[***]";
    }
}
