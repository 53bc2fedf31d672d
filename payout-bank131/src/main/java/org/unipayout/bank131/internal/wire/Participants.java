package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code participant_details}. */
public record Participants(
        @Nullable Participant sender, @Nullable Participant recipient) {
    @Override
    public String toString() {
        return "Participants[***]";
    }

    /** One side. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Participant(
            @Nullable String fullName,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String middleName,
            @Nullable String companyName,
            @Nullable String reference,
            @Nullable String taxReference,
            @Nullable String registrationNumber,
            @Nullable String beneficiaryId,
            @Nullable String countryIso2,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String addressLine,
            @Nullable String street,
            @Nullable String building,
            @Nullable String flat,
            @Nullable String state,
            @Nullable String ipv4,
            @Nullable String ipv6,
            @Nullable String msisdn,
            @Nullable String email,
            @Nullable String account,

            @Nullable @JsonProperty("citizenship_country_iso_3")
            String citizenshipCountryIso3,

            @Nullable String dateOfBirth,
            @Nullable IdentityDocument identityDocument) {
        @Override
        public String toString() {
            return "Participant[***]";
        }
    }

    /** {@code identity_document}; dates as {@code 2026-05-27}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record IdentityDocument(
            @Nullable String idType,
            @Nullable String idNumber,
            @Nullable String idExpirationDate,
            @Nullable String issueDate,
            @Nullable String divisionCode,
            @Nullable String issuedBy) {
        @Override
        public String toString() {
            return "IdentityDocument[***]";
        }
    }
}
