package org.unipayout.journal;

/** Why a person should look at a payout. It never changes the payout itself. */
public enum Attention {
    /** It is open for longer than {@link Payouts.Builder#attentionAfter}; it is still asked about. */
    OVERDUE,
    /** The card number is needed again: call {@link Payouts#pay} with the same request. Nothing was paid so far. */
    CARD_NEEDED,
    /** The provider refused to confirm it; it is still asked about. */
    CONFIRMATION_REFUSED,
    /** The provider contradicts what it said before about the money, or speaks of another amount or reference. */
    CONTRADICTION,
    /** It was sent again as often as is allowed and still has no clear answer; it is only asked about from now on. */
    SENT_TOO_OFTEN,
    /**
     * The provider does not know it even after the longest window, and would pay a second send twice: compare with its
     * statement, then call {@link Payouts#resubmit}.
     */
    DECISION_NEEDED
}
