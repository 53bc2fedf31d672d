package org.unipayout;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A notification exactly as it arrived: raw bytes and headers. Prints neither.
 *
 * <p>Take the body before any framework has parsed it: a signature covers bytes, not values. Anybody may call the address
 * that notifications go to, so a body of more than {@link #MAX_BYTES} is refused before anything of it is looked at; give
 * your HTTP server a limit of its own too, since it has read the body by then. Immutable and thread-safe.
 */
public final class WebhookRequest {
    /** The longest body that is taken unless another limit is given: 1 MiB. The known providers send a few KiB. */
    public static final int MAX_BYTES = 1 << 20;

    private final transient byte[] body;
    private final transient Map<String, List<String>> headers;

    /**
     * Keeps a copy.
     *
     * @param body the raw body
     * @param headers header values by name, names in any case; a name or value that is null counts as not there
     * @throws WebhookRejectedException if the body is longer than {@link #MAX_BYTES}; answer with an error status
     */
    public WebhookRequest(byte[] body, Map<String, List<String>> headers) {
        this(body, headers, MAX_BYTES);
    }

    /**
     * Keeps a copy.
     *
     * @param body the raw body
     * @param headers header values by name, names in any case; a name or value that is null counts as not there
     * @param maxBytes the longest body that is taken
     * @throws IllegalArgumentException if the limit is not positive
     * @throws WebhookRejectedException if the body is longer; answer with an error status
     */
    public WebhookRequest(byte[] body, Map<String, List<String>> headers, int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: must be at least 1");
        }
        if (Checks.present(body, "body").length > maxBytes) {
            throw rejected("the body is longer than " + maxBytes + " bytes");
        }
        this.body = body.clone();
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Checks.present(headers, "headers").forEach((name, values) -> {
            if (name != null) { // HttpURLConnection and its relatives file the status line under null
                this.headers.merge(name, given(values), WebhookRequest::both);
            }
        });
    }

    private static List<String> given(@Nullable List<@Nullable String> values) {
        return values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).distinct().toList();
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    private static WebhookRejectedException rejected(String reason) {
        return new WebhookRejectedException(FailureDetails.builder("any", Operation.WEBHOOK, reason, Advice.NEVER)
                .build());
    }

    /** {@return a copy of the raw body} */
    public byte[] body() {
        return body.clone();
    }

    /**
     * The value of a header.
     *
     * @param name in any case
     * @return its value; empty if it is absent
     * @throws WebhookRejectedException if it stands more than once, in whatever spelling, with different values: nobody can
     *     tell which of them the sender of the body wrote
     */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw rejected("the header " + name + " has several values that differ");
        }
        return values.stream().findFirst();
    }

    @Override
    public String toString() {
        return "WebhookRequest[" + body.length + " bytes]";
    }
}
