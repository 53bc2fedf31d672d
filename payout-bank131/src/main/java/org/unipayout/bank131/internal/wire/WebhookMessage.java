package org.unipayout.bank131.internal.wire;

import org.jspecify.annotations.Nullable;

/** The body of a webhook. Its {@code confirm_information} is left out on purpose: a confirm reads it afresh. */
public record WebhookMessage(
        @Nullable String type, @Nullable Session session) {
    @Override
    public String toString() {
        return "WebhookMessage[***]";
    }
}
