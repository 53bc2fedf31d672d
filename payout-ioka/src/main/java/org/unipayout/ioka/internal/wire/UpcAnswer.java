package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The answer of {@code .../upc}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record UpcAnswer(
        @Nullable String status,
        @Nullable String externalId,
        @Nullable Long upc,
        @Nullable String name,
        @Nullable String nib,
        @Nullable Long amount,
        @Nullable Long knp) {
    @Override
    public String toString() {
        return "UpcAnswer[***]";
    }
}
