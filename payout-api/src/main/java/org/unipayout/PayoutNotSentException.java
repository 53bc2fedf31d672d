package org.unipayout;

/**
 * No money moved: the provider received nothing.
 *
 * <p>The name did not resolve, the connection was refused or timed out, or TLS failed, and no byte of the request was
 * written. Send the same request under the same reference later.
 */
public final class PayoutNotSentException extends PayoutException {
    private static final long serialVersionUID = 1L;

    /**
     * Adapters and test doubles call it.
     *
     * @param details what happened
     */
    public PayoutNotSentException(FailureDetails details) {
        super(details);
    }
}
