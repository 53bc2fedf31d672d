package org.unipayout;

/**
 * Nothing changed: a notification could not be trusted or read.
 *
 * <p>Answer the sender with an error status and act on nothing in it.
 */
public final class WebhookRejectedException extends PayoutException {
    private static final long serialVersionUID = 1L;

    /**
     * Adapters and test doubles call it.
     *
     * @param details what happened
     */
    public WebhookRejectedException(FailureDetails details) {
        super(details);
    }
}
