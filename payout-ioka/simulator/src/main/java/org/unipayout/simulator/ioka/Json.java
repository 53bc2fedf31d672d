package org.unipayout.simulator.ioka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.core.JsonProcessingException;
import wiremock.com.fasterxml.jackson.databind.DeserializationFeature;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;
import wiremock.com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import wiremock.com.fasterxml.jackson.databind.json.JsonMapper;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;
import wiremock.com.fasterxml.jackson.databind.node.TextNode;

/** Reading and writing JSON the way ioka does; numbers keep their literals, nulls stay. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Python, which ioka's recorded signatures point to, sorts by code point, Java by UTF-16 unit. */
    private static final Set<String> DESCRIBING =
            Set.of("acquirer", "action", "error", "extra_info", "payout", "tds", "description");

    private static final Comparator<String> BY_CODE_POINT =
            Comparator.comparing((String text) -> text.codePoints().toArray(), Arrays::compare);

    private final boolean sorted;
    private final boolean ascii;
    private final String comma;
    private final String colon;

    private Json(boolean sorted, boolean ascii, String comma, String colon) {
        this.sorted = sorted;
        this.ascii = ascii;
        this.comma = comma;
        this.colon = colon;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static ObjectNode readObject(byte[] body) {
        JsonNode node = read(new String(body, StandardCharsets.UTF_8));
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Problem.invalid("Тело запроса должно быть объектом JSON.");
    }

    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw Problem.invalid("Тело запроса не является JSON.");
        }
    }

    static SimulatedResponse answer(int status, JsonNode body) {
        return SimulatedResponse.json(status, body.toString());
    }

    /** The same answer with junk where a member only describes. */
    static SimulatedResponse withJunk(SimulatedResponse answer) {
        return answer.status() == 204
                ? answer
                : SimulatedResponse.json(answer.status(), junk(read(answer)).toString());
    }

    private static JsonNode read(SimulatedResponse answer) {
        return read(new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode junk(JsonNode node) {
        node.forEach(Json::junk);
        if (node instanceof ObjectNode object) {
            DESCRIBING.stream()
                    .filter(name -> object.has(name) && object.get(name).isNull())
                    .forEach(object::putArray);
            if (object.has("processing_fee")) {
                object.put("processing_fee", "n/a");
            }
        }
        return node;
    }

    /** The text of a notification as it travels: Python's spacing, keys as they come, only ASCII characters. */
    static String wire(JsonNode node) {
        return new Json(false, true, ", ", ": ").text(node);
    }

    /** The text that a notification's signature covers; reference 9.5. */
    static String canonical(JsonNode node, IokaSwitches.SignatureForm form) {
        return switch (form) {
            case SPACED -> new Json(true, false, ", ", ": ").text(node);
            case COMPACT -> new Json(true, false, ",", ":").text(node);
        };
    }

    private String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            writeObject(node, out);
        } else if (node.isArray()) {
            writeArray(node, out);
        } else if (node instanceof TextNode) {
            writeString(node.textValue(), out);
        } else {
            out.append(node.asText());
        }
    }

    private void writeObject(JsonNode node, StringBuilder out) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        if (sorted) {
            names.sort(BY_CODE_POINT);
        }
        String separator = "";
        out.append('{');
        for (String name : names) {
            out.append(separator);
            writeString(name, out);
            out.append(colon);
            write(node.get(name), out);
            separator = comma;
        }
        out.append('}');
    }

    private void writeArray(JsonNode node, StringBuilder out) {
        out.append('[');
        for (Iterator<JsonNode> elements = node.elements(); elements.hasNext(); ) {
            write(elements.next(), out);
            out.append(elements.hasNext() ? comma : "");
        }
        out.append(']');
    }

    private void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            writeCharacter(text.charAt(i), out);
        }
        out.append('"');
    }

    private void writeCharacter(char character, StringBuilder out) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (character < 0x20 || (ascii && character > 0x7e)) {
                    out.append(String.format("\\u%04x", (int) character));
                } else {
                    out.append(character);
                }
            }
        }
    }
}
