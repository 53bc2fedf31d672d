package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code bank_account}: {@code system_type} names the one part that is present. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BankAccount(
        @Nullable String systemType,
        @Nullable Russian ru,
        @Nullable FasterPaymentSystem fasterPaymentSystem) {

    /** A Russian account, in clear or by token. */
    public static BankAccount of(Russian account) {
        return new BankAccount("ru", account, null);
    }

    /** A phone in the Faster Payments System. */
    public static BankAccount of(FasterPaymentSystem phone) {
        return new BankAccount("faster_payment_system", null, phone);
    }

    @Override
    public String toString() {
        return "BankAccount[***]";
    }

    /** {@code ru}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Russian(
            @Nullable String bik,
            @Nullable String account,
            @Nullable String token,
            @Nullable String fullName,
            @Nullable String description,
            @Nullable Boolean isFast,
            @Nullable String inn,
            @Nullable String kpp) {
        @Override
        public String toString() {
            return "Russian[***]";
        }
    }

    /** {@code faster_payment_system}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record FasterPaymentSystem(
            @Nullable String phone,
            @Nullable String bankId,
            @Nullable String description) {
        @Override
        public String toString() {
            return "FasterPaymentSystem[***]";
        }
    }
}
