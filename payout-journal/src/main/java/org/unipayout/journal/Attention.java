package org.unipayout.journal;

/**
 * Why a person should look at a payout. It never changes the payout itself; {@link PayoutRecord#openVerbs} says what the
 * person can do.
 */
public enum Attention {
    /**
     * What is stored of it does not fit its history: somebody changed it in the database. No call is made for it. Put back what was
     * there, from a backup, or look into the provider's statement and settle it. {@link Payouts#verifyHistory(String)} says where.
     */
    TAMPERED,
    /**
     * It was asked for at another account of the merchant's than the one that its provider's name stands for now. No call is
     * made: give the builder the old account under that name again, or settle it.
     */
    OTHER_ACCOUNT,
    /** An order waits for another actor ({@link PayoutRecord#order}): approve or reject it. */
    APPROVAL_NEEDED,
    /** It is open for longer than {@link PayoutsBuilder#attentionAfter}; it is still asked about. */
    OVERDUE,
    /** The card number is needed again: call {@link Payouts#pay} with the same request. Nothing was paid so far. */
    CARD_NEEDED,
    /** The provider refused to confirm it; it is still asked about. */
    CONFIRMATION_REFUSED,
    /**
     * The provider contradicts what it or a person said before about the money, or shows another payout under the
     * reference, or money of ours under another id than the one that is known; then nothing of it is sent or confirmed any more.
     */
    CONTRADICTION,
    /** More than one payment was made under the reference: have the provider bring one back. */
    PAID_TWICE,
    /** Only a signed notification says how it ended; asking stayed without an answer. */
    NOTIFIED_ONLY,
    /** It was sent again as often as is allowed and still has no clear answer; it is only asked about from now on. */
    SENT_TOO_OFTEN,
    /**
     * The provider does not know it even after the longest window, and would pay a second send twice, or the database went back in time
     * and may have lost a send or an end of it ({@link PayoutOrders#restored}): compare with the provider's statement and your books,
     * then call {@link PayoutOrders#resubmit}.
     */
    DECISION_NEEDED,
    /**
     * It may not be sent any more (refused, too late, one of several sends has ended without a payment, or the key was used under a handle that is
     * lost with the database), and what was sent before may still be executed: cancel it where the provider can, or look into its statement and
     * settle it.
     */
    END_UNPROVEN,
    /** A {@link PayoutListener} throws, so whoever listens does not follow. It goes when the listener takes the change. */
    LISTENER_FAILED
}
