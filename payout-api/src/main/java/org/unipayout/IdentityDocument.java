package org.unipayout;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document that proves who a {@link Participant} is. Immutable and thread-safe; prints no value. */
public final class IdentityDocument {
    private final transient @Nullable String type;
    private final transient @Nullable String series;
    private final transient @Nullable String number;
    private final transient @Nullable String issuer;
    private final transient @Nullable String divisionCode;
    private final transient @Nullable LocalDate issuedOn;
    private final transient @Nullable LocalDate validUntil;

    private IdentityDocument(Builder builder) {
        type = builder.type;
        series = builder.series;
        number = builder.number;
        issuer = builder.issuer;
        divisionCode = builder.divisionCode;
        issuedOn = builder.issuedOn;
        validUntil = builder.validUntil;
    }

    /** {@return a builder of an empty document} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the kind, as the provider spells it} */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /** {@return the series} */
    public Optional<String> series() {
        return Optional.ofNullable(series);
    }

    /** {@return the number} */
    public Optional<String> number() {
        return Optional.ofNullable(number);
    }

    /** {@return who issued it} */
    public Optional<String> issuer() {
        return Optional.ofNullable(issuer);
    }

    /** {@return the code of the issuing division} */
    public Optional<String> divisionCode() {
        return Optional.ofNullable(divisionCode);
    }

    /** {@return the date of issue} */
    public Optional<LocalDate> issuedOn() {
        return Optional.ofNullable(issuedOn);
    }

    /** {@return the last day of validity} */
    public Optional<LocalDate> validUntil() {
        return Optional.ofNullable(validUntil);
    }

    @Override
    public String toString() {
        return "IdentityDocument[***]";
    }

    /** Collects the parts; all are optional. Not thread-safe. */
    public static final class Builder {
        private @Nullable String type;
        private @Nullable String series;
        private @Nullable String number;
        private @Nullable String issuer;
        private @Nullable String divisionCode;
        private @Nullable LocalDate issuedOn;
        private @Nullable LocalDate validUntil;

        private Builder() {}

        /**
         * Sets the kind, as the provider spells it.
         *
         * @param value for example {@code PASSPORT} or {@code ID}
         * @return this builder
         */
        public Builder type(String value) {
            type = Checks.text(value, "document.type");
            return this;
        }

        /**
         * Sets the series.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder series(String value) {
            series = Checks.text(value, "document.series");
            return this;
        }

        /**
         * Sets the number.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder number(String value) {
            number = Checks.text(value, "document.number");
            return this;
        }

        /**
         * Sets who issued it.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder issuer(String value) {
            issuer = Checks.text(value, "document.issuer");
            return this;
        }

        /**
         * Sets the code of the issuing division.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder divisionCode(String value) {
            divisionCode = Checks.text(value, "document.divisionCode");
            return this;
        }

        /**
         * Sets the date of issue.
         *
         * @param value a date
         * @return this builder
         */
        public Builder issuedOn(LocalDate value) {
            issuedOn = Checks.present(value, "document.issuedOn");
            return this;
        }

        /**
         * Sets the last day of validity.
         *
         * @param value a date
         * @return this builder
         */
        public Builder validUntil(LocalDate value) {
            validUntil = Checks.present(value, "document.validUntil");
            return this;
        }

        /** {@return the document} */
        public IdentityDocument build() {
            return new IdentityDocument(this);
        }
    }
}
