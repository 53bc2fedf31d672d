package org.unipayout;

/**
 * Receives every exchange with a provider, redacted. There is no other wire log.
 *
 * <p>It is called in the thread of the call, after the exchange; it must be quick and thread-safe. What it throws is
 * swallowed, because an audit trail must not decide about money.
 */
@FunctionalInterface
public interface ExchangeSink {
    /** Drops everything. */
    ExchangeSink NONE = exchange -> {};

    /**
     * Takes one exchange.
     *
     * @param exchange redacted
     */
    void accept(Exchange exchange);
}
