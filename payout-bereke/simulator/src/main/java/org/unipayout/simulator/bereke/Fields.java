package org.unipayout.simulator.bereke;

import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.core.JsonProcessingException;
import wiremock.com.fasterxml.jackson.databind.DeserializationFeature;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;

/** The fields of one JSON request by dotted name, and the checks that the bank's tables ask of them. */
final class Fields {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode root;

    private Fields(JsonNode root) {
        this.root = root;
    }

    static Fields parse(String body, String method) {
        String message = method.replace(".do", "Request");
        if (body.isBlank()) {
            throw new BerekeRefusal(BerekeError.MESSAGE_NOT_SET, message, method);
        }
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BerekeRefusal(BerekeError.UNPARSEABLE, message);
        }
        if (!root.isObject()) {
            throw new BerekeRefusal(BerekeError.INVALID_REQUEST);
        }
        return new Fields(root);
    }

    JsonNode node(String name) {
        return root.at("/" + name.replace('.', '/'));
    }

    boolean has(String name) {
        JsonNode node = node(name);
        return !node.isMissingNode()
                && !node.isNull()
                && !(node.isTextual() && node.textValue().isEmpty());
    }

    @Nullable String text(String name) {
        return has(name) ? node(name).asText() : null;
    }

    String requiredText(String name) {
        require(name);
        return node(name).asText();
    }

    void require(String name) {
        if (!has(name)) {
            throw new BerekeRefusal(BerekeError.REQUIRED_PARAMETER, name);
        }
    }

    /** Checks a text field, if it is there. */
    void matchText(String name, String pattern) {
        if (has(name) && !(node(name).isTextual() && node(name).textValue().matches(pattern))) {
            throw new BerekeRefusal(BerekeError.PATTERN_MISMATCH, name, pattern);
        }
    }

    /** Checks a positive integer, if it is there. */
    void matchInteger(String name, int digits) {
        String pattern = "^[1-9][0-9]{0," + (digits - 1) + "}$";
        if (has(name) && !(node(name).isIntegralNumber() && node(name).asText().matches(pattern))) {
            throw new BerekeRefusal(BerekeError.PATTERN_MISMATCH, name, pattern);
        }
    }

    /** Checks an object, if it is there. */
    void matchObject(String name) {
        if (has(name) && !node(name).isObject()) {
            throw new BerekeRefusal(BerekeError.INVALID_REQUEST);
        }
    }
}
