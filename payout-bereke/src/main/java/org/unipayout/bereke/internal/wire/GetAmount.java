package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;

/** The body of {@code getAmount.do}. */
public record GetAmount(
        String userName, String password, @Nullable Source source) {
    @Override
    public String toString() {
        return "GetAmount[***]";
    }
}
