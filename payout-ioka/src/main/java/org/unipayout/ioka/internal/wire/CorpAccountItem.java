package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A corporate account or card that pays. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CorpAccountItem(
        @Nullable String id,
        @Nullable String externalId,
        @Nullable String emitterCode,
        @Nullable String emitterName) {
    @Override
    public String toString() {
        return "CorpAccountItem[***]";
    }
}
