package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;

/** The body of {@code getAmount.do}. */
public record GetAmount(
        String userName, Secret password, @Nullable Source source) {
    @Override
    public String toString() {
        return "GetAmount[***]";
    }
}
