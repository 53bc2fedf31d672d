package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** The answer to {@code registerPayout.do}. */
public record RegisteredPayout(
        @Nullable String errorCode,
        @Describing @Nullable String errorMessage,
        @Nullable String formUrl,
        @Nullable String orderId,
        @Nullable String orderNumber)
        implements Envelope {
    @Override
    public String toString() {
        return "RegisteredPayout[***]";
    }
}
