package org.unipayout;

/** The kinds of {@link Recipient}, as {@link Capabilities} and {@link PayoutRef} name them. */
public enum RecipientKind {
    /** A card that the provider keeps and knows by a token. */
    SAVED_CARD,
    /** A card token made for recurring operations. */
    RECURRING_CARD,
    /** A card number in clear; the merchant needs PCI DSS for it. */
    CARD_NUMBER,
    /** A card that the provider's own form has encrypted. */
    ENCRYPTED_CARD,
    /** Nobody yet: the recipient types the card into the provider's page. */
    HOSTED_FORM,
    /** A Russian bank account (BIK and account number). */
    RUSSIAN_ACCOUNT,
    /** A bank account in Kazakhstan (IBAN). */
    KAZAKH_ACCOUNT,
    /** A bank account that the provider knows by a token. */
    SAVED_ACCOUNT,
    /** A phone number in the Faster Payments System (FPS, SBP). */
    PHONE,
    /** An electronic wallet. */
    WALLET
}
