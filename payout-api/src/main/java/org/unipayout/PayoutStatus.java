package org.unipayout;

/**
 * What happened to the money, in words that mean the same for every provider.
 *
 * <p>A status only moves towards certainty ({@link #mayBecome}): a late, repeated or reordered event never moves it
 * back. A provider's word that an adapter does not know becomes {@link #UNKNOWN}, never a failure.
 */
public enum PayoutStatus {
    /** Known to the provider, or validated here; nothing can happen until it is submitted. */
    PREPARED(false, Funds.NOT_MOVED),
    /** The recipient must act at {@link Payout#nextAction}: a card form or a redirect. */
    AWAITING_RECIPIENT(false, Funds.NOT_MOVED),
    /** The merchant must confirm or cancel before a deadline. */
    AWAITING_CONFIRMATION(false, Funds.NOT_MOVED),
    /** The provider has it and will finish it. */
    PROCESSING(false, Funds.MAY_HAVE_MOVED),
    /** No clear answer: ask again with {@link PayoutClient#get}, and never pay again. */
    UNKNOWN(false, Funds.MAY_HAVE_MOVED),
    /** Paid. */
    SUCCEEDED(true, Funds.MOVED),
    /** Was paid, then came back in full or in part. */
    RETURNED(true, Funds.CAME_BACK),
    /** Nothing reached the recipient; {@link Payout#decline} says why. */
    FAILED(true, Funds.NOT_MOVED),
    /** Ended on purpose; nothing reached the recipient. */
    CANCELED(true, Funds.NOT_MOVED),
    /** Ran out of time; nothing reached the recipient. */
    EXPIRED(true, Funds.NOT_MOVED);

    /** What a status says about the money. */
    public enum Funds {
        /** Nothing has left the merchant for this payout so far. */
        NOT_MOVED,
        /** It may have left; only a later answer tells. */
        MAY_HAVE_MOVED,
        /** It reached the recipient. */
        MOVED,
        /** It reached the recipient and came back, in full or in part. */
        CAME_BACK
    }

    private final boolean isFinal;
    private final Funds funds;

    PayoutStatus(boolean isFinal, Funds funds) {
        this.isFinal = isFinal;
        this.funds = funds;
    }

    /** {@return whether nothing more will happen, save that a paid payout may still be returned} */
    public boolean isFinal() {
        return isFinal;
    }

    /** {@return what this status says about the money} */
    public Funds funds() {
        return funds;
    }

    /**
     * Whether an observation of another status is news: a step towards certainty.
     *
     * @param next the status observed later
     * @return true if a holder of this status should now hold {@code next}; true for the same status
     */
    public boolean mayBecome(PayoutStatus next) {
        if (next == this) {
            return true;
        }
        if (isFinal) {
            return this == SUCCEEDED && next == RETURNED;
        }
        if (next.isFinal || this == UNKNOWN || this == PREPARED) {
            return true;
        }
        return switch (next) {
            case PREPARED -> false;
            case AWAITING_RECIPIENT -> this == PROCESSING;
            case UNKNOWN -> this != PROCESSING;
            default -> true;
        };
    }
}
