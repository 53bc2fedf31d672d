package org.unipayout.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request as it reached a simulator: exact bytes, nothing parsed. Immutable. */
public final class ReceivedRequest {
    private final String method;
    private final String path;
    private final Map<String, List<String>> query;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * Keeps a copy of everything.
     *
     * @param method upper-case HTTP method
     * @param path path without query, percent-encoding as received
     * @param query decoded query parameters
     * @param headers headers as received
     * @param body raw body, empty if there was none
     */
    public ReceivedRequest(
            String method,
            String path,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            byte[] body) {
        this.method = method;
        this.path = path;
        this.query = Map.copyOf(query);
        TreeMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> sorted.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        this.headers = sorted;
        this.body = body.clone();
    }

    /** Whole and by name, for whoever asks a simulator over HTTP what it got. */
    Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("method", method);
        shown.put("path", path);
        shown.put("query", query);
        shown.put("headers", headers);
        shown.put("body", text());
        return shown;
    }

    /**
     * The HTTP method.
     *
     * @return upper case
     */
    public String method() {
        return method;
    }

    /**
     * The path without the query.
     *
     * @return percent-encoding as received
     */
    public String path() {
        return path;
    }

    /**
     * The first value of a query parameter.
     *
     * @param name its name
     * @return decoded, empty if absent
     */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The first value of a header.
     *
     * @param name in any case
     * @return its value, empty if absent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The raw body.
     *
     * @return a copy; empty if there was none
     */
    public byte[] body() {
        return body.clone();
    }

    /**
     * The body as UTF-8 text.
     *
     * @return text, empty if there was none
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Method, path and size only: bodies and headers hold cards and credentials. */
    @Override
    public String toString() {
        return method + " " + path + " (" + body.length + " bytes)";
    }
}
