package org.unipayout;

/** Verifies and reads one provider's notifications. Implementations are thread-safe and do no I/O. */
public interface PayoutWebhooks {
    /**
     * Verifies and reads a notification.
     *
     * <p>Answer the provider with HTTP 200 once the event is stored; an unknown type is an event too.
     *
     * @param request raw bytes and headers
     * @return a verified event or a hint
     * @throws WebhookRejectedException if the signature is missing or wrong, no key is configured, or the body cannot
     *     be read
     */
    WebhookEvent receive(WebhookRequest request);
}
