package org.unipayout;

/**
 * Why a payout is {@link PayoutStatus#UNKNOWN}.
 *
 * @param kind what sort of evidence
 * @param text one sentence for an engineer: never holds a body, a header, a name, a card or an account
 */
public record Evidence(Kind kind, String text) {

    /** The sorts of evidence. */
    public enum Kind {
        /** The request may have left and no complete answer came. */
        NO_ANSWER,
        /** An answer came whose body is missing, cut, too large or not in the provider's form. */
        UNREADABLE_ANSWER,
        /** The answer speaks of another amount, currency, reference or id. */
        CONTRADICTING_ANSWER,
        /** A server error, from which nothing follows. */
        SERVER_ERROR,
        /** A status or code that the provider's documentation does not have. */
        UNDOCUMENTED_ANSWER,
        /** The provider says itself that it does not know the outcome. */
        PROVIDER_UNSURE,
        /**
         * The provider knows no such payout. By itself this proves nothing: {@link Capabilities#resubmission} says when
         * absence counts.
         */
        ABSENT,
        /** An earlier send under this reference exists, and looking it up gave no clear answer. */
        DUPLICATE
    }
}
