package org.unipayout;

/** By whose word a payout has its status. */
public enum Word {
    /** The provider's own answer to a call or a question. */
    PROVIDER(true, true),
    /** A notification whose signature is right and covers the outcome. */
    SIGNED_NOTIFICATION(true, false),
    /** A notification that is plausible and not proven. It may only trigger a question. */
    HINT(false, false),
    /** A person who has seen a statement, and answers for it. */
    PERSON(false, true);

    private final boolean showsPayout;
    private final boolean ends;

    Word(boolean showsPayout, boolean ends) {
        this.showsPayout = showsPayout;
        this.ends = ends;
    }

    /** {@return whether it proves that the provider has the payout, so that no later absence counts} */
    public boolean showsPayout() {
        return showsPayout;
    }

    /**
     * Whether it may end a payout by itself.
     *
     * @return false for a notification: it brings the id to ask by, and stands as the last word, with attention, only if
     *     asking stays without an answer
     */
    public boolean ends() {
        return ends;
    }
}
