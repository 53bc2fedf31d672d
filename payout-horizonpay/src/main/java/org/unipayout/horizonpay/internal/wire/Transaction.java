package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in either envelope, and the acquirer's section inside it, which is a smaller one.
 *
 * <p>In version 3 the transaction is the body itself and {@code transaction} is the acquirer's section; in version 2 the
 * body holds nothing but {@code transaction}, and the acquirer's section is {@code payout}. Source: "API version 3 guide".
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Transaction(
        @Nullable String uid,
        @Nullable String code,
        @Nullable String friendlyMessage,
        @Nullable String message,
        @Nullable String status,
        @Nullable String type,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String trackingId,
        @Nullable Boolean test,
        @Nullable String redirectUrl,
        @Nullable String createdAt,
        @Nullable String updatedAt,
        @Nullable String paidAt,
        @Nullable String rrn,
        @Nullable String authCode,
        @Nullable Recipient recipient,
        @Nullable PaymentMethod recipientCreditCard,
        @Nullable PaymentMethod creditCard,
        @Nullable Transaction payout,
        @Nullable Transaction transaction) {

    /** The transaction that a body is about, out of its envelope; empty if it holds none. */
    public Optional<Transaction> unwrapped() {
        if (uid != null || code != null) {
            return Optional.of(this);
        }
        return Optional.ofNullable(transaction).filter(inner -> inner.uid != null);
    }

    /** The acquirer's section. */
    public Optional<Transaction> acquirer() {
        return Optional.ofNullable(transaction).or(() -> Optional.ofNullable(payout));
    }

    /** The recipient's card. */
    public Optional<PaymentMethod> card() {
        return Optional.ofNullable(recipient)
                .flatMap(version3 -> Optional.ofNullable(version3.paymentMethod))
                .or(() -> Optional.ofNullable(recipientCreditCard))
                .or(() -> Optional.ofNullable(creditCard));
    }

    @Override
    public String toString() {
        return "Transaction[***]";
    }

    /** {@code recipient} of an answer in version 3. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Recipient(@Nullable PaymentMethod paymentMethod) {
        @Override
        public String toString() {
            return "Recipient[***]";
        }
    }
}
