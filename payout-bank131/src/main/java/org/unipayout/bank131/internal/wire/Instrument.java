package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** {@code payment_method} (v1) or {@code payout_details} (v2): {@code type} names the one part that is present. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Instrument(
        @Nullable String type,
        @Nullable @Describing Card card,
        @Nullable @Describing Recurrent recurrent,
        @Nullable @Describing BankAccount bankAccount,
        @Nullable @Describing Wallet wallet) {

    /** A card of any form. */
    public static Instrument of(Card card) {
        return new Instrument("card", card, null, null, null);
    }

    /** A recurring token. */
    public static Instrument of(Recurrent recurrent) {
        return new Instrument("recurrent", null, recurrent, null, null);
    }

    /** A bank account or a phone in the Faster Payments System. */
    public static Instrument of(BankAccount bankAccount) {
        return new Instrument("bank_account", null, null, bankAccount, null);
    }

    /** An electronic wallet. */
    public static Instrument of(Wallet wallet) {
        return new Instrument("wallet", null, null, null, wallet);
    }

    @Override
    public String toString() {
        return "Instrument[***]";
    }

    /** {@code recurrent}. */
    public record Recurrent(String token) {
        @Override
        public String toString() {
            return "Recurrent[***]";
        }
    }
}
