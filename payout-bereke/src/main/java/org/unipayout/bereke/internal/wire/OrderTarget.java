package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;

/** The card that was paid, as answers show it. */
public record OrderTarget(
        @Nullable String bindingId,
        @Nullable String clientId,
        @Nullable String maskedPan) {
    @Override
    public String toString() {
        return "OrderTarget[***]";
    }
}
