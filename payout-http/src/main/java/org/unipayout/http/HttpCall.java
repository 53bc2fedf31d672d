package org.unipayout.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Operation;
import org.unipayout.Secret;

/** One HTTP call. Immutable and thread-safe; {@link #toString} shows neither headers, query nor body. */
public final class HttpCall {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");
    private static final Pattern PATH = Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i).*/(\\.|%2e){1,2}(/.*)?");
    private static final Set<String> FRAMING = Set.of(
            "connection", "content-length", "content-type", "expect", "host", "te", "transfer-encoding", "upgrade");

    private final Operation operation;
    private final String method;
    private final String path;
    private final String shownPath;
    private final Set<String> hidden;
    private final @Nullable String reference;
    private final Map<String, String> headers;
    private final List<Map.Entry<String, String>> query;
    private final byte @Nullable [] body;
    private final List<LastStep> lastSteps;

    /** What is added to a call in the moment of sending. */
    @FunctionalInterface
    public interface LastStep {
        /**
         * Adds headers or the body.
         *
         * @param call the call so far
         * @throws Exception if that cannot be had; nothing is sent
         */
        void addTo(Builder call) throws Exception;
    }

    private HttpCall(Builder builder) {
        operation = builder.operation;
        method = builder.method;
        path = builder.path;
        shownPath = builder.shownPath;
        hidden = builder.hidden;
        reference = builder.reference;
        headers = new TreeMap<>(builder.headers);
        query = List.copyOf(builder.query);
        body = builder.body;
        lastSteps = List.copyOf(builder.lastSteps);
    }

    /**
     * Starts a call.
     *
     * @param operation what it is for
     * @param method GET, POST, PUT, PATCH or DELETE
     * @param path below the base URL; starts with a slash, its segments percent-encoded
     * @return a builder
     * @throws IllegalArgumentException if the method or the path is not of that form; dot segments are refused, because
     *     they would lead to another place
     */
    public static Builder builder(Operation operation, String method, String path) {
        return new Builder(operation, method, path);
    }

    Operation operation() {
        return operation;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** The path as the audit trail may see it. */
    String shownPath() {
        return shownPath;
    }

    /** Which fields of the bodies the audit trail may not see, although it may see them in other calls. */
    Set<String> hidden() {
        return hidden;
    }

    @Nullable String reference() {
        return reference;
    }

    Map<String, String> headers() {
        return headers;
    }

    List<Map.Entry<String, String>> query() {
        return query;
    }

    /** The bytes themselves, not a copy; nobody in this package changes them. */
    byte @Nullable [] body() {
        return body;
    }

    /** Whether nothing is to be added in the moment of sending. */
    boolean isComplete() {
        return lastSteps.isEmpty();
    }

    /** With all that is known in this moment only; may take as long as a key store does. */
    HttpCall completed() throws Exception {
        Builder complete = new Builder(this);
        for (LastStep step : lastSteps) {
            step.addTo(complete);
        }
        complete.lastSteps.clear();
        return complete.build();
    }

    @Override
    public String toString() {
        return "HttpCall[" + operation + ", " + method + " " + shownPath + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final Operation operation;
        private final String method;
        private final String path;
        private final SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final List<Map.Entry<String, String>> query = new ArrayList<>();
        private final List<LastStep> lastSteps = new ArrayList<>();
        private String shownPath;
        private Set<String> hidden = Set.of();
        private @Nullable String reference;
        private byte @Nullable [] body;

        private Builder(Operation operation, String method, String path) {
            if (!METHODS.contains(method)) {
                throw new IllegalArgumentException("method: must be one of GET, POST, PUT, PATCH, DELETE");
            }
            if (!PATH.matcher(path).matches() || DOT_SEGMENT.matcher(path).matches()) {
                throw new IllegalArgumentException(
                        "path: must start with / and hold percent-encoded segments other than . and ..");
            }
            this.operation = operation;
            this.method = method;
            this.path = path;
            this.shownPath = path;
        }

        /** A call so far, whose parts were checked when they were given; its last steps are still to be taken. */
        private Builder(HttpCall call) {
            operation = call.operation;
            method = call.method;
            path = call.path;
            headers.putAll(call.headers);
            query.addAll(call.query);
            shownPath = call.shownPath;
            hidden = call.hidden;
            reference = call.reference;
            body = call.body;
        }

        /**
         * Says how the audit trail sees a call whose address, or the fields that are ids elsewhere, hold a token.
         *
         * @param newShownPath the path with {@code ***} in place of each token
         * @param hiddenFields JSON fields that stay hidden in both bodies, whatever the redaction shows
         * @return this builder
         */
        public Builder shownAs(String newShownPath, String... hiddenFields) {
            shownPath = newShownPath;
            hidden = Set.of(hiddenFields);
            return this;
        }

        /**
         * Sets the merchant's reference, for exceptions and the audit trail.
         *
         * @param value the reference, or null
         * @return this builder
         */
        public Builder reference(@Nullable String value) {
            reference = value;
            return this;
        }

        /**
         * Sets a header; the last value under a name counts.
         *
         * @param name a header that the transport does not set itself, as it does Content-Type and Content-Length
         * @param value printable ASCII
         * @return this builder
         * @throws IllegalArgumentException if the name or the value is not of that form; the value is not repeated
         */
        public Builder header(String name, String value) {
            if (!TOKEN.matcher(name).matches()) {
                throw new IllegalArgumentException("header: the name must be an HTTP token");
            }
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (FRAMING.contains(lowerCase) || lowerCase.startsWith("proxy-")) {
                throw new IllegalArgumentException("header " + name + ": is set by the transport");
            }
            if (!PRINTABLE.matcher(value).matches()) {
                throw new IllegalArgumentException("header " + name + ": the value must be printable ASCII");
            }
            headers.put(name, value);
            return this;
        }

        /**
         * Sets a header that holds a credential; it is never shown and never goes to another host, because redirects are
         * not followed.
         *
         * @param name as for {@link #header}
         * @param value printable ASCII; a {@linkplain Secret#supplied supplied} one is asked in the moment of sending
         * @return this builder
         * @throws IllegalArgumentException if the name or the value is not of that form; the value is not repeated
         */
        public Builder secretHeader(String name, Secret value) {
            return value.isSupplied()
                    ? lastStep(call -> call.header(name, value.reveal()))
                    : header(name, value.reveal());
        }

        /**
         * Adds what is only known in the moment of sending: a credential that may be exchanged, a signature that a key store
         * makes.
         *
         * <p>The transport runs the steps in their order, once for each call and within its deadline, in a thread of its own
         * that it interrupts when the time is up. A question is repeated as it was made.
         *
         * @param step the step; if it throws anything or takes too long, nothing is sent
         * @return this builder
         */
        public Builder lastStep(LastStep step) {
            lastSteps.add(step);
            return this;
        }

        /**
         * Adds a query parameter.
         *
         * @param name not encoded
         * @param value not encoded
         * @return this builder
         */
        public Builder query(String name, String value) {
            query.add(Map.entry(name, value));
            return this;
        }

        /**
         * Sets the body; it is sent as {@code application/json}, byte for byte.
         *
         * @param json the bytes that were signed, if something was signed; copied
         * @return this builder
         */
        public Builder body(byte[] json) {
            body = json.clone();
            return this;
        }

        /**
         * Finishes the call.
         *
         * @return the call
         * @throws IllegalArgumentException if a GET has a body
         */
        public HttpCall build() {
            if (body != null && method.equals("GET")) {
                throw new IllegalArgumentException("body: a GET has none");
            }
            return new HttpCall(this);
        }
    }
}
