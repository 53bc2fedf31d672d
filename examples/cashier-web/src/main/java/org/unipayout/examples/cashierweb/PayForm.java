package org.unipayout.examples.cashierweb;

import org.jspecify.annotations.Nullable;

/**
 * What a cashier typed, as it was typed but for blanks around it. There is no field for a card number.
 *
 * @param account the shop's account that pays
 * @param reference the shop's own number of this payment: the same number is the same payment, however often it is sent
 * @param amount in major units
 * @param recipient the person's name
 * @param purpose what it is paid for
 * @param card the key of a saved card ({@link Shop#cards})
 * @param bik the bank of a bank account
 * @param number the number of a bank account
 */
record PayForm(
        String account,
        String reference,
        String amount,
        String recipient,
        String purpose,
        String card,
        String bik,
        String number) {
    PayForm(
            @Nullable String account,
            @Nullable String reference,
            @Nullable String amount,
            @Nullable String recipient,
            @Nullable String purpose,
            @Nullable String card,
            @Nullable String bik,
            @Nullable String number) {
        this.account = typed(account);
        this.reference = typed(reference);
        this.amount = typed(amount);
        this.recipient = typed(recipient);
        this.purpose = typed(purpose);
        this.card = typed(card);
        this.bik = typed(bik);
        this.number = typed(number);
    }

    private static String typed(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    static PayForm empty(String account, String reference) {
        return new PayForm(account, reference, "", "", "", "", "", "");
    }

    /** What may be shown again: who typed a card number into one of the texts does not see it again. */
    PayForm shown() {
        return new PayForm(
                account, hidden(reference), hidden(amount), hidden(recipient), hidden(purpose), card, bik, number);
    }

    private static String hidden(String value) {
        return CardLike.isIn(value) ? "" : value;
    }

    @Override
    public String toString() {
        return "PayForm[" + reference + "]";
    }
}
