package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code fiscalization_details}: the tax receipt of a self-employed recipient. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FiscalizationDetails(Taxpayer professionalIncomeTaxpayer) {
    @Override
    public String toString() {
        return "FiscalizationDetails[***]";
    }

    /** {@code professional_income_taxpayer}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Taxpayer(
            List<Service> services,
            String taxReference,
            String payerType,
            @Nullable String payerTaxNumber,
            @Nullable String payerName) {
        @Override
        public String toString() {
            return "Taxpayer[***]";
        }
    }

    /** One service on the receipt. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Service(String name, AmountDetails amountDetails, int quantity) {
        @Override
        public String toString() {
            return "Service[***]";
        }
    }
}
