package org.unipayout;

/**
 * What an answer leaves open: why a payout is {@link PayoutStatus#UNKNOWN}, or what is wrong beside a status that is
 * known ({@link Kind#PAID_TWICE}).
 *
 * @param kind what sort of evidence
 * @param text one sentence for an engineer: never holds a body, a header, a name, a card or an account
 */
public record Evidence(Kind kind, String text) {

    /** What a sort of evidence proves about our payout. */
    public enum Proves {
        /** The provider has it. From then on no absence counts, and nothing of it is sent again, failed or expired. */
        IT_EXISTS,
        /** The call that was answered so was not executed. Says nothing about an earlier one. */
        NOT_EXECUTED,
        /** The provider does not show it. Counts as {@link Capabilities#resubmission} says, and not by itself. */
        ABSENCE,
        /** The reference belongs to a different payout. Says nothing about whether ours was executed. */
        ANOTHER_PAYOUT,
        /** Nothing at all, least of all that the payout exists: absence goes on counting. */
        NOTHING
    }

    /** The sorts of evidence. */
    public enum Kind {
        /** The request may have left and no complete answer came. */
        NO_ANSWER(Proves.NOTHING),
        /** An answer came whose body is missing, cut, too large or not in the provider's form. */
        UNREADABLE_ANSWER(Proves.NOTHING),
        /** The answer shows neither our id nor our reference, or somebody else's: it is not about our payout. */
        UNIDENTIFIED_ANSWER(Proves.NOTHING),
        /** A server error, from which nothing follows. */
        SERVER_ERROR(Proves.NOTHING),
        /** A page or a code that the provider's documentation does not have, such as the page of a firewall. */
        UNDOCUMENTED_ANSWER(Proves.NOTHING),
        /** A documented code that leaves open whether the call was executed, and shows no payout. */
        OPEN_CODE(Proves.NOTHING),
        /** Our payout is shown, in a status that the provider's documentation does not have. */
        UNDOCUMENTED_STATUS(Proves.IT_EXISTS),
        /** Our payout is shown, and the parts of the answer disagree or show another amount than it has. */
        CONTRADICTING_ANSWER(Proves.IT_EXISTS),
        /** Our payout is shown, and the provider says itself that it does not know the outcome. */
        PROVIDER_UNSURE(Proves.IT_EXISTS),
        /** An earlier send under this reference exists, and looking it up gave no clear answer. */
        DUPLICATE(Proves.IT_EXISTS),
        /** More than one payout of ours moved money. Stands beside {@link PayoutStatus#SUCCEEDED}. */
        PAID_TWICE(Proves.IT_EXISTS),
        /** Our reference is shown with another amount, recipient or time: a different payout has it. */
        OTHER_PAYOUT(Proves.ANOTHER_PAYOUT),
        /**
         * The provider refused because an equal payout (same amount and recipient, any reference) was sent just before.
         * If nothing was sent under this reference before, this one was not executed and may be sent after the
         * provider's window.
         */
        EQUAL_PAYOUT(Proves.NOT_EXECUTED),
        /**
         * The provider asked the merchant before it paid, and the merchant's own fence ({@link Resubmission.Fenced}) did not
         * let this transaction through, or was not heard. Another one of the same payout may have been let through: the fence
         * knows which. Asked with a provider id, an adapter says so only of the transaction that has this id.
         */
        NOT_LET_THROUGH(Proves.NOT_EXECUTED),
        /**
         * The provider knows no such payout. By itself this proves nothing: {@link Capabilities#resubmission} says when
         * absence counts.
         */
        ABSENT(Proves.ABSENCE);

        private final Proves proves;

        Kind(Proves proves) {
            this.proves = proves;
        }

        /** {@return what it proves about our payout} */
        public Proves proves() {
            return proves;
        }
    }
}
