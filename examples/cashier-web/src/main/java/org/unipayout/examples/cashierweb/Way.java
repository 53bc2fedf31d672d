package org.unipayout.examples.cashierweb;

import java.util.List;
import org.unipayout.journal.Confirmation;

/** The ways to pay that a cashier has: where the money goes, and through which of the shop's accounts. */
enum Way {
    /** To a card that the provider keeps. */
    SAVED_CARD("KZT", Confirmation.AUTOMATIC, "ioka"),
    /** To a card that the recipient types into the provider's own page. */
    HOSTED_PAGE("KZT", Confirmation.AUTOMATIC, "ioka", "bereke"),
    /** To a bank account; somebody else in the shop lets it go. */
    ACCOUNT("RUB", Confirmation.MANUAL, "bank131");

    private final String currency;
    private final Confirmation confirmation;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> accounts;

    Way(String currency, Confirmation confirmation, String... accounts) {
        this.currency = currency;
        this.confirmation = confirmation;
        this.accounts = List.of(accounts);
    }

    public String currency() {
        return currency;
    }

    Confirmation confirmation() {
        return confirmation;
    }

    public List<String> accounts() {
        return accounts;
    }
}
