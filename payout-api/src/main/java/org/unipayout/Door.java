package org.unipayout;

/** By which door an answer about a payout came, which says how fresh it can be. */
public enum Door {
    /** Asked by the provider's own id, or told by the call that made the payout: as it says. */
    PROVIDER_ID(false),
    /** Asked by the merchant's reference, through an index that may lag behind the payout and its notifications. */
    REFERENCE(true),
    /** Told by a notification, which may be late, repeated or overtaken by a newer one. */
    NOTIFICATION(true);

    private final boolean mayLag;

    Door(boolean mayLag) {
        this.mayLag = mayLag;
    }

    /** {@return whether what it does not show may exist all the same} */
    public boolean mayLag() {
        return mayLag;
    }

    /**
     * The door by which a question about a payout goes.
     *
     * @param ref the handle that the question is asked with
     * @return {@link #PROVIDER_ID} if the handle has one
     */
    public static Door of(PayoutRef ref) {
        return ref.providerId().isPresent() ? PROVIDER_ID : REFERENCE;
    }
}
