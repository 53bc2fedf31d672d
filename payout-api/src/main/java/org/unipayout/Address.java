package org.unipayout;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A postal address of a {@link Participant}. Immutable and thread-safe; prints no value. */
public final class Address {
    private final transient @Nullable String country;
    private final transient @Nullable String state;
    private final transient @Nullable String city;
    private final transient @Nullable String postalCode;
    private final transient @Nullable String line;
    private final transient @Nullable String street;
    private final transient @Nullable String building;
    private final transient @Nullable String flat;

    private Address(Builder builder) {
        country = builder.country;
        state = builder.state;
        city = builder.city;
        postalCode = builder.postalCode;
        line = builder.line;
        street = builder.street;
        building = builder.building;
        flat = builder.flat;
    }

    /** {@return a builder of an empty address} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the country, ISO 3166 alpha-2} */
    public Optional<String> country() {
        return Optional.ofNullable(country);
    }

    /** {@return the state or region} */
    public Optional<String> state() {
        return Optional.ofNullable(state);
    }

    /** {@return the city} */
    public Optional<String> city() {
        return Optional.ofNullable(city);
    }

    /** {@return the postal code} */
    public Optional<String> postalCode() {
        return Optional.ofNullable(postalCode);
    }

    /** {@return the whole address below the city in one line} */
    public Optional<String> line() {
        return Optional.ofNullable(line);
    }

    /** {@return the street} */
    public Optional<String> street() {
        return Optional.ofNullable(street);
    }

    /** {@return the building} */
    public Optional<String> building() {
        return Optional.ofNullable(building);
    }

    /** {@return the flat} */
    public Optional<String> flat() {
        return Optional.ofNullable(flat);
    }

    @Override
    public String toString() {
        return "Address[***]";
    }

    /** Collects the parts; all are optional. Not thread-safe. */
    public static final class Builder {
        private @Nullable String country;
        private @Nullable String state;
        private @Nullable String city;
        private @Nullable String postalCode;
        private @Nullable String line;
        private @Nullable String street;
        private @Nullable String building;
        private @Nullable String flat;

        private Builder() {}

        /**
         * Sets the country.
         *
         * @param value ISO 3166 alpha-2, upper case, for example {@code KZ}
         * @return this builder
         * @throws IllegalArgumentException if it has another form
         */
        public Builder country(String value) {
            if (!Checks.text(value, "address.country").matches("[A-Z]{2}")) {
                throw new IllegalArgumentException("address.country: must be two capital letters, such as KZ");
            }
            country = value;
            return this;
        }

        /**
         * Sets the state or region.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder state(String value) {
            state = Checks.text(value, "address.state");
            return this;
        }

        /**
         * Sets the city.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder city(String value) {
            city = Checks.text(value, "address.city");
            return this;
        }

        /**
         * Sets the postal code.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder postalCode(String value) {
            postalCode = Checks.text(value, "address.postalCode");
            return this;
        }

        /**
         * Sets the whole address below the city in one line.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder line(String value) {
            line = Checks.text(value, "address.line");
            return this;
        }

        /**
         * Sets the street.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder street(String value) {
            street = Checks.text(value, "address.street");
            return this;
        }

        /**
         * Sets the building.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder building(String value) {
            building = Checks.text(value, "address.building");
            return this;
        }

        /**
         * Sets the flat.
         *
         * @param value not blank
         * @return this builder
         */
        public Builder flat(String value) {
            flat = Checks.text(value, "address.flat");
            return this;
        }

        /** {@return the address} */
        public Address build() {
            return new Address(this);
        }
    }
}
