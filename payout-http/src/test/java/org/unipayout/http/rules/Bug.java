package org.unipayout.http.rules;

/** What may be wrong in an adapter, and costs money. */
enum Bug {
    NONE,
    /** A payout to somebody else under our reference is taken for ours. */
    RECIPIENT_NOT_COMPARED,
    /** So is one that existed before ours was asked for. */
    TIME_NOT_COMPARED,
    /** So is an answer that names no payout. */
    NOBODY_BELIEVED,
    /** So is one of another amount. */
    AMOUNT_NOT_COMPARED,
    /** A handle is submitted with a request that it was not made from. */
    HANDLE_NOT_COMPARED,
    /** A notification says no more than id, reference and amount, so that another payout's looks like ours. */
    NOTIFICATION_SHOWS_NAMES_ONLY,
    /** What nobody knows is told as a failure, upon which a merchant pays again. */
    UNKNOWN_IS_FAILED,
    /** A provider that would pay twice is sent the payout without a look at what it has. */
    SENT_WITHOUT_A_LOOK,
    /** The adapter compares less than its payouts carry, and its subject says so: these cases would never be played. */
    SIGN_NOT_DECLARED,
    /** The body is read although the signature has no form of one. */
    EACH_BODY_READ
}
