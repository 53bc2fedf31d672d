package org.unipayout.simulator.horizonpay;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.core.JsonProcessingException;
import wiremock.com.fasterxml.jackson.databind.DeserializationFeature;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Reading and writing JSON trees. */
final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** The tree of these bytes, null when they are not one JSON value. */
    static @Nullable JsonNode read(byte[] bytes) {
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            return tree == null || tree.isMissingNode() ? null : tree;
        } catch (IOException e) {
            return null;
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node under a dotted path; a missing node when any step is absent. */
    static JsonNode at(JsonNode tree, String dottedPath) {
        JsonNode node = tree;
        for (String step : dottedPath.split("\\.", -1)) {
            node = node.path(step);
        }
        return node;
    }

    /** The text under a dotted path, null when it is absent, null or empty. */
    static @Nullable String text(JsonNode tree, String dottedPath) {
        JsonNode node = at(tree, dottedPath);
        return isBlank(node) ? null : node.asText();
    }

    static boolean isBlank(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.textValue().isBlank());
    }
}
