package org.unipayout.journal;

/**
 * Hears of every change of status: at least once, in order for each payout.
 *
 * <p>It is called by a worker or by {@link Payouts#recoverNow()}, never inside a transaction of the journal. If it
 * throws, the same change comes again later; so a listener recognises a repeated {@link StatusChange#number}.
 */
@FunctionalInterface
public interface PayoutListener {
    /**
     * Takes one change.
     *
     * @param change what changed
     */
    void statusChanged(StatusChange change);
}
