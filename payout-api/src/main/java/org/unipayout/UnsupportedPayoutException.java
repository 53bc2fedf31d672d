package org.unipayout;

/**
 * Nothing left the process: the provider does not do what was asked for.
 *
 * <p>See {@link Capabilities}.
 */
public final class UnsupportedPayoutException extends PayoutException {
    private static final long serialVersionUID = 1L;

    /**
     * Adapters and test doubles call it.
     *
     * @param details what happened
     */
    public UnsupportedPayoutException(FailureDetails details) {
        super(details);
    }
}
