package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** Why a call failed or a payout was declined. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ErrorObject(@Nullable String code, @Nullable String message) {
    /** Whether this is an error of ioka itself and not of a gateway before it: those have no code, or a number. */
    public boolean isDocumentedShape() {
        return code != null && code.matches("[A-Za-z][A-Za-z0-9_]{0,63}");
    }

    @Override
    public String toString() {
        return "ErrorObject[***]";
    }
}
