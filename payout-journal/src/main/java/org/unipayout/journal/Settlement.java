package org.unipayout.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;

/**
 * What a person says about the end of a payout, after a look into the provider's statement; {@link Payouts#by} says who.
 * Kept in the history as that person's word. Immutable and thread-safe.
 */
public final class Settlement {
    private static final int GREATEST_LENGTH = 500;

    private final PayoutStatus end;
    private final String why;
    private final boolean overruling;

    private Settlement(PayoutStatus end, String why, boolean overruling) {
        this.end = end;
        this.why = checked(why);
        this.overruling = overruling;
    }

    /**
     * The money reached the recipient.
     *
     * @param why by what: for example the statement and its line; no card and no account number
     * @return the settlement
     * @throws IllegalArgumentException if it is blank, holds control characters or is longer than 500 characters
     */
    public static Settlement paid(String why) {
        return new Settlement(PayoutStatus.SUCCEEDED, why, false);
    }

    /**
     * No money moved, and the provider will not move any.
     *
     * @param why by what: for example the statement of which days; no card and no account number
     * @return the settlement
     * @throws IllegalArgumentException if it is blank, holds control characters or is longer than 500 characters
     */
    public static Settlement notPaid(String why) {
        return new Settlement(PayoutStatus.FAILED, why, false);
    }

    /**
     * The money was paid, and came back in full or in part. A payout that {@link PayoutStatus#SUCCEEDED} may be settled so without
     * overruling, since it came back later, but for one that was {@link Attention#PAID_TWICE}: there the other payment stands. That the provider
     * says it was paid does not contradict this word.
     *
     * @param why by what: for example the statement and both lines; no card and no account number
     * @return the settlement
     * @throws IllegalArgumentException if it is blank, holds control characters or is longer than 500 characters
     */
    public static Settlement returned(String why) {
        return new Settlement(PayoutStatus.RETURNED, why, false);
    }

    /** {@return the same word, even against an end that the provider itself told} */
    public Settlement overruling() {
        return new Settlement(end, why, true);
    }

    /** {@return how the payout ended by this word: {@code SUCCEEDED}, {@code FAILED} or {@code RETURNED}} */
    public PayoutStatus end() {
        return end;
    }

    /** {@return by what} */
    public String why() {
        return why;
    }

    /** {@return whether it holds even against the provider's own word} */
    public boolean overrules() {
        return overruling;
    }

    private static String checked(String why) {
        if (why == null || why.isBlank() || why.length() > GREATEST_LENGTH) {
            throw new IllegalArgumentException("why: must be 1 to " + GREATEST_LENGTH + " characters");
        }
        if (why.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("why: must not hold control characters");
        }
        return why;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Settlement settlement
                && end == settlement.end
                && why.equals(settlement.why)
                && overruling == settlement.overruling;
    }

    @Override
    public int hashCode() {
        return Objects.hash(end, why, overruling);
    }

    @Override
    public String toString() {
        return "Settlement[" + end + "]";
    }
}
