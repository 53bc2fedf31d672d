package org.unipayout;

import org.jspecify.annotations.Nullable;

/** Argument checks whose messages name the field and say what would be right, and never repeat the value. */
final class Checks {
    private Checks() {}

    static String text(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + ": must not be blank");
        }
        for (int index = 0; index < value.length(); index++) {
            if (Character.isISOControl(value.charAt(index))) {
                throw new IllegalArgumentException(field + ": must not hold control characters");
            }
        }
        return whole(value, field);
    }

    /** Half of a surrogate pair has no UTF-8: it would reach the provider, or a database, as another character. */
    static String whole(String value, String field) {
        for (int index = 0; index < value.length(); index = value.offsetByCodePoints(index, 1)) {
            if (Character.getType(value.codePointAt(index)) == Character.SURROGATE) {
                throw new IllegalArgumentException(
                        field + ": must be whole Unicode characters, but holds half of a surrogate pair");
            }
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
