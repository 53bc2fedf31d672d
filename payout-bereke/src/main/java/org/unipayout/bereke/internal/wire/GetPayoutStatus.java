package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;

/** The body of {@code getPayoutStatus.do}; one of the two ids is given. */
public record GetPayoutStatus(
        String userName,
        Secret password,
        @Nullable String orderNumber,
        @Nullable String orderId) {
    @Override
    public String toString() {
        return "GetPayoutStatus[***]";
    }
}
