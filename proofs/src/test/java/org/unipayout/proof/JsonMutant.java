package org.unipayout.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes a JSON document with one thing wrong in it. Used once. */
final class JsonMutant {
    private static final List<String> STRANGE = List.of(
            "null",
            "true",
            "false",
            "\"\"",
            "\" \"",
            "\"null\"",
            "\"0\"",
            "0",
            "-0",
            "-1",
            "1",
            "0.1",
            "1.0",
            "1e2",
            "1E+400",
            "-1e-400",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "123456789012345678901234567890123456789012345678901234567890",
            "0." + "1".repeat(400),
            "9".repeat(900),
            "9".repeat(1001),
            "1e999999999",
            "1e-999999999",
            "NaN",
            "Infinity",
            "0x1F",
            "01",
            "+1",
            ".5",
            "1.",
            "'x'",
            "x",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\\u2028\\u0007\\u001b[31m\"",
            "\"\\x\"",
            "\"\t\"",
            "\"javascript:alert(1)\"",
            "\"https://user:pass@example.org/\"",
            "\"http://[::1\"",
            "\"9999-99-99T99:99:99Z\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"0000-00-00\"",
            "\"XXX\"",
            "\"RUB\"",
            "\"KZT\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"\":null}",
            "[{}]",
            "",
            ",",
            "}",
            "]",
            "//x\n1",
            "/*");

    private final SplittableRandom random;
    /** Values of other documents, as they stand there. */
    private final List<String> others;

    private final StringBuilder out = new StringBuilder();
    private int left;

    JsonMutant(SplittableRandom random, List<String> others) {
        this.random = random;
        this.others = others;
    }

    String of(JsonNode root) {
        left = random.nextInt(count(root));
        value(root);
        return out.toString();
    }

    /** How many values a document has, itself included. */
    static int count(JsonNode node) {
        int count = 1;
        for (JsonNode child : node) {
            count += count(child);
        }
        return count;
    }

    private void value(JsonNode node) {
        if (left-- == 0) {
            replacement(node);
        } else if (node instanceof ObjectNode object) {
            object(object);
        } else if (node instanceof ArrayNode array) {
            array(array);
        } else {
            out.append(node);
        }
    }

    private void object(ObjectNode object) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            int before = out.length();
            out.append(first ? "" : ",");
            if (member(field.getKey(), field.getValue())) {
                first = false;
            } else {
                out.setLength(before);
            }
        }
        out.append('}');
    }

    /** False if the member was left out. */
    private boolean member(String name, JsonNode value) {
        if (left != 0 || random.nextInt(2) == 0) {
            name(name);
            value(value);
            return true;
        }
        left--;
        switch (random.nextInt(5)) {
            case 0 -> {
                return false;
            }
            case 1 -> twice(name, value.toString(), strange());
            case 2 -> twice(name, strange(), value.toString());
            case 3 -> twice(name, value.toString(), value.toString());
            default -> {
                name(renamed(name));
                out.append(value);
            }
        }
        return true;
    }

    private void twice(String name, String one, String other) {
        name(name);
        out.append(one).append(',');
        name(name);
        out.append(other);
    }

    private void name(String name) {
        out.append(TextNode.valueOf(name)).append(':');
    }

    private String renamed(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> name + " ";
            case 2 -> "";
            case 3 -> name.repeat(1000);
            case 4 -> "__proto__";
            default -> "x" + name;
        };
    }

    private void array(ArrayNode array) {
        out.append('[');
        String comma = "";
        for (JsonNode element : array) {
            out.append(comma);
            value(element);
            comma = ",";
        }
        out.append(']');
    }

    private void replacement(JsonNode node) {
        String own = node.toString();
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> out.append(strange());
            case 3, 4 -> out.append(others.get(random.nextInt(others.size())));
            case 5 -> out.append(retyped(node));
            case 6 -> out.append('[').append(own).append(']');
            case 7 -> out.append("{\"value\":").append(own).append('}');
            case 8 -> deep(own);
            case 9 -> many(own);
            case 10 ->
                out.append('"').append("x".repeat(1 << random.nextInt(4, 19))).append('"');
            default -> out.append(nearly(node));
        }
    }

    private String strange() {
        return STRANGE.get(random.nextInt(STRANGE.size()));
    }

    /** The same in another type. */
    private static String retyped(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().isEmpty() ? "0" : node.textValue();
        }
        return node.isContainerNode() ? TextNode.valueOf(node.toString()).toString() : "\"" + node.asText() + "\"";
    }

    private void deep(String own) {
        int depth = 1 << random.nextInt(3, 15);
        boolean lists = random.nextBoolean();
        out.append((lists ? "[" : "{\"a\":").repeat(depth)).append(own).append((lists ? "]" : "}").repeat(depth));
    }

    private void many(String own) {
        int times = Math.max(1, Math.min(1 << random.nextInt(1, 14), 400_000 / (own.length() + 1)));
        out.append('[').append((own + ",").repeat(times)).append(own).append(']');
    }

    /** One character or digit else. */
    private String nearly(JsonNode node) {
        if (node.isNumber() && Math.abs(node.decimalValue().scale()) < 100) { // else its digits would fill the memory
            return node.decimalValue()
                    .add(BigDecimal.valueOf(random.nextInt(-2, 3)))
                    .toPlainString();
        }
        String text = node.isTextual() ? node.textValue() : node.toString();
        if (text.isEmpty()) {
            return "\"x\"";
        }
        StringBuilder edited = new StringBuilder(text);
        int at = random.nextInt(text.length());
        switch (random.nextInt(5)) {
            case 0 -> edited.deleteCharAt(at);
            case 1 -> edited.insert(at, (char) random.nextInt(0x3000));
            case 2 -> edited.setCharAt(at, Character.isDigit(text.charAt(at)) ? '7' : 'z');
            case 3 -> edited.replace(0, edited.length(), text.toUpperCase(Locale.ROOT));
            default -> edited.append(' ');
        }
        return TextNode.valueOf(edited.toString()).toString();
    }
}
