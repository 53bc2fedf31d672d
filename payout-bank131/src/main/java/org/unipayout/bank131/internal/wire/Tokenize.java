package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The messages of {@code tokenize}. */
public final class Tokenize {
    private Tokenize() {}

    /** The question. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Request(String type, Account bankAccountRu) {
        @Override
        public String toString() {
            return "Request[***]";
        }
    }

    /** {@code bank_account_ru}. */
    public record Account(String bik, String account) {
        @Override
        public String toString() {
            return "Account[***]";
        }
    }

    /** The answer. */
    public record Answer(
            @Nullable String status,
            @Nullable ErrorObject error,
            @Nullable String token) implements Envelope {
        @Override
        public String toString() {
            return "Answer[***]";
        }
    }
}
