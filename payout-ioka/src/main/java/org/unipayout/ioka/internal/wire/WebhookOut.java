package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address that notifications go to. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WebhookOut(
        @Nullable String id,
        @Nullable String url,
        @Nullable List<String> events,
        @Nullable Boolean active,
        @Nullable String key) {
    @Override
    public String toString() {
        return "WebhookOut[***]";
    }
}
