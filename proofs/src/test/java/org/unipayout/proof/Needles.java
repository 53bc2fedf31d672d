package org.unipayout.proof;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Values that must not come out, each in every spelling in which it could: looked for in bytes. Not thread-safe. */
final class Needles {
    /** Shorter ones are found by chance. */
    private static final int SHORTEST = 5;

    private static final int HEAD = 4;

    private final Map<Integer, List<Needle>> byHead = new HashMap<>();
    private final BitSet heads = new BitSet();
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    private static final class Needle {
        private final String name;
        private final byte[] bytes;

        private Needle(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        boolean standsAt(byte[] text, int at) {
            int end = at + bytes.length;
            return end <= text.length && Arrays.equals(text, at, end, bytes, 0, bytes.length);
        }
    }

    /**
     * Looks for a value from now on.
     *
     * @param name what it is, for the report
     * @param value the value
     */
    void add(String name, String value) {
        values.put(value, name);
        spellings(value)
                .forEach((spelling, text) -> put(name + " in " + spelling, text.getBytes(StandardCharsets.UTF_8)));
        put(name + " in UTF-16", value.getBytes(StandardCharsets.UTF_16LE));
    }

    /** Looks for bytes, which are a key. */
    void add(String name, byte[] value) {
        put(name + " itself", value);
        encoded(value)
                .forEach((spelling, text) -> put(name + " in " + spelling, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@return the values, with what each of them is} */
    Map<String, String> values() {
        return values;
    }

    private void put(String name, byte[] bytes) {
        if (bytes.length >= SHORTEST && known.add(new String(bytes, StandardCharsets.ISO_8859_1))) {
            int head = ByteBuffer.wrap(bytes).getInt();
            heads.set(mark(head));
            byHead.computeIfAbsent(head, first -> new ArrayList<>()).add(new Needle(name, bytes));
        }
    }

    /** Few of all heads have the mark of one that is looked for. */
    private static int mark(int head) {
        return (head * 0x9e3779b1) >>> 12;
    }

    /** {@return the names of what stands in a text} */
    Set<String> in(byte[] text) {
        Set<String> found = new LinkedHashSet<>();
        int head = 0;
        for (int end = 0; end < text.length; end++) {
            head = (head << 8) | (text[end] & 0xff);
            int at = end + 1 - HEAD;
            if (at >= 0 && heads.get(mark(head))) {
                byHead.getOrDefault(head, List.of()).stream()
                        .filter(needle -> needle.standsAt(text, at))
                        .forEach(needle -> found.add(needle.name));
            }
        }
        return found;
    }

    /** Every way to write a text that a reader of logs can turn back. */
    static Map<String, String> spellings(String value) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("clear", value);
        all.put("capitals", value.toUpperCase(Locale.ROOT));
        all.put("small letters", value.toLowerCase(Locale.ROOT));
        all.put("reversed", new StringBuilder(value).reverse().toString());
        all.put("percents", URLEncoder.encode(value, StandardCharsets.UTF_8));
        all.put(
                "percents with %20",
                URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        all.put("JSON", new String(JsonStringEncoder.getInstance().quoteAsString(value)));
        all.put("small escapes", each(value, "\\u%04x"));
        all.put("large escapes", each(value, "\\u%04X"));
        all.put("marks of HTML", each(value, "&#%d;"));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        all.put("all percents", each(bytes, "%%%02X"));
        all.put("all small percents", each(bytes, "%%%02x"));
        all.putAll(encoded(bytes));
        if (value.matches("[0-9]{12,19}")) {
            for (String sign : List.of(" ", "-")) {
                all.put("groups with '" + sign + "'", grouped(value, sign));
                all.put(
                        "reversed groups with '" + sign + "'",
                        grouped(new StringBuilder(value).reverse().toString(), sign));
            }
        }
        return all;
    }

    private static Map<String, String> encoded(byte[] bytes) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int shift = 0; shift < 3; shift++) {
            all.put("Base64, shifted by " + shift, base64(bytes, shift, Base64.getEncoder()));
            all.put("Base64 for addresses, shifted by " + shift, base64(bytes, shift, Base64.getUrlEncoder()));
        }
        all.put("hex", HexFormat.of().formatHex(bytes));
        all.put("large hex", HexFormat.of().withUpperCase().formatHex(bytes));
        all.put("hex with colons", HexFormat.ofDelimiter(":").formatHex(bytes));
        all.put("numbers", Arrays.toString(bytes).replaceAll("[\\[\\]]", ""));
        return all;
    }

    /** The characters that are the same whatever stands before and behind. */
    private static String base64(byte[] bytes, int shift, Base64.Encoder encoder) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String text = encoder.withoutPadding().encodeToString(shifted);
        int whole = shifted.length / 3 * 4;
        return text.substring(shift == 0 ? 0 : shift + 1, Math.max(shift + 1, whole));
    }

    private static String grouped(String digits, String sign) {
        return digits.replaceAll("(.{4})(?=.)", "$1" + sign);
    }

    private static String each(String value, String form) {
        return value.chars()
                .mapToObj(next -> String.format(Locale.ROOT, form, next))
                .collect(Collectors.joining());
    }

    private static String each(byte[] bytes, String form) {
        StringBuilder all = new StringBuilder();
        for (byte next : bytes) {
            all.append(String.format(Locale.ROOT, form, next));
        }
        return all.toString();
    }
}
