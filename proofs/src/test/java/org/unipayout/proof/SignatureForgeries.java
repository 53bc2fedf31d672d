package org.unipayout.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The signature left out, doubled, in another spelling, of another notification; over the body and over ones that pay. */
final class SignatureForgeries {
    private final Notice signed;
    private final Consumer<Forgery> out;

    private SignatureForgeries(Notice signed, Consumer<Forgery> out) {
        this.signed = signed;
        this.out = out;
    }

    /**
     * Makes them.
     *
     * @param others genuine ones, whose bodies and signatures are exchanged for this one's
     */
    static void of(Notice signed, List<Notice> others, Consumer<Forgery> out) {
        SignatureForgeries forgeries = new SignatureForgeries(signed, out);
        forgeries.over("the same body", signed.body(), signed);
        List<byte[]> wanted = new ArrayList<>(others.stream().map(Notice::body).toList());
        wanted.add(ByteForgeries.joined(signed.body(), new byte[] {' '}));
        wanted.add(new String(signed.body(), StandardCharsets.UTF_8)
                .replaceFirst("\"amount\":\\s*\\d", "\"amount\":9")
                .getBytes(StandardCharsets.UTF_8));
        wanted.add("{}".getBytes(StandardCharsets.UTF_8));
        wanted.removeIf(body -> Arrays.equals(body, signed.body()));
        for (byte[] body : wanted) {
            forgeries.over("another body", body, signed);
        }
        for (Notice other : others) {
            forgeries.send("another's signature", signed.body(), other.headers(), other);
            forgeries.send("both signatures", signed.body(), both(signed.headers(), other.headers()), null);
            forgeries.send("both signatures", signed.body(), both(other.headers(), signed.headers()), null);
        }
    }

    private void over(String what, byte[] body, Notice carried) {
        send(what + ", as it is", body, signed.headers(), carried);
        send(what + ", no header", body, Map.of(), null);
        for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
            String name = header.getKey();
            String value = header.getValue().get(0);
            values(value)
                    .forEach((how, values) -> send(what + ", " + name + ' ' + how, body, with(name, values), carried));
            for (String other : List.of(
                    name.toUpperCase(Locale.ROOT),
                    name.toLowerCase(Locale.ROOT),
                    name + ' ',
                    ' ' + name,
                    name + ':',
                    name.replace('-', '_'),
                    "X-Forwarded-" + name)) {
                Map<String, List<String>> renamed = new HashMap<>(without(name));
                renamed.put(other, List.of(value));
                send(what + ", " + name + " called " + other, body, renamed, carried);
            }
        }
    }

    private static Map<String, List<String>> values(String value) {
        Map<String, List<String>> all = new HashMap<>(Map.of(
                "missing", List.of(),
                "empty", List.of(""),
                "blank", List.of(" "),
                "null", List.of("null"),
                "none", List.of("none"),
                "true", List.of("true"),
                "twice", List.of(value, value),
                "twice in one", List.of(value + ',' + value),
                "behind a wrong one", List.of("x", value),
                "before a wrong one", List.of(value, "x")));
        all.put("upper case", List.of(value.toUpperCase(Locale.ROOT)));
        all.put("lower case", List.of(value.toLowerCase(Locale.ROOT)));
        for (String other : List.of(
                ' ' + value,
                value + ' ',
                value + '\n',
                value + "\0",
                '"' + value + '"',
                "sha256=" + value,
                "v1=" + value,
                value + '=',
                value + value,
                value.replace("=", ""),
                value.replace('+', '-').replace('/', '_'),
                "0".repeat(value.length()),
                "A".repeat(value.length()),
                "=".repeat(value.length()),
                Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.ISO_8859_1)),
                HexFormat.of().formatHex(value.getBytes(StandardCharsets.ISO_8859_1)))) {
            all.put(
                    "as " + other.length() + " characters " + other.substring(0, Math.min(8, other.length())),
                    List.of(other));
        }
        decoded(value).forEach((how, bytes) -> {
            all.put("from " + how + " in hex", List.of(HexFormat.of().formatHex(bytes)));
            all.put("from " + how + " in Base64", List.of(Base64.getEncoder().encodeToString(bytes)));
            all.put("from " + how + " in lines", List.of(Base64.getMimeEncoder().encodeToString(bytes)));
            all.put(
                    "from " + how + " for an address",
                    List.of(Base64.getUrlEncoder().encodeToString(bytes)));
            all.put(
                    "from " + how + " one shorter",
                    List.of(Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length - 1))));
            all.put(
                    "from " + how + " one longer",
                    List.of(Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length + 1))));
        });
        return all;
    }

    private static Map<String, byte[]> decoded(String value) {
        Map<String, byte[]> all = new HashMap<>();
        try {
            all.put("hex", HexFormat.of().parseHex(value));
        } catch (IllegalArgumentException notHex) { // then it is something else
        }
        try {
            all.put("Base64", Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException notBase64) { // then it is something else
        }
        all.values().removeIf(bytes -> bytes.length == 0);
        return all;
    }

    private Map<String, List<String>> with(String name, List<String> values) {
        Map<String, List<String>> headers = new HashMap<>(signed.headers());
        headers.put(name, values);
        return headers;
    }

    private Map<String, List<String>> without(String name) {
        return signed.headers().entrySet().stream()
                .filter(header -> !header.getKey().equals(name))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** As a proxy joins them. */
    private static Map<String, List<String>> both(Map<String, List<String>> one, Map<String, List<String>> other) {
        Map<String, List<String>> headers = new HashMap<>(one);
        other.forEach((name, values) -> headers.merge(name, values, (left, right) -> {
            List<String> all = new ArrayList<>(left);
            all.addAll(right);
            return all;
        }));
        return headers;
    }

    private void send(String how, byte[] body, Map<String, List<String>> headers, @Nullable Notice carried) {
        out.accept(new Forgery(how, body, headers, carried));
    }
}
