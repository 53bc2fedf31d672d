package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code fps/banks}. */
public record FpsBanks(
        @Nullable String status,
        @Nullable ErrorObject error,
        @Nullable List<@Nullable Bank> banks) implements Envelope {

    /** One bank. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Bank(
            @Nullable String id,
            @Nullable String engName,
            @Nullable String ruName) {}
}
