package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a call failed or a payout was declined. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ErrorObject(@Nullable String code, @Nullable String message) {
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    /** Whether this is an error of ioka itself and not of a gateway before it: those have no code, or a number. */
    public boolean isDocumentedShape() {
        return code != null && CODE.matcher(code).matches();
    }

    @Override
    public String toString() {
        return "ErrorObject[***]";
    }
}
