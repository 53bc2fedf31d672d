package org.unipayout;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the money goes. Which kinds a provider takes is in its {@link Capabilities#recipients}.
 *
 * <p>All kinds are immutable and thread-safe, and none prints a card, an account, a phone or a token, nor shows it to a
 * serializer of beans, records or fields.
 */
public sealed interface Recipient {
    /** {@return the kind} */
    RecipientKind kind();

    /** A card that the provider keeps. */
    final class SavedCard extends ValueWithoutPrint implements Recipient {
        private final transient String token;

        /**
         * Takes a token.
         *
         * @param token the provider's id of the card (ioka {@code receiver_id}, Bank 131 card token, HorizonPay token,
         *     Bereke {@code target.bindingId})
         * @throws IllegalArgumentException if it is blank or holds control characters
         */
        public SavedCard(String token) {
            super(token);
            Checks.text(token, "recipient.token");
            this.token = token;
        }

        /** {@return the provider's id of the card} */
        public String token() {
            return token;
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.SAVED_CARD;
        }
    }

    /** A card token made for recurring operations (Bank 131 {@code recurrent}). */
    final class RecurringCard extends ValueWithoutPrint implements Recipient {
        private final transient String token;

        /**
         * Takes a token.
         *
         * @param token the provider's token
         * @throws IllegalArgumentException if it is blank or holds control characters
         */
        public RecurringCard(String token) {
            super(token);
            Checks.text(token, "recipient.token");
            this.token = token;
        }

        /** {@return the provider's token} */
        public String token() {
            return token;
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.RECURRING_CARD;
        }
    }

    /** A card number in clear. */
    final class Card extends ValueWithoutPrint implements Recipient {
        private final transient CardNumber number;
        private final transient @Nullable CardExpiry expiry;
        private final transient @Nullable String holder;

        /**
         * Takes what is given.
         *
         * @param number the card number
         * @param expiry month and year of expiry, where the provider's acquirer asks for it, else null
         * @param holder name on the card, where the provider's acquirer asks for it, else null
         * @throws IllegalArgumentException if the number is missing or the holder is blank
         */
        public Card(CardNumber number, @Nullable CardExpiry expiry, @Nullable String holder) {
            super(number, expiry, holder);
            Checks.present(number, "recipient.number");
            Checks.optionalText(holder, "recipient.holder");
            this.number = number;
            this.expiry = expiry;
            this.holder = holder;
        }

        /**
         * A card number alone.
         *
         * @param number the card number
         */
        public Card(CardNumber number) {
            this(number, null, null);
        }

        /** {@return the card number} */
        public CardNumber number() {
            return number;
        }

        /** {@return month and year of expiry; null if it was not given} */
        public @Nullable CardExpiry expiry() {
            return expiry;
        }

        /** {@return the name on the card; null if it was not given} */
        public @Nullable String holder() {
            return holder;
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

    /** A card that the provider's own form has encrypted (Bank 131 widget {@code number_hash}). */
    final class EncryptedCard extends ValueWithoutPrint implements Recipient {
        private final transient String numberHash;

        /**
         * Takes a value.
         *
         * @param numberHash the encrypted number as the form gave it
         * @throws IllegalArgumentException if it is blank or holds control characters
         */
        public EncryptedCard(String numberHash) {
            super(numberHash);
            Checks.text(numberHash, "recipient.numberHash");
            this.numberHash = numberHash;
        }

        /** {@return the encrypted number as the form gave it} */
        public String numberHash() {
            return numberHash;
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.ENCRYPTED_CARD;
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
         * Takes the addresses.
         *
         * @param returnUrl where the recipient is sent afterwards
         * @param successUrl where instead after success, or null
         * @param failureUrl where instead after failure, or null
         * @throws IllegalArgumentException if one holds half of a surrogate pair
         */
        public HostedForm {
            whole(returnUrl, "recipient.returnUrl");
            whole(successUrl, "recipient.successUrl");
            whole(failureUrl, "recipient.failureUrl");
        }

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
        private final transient String bik;
        private final transient String account;
        private final transient String holderName;
        private final transient @Nullable String inn;
        private final transient @Nullable String kpp;
        private final transient boolean urgent;

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
        private final transient String iban;
        private final transient String iin;
        private final transient String holderName;
        private final transient boolean legalEntity;
        private final transient @Nullable String purposeCode;
        private final transient @Nullable String beneficiaryCode;

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

    /** A bank account that the provider keeps. */
    final class SavedAccount extends ValueWithoutPrint implements Recipient {
        private final transient String token;
        private final transient String holderName;

        /**
         * Takes what is given.
         *
         * @param token the provider's token of the account
         * @param holderName full name of the account holder
         * @throws IllegalArgumentException if one is blank or holds control characters
         */
        public SavedAccount(String token, String holderName) {
            super(token, holderName);
            Checks.text(token, "recipient.token");
            Checks.text(holderName, "recipient.holderName");
            this.token = token;
            this.holderName = holderName;
        }

        /** {@return the provider's token of the account} */
        public String token() {
            return token;
        }

        /** {@return full name of the account holder} */
        public String holderName() {
            return holderName;
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.SAVED_ACCOUNT;
        }
    }

    /** A phone number in the Faster Payments System (FPS, SBP). */
    final class Phone extends ValueWithoutPrint implements Recipient {
        private final transient String number;
        private final transient String bankId;

        /**
         * Takes what is given.
         *
         * @param number digits with country code and without plus, for example {@code 79680000000}
         * @param bankId the recipient bank's id in the system, 12 digits
         * @throws IllegalArgumentException if one has another form
         */
        public Phone(String number, String bankId) {
            super(number, bankId);
            matching(number, "[0-9]{11,15}", "recipient.number", "11 to 15 digits with country code, without plus");
            matching(bankId, "[0-9]{12}", "recipient.bankId", "12 digits");
            this.number = number;
            this.bankId = bankId;
        }

        /** {@return digits with country code} */
        public String number() {
            return number;
        }

        /** {@return the recipient bank's id, 12 digits} */
        public String bankId() {
            return bankId;
        }

        @Override
        public RecipientKind kind() {
            return RecipientKind.PHONE;
        }
    }

    /** An electronic wallet. */
    final class Wallet extends ValueWithoutPrint implements Recipient {
        private final transient String system;
        private final transient String account;

        /**
         * Takes what is given.
         *
         * @param system the wallet system as the provider spells it, for example {@code yoomoney}
         * @param account the wallet's number
         * @throws IllegalArgumentException if one is blank or holds control characters
         */
        public Wallet(String system, String account) {
            super(system, account);
            Checks.text(system, "recipient.system");
            Checks.text(account, "recipient.account");
            this.system = system;
            this.account = account;
        }

        /** {@return the wallet system as the provider spells it} */
        public String system() {
            return system;
        }

        /** {@return the wallet's number} */
        public String account() {
            return account;
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

    /** Month and year of a card's expiry. */
    final class CardExpiry extends ValueWithoutPrint {
        private final transient int month;
        private final transient int year;

        /**
         * Checks the numbers.
         *
         * @param month 1 to 12
         * @param year four digits
         * @throws IllegalArgumentException if one is out of range
         */
        public CardExpiry(int month, int year) {
            super(month, year);
            if (month < 1 || month > 12) {
                throw new IllegalArgumentException("recipient.expiry.month: must be 1 to 12");
            }
            if (year < 2000 || year > 2099) {
                throw new IllegalArgumentException("recipient.expiry.year: must have four digits, 2000 to 2099");
            }
            this.month = month;
            this.year = year;
        }

        /** {@return 1 to 12} */
        public int month() {
            return month;
        }

        /** {@return four digits} */
        public int year() {
            return year;
        }
    }

    private static void whole(@Nullable URI url, String field) {
        if (url != null) {
            Checks.whole(url.toString(), field);
        }
    }

    private static String matching(@Nullable String value, String pattern, String field, String form) {
        if (value == null || !value.matches(pattern)) {
            throw new IllegalArgumentException(field + ": must be " + form);
        }
        return value;
    }
}
