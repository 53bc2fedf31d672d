package org.unipayout.bank131;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutRequest;
import org.unipayout.ProviderExtras;
import org.unipayout.bank131.internal.Bank131Tables;

/**
 * What only Bank 131 needs to know about one request: which account pays, and whether a tax receipt is due.
 *
 * <pre>{@code
 * PayoutRequest.builder(reference, amount, recipient)
 *         .extras(Bank131Extras.builder().funding(Funding.ESCROW_ACCOUNT).build())
 * }</pre>
 *
 * <p>Immutable and thread-safe; prints no person.
 */
public final class Bank131Extras implements ProviderExtras {
    private static final String FUNDING = "funding";
    private static final String TRANSFER_DESCRIPTION = "transferDescription";
    private static final String SERVICE = "receipt.service";
    private static final String TAX_REFERENCE = "receipt.taxReference";
    private static final String PAYER_TYPE = "receipt.payerType";
    private static final String PAYER_TAX_NUMBER = "receipt.payerTaxNumber";
    private static final String PAYER_NAME = "receipt.payerName";

    private final Map<String, String> values;

    /** Which of the merchant's accounts at the bank pays. */
    public enum Funding {
        /** The collateral (deposit) account, the bank's default. */
        COLLATERAL,
        /** A settlement account ({@code rko}); needs the sender's account. */
        SETTLEMENT_ACCOUNT,
        /** An escrow account ({@code nominal}); needs the sender's account and beneficiary id. */
        ESCROW_ACCOUNT
    }

    /** Who pays a self-employed person, for the tax receipt. */
    public enum PayerType {
        /** A company. */
        LEGAL,
        /** A person. */
        INDIVIDUAL,
        /** A foreign company. */
        FOREIGN
    }

    private Bank131Extras(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** {@return a builder; without further calls it says what the bank takes for granted} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the settings back out of a request.
     *
     * @param request the request
     * @return its settings for Bank 131, the defaults if it has none
     */
    public static Bank131Extras of(PayoutRequest request) {
        return new Bank131Extras(request.extras(Bank131Tables.PROVIDER));
    }

    /**
     * Which account pays.
     *
     * @return {@link Funding#COLLATERAL} if nothing was said
     * @throws IllegalArgumentException if a stored request names an account that is not known here
     */
    public Funding funding() {
        return constant(Funding.class, FUNDING, values.getOrDefault(FUNDING, Funding.COLLATERAL.name()));
    }

    /** {@return the purpose of a transfer from a settlement or escrow account to a card, if it was set} */
    public Optional<String> transferDescription() {
        return Optional.ofNullable(values.get(TRANSFER_DESCRIPTION));
    }

    /** {@return whether a tax receipt of a self-employed recipient was asked for} */
    public boolean hasReceipt() {
        return values.containsKey(SERVICE);
    }

    /** {@return the service on the receipt} */
    public Optional<String> receiptService() {
        return Optional.ofNullable(values.get(SERVICE));
    }

    /** {@return the recipient's tax number (INN), 12 digits} */
    public Optional<String> receiptTaxReference() {
        return Optional.ofNullable(values.get(TAX_REFERENCE));
    }

    /**
     * Who pays.
     *
     * @return the kind of payer
     * @throws IllegalArgumentException if a stored request names a kind that is not known here
     */
    public Optional<PayerType> receiptPayerType() {
        return Optional.ofNullable(values.get(PAYER_TYPE)).map(value -> constant(PayerType.class, PAYER_TYPE, value));
    }

    /** {@return the payer's tax number} */
    public Optional<String> receiptPayerTaxNumber() {
        return Optional.ofNullable(values.get(PAYER_TAX_NUMBER));
    }

    /** {@return the payer's name} */
    public Optional<String> receiptPayerName() {
        return Optional.ofNullable(values.get(PAYER_NAME));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, String value) {
        try {
            return Enum.valueOf(type, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "extras." + name + ": is not one of the known " + type.getSimpleName() + " values", e);
        }
    }

    @Override
    public String provider() {
        return Bank131Tables.PROVIDER;
    }

    @Override
    public Map<String, String> values() {
        return values;
    }

    @Override
    public String toString() {
        return "Bank131Extras[" + values.keySet().stream().sorted().toList() + "]";
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Says which account pays.
         *
         * @param value {@link Funding#COLLATERAL} if not set
         * @return this builder
         */
        public Builder funding(Funding value) {
            values.put(FUNDING, value.name());
            return this;
        }

        /**
         * Sets the purpose of a transfer from a settlement or escrow account to a card.
         *
         * @param value at most 210 characters; the request's description if not set
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder transferDescription(String value) {
            return text(TRANSFER_DESCRIPTION, value);
        }

        /**
         * Asks for the tax receipt of a self-employed recipient, with one service over the whole amount.
         *
         * @param service what was done
         * @param taxReference the recipient's tax number (INN), 12 digits
         * @param payerType who pays
         * @param payerTaxNumber the payer's tax number, or null
         * @param payerName the payer's name, or null
         * @return this builder
         * @throws IllegalArgumentException if the service is blank or the tax number has another form
         */
        public Builder receipt(
                String service,
                String taxReference,
                PayerType payerType,
                @Nullable String payerTaxNumber,
                @Nullable String payerName) {
            if (taxReference == null || !taxReference.matches("[0-9]{12}")) {
                throw new IllegalArgumentException("extras." + TAX_REFERENCE + ": must be 12 digits");
            }
            text(SERVICE, service);
            values.put(TAX_REFERENCE, taxReference);
            values.put(PAYER_TYPE, payerType.name());
            if (payerTaxNumber != null) {
                text(PAYER_TAX_NUMBER, payerTaxNumber);
            }
            if (payerName != null) {
                text(PAYER_NAME, payerName);
            }
            return this;
        }

        private Builder text(String name, String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("extras." + name + ": must not be blank");
            }
            values.put(name, value);
            return this;
        }

        /** {@return the settings} */
        public Bank131Extras build() {
            return new Bank131Extras(values);
        }
    }
}
