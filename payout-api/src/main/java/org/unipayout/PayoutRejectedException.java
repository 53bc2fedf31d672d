package org.unipayout;

/**
 * No money moved by this call: the provider refused it and says so.
 *
 * <p>{@link #error} has the code, who must act and a text for a cashier. After a refused {@link PayoutClient#cancel} the
 * payout goes on as if the call had not been made.
 */
public final class PayoutRejectedException extends PayoutException {
    private static final long serialVersionUID = 1L;

    /**
     * Adapters and test doubles call it.
     *
     * @param details what happened
     */
    public PayoutRejectedException(FailureDetails details) {
        super(details);
    }
}
