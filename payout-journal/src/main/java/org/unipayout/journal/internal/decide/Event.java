package org.unipayout.journal.internal.decide;

/** What a row of a payout's history tells. Stored by name: never rename or remove one. */
public enum Event {
    /** The intent was stored. */
    REQUESTED,
    /** An order under four eyes was given, and waits for another actor. */
    ORDERED,
    /** Another actor approved the payment; other orders are carried out by the row that tells of them. */
    APPROVED,
    /** An order that waited was withdrawn or rejected; a payment that waited is canceled by it. */
    REJECTED,
    /** The provider answered to prepare. */
    PREPARED,
    /** Prepare did not succeed and will be tried again. */
    PREPARE_POSTPONED,
    /** A submit is about to leave; stored before its first byte. */
    SUBMITTING,
    /** The submit was answered, clearly or not. */
    SUBMITTED,
    /** The submit is proven not to have been executed, and will be tried again. */
    SUBMIT_POSTPONED,
    /** The submit was refused for good while an earlier one is still unclear. */
    SUBMIT_REFUSED,
    /** The provider was asked and gave news. */
    OBSERVED,
    /** The provider was asked and does not know the payout. */
    ABSENT,
    /** The merchant ordered the confirmation. */
    CONFIRM_ORDERED,
    /** A confirm is about to leave; stored before its first byte. */
    CONFIRMING,
    /** The confirm was answered, clearly or not. */
    CONFIRMED,
    /** The confirm is proven not to have been executed, and will be tried again. */
    CONFIRM_POSTPONED,
    /** The provider refused to confirm. */
    CONFIRM_REFUSED,
    /** A cancel is about to leave. */
    CANCELING,
    /** The cancel was answered, clearly or not. */
    CANCEL_ANSWERED,
    /** The cancel had no effect. */
    CANCEL_REFUSED,
    /** It was ended before anything was sent. */
    CANCELED,
    /** It ran out of time before anything was sent, or what was sent is proven not to have been executed. */
    EXPIRED,
    /** It was refused, and nothing was paid. */
    FAILED,
    /** A notification arrived. */
    NOTIFIED,
    /** The provider asked before paying, and this one of its transactions was let through; no other one ever is. */
    LET_THROUGH,
    /** Asking stayed without an answer, so what a signed notification said holds. */
    TAKEN_AT_ITS_WORD,
    /** A person said how it ended, by a statement. */
    SETTLED,
    /** The merchant decided that a payout without a trace is to be sent again. */
    RESUBMIT_ORDERED,
    /** A listener that had thrown took the change. */
    LISTENERS_HEARD,
    /** What is stored was sealed anew, under the present keys; nothing happened to the payout. */
    RESEALED,
    /** The database went back in time: whatever may have been called since is not known. */
    RESTORED,
    /** It was sent by a direct call before it came here, and nothing here knows how that ended. */
    TAKEN_OVER,
    /** It ended unpaid, and another payout was made for the same intent; no further one ever is. */
    REPLACED,
    /** It ended long ago: this row stands for its whole history, which went to the archive. It is the first one from then on. */
    RETIRED,
    /** A person should look. */
    ATTENTION;

    /** Whether it says that a call is about to leave: its status holds until the answer is stored, and is no news. */
    public boolean announces() {
        return this == SUBMITTING || this == CONFIRMING;
    }

    /** Whether it says what became of an announced call. */
    public boolean answers() {
        return switch (this) {
            case SUBMITTED, SUBMIT_POSTPONED, SUBMIT_REFUSED, CONFIRMED, CONFIRM_POSTPONED, CONFIRM_REFUSED, FAILED ->
                true;
            default -> false;
        };
    }
}
