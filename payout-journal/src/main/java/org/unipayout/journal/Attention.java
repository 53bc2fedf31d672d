package org.unipayout.journal;

/**
 * Why a person should look at a payout. It never changes the payout itself; {@link PayoutRecord#openVerbs} says what the
 * person can do.
 */
public enum Attention {
    /** It is open for longer than {@link Payouts.Builder#attentionAfter}; it is still asked about. */
    OVERDUE(false),
    /** The card number is needed again: call {@link Payouts#pay} with the same request. Nothing was paid so far. */
    CARD_NEEDED(false),
    /** The provider refused to confirm it; it is still asked about. */
    CONFIRMATION_REFUSED(false),
    /**
     * The provider contradicts what it or a person said before about the money, or shows another payout under the
     * reference.
     */
    CONTRADICTION(true),
    /** More than one payment was made under the reference: have the provider bring one back. */
    PAID_TWICE(true),
    /** Only a signed notification says how it ended; asking stayed without an answer. */
    NOTIFIED_ONLY(true),
    /** It was sent again as often as is allowed and still has no clear answer; it is only asked about from now on. */
    SENT_TOO_OFTEN(false),
    /**
     * The provider does not know it even after the longest window, and would pay a second send twice: compare with its
     * statement, then call {@link Payouts#resubmit}.
     */
    DECISION_NEEDED(false),
    /**
     * It may not be sent any more (refused, or too late), and what was sent before may still be executed: cancel it where
     * the provider can, or look into its statement and settle it.
     */
    END_UNPROVEN(false);

    private final boolean outlivesTheEnd;

    Attention(boolean outlivesTheEnd) {
        this.outlivesTheEnd = outlivesTheEnd;
    }

    /** Whether it is the graver news of the two; two payments are the gravest. */
    boolean replaces(Attention present) {
        boolean graver = outlivesTheEnd || !present.outlivesTheEnd;
        return this != present && present != PAID_TWICE && graver;
    }

    /** {@return whether it stays when the payout has come to an end, until a person settles it} */
    boolean outlivesTheEnd() {
        return outlivesTheEnd;
    }
}
