package org.unipayout;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the money goes. Which kinds a provider takes is in its {@link Capabilities#recipients}.
 *
 * <p>All kinds are immutable and thread-safe, and none prints a card, an account, a phone or a token.
 */
public sealed interface Recipient {
    /** {@return the kind} */
    RecipientKind kind();

    /**
     * A card that the provider keeps.
     *
     * @param token the provider's id of the card (ioka {@code receiver_id}, Bank 131 card token, HorizonPay token,
     *     Bereke {@code target.bindingId})
     */
    record SavedCard(String token) implements Recipient {
        /**
         * Checks the token.
         *
         * @param token the provider's id of the card
         * @throws IllegalArgumentException if it is blank or holds control characters
         */
        public SavedCard {
            Checks.text(token, "recipient.token");
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.SAVED_CARD;
        }

        @Override
        public String toString() {
            return "SavedCard[***]";
        }
    }

    /**
     * A card token made for recurring operations (Bank 131 {@code recurrent}).
     *
     * @param token the provider's token
     */
    record RecurringCard(String token) implements Recipient {
        /**
         * Checks the token.
         *
         * @param token the provider's token
         * @throws IllegalArgumentException if it is blank or holds control characters
         */
        public RecurringCard {
            Checks.text(token, "recipient.token");
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.RECURRING_CARD;
        }

        @Override
        public String toString() {
            return "RecurringCard[***]";
        }
    }

    /**
     * A card number in clear.
     *
     * @param number the card number
     * @param expiry month and year of expiry, where the provider's acquirer asks for it
     * @param holder name on the card, where the provider's acquirer asks for it
     */
    record Card(
            CardNumber number,
            @Nullable CardExpiry expiry,
            @Nullable String holder) implements Recipient {
        /**
         * Checks what is given.
         *
         * @param number the card number
         * @param expiry month and year of expiry, or null
         * @param holder name on the card, or null
         * @throws IllegalArgumentException if the number is missing or the holder is blank
         */
        public Card {
            Checks.present(number, "recipient.number");
            Checks.optionalText(holder, "recipient.holder");
        }

        /**
         * A card number alone.
         *
         * @param number the card number
         */
        public Card(CardNumber number) {
            this(number, null, null);
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.CARD_NUMBER;
        }

        @Override
        public String toString() {
            return "Card[" + number + "]";
        }
    }

    /**
     * A card that the provider's own form has encrypted (Bank 131 widget {@code number_hash}).
     *
     * @param numberHash the encrypted number as the form gave it
     */
    record EncryptedCard(String numberHash) implements Recipient {
        /**
         * Checks the value.
         *
         * @param numberHash the encrypted number
         * @throws IllegalArgumentException if it is blank or holds control characters
         */
        public EncryptedCard {
            Checks.text(numberHash, "recipient.numberHash");
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.ENCRYPTED_CARD;
        }

        @Override
        public String toString() {
            return "EncryptedCard[***]";
        }
    }

    /**
     * The provider's page, where the recipient types the card.
     *
     * @param returnUrl where the recipient is sent afterwards
     * @param successUrl where instead after success, or null
     * @param failureUrl where instead after failure, or null
     */
    record HostedForm(
            @Nullable URI returnUrl,
            @Nullable URI successUrl,
            @Nullable URI failureUrl) implements Recipient {
        /**
         * A form that comes back to one address.
         *
         * @param returnUrl where the recipient is sent afterwards
         */
        public HostedForm(URI returnUrl) {
            this(returnUrl, null, null);
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.HOSTED_FORM;
        }

        @Override
        public String toString() {
            return "HostedForm[]";
        }
    }

    /** A Russian bank account. */
    final class RussianAccount implements Recipient {
        private final String bik;
        private final String account;
        private final String holderName;
        private final @Nullable String inn;
        private final @Nullable String kpp;
        private final boolean urgent;

        private RussianAccount(Builder builder) {
            bik = builder.bik;
            account = builder.account;
            holderName = builder.holderName;
            inn = builder.inn;
            kpp = builder.kpp;
            urgent = builder.urgent;
        }

        /**
         * Starts an account.
         *
         * @param bik the bank's BIK, 9 digits
         * @param account account number, 20 digits
         * @param holderName full name of the account holder; a sole proprietor's starts with {@code ИП}
         * @return a builder
         * @throws IllegalArgumentException if a value is missing or has another form
         */
        public static Builder builder(String bik, String account, String holderName) {
            return new Builder(bik, account, holderName);
        }

        /** {@return the bank's BIK, 9 digits} */
        public String bik() {
            return bik;
        }

        /** {@return the account number, 20 digits} */
        public String account() {
            return account;
        }

        /** {@return the account holder's full name} */
        public String holderName() {
            return holderName;
        }

        /** {@return the tax number (INN), needed for sole proprietors and legal entities} */
        public Optional<String> inn() {
            return Optional.ofNullable(inn);
        }

        /** {@return the tax registration reason code (KPP), needed for legal entities} */
        public Optional<String> kpp() {
            return Optional.ofNullable(kpp);
        }

        /** {@return whether the urgent route (BESP) is asked for} */
        public boolean urgent() {
            return urgent;
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.RUSSIAN_ACCOUNT;
        }

        @Override
        public String toString() {
            return "RussianAccount[***]";
        }

        /** Collects the optional parts. Not thread-safe. */
        public static final class Builder {
            private final String bik;
            private final String account;
            private final String holderName;
            private @Nullable String inn;
            private @Nullable String kpp;
            private boolean urgent;

            private Builder(String bik, String account, String holderName) {
                this.bik = matching(bik, "[0-9]{9}", "recipient.bik", "9 digits");
                this.account = matching(account, "[0-9]{20}", "recipient.account", "20 digits");
                this.holderName = Checks.text(holderName, "recipient.holderName");
            }

            /**
             * Sets the tax number.
             *
             * @param value INN, 10 or 12 digits
             * @return this builder
             * @throws IllegalArgumentException if it has another form
             */
            public Builder inn(String value) {
                inn = matching(value, "[0-9]{10}|[0-9]{12}", "recipient.inn", "10 or 12 digits");
                return this;
            }

            /**
             * Sets the tax registration reason code.
             *
             * @param value KPP, 9 characters
             * @return this builder
             * @throws IllegalArgumentException if it has another form
             */
            public Builder kpp(String value) {
                kpp = matching(value, "[0-9A-Z]{9}", "recipient.kpp", "9 digits or capital letters");
                return this;
            }

            /**
             * Asks for the urgent route (BESP).
             *
             * @return this builder
             */
            public Builder urgent() {
                urgent = true;
                return this;
            }

            /** {@return the account} */
            public RussianAccount build() {
                return new RussianAccount(this);
            }
        }
    }

    /** A bank account in Kazakhstan. */
    final class KazakhAccount implements Recipient {
        private final String iban;
        private final String iin;
        private final String holderName;
        private final boolean legalEntity;
        private final @Nullable String purposeCode;
        private final @Nullable String beneficiaryCode;

        private KazakhAccount(Builder builder) {
            iban = builder.iban;
            iin = builder.iin;
            holderName = builder.holderName;
            legalEntity = builder.legalEntity;
            purposeCode = builder.purposeCode;
            beneficiaryCode = builder.beneficiaryCode;
        }

        /**
         * Starts an account.
         *
         * @param iban IBAN: {@code KZ} and 18 capital letters or digits
         * @param iin the holder's IIN or BIN, 12 digits
         * @param holderName the holder's full name
         * @return a builder
         * @throws IllegalArgumentException if a value is missing or has another form
         */
        public static Builder builder(String iban, String iin, String holderName) {
            return new Builder(iban, iin, holderName);
        }

        /** {@return the IBAN} */
        public String iban() {
            return iban;
        }

        /** {@return the holder's IIN or BIN, 12 digits} */
        public String iin() {
            return iin;
        }

        /** {@return the holder's full name} */
        public String holderName() {
            return holderName;
        }

        /** {@return whether the holder is a legal entity} */
        public boolean legalEntity() {
            return legalEntity;
        }

        /** {@return the payment purpose code (KNP), 3 digits} */
        public Optional<String> purposeCode() {
            return Optional.ofNullable(purposeCode);
        }

        /** {@return the beneficiary code (KBE), 2 digits} */
        public Optional<String> beneficiaryCode() {
            return Optional.ofNullable(beneficiaryCode);
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.KAZAKH_ACCOUNT;
        }

        @Override
        public String toString() {
            return "KazakhAccount[***]";
        }

        /** Collects the optional parts. Not thread-safe. */
        public static final class Builder {
            private final String iban;
            private final String iin;
            private final String holderName;
            private boolean legalEntity;
            private @Nullable String purposeCode;
            private @Nullable String beneficiaryCode;

            private Builder(String iban, String iin, String holderName) {
                this.iban = matching(
                        iban == null ? null : iban.toUpperCase(Locale.ROOT),
                        "KZ[A-Z0-9]{18}",
                        "recipient.iban",
                        "KZ and 18 letters or digits");
                this.iin = matching(iin, "[0-9]{12}", "recipient.iin", "12 digits");
                this.holderName = Checks.text(holderName, "recipient.holderName");
            }

            /**
             * Says that the holder is a legal entity and not a person.
             *
             * @return this builder
             */
            public Builder legalEntity() {
                legalEntity = true;
                return this;
            }

            /**
             * Sets the payment purpose code.
             *
             * @param knp KNP, 3 digits
             * @return this builder
             * @throws IllegalArgumentException if it has another form
             */
            public Builder purposeCode(String knp) {
                purposeCode = matching(knp, "[0-9]{3}", "recipient.purposeCode", "3 digits (KNP)");
                return this;
            }

            /**
             * Sets the beneficiary code.
             *
             * @param kbe KBE, 2 digits
             * @return this builder
             * @throws IllegalArgumentException if it has another form
             */
            public Builder beneficiaryCode(String kbe) {
                beneficiaryCode = matching(kbe, "[0-9]{2}", "recipient.beneficiaryCode", "2 digits (KBE)");
                return this;
            }

            /** {@return the account} */
            public KazakhAccount build() {
                return new KazakhAccount(this);
            }
        }
    }

    /**
     * A bank account that the provider keeps.
     *
     * @param token the provider's token of the account
     * @param holderName full name of the account holder
     */
    record SavedAccount(String token, String holderName) implements Recipient {
        /**
         * Checks what is given.
         *
         * @param token the provider's token of the account
         * @param holderName full name of the account holder
         * @throws IllegalArgumentException if one is blank or holds control characters
         */
        public SavedAccount {
            Checks.text(token, "recipient.token");
            Checks.text(holderName, "recipient.holderName");
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.SAVED_ACCOUNT;
        }

        @Override
        public String toString() {
            return "SavedAccount[***]";
        }
    }

    /**
     * A phone number in the Faster Payments System (FPS, SBP).
     *
     * @param number digits with country code and without plus, for example {@code 79680000000}
     * @param bankId the recipient bank's id in the system, 12 digits
     */
    record Phone(String number, String bankId) implements Recipient {
        /**
         * Checks what is given.
         *
         * @param number digits with country code
         * @param bankId the recipient bank's id, 12 digits
         * @throws IllegalArgumentException if one has another form
         */
        public Phone {
            matching(number, "[0-9]{11,15}", "recipient.number", "11 to 15 digits with country code, without plus");
            matching(bankId, "[0-9]{12}", "recipient.bankId", "12 digits");
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.PHONE;
        }

        @Override
        public String toString() {
            return "Phone[***]";
        }
    }

    /**
     * An electronic wallet.
     *
     * @param system the wallet system as the provider spells it, for example {@code yoomoney}
     * @param account the wallet's number
     */
    record Wallet(String system, String account) implements Recipient {
        /**
         * Checks what is given.
         *
         * @param system the wallet system as the provider spells it
         * @param account the wallet's number
         * @throws IllegalArgumentException if one is blank or holds control characters
         */
        public Wallet {
            Checks.text(system, "recipient.system");
            Checks.text(account, "recipient.account");
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.WALLET;
        }

        @Override
        public String toString() {
            return "Wallet[" + system + ", ***]";
        }
    }

    /**
     * Month and year of a card's expiry.
     *
     * @param month 1 to 12
     * @param year four digits
     */
    record CardExpiry(int month, int year) {
        /**
         * Checks the numbers.
         *
         * @param month 1 to 12
         * @param year four digits
         * @throws IllegalArgumentException if one is out of range
         */
        public CardExpiry {
            if (month < 1 || month > 12) {
                throw new IllegalArgumentException("recipient.expiry.month: must be 1 to 12");
            }
            if (year < 2000 || year > 2099) {
                throw new IllegalArgumentException("recipient.expiry.year: must have four digits, 2000 to 2099");
            }
        }

        @Override
        public String toString() {
            return "CardExpiry[***]";
        }
    }

    private static String matching(@Nullable String value, String pattern, String field, String form) {
        if (value == null || !value.matches(pattern)) {
            throw new IllegalArgumentException(field + ": must be " + form);
        }
        return value;
    }
}
