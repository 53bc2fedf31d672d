package org.unipayout;

import org.jspecify.annotations.Nullable;

/** Argument checks whose messages name the field and say what would be right, and never repeat the value. */
final class Checks {
    private Checks() {}

    static String text(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + ": must not be blank");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + ": must not hold control characters");
        }
        return value;
    }

    static @Nullable String optionalText(@Nullable String value, String field) {
        return value == null ? null : text(value, field);
    }

    static <T> T present(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": is required");
        }
        return value;
    }
}
