package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;

/** Who is paid. */
public record Client(
        @Nullable String clientId,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String name) {
    @Override
    public String toString() {
        return "Client[***]";
    }
}
