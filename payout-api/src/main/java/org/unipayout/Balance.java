package org.unipayout;

/**
 * What is left to pay from.
 *
 * @param account the provider's name or id of the account; empty if it has only one
 * @param available minor units; negative if the account is overdrawn
 */
public record Balance(String account, Money available) {
    @Override
    public String toString() {
        return "Balance[" + available + "]";
    }
}
