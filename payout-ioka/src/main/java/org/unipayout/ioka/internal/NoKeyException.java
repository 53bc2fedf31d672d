package org.unipayout.ioka.internal;

import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorEntry;

/** There is no key to call with, so the call that needed one was not made. */
final class NoKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable ErrorEntry error;
    private final @Nullable String traceId;

    NoKeyException(String reason, @Nullable ErrorEntry error, @Nullable String traceId) {
        super(reason);
        this.error = error;
        this.traceId = traceId;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** The row of the error book if ioka refused, or null. */
    @Nullable ErrorEntry error() {
        return error;
    }

    @Nullable String traceId() {
        return traceId;
    }
}
