package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.unipayout.Secret;

/** The body of {@code POST /v2/auth/token}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TokenRequest(String clientId, Secret clientSecret) {
    @Override
    public String toString() {
        return "TokenRequest[***]";
    }
}
