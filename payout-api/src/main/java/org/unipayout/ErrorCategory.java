package org.unipayout;

/** What an error code of any provider is about, in words that mean the same for all. */
public enum ErrorCategory {
    /** The card number, its expiry or its check failed. */
    CARD_INVALID,
    /** The card has expired. */
    CARD_EXPIRED,
    /** The card or account is blocked, lost, stolen or closed. */
    RECIPIENT_BLOCKED,
    /** The account, wallet, phone or card does not exist. */
    RECIPIENT_NOT_FOUND,
    /** The recipient's details are wrong or incomplete. */
    RECIPIENT_DATA,
    /** The recipient's bank refused without saying more. */
    ISSUER_DECLINED,
    /** The recipient's bank cannot be reached at present. */
    ISSUER_UNAVAILABLE,
    /** This kind of payout is not allowed for this recipient or merchant. */
    NOT_PERMITTED,
    /** A limit of amount or number of operations. */
    LIMIT_EXCEEDED,
    /** The amount or currency is not accepted. */
    AMOUNT,
    /** The merchant's funds at the provider do not suffice. */
    INSUFFICIENT_FUNDS,
    /** Suspected fraud, or a security rule. */
    SECURITY,
    /** Authentication of a person (3-D Secure, verification) failed. */
    VERIFICATION,
    /** Ended by the merchant, the recipient or the provider. */
    CANCELED,
    /** Ran out of time. */
    EXPIRED,
    /** A payout under this reference, or like this one, exists already. */
    DUPLICATE,
    /** The payout is in another state than the call needs. */
    WRONG_STATE,
    /** The request is malformed. */
    INVALID_REQUEST,
    /** Key, password or signature is wrong. */
    CREDENTIALS,
    /** The merchant may not call this. */
    PERMISSION,
    /** The merchant's set-up at the provider is incomplete or wrong. */
    CONFIGURATION,
    /** Too many requests. */
    RATE_LIMIT,
    /** The provider, or someone behind it, failed. */
    PROVIDER_FAILURE,
    /** Rules for self-employed taxpayers. */
    TAXPAYER,
    /** Something that was asked for does not exist. */
    NOT_FOUND,
    /** Still being processed. */
    IN_PROGRESS,
    /** A code that the error book does not have. */
    UNLISTED
}
