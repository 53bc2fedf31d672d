package org.unipayout.bank131.internal.wire;

import org.jspecify.annotations.Nullable;

/** What every answer begins with: {@code status} is {@code ok} or {@code error}, whatever the HTTP status. */
public interface Envelope {
    /** {@code ok} or {@code error}. */
    @Nullable String status();

    /** Why the call failed. */
    @Nullable ErrorObject error();

    /** Whether it says that it failed. */
    default boolean failed() {
        return error() != null || "error".equals(status());
    }

    /** Whether it shows a payout all the same, so that it contradicts itself. */
    default boolean showsPayout() {
        return false;
    }
}
