package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/**
 * An error body. Version 3 has a code; version 2 has none and may wrap the rest in {@code response}. {@code errors} is a
 * tree by field.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Refusal(
        @Nullable String code,
        @Describing @Nullable String friendlyMessage,
        @Describing @Nullable String message,
        @Nullable JsonNode errors,
        @Describing @Nullable Refusal response) {
    private static final int MOST_FIELDS = 5;
    private static final Pattern FIELD = Pattern.compile("[a-z0-9_.]{1,80}");

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

    /** The names of the first fields, with dots, such as {@code recipient.taxpayer_id}; never what they held. */
    public List<String> fields() {
        List<String> fields = new ArrayList<>();
        collect(errors, "", fields);
        return fields.stream().limit(MOST_FIELDS).toList();
    }

    private static void collect(@Nullable JsonNode node, String path, List<String> fields) {
        if (node == null || !node.isObject()) {
            return;
        }
        node.properties().forEach(field -> {
            String name = path + field.getKey();
            if (field.getValue().isObject()) {
                collect(field.getValue(), name + ".", fields);
            } else if (FIELD.matcher(name).matches() && !field.getKey().equals("base")) {
                fields.add(name);
            }
        });
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
