package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** The card that was paid, as answers show it. */
public record OrderTarget(
        @Describing @Nullable String bindingId,
        @Describing @Nullable String clientId,
        @Describing @Nullable String maskedPan) {
    @Override
    public String toString() {
        return "OrderTarget[***]";
    }
}
