package org.unipayout.bereke.internal.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;

/** The body of {@code performPayout.do}. */
public record PerformPayout(
        String userName,
        Secret password,
        String orderNumber,
        long amount,
        String currency,
        @Nullable String description,
        @Nullable Client client,
        @Nullable Source source,
        Target target,
        Map<String, String> jsonParams) {
    @Override
    public String toString() {
        return "PerformPayout[***]";
    }
}
