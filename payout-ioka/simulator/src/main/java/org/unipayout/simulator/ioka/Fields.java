package org.unipayout.simulator.ioka;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.NullNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The members of a request body, each checked as it is read. A member that is null counts as absent. */
final class Fields {
    static final Pattern PAN = Pattern.compile("\\d{12,19}");

    private static final int LONGEST_URL = 2083;

    private final ObjectNode body;

    Fields(ObjectNode body) {
        this.body = body;
    }

    boolean has(String name) {
        return body.hasNonNull(name);
    }

    /** The member as it came, JSON null if absent. */
    JsonNode any(String name) {
        return has(name) ? body.get(name) : NullNode.getInstance();
    }

    long amount(long minimum, long maximum) {
        JsonNode node = required("amount");
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong("amount", "целое число");
        }
        long amount = node.longValue();
        if (amount < minimum) {
            throw wrong("amount", "не меньше " + minimum);
        }
        if (amount > maximum) {
            throw new Problem(400, "InvalidTransactionAmount", "Сумма больше допустимой.");
        }
        return amount;
    }

    @Nullable String text(String name, int shortest, int longest) {
        if (!has(name)) {
            return null;
        }
        JsonNode node = body.get(name);
        if (!node.isTextual()) {
            throw wrong(name, "строка");
        }
        int length = node.textValue().length();
        if (length < shortest || length > longest) {
            throw wrong(name, "от " + shortest + " до " + longest + " символов");
        }
        return node.textValue();
    }

    @Nullable String text(String name) {
        return text(name, 1, Integer.MAX_VALUE);
    }

    String requiredText(String name, int longest) {
        required(name);
        return Objects.requireNonNull(text(name, 1, longest), name);
    }

    @Nullable String pattern(String name, Pattern pattern) {
        String text = text(name);
        if (text != null && !pattern.matcher(text).matches()) {
            throw wrong(name, pattern.pattern());
        }
        return text;
    }

    String requiredPattern(String name, Pattern pattern) {
        required(name);
        return Objects.requireNonNull(pattern(name, pattern), name);
    }

    String oneOf(String name, Set<String> words, String fallback) {
        String text = text(name);
        if (text != null && !words.contains(text)) {
            throw wrong(name, String.join(", ", words));
        }
        return text == null ? fallback : text;
    }

    @Nullable String url(String name) {
        String text = text(name, 1, LONGEST_URL);
        if (text == null) {
            return null;
        }
        try {
            if (URI.create(text).isAbsolute()) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(name, "URI");
        }
        throw wrong(name, "URI");
    }

    String requiredOneOf(String name, Set<String> words) {
        required(name);
        return oneOf(name, words, "");
    }

    String requiredUrl(String name) {
        required(name);
        return Objects.requireNonNull(url(name), name);
    }

    boolean flag(String name, boolean fallback) {
        if (!has(name)) {
            return fallback;
        }
        if (!body.get(name).isBoolean()) {
            throw wrong(name, "true, false");
        }
        return body.get(name).booleanValue();
    }

    ObjectNode requiredObject(String name) {
        if (required(name) instanceof ObjectNode object) {
            return object;
        }
        throw wrong(name, "объект");
    }

    @Nullable Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return parseTime(text);
        } catch (DateTimeException e) {
            throw wrong(name, "дата и время");
        }
    }

    /** UTC without an offset as documented; an offset and a blank instead of the T are understood too. */
    static Instant parseTime(String text) {
        String iso = text.replace(' ', 'T');
        try {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return OffsetDateTime.parse(iso).toInstant();
        }
    }

    JsonNode required(String name) {
        if (!has(name)) {
            throw Problem.invalid("Поле " + name + " обязательно.");
        }
        return body.get(name);
    }

    static Problem wrong(String name, String rule) {
        return Problem.invalid("Поле " + name + ": " + rule + ".");
    }
}
