package org.unipayout;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person or company on one side of a payout: its recipient or its sender. Which parts a provider needs is in its page under docs/providers. Immutable and thread-safe; prints no value. */
public final class Participant {
    private final transient @Nullable String fullName;
    private final transient @Nullable String firstName;
    private final transient @Nullable String lastName;
    private final transient @Nullable String middleName;
    private final transient @Nullable String companyName;
    private final transient @Nullable LocalDate birthDate;
    private final transient @Nullable Address address;
    private final transient @Nullable IdentityDocument document;
    private final transient @Nullable String taxId;
    private final transient @Nullable String registrationNumber;
    private final transient @Nullable String citizenship;
    private final transient @Nullable String email;
    private final transient @Nullable String phone;
    private final transient @Nullable String ipAddress;
    private final transient @Nullable String deviceId;
    private final transient @Nullable String reference;
    private final transient @Nullable String account;
    private final transient @Nullable String beneficiaryId;

    private Participant(Builder builder) {
        fullName = builder.fullName;
        firstName = builder.firstName;
        lastName = builder.lastName;
        middleName = builder.middleName;
        companyName = builder.companyName;
        birthDate = builder.birthDate;
        address = builder.address;
        document = builder.document;
        taxId = builder.taxId;
        registrationNumber = builder.registrationNumber;
        citizenship = builder.citizenship;
        email = builder.email;
        phone = builder.phone;
        ipAddress = builder.ipAddress;
        deviceId = builder.deviceId;
        reference = builder.reference;
        account = builder.account;
        beneficiaryId = builder.beneficiaryId;
    }

    /** {@return a builder of an empty participant} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the full name} */
    public Optional<String> fullName() {
        return Optional.ofNullable(fullName);
    }

    /** {@return the first name} */
    public Optional<String> firstName() {
        return Optional.ofNullable(firstName);
    }

    /** {@return the last name} */
    public Optional<String> lastName() {
        return Optional.ofNullable(lastName);
    }

    /** {@return the middle name or patronymic} */
    public Optional<String> middleName() {
        return Optional.ofNullable(middleName);
    }

    /** {@return the company name} */
    public Optional<String> companyName() {
        return Optional.ofNullable(companyName);
    }

    /** {@return the date of birth} */
    public Optional<LocalDate> birthDate() {
        return Optional.ofNullable(birthDate);
    }

    /** {@return the address} */
    public Optional<Address> address() {
        return Optional.ofNullable(address);
    }

    /** {@return the identity document} */
    public Optional<IdentityDocument> document() {
        return Optional.ofNullable(document);
    }

    /** {@return the tax number: INN in Russia, IIN or BIN in Kazakhstan} */
    public Optional<String> taxId() {
        return Optional.ofNullable(taxId);
    }

    /** {@return the registration number of a company} */
    public Optional<String> registrationNumber() {
        return Optional.ofNullable(registrationNumber);
    }

    /** {@return the citizenship, ISO 3166 alpha-3} */
    public Optional<String> citizenship() {
        return Optional.ofNullable(citizenship);
    }

    /** {@return the e-mail address} */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    /** {@return the phone number with country code} */
    public Optional<String> phone() {
        return Optional.ofNullable(phone);
    }

    /** {@return the IP address from which the participant acted} */
    public Optional<String> ipAddress() {
        return Optional.ofNullable(ipAddress);
    }

    /** {@return the id of the device from which the participant acted} */
    public Optional<String> deviceId() {
        return Optional.ofNullable(deviceId);
    }

    /** {@return the merchant's own id of this participant, stable over payouts} */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** {@return the account that money is taken from or sent to, where a provider asks for it here} */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** {@return the id of the beneficiary of an escrow account (Bank 131: INN)} */
    public Optional<String> beneficiaryId() {
        return Optional.ofNullable(beneficiaryId);
    }

    @Override
    public String toString() {
        return "Participant[***]";
    }

    /** Collects the parts; all are optional. Not thread-safe. */
    public static final class Builder {
        private @Nullable String fullName;
        private @Nullable String firstName;
        private @Nullable String lastName;
        private @Nullable String middleName;
        private @Nullable String companyName;
        private @Nullable LocalDate birthDate;
        private @Nullable Address address;
        private @Nullable IdentityDocument document;
        private @Nullable String taxId;
        private @Nullable String registrationNumber;
        private @Nullable String citizenship;
        private @Nullable String email;
        private @Nullable String phone;
        private @Nullable String ipAddress;
        private @Nullable String deviceId;
        private @Nullable String reference;
        private @Nullable String account;
        private @Nullable String beneficiaryId;

        private Builder() {}

        /**
         * Sets the full name.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder fullName(String value) {
            fullName = Checks.text(value, "participant.fullName");
            return this;
        }

        /**
         * Sets the first name.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder firstName(String value) {
            firstName = Checks.text(value, "participant.firstName");
            return this;
        }

        /**
         * Sets the last name.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder lastName(String value) {
            lastName = Checks.text(value, "participant.lastName");
            return this;
        }

        /**
         * Sets the middle name or patronymic.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder middleName(String value) {
            middleName = Checks.text(value, "participant.middleName");
            return this;
        }

        /**
         * Sets the company name.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder companyName(String value) {
            companyName = Checks.text(value, "participant.companyName");
            return this;
        }

        /**
         * Sets the date of birth.
         *
         * @param value a date
         * @return this builder
         */
        public Builder birthDate(LocalDate value) {
            birthDate = Checks.present(value, "participant.birthDate");
            return this;
        }

        /**
         * Sets the address.
         *
         * @param value an address
         * @return this builder
         */
        public Builder address(Address value) {
            address = Checks.present(value, "participant.address");
            return this;
        }

        /**
         * Sets the identity document.
         *
         * @param value a document
         * @return this builder
         */
        public Builder document(IdentityDocument value) {
            document = Checks.present(value, "participant.document");
            return this;
        }

        /**
         * Sets the tax number: INN in Russia, IIN or BIN in Kazakhstan.
         *
         * @param value digits
         * @return this builder
         */
        public Builder taxId(String value) {
            taxId = Checks.text(value, "participant.taxId");
            return this;
        }

        /**
         * Sets the registration number of a company.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder registrationNumber(String value) {
            registrationNumber = Checks.text(value, "participant.registrationNumber");
            return this;
        }

        /**
         * Sets the citizenship, ISO 3166 alpha-3.
         *
         * @param value three capital letters
         * @return this builder
         */
        public Builder citizenship(String value) {
            citizenship = Checks.text(value, "participant.citizenship");
            return this;
        }

        /**
         * Sets the e-mail address.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder email(String value) {
            email = Checks.text(value, "participant.email");
            return this;
        }

        /**
         * Sets the phone number with country code.
         *
         * @param value digits with country code
         * @return this builder
         */
        public Builder phone(String value) {
            phone = Checks.text(value, "participant.phone");
            return this;
        }

        /**
         * Sets the IP address from which the participant acted.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder ipAddress(String value) {
            ipAddress = Checks.text(value, "participant.ipAddress");
            return this;
        }

        /**
         * Sets the id of the device from which the participant acted.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder deviceId(String value) {
            deviceId = Checks.text(value, "participant.deviceId");
            return this;
        }

        /**
         * Sets the merchant's own id of this participant, stable over payouts.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder reference(String value) {
            reference = Checks.text(value, "participant.reference");
            return this;
        }

        /**
         * Sets the account that money is taken from or sent to, where a provider asks for it here.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder account(String value) {
            account = Checks.text(value, "participant.account");
            return this;
        }

        /**
         * Sets the id of the beneficiary of an escrow account (Bank 131: INN).
         *
         * @param value not blank
         * @return this builder
         */
        public Builder beneficiaryId(String value) {
            beneficiaryId = Checks.text(value, "participant.beneficiaryId");
            return this;
        }

        /** {@return the participant} */
        public Participant build() {
            return new Participant(this);
        }
    }
}
