package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** The body of {@code POST /v2/webhooks}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WebhookIn(String url, List<String> events) {
    @Override
    public String toString() {
        return "WebhookIn[***]";
    }
}
