package org.unipayout.examples.cashierweb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a form, by field: the first thing for each. */
final class Refusals {
    /** A refusal of the form as a whole. */
    static final String FORM = "form";

    private static final Pattern NAMED = Pattern.compile("(?:recipient\\.)?(\\w+): (.*)", Pattern.DOTALL);
    private static final Map<String, String> FIELDS = Map.of(
            "amount", "amount",
            "reference", "reference",
            "description", "purpose",
            "holderName", "recipient",
            "token", "card",
            "bik", "bik",
            "account", "number");

    private final Map<String, Refusal> byField = new LinkedHashMap<>();

    /**
     * One refusal.
     *
     * @param key which text tells it
     * @param detail what stands in that text, or the library's own words, in English; empty if nothing does
     */
    record Refusal(String key, String detail) {}

    void add(String field, String key) {
        add(field, key, "");
    }

    void add(String field, String key, String detail) {
        byField.putIfAbsent(field, new Refusal(key, detail));
    }

    /** The library names the field first, and never repeats the value. */
    void add(IllegalArgumentException refused) {
        String message = String.valueOf(refused.getMessage());
        Matcher named = NAMED.matcher(message);
        String field = named.matches() ? FIELDS.getOrDefault(named.group(1), FORM) : FORM;
        add(field, "refused.library", field.equals(FORM) ? message : named.group(2));
    }

    public boolean isEmpty() {
        return byField.isEmpty();
    }

    public Set<Map.Entry<String, Refusal>> all() {
        return byField.entrySet();
    }

    public @Nullable Refusal of(String field) {
        return byField.get(field);
    }
}
