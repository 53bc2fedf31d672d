package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A bank account in Kazakhstan. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AccountParams(
        String iin,
        String iban,
        String name,
        @Nullable String knp,
        @Nullable String kbe,
        @Nullable String description,
        boolean isJuridical) {
    @Override
    public String toString() {
        return "AccountParams[***]";
    }
}
