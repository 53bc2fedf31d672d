package org.unipayout.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which JSON fields an {@link org.unipayout.ExchangeSink} may see. Every other value becomes {@code "***"}, and so does its
 * name, because names may be data too: of metadata, or of what a broken gateway echoes.
 *
 * <p>An allow-list, because a field that a provider adds tomorrow must not leak. Immutable and thread-safe.
 */
public final class Redaction {
    private static final String HIDDEN = "***";

    private final Set<String> shown;
    private final Set<String> named;

    private Redaction(Set<String> shown, Set<String> named) {
        this.shown = shown;
        this.named = named;
    }

    /**
     * Names the fields whose values may be seen.
     *
     * @param fieldNames exact JSON field names, of text, numbers or flags and lists of these
     * @return the redaction
     */
    public static Redaction showing(String... fieldNames) {
        return new Redaction(Set.of(fieldNames), Set.of());
    }

    /**
     * Names the fields that may be seen while their own values stay hidden: objects and lists in which fields that are shown
     * stand. Nothing is shown of an object that is named neither here nor in {@link #showing}.
     *
     * @param fieldNames exact JSON field names
     * @return a new redaction
     */
    public Redaction within(String... fieldNames) {
        return new Redaction(shown, Set.of(fieldNames));
    }

    /**
     * Redacted JSON; empty if the body cannot be read or written, because what is not understood cannot be redacted. Throws
     * nothing: the exchange is audited whatever its bodies hold.
     *
     * @param hidden fields that stay hidden this time
     */
    String redact(byte[] body, Set<String> hidden) {
        try {
            JsonNode redacted = less(hidden).redact(Json.read(body, JsonNode.class), false);
            return new String(Json.write(redacted), StandardCharsets.UTF_8);
        } catch (UnreadableBodyException | RuntimeException unreadable) { // such as a number of endless digits
            return "";
        }
    }

    private Redaction less(Set<String> hidden) {
        return hidden.isEmpty()
                ? this
                : new Redaction(
                        shown.stream().filter(name -> !hidden.contains(name)).collect(Collectors.toSet()),
                        Stream.concat(named.stream(), hidden.stream()).collect(Collectors.toSet()));
    }

    private JsonNode redact(JsonNode node, boolean show) {
        if (node instanceof ObjectNode object) {
            return fields(object);
        }
        if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, redact(array.get(index), show));
            }
            return array;
        }
        return show ? node : TextNode.valueOf(HIDDEN);
    }

    private ObjectNode fields(ObjectNode object) {
        ObjectNode redacted = object.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            boolean show = shown.contains(name);
            if (show || named.contains(name)) {
                redacted.set(name, redact(field.getValue(), show));
            } else {
                redacted.put(HIDDEN, HIDDEN);
            }
        }
        return redacted;
    }
}
