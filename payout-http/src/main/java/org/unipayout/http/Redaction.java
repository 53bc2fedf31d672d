package org.unipayout.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Which JSON fields an {@link org.unipayout.ExchangeSink} may see; every other value becomes {@code "***"}.
 *
 * <p>An allow-list, because a field that a provider adds tomorrow must not leak. Immutable and thread-safe.
 */
public final class Redaction {
    private static final TextNode HIDDEN = TextNode.valueOf("***");

    private final Set<String> shown;

    private Redaction(Set<String> shown) {
        this.shown = shown;
    }

    /**
     * Names the fields whose values may be seen wherever they stand.
     *
     * @param fieldNames exact JSON field names, of text, numbers or flags and lists of these
     * @return the redaction
     */
    public static Redaction showing(String... fieldNames) {
        return new Redaction(Set.of(fieldNames));
    }

    /** Redacted JSON; empty if the body cannot be read, because what is not understood cannot be redacted. */
    String redact(byte[] body) {
        try {
            JsonNode redacted = redact(Json.read(body, JsonNode.class), false);
            return new String(Json.write(redacted), StandardCharsets.UTF_8);
        } catch (UnreadableBodyException unreadable) {
            return "";
        }
    }

    private JsonNode redact(JsonNode node, boolean show) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(redact(field.getValue(), shown.contains(field.getKey())));
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, redact(array.get(index), show));
            }
            return array;
        }
        return show ? node : HIDDEN;
    }
}
