package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code additional_data}. The document stands beside {@code p2p}, as in the published sample, not inside it. */
public record AdditionalData(
        @Nullable PersonToPerson p2p, @Nullable Document document) {
    @Override
    public String toString() {
        return "AdditionalData[***]";
    }

    /** {@code p2p}: settings of original credit transactions (OCT). */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record PersonToPerson(
            @Nullable String serviceId, @Nullable String serviceExtension) {}

    /** {@code document}: the sender's. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Document(
            @Nullable String type,
            @Nullable String issuer,
            @Nullable String series,
            @Nullable String number,
            @Nullable String issuedAt,
            @Nullable String validUntil) {
        @Override
        public String toString() {
            return "Document[***]";
        }
    }
}
