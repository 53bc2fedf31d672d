package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error body. Version 3 has a code; version 2 has none and may wrap the rest in {@code response}. {@code errors} is a
 * tree by field.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Refusal(
        @Nullable String code,
        @Nullable String friendlyMessage,
        @Nullable String message,
        @Nullable JsonNode errors,
        @Nullable Refusal response) {

    /** The error out of its wrapper. */
    public Refusal unwrapped() {
        return code == null && message == null && response != null ? response : this;
    }

    /** The text for the merchant, or null. */
    public @Nullable String text() {
        return message == null ? friendlyMessage : message;
    }

    /** Whether fields are named. */
    public boolean namesFields() {
        return errors != null && errors.isObject() && !errors.isEmpty();
    }

    /** Whether the texts hold a phrase, in any case; for version 2, which has no codes. */
    public boolean says(String phrase) {
        String all = Objects.toString(message, "") + ' ' + Objects.toString(errors, "");
        return all.toLowerCase(Locale.ROOT).contains(phrase);
    }

    @Override
    public String toString() {
        return "Refusal[" + code + "]";
    }
}
