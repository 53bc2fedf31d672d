package org.unipayout.bereke.internal.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;

/** The body of {@code registerPayout.do}. */
public record RegisterPayout(
        String userName,
        Secret password,
        String orderNumber,
        long amount,
        String currency,
        @Nullable String description,
        @Nullable String language,
        @Nullable Client client,
        Urls urls,
        @Nullable Long sessionTimeoutSecs,
        Map<String, String> jsonParams) {
    @Override
    public String toString() {
        return "RegisterPayout[***]";
    }
}
