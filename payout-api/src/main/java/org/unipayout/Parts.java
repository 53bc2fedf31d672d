package org.unipayout;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Named values in one line of printable ASCII, and back. */
final class Parts {
    private Parts() {}

    /** Values that are null are left out. */
    static String text(String prefix, Map<String, @Nullable String> parts) {
        return parts.entrySet().stream()
                .filter(part -> part.getValue() != null)
                .map(part -> part.getKey() + "=" + encoded(part.getValue()))
                .collect(Collectors.joining("&", prefix, ""));
    }

    private static String encoded(@Nullable String value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
    }

    static Map<String, String> read(@Nullable String text, String prefix) {
        if (text == null || !text.startsWith(prefix)) {
            throw new IllegalArgumentException("text: must start with " + prefix);
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : text.substring(prefix.length()).split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            } else if (!part.isEmpty()) {
                throw new IllegalArgumentException("text: has a part without a value");
            }
        }
        return parts;
    }

    static @Nullable Instant instant(@Nullable String value) {
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("text: a time must be an instant in ISO 8601", e);
        }
    }
}
