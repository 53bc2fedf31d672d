package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code card}. In answers it may be reduced to brand and last digits. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Card(
        @Nullable String type,
        @Nullable BankCard bankCard,
        @Nullable TokenizedCard tokenizedCard,
        @Nullable EncryptedCard encryptedCard,
        @Nullable String bin,
        @Nullable String last4) {

    /** A card number in clear. */
    public static Card of(BankCard card) {
        return new Card("bank_card", card, null, null, null, null);
    }

    /** A card token. */
    public static Card of(TokenizedCard card) {
        return new Card("tokenized_card", null, card, null, null, null);
    }

    /** A card hash of the widget. */
    public static Card of(EncryptedCard card) {
        return new Card("encrypted_card", null, null, card, null, null);
    }

    @Override
    public String toString() {
        return "Card[***]";
    }

    /** {@code bank_card}; month and year have two digits. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record BankCard(
            @Nullable String number,
            @Nullable String expirationMonth,
            @Nullable String expirationYear,
            @Nullable String cardholderName) {
        @Override
        public String toString() {
            return "BankCard[***]";
        }
    }

    /** {@code tokenized_card}. */
    public record TokenizedCard(@Nullable String token) {
        @Override
        public String toString() {
            return "TokenizedCard[***]";
        }
    }

    /** {@code encrypted_card}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record EncryptedCard(@Nullable String numberHash) {
        @Override
        public String toString() {
            return "EncryptedCard[***]";
        }
    }
}
