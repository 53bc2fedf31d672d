package org.unipayout;

/**
 * What is left to pay from.
 *
 * @param account the provider's name or id of the account; empty if it has only one
 * @param available minor units; negative if the account is overdrawn
 */
public record Balance(String account, Money available) {
    /**
     * Takes the account's name as far as it prints.
     *
     * @param account the provider's name or id of the account; what does not print in it is shown as a question mark, and
     *     more than 128 characters as an ellipsis
     * @param available minor units
     */
    public Balance {
        account = ProviderText.word(Checks.present(account, "account"));
        Checks.present(available, "available");
    }

    @Override
    public String toString() {
        return "Balance[" + available + "]";
    }
}
