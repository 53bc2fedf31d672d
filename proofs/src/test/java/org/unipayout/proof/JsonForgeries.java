package org.unipayout.proof;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The document said otherwise: each value another one, of another type or in another spelling, each key doubled, renamed,
 * left out; and the values of other notifications in their place.
 */
final class JsonForgeries {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Notice signed;
    private final List<Notice> others;
    private final Consumer<Forgery> out;
    private final JsonNode document;

    private JsonForgeries(Notice signed, List<Notice> others, Consumer<Forgery> out) {
        this.signed = signed;
        this.others = others;
        this.out = out;
        document = parsed(signed.body());
    }

    /**
     * Makes them.
     *
     * @param others genuine ones with whose values this one's may be mixed
     */
    static void of(Notice signed, List<Notice> others, Consumer<Forgery> out) {
        JsonForgeries forgeries = new JsonForgeries(signed, others, out);
        forgeries.walk(JsonPointer.empty(), forgeries.document);
    }

    private void walk(JsonPointer at, JsonNode value) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                JsonPointer there = at.appendProperty(member.getKey());
                member(at, member.getKey(), member.getValue());
                walk(there, member.getValue());
            }
            add(at, "__proto__", document);
        } else if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                walk(at.appendIndex(index), value.get(index));
            }
        }
        if (!at.matches()) {
            spellings(value).forEach(other -> replace(at, other));
            others.stream()
                    .map(other -> parsed(other.body()).at(at))
                    .filter(other -> !other.isMissingNode() && !other.equals(value))
                    .map(JsonNode::toString)
                    .distinct()
                    .forEach(other -> replace(at, other));
        }
    }

    /** The same and something else in its place. */
    private static List<String> spellings(JsonNode value) {
        String text = value.toString();
        List<String> all = new ArrayList<>(List.of("null", "true", "false", "0", "\"\"", "[]", "{}"));
        all.addAll(List.of('[' + text + ']', "{\"value\":" + text + '}', quoted(text)));
        if (value.isNumber()) {
            all.addAll(List.of(text + ".0", text + "e0", text + "E2", text + "0", '-' + text, '0' + text, '+' + text));
            all.addAll(List.of("-0", "1e2", "1e400", text + ".00000000000000000001", "0x" + text, "9".repeat(400)));
            all.addAll(List.of(quoted(text + ".0"), "NaN", "Infinity", text + " " + text));
        }
        if (value.isTextual()) {
            String plain = value.textValue();
            for (String other : List.of(
                    plain + ' ',
                    ' ' + plain,
                    plain + '\0',
                    plain + "\u200b",
                    plain + '\n',
                    plain.toUpperCase(Locale.ROOT),
                    plain.toLowerCase(Locale.ROOT),
                    plain.replace('a', '\u0430'),
                    plain.replace('1', '\uff11'),
                    plain + plain)) {
                all.add(quoted(other));
            }
            all.add(plain.isEmpty() ? "1" : plain);
            all.add("\"\\u" + "d800" + text.substring(1));
            all.add('\'' + plain + '\'');
            all.add("\"\\x20" + text.substring(1));
        }
        return all;
    }

    private void member(JsonPointer parent, String name, JsonNode value) {
        for (String other : List.of("null", "0", "\"\"", "{}", "[]", value.toString())) {
            put(parent, name, other + ',' + quoted(name) + ':' + value, "key twice, the last is right: ");
            put(parent, name, value + "," + quoted(name) + ':' + other, "key twice, the first is right: ");
            put(parent, name, value + "," + escaped(name) + ':' + other, "key twice, once escaped: ");
        }
        others.stream()
                .map(other -> parsed(other.body()).at(parent).path(name))
                .filter(other -> !other.isMissingNode())
                .forEach(other -> {
                    put(parent, name, other + "," + quoted(name) + ':' + value, "another's value first: ");
                    put(
                            parent,
                            name,
                            value + "," + escaped(name) + ':' + other,
                            "another's value under an escaped key: ");
                });
        for (String renamed : List.of(
                name.toUpperCase(Locale.ROOT), name + ' ', ' ' + name, name + "\0", name.replace('a', '\u0430'))) {
            if (!renamed.equals(name)) {
                changed(parent, "key renamed: " + parent + '/' + name, object -> {
                    object.remove(name);
                    object.set(renamed, value);
                });
                add(parent, renamed, value);
            }
        }
        changed(parent, "key left out: " + parent + '/' + name, object -> object.remove(name));
    }

    private void add(JsonPointer parent, String name, JsonNode value) {
        changed(parent, "key added: " + parent + '/' + name, object -> object.set(name, value));
    }

    private void put(JsonPointer parent, String name, String raw, String how) {
        changed(parent, how + parent + '/' + name, object -> object.putRawValue(name, new RawValue(raw)));
    }

    private void changed(JsonPointer parent, String how, Consumer<ObjectNode> change) {
        JsonNode copy = document.deepCopy();
        if (copy.at(parent) instanceof ObjectNode object) {
            change.accept(object);
            send(how, text(copy));
        }
    }

    private void replace(JsonPointer at, String raw) {
        JsonNode copy = document.deepCopy();
        JsonNode parent = copy.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.putRawValue(at.last().getMatchingProperty(), new RawValue(raw));
        } else if (parent instanceof ArrayNode array) {
            array.setRawValue(at.last().getMatchingIndex(), new RawValue(raw));
        }
        send(at + " is " + raw, text(copy));
    }

    private void send(String how, String text) {
        out.accept(Forgery.ofBody(how, text.getBytes(StandardCharsets.UTF_8), signed));
    }

    /** Each character as an escape: the same text for a parser, another one for the eye. */
    static String escaped(String text) {
        StringBuilder all = new StringBuilder("\"");
        text.chars().forEach(next -> all.append(String.format(Locale.ROOT, "\\u%04x", next)));
        return all.append('"').toString();
    }

    static String quoted(String text) {
        return text(JSON.getNodeFactory().textNode(text));
    }

    private static String text(JsonNode document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
