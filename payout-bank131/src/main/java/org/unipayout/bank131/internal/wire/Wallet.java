package org.unipayout.bank131.internal.wire;

import org.jspecify.annotations.Nullable;

/** {@code wallet}. */
public record Wallet(@Nullable String type, @Nullable Yoomoney yoomoney) {
    @Override
    public String toString() {
        return "Wallet[***]";
    }

    /** {@code yoomoney}. */
    public record Yoomoney(
            @Nullable String account, @Nullable String description) {
        @Override
        public String toString() {
            return "Yoomoney[***]";
        }
    }
}
