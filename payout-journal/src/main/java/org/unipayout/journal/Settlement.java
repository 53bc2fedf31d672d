package org.unipayout.journal;

/**
 * What a person says about the end of a payout, after a look into the provider's statement. Kept in the history as a
 * person's word. Immutable and thread-safe.
 */
public final class Settlement {
    private static final int GREATEST_LENGTH = 500;

    private final boolean paid;
    private final String who;
    private final String why;
    private final boolean overruling;

    private Settlement(boolean paid, String who, String why, boolean overruling) {
        this.paid = paid;
        this.who = text(who, "who");
        this.why = text(why, "why");
        this.overruling = overruling;
    }

    /**
     * The money reached the recipient.
     *
     * @param who who says so: the person's name or number in your system
     * @param why by what: for example the statement and its line; no card and no account number
     * @return the settlement
     * @throws IllegalArgumentException if one is blank, holds control characters or is longer than 500 characters
     */
    public static Settlement paid(String who, String why) {
        return new Settlement(true, who, why, false);
    }

    /**
     * No money moved, and the provider will not move any.
     *
     * @param who who says so: the person's name or number in your system
     * @param why by what: for example the statement of which days; no card and no account number
     * @return the settlement
     * @throws IllegalArgumentException if one is blank, holds control characters or is longer than 500 characters
     */
    public static Settlement notPaid(String who, String why) {
        return new Settlement(false, who, why, false);
    }

    /** {@return the same word, even against an end that the provider itself told} */
    public Settlement overruling() {
        return new Settlement(paid, who, why, true);
    }

    /** {@return whether the money reached the recipient} */
    public boolean paid() {
        return paid;
    }

    /** {@return who says so} */
    public String who() {
        return who;
    }

    /** {@return by what} */
    public String why() {
        return why;
    }

    /** {@return whether it holds even against the provider's own word} */
    public boolean overrules() {
        return overruling;
    }

    private static String text(String value, String field) {
        if (value == null || value.isBlank() || value.length() > GREATEST_LENGTH) {
            throw new IllegalArgumentException(field + ": must be 1 to " + GREATEST_LENGTH + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + ": must not hold control characters");
        }
        return value;
    }

    @Override
    public String toString() {
        return "Settlement[" + (paid ? "paid" : "not paid") + " by " + who + "]";
    }
}
