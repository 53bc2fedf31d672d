package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static final int RUNS = 3000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\":1,\"a\":{\"d\":null,\"c\":0.0}} | {\"a\":{\"c\":0.0,\"d\":null},\"b\":1}",
                " [ 1 , 2.50 , -1e+5 , true ] | [1,2.50,-1e+5,true]",
                "{\"a\":\"\\u041e\\/\\u000a\\u0001\\u0022\\u005C\"} | {\"a\":\"О/\\n\\u0001\\\"\\\\\"}",
                "{\"a\":\"\\ud83d\\ude00\\u00e9\"} | {\"a\":\"\uD83D\uDE00é\"}",
                "{\"b\":1,\"\\u0061\":2} | {\"a\":2,\"b\":1}",
                "{\"a!\":1,\"a\\n\":2,\"a\":3,\"\":4} | {\"\":4,\"a\":3,\"a\\n\":2,\"a!\":1}",
                "{\"\uD83D\uDE00\":1,\"\uFFFD\":2} | {\"\uFFFD\":2,\"\uD83D\uDE00\":1}",
                "{\"a\\\"\":1,\"a!\":2,\"a#\":3} | {\"a!\":2,\"a\\\"\":1,\"a#\":3}",
                "{} | {}",
                "{\"a\":[],\"A\":{}} | {\"A\":{},\"a\":[]}",
                "\"x\" | \"x\"",
                "\"\\u0020\\u007f\\u0080\\u07ff\\u0800\\uffff\\ud800\\udc00\" | \" \u007f\u0080\u07ff\u0800\uffff\ud800\udc00\"",
                "[0,9,-9] | [0,9,-9]",
                "{\"\\u001f\":1,\"\\u0010\":2,\"\\u0001b\":3,\"\\u0001a\":4} | {\"\\u0001a\":4,\"\\u0001b\":3,\"\\u0010\":2,\"\\u001f\":1}",
            })
    void of_document_isSortedAndWrittenAsPythonDoes(String body, String canonical) {
        assertThat(compact(body)).isEqualTo(canonical);
        assertThat(compact(canonical)).as("canonical stays canonical").isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{a\":1}",
                "{\"a\"=1}",
                "{\"a\":1;\"b\":2}",
                "[1;2]",
                "[?]",
                "[,]",
                "{\"a\":}",
                "\"\\ug000\"",
                "\"\\ud83dx\\ude00\"",
                "\"\\ud83d\\nde00\"",
                "\"\\ude00\\ud83d\"",
                "\"\\ud83d\\ud83d\"",
                "[1,",
                "[1 2]",
                "\"a",
                "\"a\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\ud800\"",
                "\"\\ud800\\u0041\"",
                "\"\\udc00\"",
                "\"a\nb\"",
                "1 2",
                "<html>",
                "{\"a\":1,\"a\":2}",
                "{\"b\":0,\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"\":1,\"\":1,\"\":1,\"\":1,\"\":1}"
            })
    void of_somethingElse_isNothing(String body) {
        assertThat(of(body)).isEmpty();
    }

    @Test
    void of_depth_isLimited() {
        assertThat(of("[".repeat(100) + "]".repeat(100))).isPresent();
        assertThat(of("[".repeat(101) + "]".repeat(101))).isEmpty();
        assertThat(of("{\"a\":".repeat(100_000))).isEmpty();
    }

    @Test
    void of_anyBytes_endWithoutAnotherException() {
        Random random = new Random(7);
        byte[] letters = "{}[]\",:\\u0041dbac1e-. tru\n\u0000é".getBytes(StandardCharsets.UTF_8);
        for (int run = 0; run < 100 * RUNS; run++) {
            byte[] body = new byte[random.nextInt(40)];
            for (int i = 0; i < body.length; i++) {
                body[i] = letters[random.nextInt(letters.length)];
            }
            CanonicalJson.of(body)
                    .ifPresent(canonical -> assertThat(canonical.digest()).hasSize(64));
        }
    }

    @Test
    void of_randomDocuments_areAsASimplerReaderSaysAndReadTheSame() throws Exception {
        Random random = new Random(11);
        for (int run = 0; run < RUNS; run++) {
            Object document = document(random, 0);
            String body = written(document, random);
            CanonicalJson canonical = of(body).orElseThrow(() -> new AssertionError(body));

            assertThat(text(canonical::compact)).as(body).isEqualTo(plain(document, ",", ":"));
            assertThat(text(canonical::spaced)).as(body).isEqualTo(plain(document, ", ", ": "));
            assertThat(canonical.read(JsonNode.class))
                    .isEqualTo(Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class));
        }
    }

    @Test
    void digest_tenThousandWaysToWriteOneDocument_isOneDigest() {
        Random random = new Random(13);
        Object document =
                Map.of("event", "PAYOUT_APPROVED", "order", Map.of("id", "o-1", "amount", 15000, "name", "Тест é \n"));
        Set<String> bodies = new HashSet<>();
        Set<String> digests = new HashSet<>();
        for (int run = 0; run < 10_000; run++) {
            String body = written(document, random);
            bodies.add(body);
            digests.add(of(body).orElseThrow().digest());
        }

        assertThat(bodies).hasSizeGreaterThan(9_000);
        assertThat(digests).hasSize(1);
    }

    @Test
    void spaced_longerThanAChunk_isWhole() {
        String body = "[" + "\"\\\\\",\"a,:\",{\"k\":1},".repeat(5_000) + "0]";

        assertThat(text(of(body).orElseThrow()::spaced))
                .isEqualTo("[" + "\"\\\\\", \"a,:\", {\"k\": 1}, ".repeat(5_000) + "0]");
    }

    @Test
    void read_signedButNotJson_isUnreadable() {
        CanonicalJson canonical = of("{\"a\":truetrue}").orElseThrow();

        assertThatThrownBy(() -> canonical.read(JsonNode.class)).isInstanceOf(UnreadableBodyException.class);
    }

    // ---------------------------------------------------------------- documents, and a second way to write them

    private static Object document(Random random, int depth) {
        int kind = random.nextInt(depth > 4 ? 3 : 5);
        if (kind == 0) {
            return word(random);
        }
        if (kind == 1) {
            return random.nextInt();
        }
        if (kind == 2) {
            return random.nextBoolean();
        }
        List<Object> parts = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            parts.add(document(random, depth + 1));
        }
        return kind == 3
                ? parts
                : parts.stream().collect(Collectors.toMap(part -> word(random), part -> part, (one, other) -> one));
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        String letters = "aAbZ\"\\/\n\t\b\f\r\u0001\u001f\u007fé\u0416\uFFFD";
        for (int i = random.nextInt(5); i > 0; i--) {
            word.append(
                    random.nextInt(12) == 0
                            ? "\uD83D\uDE00"
                            : String.valueOf(letters.charAt(random.nextInt(letters.length()))));
        }
        return word.toString();
    }

    private static String written(Object document, Random random) {
        if (document instanceof Map<?, ?> object) {
            List<String> members = object.entrySet().stream()
                    .map(member -> space(random)
                            + quoted(String.valueOf(member.getKey()), random)
                            + space(random)
                            + ":"
                            + written(member.getValue(), random))
                    .collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(members, random);
            return space(random) + "{" + String.join(",", members) + space(random) + "}" + space(random);
        }
        if (document instanceof List<?> list) {
            return space(random)
                    + list.stream().map(part -> written(part, random)).collect(Collectors.joining(",", "[", "]"));
        }
        return space(random) + (document instanceof String word ? quoted(word, random) : document) + space(random);
    }

    private static String space(Random random) {
        return List.of("", "", " ", "\n", "\t ", "\r\n").get(random.nextInt(6));
    }

    private static String quoted(String word, Random random) {
        StringBuilder text = new StringBuilder("\"");
        for (int at = 0; at < word.length(); at++) {
            char character = word.charAt(at);
            if (random.nextBoolean()) {
                String code = String.format(Locale.ROOT, "\\u%04x", (int) character);
                text.append(
                        random.nextBoolean()
                                ? code
                                : code.toUpperCase(Locale.ROOT).replace("\\U", "\\u"));
            } else if (character == '/' && random.nextBoolean()) {
                text.append("\\/");
            } else if (Character.isSurrogate(character)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                text.append(escaped(character));
            }
        }
        return text.append('"').toString();
    }

    private static String plain(Object document, String comma, String colon) {
        if (document instanceof Map<?, ?> object) {
            Map<String, Object> sorted = new TreeMap<>((one, other) -> java.util.Arrays.compare(
                    one.codePoints().toArray(), other.codePoints().toArray()));
            object.forEach((key, value) -> sorted.put(String.valueOf(key), value));
            return sorted.entrySet().stream()
                    .map(member ->
                            plain(member.getKey(), comma, colon) + colon + plain(member.getValue(), comma, colon))
                    .collect(Collectors.joining(comma, "{", "}"));
        }
        if (document instanceof List<?> list) {
            return list.stream().map(part -> plain(part, comma, colon)).collect(Collectors.joining(comma, "[", "]"));
        }
        return document instanceof String word
                ? word.chars()
                        .mapToObj(character -> escaped((char) character))
                        .collect(Collectors.joining("", "\"", "\""))
                : String.valueOf(document);
    }

    private static String escaped(char character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default ->
                character < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) character) : String.valueOf(character);
        };
    }

    private static java.util.Optional<CanonicalJson> of(String body) {
        return CanonicalJson.of(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String compact(String body) {
        return text(of(body).orElseThrow(() -> new AssertionError(body))::compact);
    }

    private static String text(java.util.function.Consumer<CanonicalJson.Sink> form) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        form.accept(all::write);
        return all.toString(StandardCharsets.UTF_8);
    }
}
