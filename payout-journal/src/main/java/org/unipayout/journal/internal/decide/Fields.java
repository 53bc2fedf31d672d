package org.unipayout.journal.internal.decide;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.journal.JournalException;

/** Named texts in one text, one a line, sorted by name: the form in which the journal stores and compares things. */
public final class Fields {
    private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

    private final SortedMap<String, String> values = new TreeMap<>();

    public static Fields read(String text) {
        Fields fields = new Fields();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.values.put(unescape(line.substring(0, equals)), unescape(line.substring(equals + 1)));
            }
        }
        return fields;
    }

    /** Adds a field, unless its value is null. */
    public Fields with(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
        return this;
    }

    public @Nullable String get(String name) {
        return values.get(name);
    }

    public String need(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new JournalException("stored payout: field " + name + " is missing");
        }
        return value;
    }

    public SortedMap<String, String> all() {
        return values;
    }

    /** The fields whose names start with a prefix, by the rest of their names. */
    public SortedMap<String, String> under(String prefix) {
        SortedMap<String, String> found = new TreeMap<>();
        values.tailMap(prefix).forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    public Fields copy() {
        Fields copy = new Fields();
        copy.values.putAll(values);
        return copy;
    }

    /** Those whose names do not start with a prefix. */
    Fields without(String prefix) {
        Fields rest = copy();
        rest.values.keySet().removeIf(name -> name.startsWith(prefix));
        return rest;
    }

    /** Those whose names another one has too. */
    public Fields asFarAs(Fields other) {
        Fields common = copy();
        common.values.keySet().retainAll(other.values.keySet());
        return common;
    }

    @Override
    public String toString() {
        return "Fields" + values.keySet();
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : values.entrySet()) {
            text.append(escape(field.getKey()).replace("=", "\\e"))
                    .append('=')
                    .append(escape(field.getValue()))
                    .append('\n');
        }
        return text.toString();
    }

    /** PostgreSQL takes no NUL in a text and keeps no half of a character, and a line break ends a field here. */
    private static String escape(String text) {
        return HALF_CHARACTER
                .matcher(text)
                .replaceAll("\uFFFD")
                .replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0");
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (!escaped && next == '\\') {
                escaped = true;
                continue;
            }
            plain.append(escaped ? unescape(next) : next);
            escaped = false;
        }
        return plain.toString();
    }

    private static char unescape(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case '0' -> '\0';
            case 'e' -> '=';
            default -> letter;
        };
    }
}
