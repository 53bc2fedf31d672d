package org.unipayout;

/**
 * Nothing changed: a question had no usable answer.
 *
 * <p>Ask again later.
 */
public final class PayoutReadException extends PayoutException {
    private static final long serialVersionUID = 1L;

    /**
     * Adapters and test doubles call it.
     *
     * @param details what happened
     */
    public PayoutReadException(FailureDetails details) {
        super(details);
    }
}
