package org.unipayout;

/**
 * No money moved: it is not clear whether the payout was prepared, and without a submit nothing happens.
 *
 * <p>Call {@link PayoutClient#prepare} again with the same reference.
 */
public final class PayoutNotPreparedException extends PayoutException {
    private static final long serialVersionUID = 1L;

    /**
     * Adapters and test doubles call it.
     *
     * @param details what happened
     */
    public PayoutNotPreparedException(FailureDetails details) {
        super(details);
    }
}
