package org.unipayout.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a simulator answers: status, headers and exact body bytes. Immutable. */
public final class SimulatedResponse {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private SimulatedResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A JSON answer.
     *
     * @param status HTTP status
     * @param json the body
     * @return the response
     */
    public static SimulatedResponse json(int status, String json) {
        return text(status, "application/json", json);
    }

    /**
     * An answer with any content type.
     *
     * @param status HTTP status
     * @param contentType media type without charset; UTF-8 is used
     * @param text the body
     * @return the response
     */
    public static SimulatedResponse text(int status, String contentType, String text) {
        return new SimulatedResponse(
                status, Map.of("Content-Type", contentType + "; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An answer without a body.
     *
     * @param status HTTP status
     * @return the response
     */
    public static SimulatedResponse empty(int status) {
        return new SimulatedResponse(status, Map.of(), new byte[0]);
    }

    /**
     * The same answer with one more header.
     *
     * @param name header name
     * @param value header value
     * @return a new response
     */
    public SimulatedResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SimulatedResponse(status, more, body);
    }

    /**
     * The HTTP status.
     *
     * @return status code
     */
    public int status() {
        return status;
    }

    /**
     * The headers.
     *
     * @return unmodifiable
     */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /**
     * The body bytes.
     *
     * @return a copy
     */
    public byte[] body() {
        return body.clone();
    }
}
