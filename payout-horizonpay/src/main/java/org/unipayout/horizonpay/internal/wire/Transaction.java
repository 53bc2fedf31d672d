package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

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
        @Describing @Nullable String friendlyMessage,
        @Describing @Nullable String message,
        @Nullable String status,
        @Nullable String type,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String trackingId,
        @Nullable Boolean test,
        @Describing @Nullable String redirectUrl,
        @Describing @Nullable String createdAt,
        @Describing @Nullable String updatedAt,
        @Describing @Nullable String paidAt,
        @Describing @Nullable String rrn,
        @Describing @Nullable String authCode,
        @Describing @Nullable Recipient recipient,
        @Describing @Nullable PaymentMethod recipientCreditCard,
        @Describing @Nullable PaymentMethod creditCard,
        @Describing @Nullable Transaction payout,
        @Describing @Nullable Transaction transaction) {

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
    public record Recipient(@Describing @Nullable PaymentMethod paymentMethod) {
        @Override
        public String toString() {
            return "Recipient[***]";
        }
    }
}
