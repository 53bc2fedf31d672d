package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** A payout order; its id is a {@code uuid}, text or number, and in notifications an {@code id}. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayoutOrder(
        @JsonAlias("id") @Nullable String uuid,
        @Describing @Nullable String createdAt,
        @Describing @Nullable String updatedAt,
        @Nullable String captureMethod,
        @Nullable String externalId,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable Long transferredAmount,
        @Describing @Nullable Recipient recipient,
        @Nullable String status,
        @Nullable Payout payout) {
    /**
     * Where the money goes.
     *
     * @param type {@code CARD}, {@code ACCOUNT} or {@code TAX}
     * @param params details
     */
    public record Recipient(
            @Nullable String type, @Describing @Nullable Params params) {
        @Override
        public String toString() {
            return "Recipient[" + type + "]";
        }
    }

    /**
     * What an answer tells about the recipient, as far as we read it.
     *
     * @param url the card form, while no card is given
     * @param cardId the saved card
     * @param panMasked the card
     * @param iban the account
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Params(
            @Nullable String url,
            @Nullable String cardId,
            @Nullable String panMasked,
            @Nullable String iban) {
        @Override
        public String toString() {
            return "Params[***]";
        }
    }

    /**
     * The attempt to pay.
     *
     * @param uuid its id
     * @param updatedAt when it changed last
     * @param amount what it moved, which no page promises
     * @param error why it was declined
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Payout(
            @Nullable String uuid,
            @Describing @Nullable String updatedAt,
            @Nullable Long amount,
            @Describing @Nullable ErrorObject error) {}

    @Override
    public String toString() {
        return "PayoutOrder[***]";
    }
}
