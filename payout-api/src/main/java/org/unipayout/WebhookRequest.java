package org.unipayout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A notification exactly as it arrived: raw bytes and headers. Prints neither.
 *
 * <p>Take the body before any framework has parsed it: a signature covers bytes, not values. Immutable.
 */
public final class WebhookRequest {
    private final byte[] body;
    private final Map<String, List<String>> headers;

    /**
     * Keeps a copy.
     *
     * @param body the raw body
     * @param headers header values by name, names in any case
     */
    public WebhookRequest(byte[] body, Map<String, List<String>> headers) {
        this.body = Checks.present(body, "body").clone();
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Checks.present(headers, "headers").forEach((name, values) -> {
            if (name != null) { // HttpURLConnection and its relatives file the status line under null
                this.headers.put(name, List.copyOf(values));
            }
        });
    }

    /** {@return a copy of the raw body} */
    public byte[] body() {
        return body.clone();
    }

    /**
     * The value of a header.
     *
     * @param name in any case
     * @return its only value; empty if it is absent or stands more than once
     */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "WebhookRequest[" + body.length + " bytes]";
    }
}
