package org.unipayout.simulator.bank131;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.core.JsonProcessingException;
import wiremock.com.fasterxml.jackson.core.StreamReadFeature;
import wiremock.com.fasterxml.jackson.databind.DeserializationFeature;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import wiremock.com.fasterxml.jackson.databind.json.JsonMapper;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads and writes JSON trees; what a client sent comes back number for number. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** A JSON value, or null where the bytes are none. */
    static @Nullable JsonNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            return null;
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** A member, or null where it is missing or null. */
    static @Nullable JsonNode member(ObjectNode object, String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /**
     * An object member, empty where it is missing. PHP clients send an object without members as {@code []}
     * (reference, section 2.3).
     */
    static ObjectNode child(ObjectNode object, String name) {
        JsonNode node = member(object, name);
        if (node == null || (node.isArray() && node.isEmpty())) {
            return object();
        }
        if (node instanceof ObjectNode child) {
            return child;
        }
        throw RefusalException.invalid(name + " must be an object");
    }

    static String text(ObjectNode object, String name) {
        JsonNode node = member(object, name);
        return node != null && node.isTextual() ? node.textValue() : "";
    }

    static ObjectNode amount(long minorUnits, String currency) {
        return object().put("amount", minorUnits).put("currency", currency);
    }
}
