package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The messages of {@code token/info}. */
public final class TokenInfo {
    private TokenInfo() {}

    /** The question. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Request(String type, Card card) {
        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    /** The answer. */
    public record Answer(
            @Nullable String status,
            @Nullable ErrorObject error,
            @Nullable Info info) implements Envelope {
        @Override
        public String toString() {
            return "Answer[***]";
        }
    }

    /** {@code info}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Info(
            @Nullable String brand,
            @Nullable String last4,
            @Nullable String countryIso3,
            @Nullable String type) {
        @Override
        public String toString() {
            return "Info[***]";
        }
    }
}
