package org.unipayout.ioka.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A JSON document in the text that ioka signs: keys sorted by code point at every level, characters raw, numbers as they
 * were written.
 *
 * <p>ioka's page shows a text without spaces ({@link #compact}), recorded deliveries have one with them
 * ({@link #spaced}). Both escape as Python's {@code json.dumps(ensure_ascii=False)} does.
 */
public final class CanonicalJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final Comparator<String> BY_CODE_POINT = (left, right) -> {
        int[] one = left.codePoints().toArray();
        int[] other = right.codePoints().toArray();
        return Arrays.compare(one, other);
    };

    /** A map by key, a list, or the finished text of a leaf. */
    private final Object root;

    private CanonicalJson(Object root) {
        this.root = root;
    }

    /** Reads a document; empty if it is not JSON. */
    public static Optional<CanonicalJson> of(byte[] body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            parser.nextToken();
            Object root = node(parser);
            return parser.nextToken() == null ? Optional.of(new CanonicalJson(root)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The text with a space after each comma and colon. */
    public String spaced() {
        return text(root, ", ", ": ");
    }

    /** The text without spaces. */
    public String compact() {
        return text(root, ",", ":");
    }

    private static Object node(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new EOFException("the document ends too early");
        }
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> quoted(parser.getText());
            default -> parser.getText(); // a number as it was written, true, false or null
        };
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        Map<String, Object> members = new TreeMap<>(BY_CODE_POINT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, node(parser));
        }
        return members;
    }

    private static List<Object> elements(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(parser));
        }
        return elements;
    }

    private static String text(Object node, String comma, String colon) {
        if (node instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .map(member ->
                            quoted(String.valueOf(member.getKey())) + colon + text(member.getValue(), comma, colon))
                    .collect(Collectors.joining(comma, "{", "}"));
        }
        if (node instanceof List<?> elements) {
            return elements.stream()
                    .map(element -> text(element, comma, colon))
                    .collect(Collectors.joining(comma, "[", "]"));
        }
        return (String) node;
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (character < ' ') {
                        text.append(String.format("\\u%04x", (int) character));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
