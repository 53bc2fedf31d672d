package org.unipayout;

import java.util.Optional;

/**
 * A call ended without an answer about a payout. Each subclass says in its first sentence what that means for the money.
 *
 * <p>No exception chains a cause or repeats a body, a header value, a URL query, a name, a card, an account or a
 * credential.
 */
public abstract sealed class PayoutException extends RuntimeException
        permits UnsupportedPayoutException,
                PayoutNotSentException,
                PayoutRejectedException,
                PayoutNotPreparedException,
                PayoutReadException,
                WebhookRejectedException {
    private static final long serialVersionUID = 1L;

    private final FailureDetails details;

    PayoutException(FailureDetails details) {
        super(details.message());
        this.details = details;
    }

    /** {@return the provider's short name} */
    public final String provider() {
        return details.provider();
    }

    /** {@return what was being done} */
    public final Operation operation() {
        return details.operation();
    }

    /** {@return the merchant's reference, if the call had one} */
    public final Optional<String> reference() {
        return details.reference();
    }

    /** {@return the row of the error book, if the provider gave a code: who must act, and a text for a cashier} */
    public final Optional<ErrorEntry> error() {
        return details.error();
    }

    /** {@return the provider's id of the call, to quote to its support} */
    public final Optional<String> requestId() {
        return details.requestId();
    }

    /** {@return what to do} */
    public final Advice advice() {
        return details.advice();
    }
}
