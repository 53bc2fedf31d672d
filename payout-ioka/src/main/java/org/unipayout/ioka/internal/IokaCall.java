package org.unipayout.ioka.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Operation;
import org.unipayout.PayoutRef;
import org.unipayout.Secret;
import org.unipayout.http.HttpCall;
import org.unipayout.http.Json;

/** One call to ioka, before it has a key. */
public final class IokaCall {
    private static final Pattern USABLE_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final Operation operation;
    private final String method;
    private final String path;
    private final @Nullable PayoutRef ref;
    private final Map<String, String> query = new LinkedHashMap<>();
    private @Nullable String shownPath;
    private byte @Nullable [] body;
    private @Nullable String idempotencyKey;

    private IokaCall(Operation operation, String method, String path, @Nullable PayoutRef ref) {
        this.operation = operation;
        this.method = method;
        this.path = path;
        this.ref = ref;
    }

    /** A question. */
    public static IokaCall get(Operation operation, String path, @Nullable PayoutRef ref) {
        return new IokaCall(operation, "GET", path, ref);
    }

    /** A call that removes something. */
    public static IokaCall delete(Operation operation, String path) {
        return new IokaCall(operation, "DELETE", path, null);
    }

    /** A call that changes something and says no more than its address. */
    public static IokaCall post(Operation operation, String path, @Nullable PayoutRef ref) {
        return new IokaCall(operation, "POST", path, ref);
    }

    /** A call that changes something. */
    public static IokaCall post(Operation operation, String path, @Nullable PayoutRef ref, Object body) {
        IokaCall call = new IokaCall(operation, "POST", path, ref);
        call.body = Json.write(body);
        return call;
    }

    /**
     * An id of ioka as a path segment; letters, digits, hyphen and underscore, so that it cannot lead to another place.
     *
     * @throws IllegalArgumentException if it is of another form; the message names the field
     */
    public static String segment(String id, String field) {
        if (!isUsableId(id)) {
            throw new IllegalArgumentException(field + ": must be an id of ioka, letters, digits, hyphen, underscore");
        }
        return id;
    }

    /**
     * The id of a handle's order, as a path segment.
     *
     * @throws IllegalArgumentException if the handle has no id yet, or one of another form
     */
    static String orderId(PayoutRef ref) {
        String id = ref.providerId()
                .orElseThrow(() -> new IllegalArgumentException("ref: has no order id; take the one of get"));
        return segment(id, "ref.providerId");
    }

    /** Whether an id of ioka can be stored in a handle and asked for. */
    public static boolean isUsableId(@Nullable String id) {
        return id != null && USABLE_ID.matcher(id).matches();
    }

    /** Adds a query parameter. */
    public IokaCall query(String name, String value) {
        query.put(name, value);
        return this;
    }

    /** Keeps a saved card out of the audit trail: ids of people and cards are its token, in the path and as {@code id}. */
    public IokaCall shownAs(String path) {
        shownPath = path;
        return this;
    }

    /** Protects a step by what it sends: another request under the same reference is another call. */
    public IokaCall onceForThisBody(String step, String reference) {
        idempotencyKey = IdempotencyKeys.of(step, reference, body == null ? new byte[0] : body);
        return this;
    }

    /** Protects a step on an order whatever it sends: ioka does it once. */
    public IokaCall onceForThisOrder(String step, String orderId) {
        idempotencyKey = IdempotencyKeys.of(step, orderId, new byte[0]);
        return this;
    }

    Operation operation() {
        return operation;
    }

    @Nullable PayoutRef ref() {
        return ref;
    }

    HttpCall with(Secret key) {
        HttpCall.Builder call = HttpCall.builder(operation, method, path)
                .reference(ref == null ? null : ref.reference())
                .secretHeader("API-KEY", key);
        query.forEach(call::query);
        if (shownPath != null) {
            call.shownAs(shownPath, "id");
        }
        if (idempotencyKey != null) {
            call.header("idempotency-key", idempotencyKey);
        }
        if (body != null) {
            call.body(body);
        }
        return call.build();
    }
}
