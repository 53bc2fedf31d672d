package org.unipayout.spring;

import org.unipayout.journal.PayoutsBuilder;

/**
 * Sets up what no property does: a fence, throttles, four eyes, pauses, a provider of your own. A bean of it is called before the
 * journal is built, after properties and beans ({@code RecipientVault}, {@code HistoryKey}, {@code PayoutListener}) were applied.
 */
@FunctionalInterface
public interface PayoutsCustomizer {
    /**
     * Changes the journal that is about to be built.
     *
     * @param builder the builder; {@code provider} under the name of an account replaces its client
     */
    void customize(PayoutsBuilder builder);
}
