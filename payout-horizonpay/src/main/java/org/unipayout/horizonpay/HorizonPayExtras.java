package org.unipayout.horizonpay;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutRequest;
import org.unipayout.ProviderExtras;

/**
 * What only HorizonPay needs to know about one request.
 *
 * <pre>{@code
 * PayoutRequest.builder(reference, amount, recipient)
 *         .extras(HorizonPayExtras.builder().verificationUrl(URI.create("https://shop.example/verify")).build())
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class HorizonPayExtras implements ProviderExtras {
    private static final String SERVICE_ID = "p2p.serviceId";
    private static final String SERVICE_EXTENSION = "p2p.serviceExtension";
    private static final String DUPLICATE_CHECK = "duplicateCheck";
    private static final String VERIFICATION_URL = "verificationUrl";
    private static final String OFF = "off";

    private final Map<String, String> values;

    private HorizonPayExtras(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** {@return a builder; without further calls it says what HorizonPay takes for granted} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the settings back out of a request.
     *
     * @param request the request
     * @return its settings for HorizonPay, the defaults if it has none
     */
    public static HorizonPayExtras of(PayoutRequest request) {
        return new HorizonPayExtras(request.extras(HorizonPayPayoutClient.PROVIDER));
    }

    /** {@return {@code p2p.service_id} of an original credit transaction} */
    public Optional<String> serviceId() {
        return Optional.ofNullable(values.get(SERVICE_ID));
    }

    /** {@return {@code p2p.service_extension} of an original credit transaction} */
    public Optional<String> serviceExtension() {
        return Optional.ofNullable(values.get(SERVICE_EXTENSION));
    }

    /** {@return whether an equal payout within 30 seconds is refused; true unless it was allowed} */
    public boolean duplicateCheck() {
        return !OFF.equals(values.get(DUPLICATE_CHECK));
    }

    /**
     * Where HorizonPay asks the merchant before it pays; answered by {@link HorizonPayVerification}.
     *
     * @return the address, if one was set
     * @throws IllegalArgumentException if a stored request holds something else than an address
     */
    public Optional<URI> verificationUrl() {
        return Optional.ofNullable(values.get(VERIFICATION_URL)).map(HorizonPayExtras::uri);
    }

    static URI address(@Nullable URI value, String field) {
        if (value == null || value.getScheme() == null || value.getHost() == null) {
            throw new IllegalArgumentException(field + ": must have a scheme and a host");
        }
        return value;
    }

    private static URI uri(String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("extras." + VERIFICATION_URL + ": is not a URL", e);
        }
    }

    @Override
    public String provider() {
        return HorizonPayPayoutClient.PROVIDER;
    }

    @Override
    public Map<String, String> values() {
        return values;
    }

    @Override
    public String toString() {
        return "HorizonPayExtras[" + values.keySet().stream().sorted().toList() + "]";
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Sets {@code p2p.service_id} for original credit transactions; HorizonPay's manager tells the value.
         *
         * @param value not blank
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder serviceId(String value) {
            return text(SERVICE_ID, value);
        }

        /**
         * Sets {@code p2p.service_extension} for original credit transactions; HorizonPay's manager tells the value.
         *
         * @param value not blank
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder serviceExtension(String value) {
            return text(SERVICE_EXTENSION, value);
        }

        /**
         * Lets this payout pass although an equal one (amount and card) was made within the last 30 seconds. Only for
         * two payouts that are meant to be equal, each with a reference of its own.
         *
         * <p>It takes away the only thing at HorizonPay that stops a second send: whoever calls {@code create} twice for
         * one reference at the same time, or before the first is found by reference, then pays twice. Use it only where
         * each reference is submitted once, as the journal does, or with a fence.
         *
         * @return this builder
         */
        public Builder allowEqualPayout() {
            return text(DUPLICATE_CHECK, OFF);
        }

        /**
         * Sets where HorizonPay asks the merchant before it pays.
         *
         * @param value an http or https address
         * @return this builder
         * @throws IllegalArgumentException if it has no scheme and host
         */
        public Builder verificationUrl(URI value) {
            return text(
                    VERIFICATION_URL,
                    address(value, "extras." + VERIFICATION_URL).toString());
        }

        private Builder text(String name, String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("extras." + name + ": must not be blank");
            }
            values.put(name, value);
            return this;
        }

        /** {@return the settings} */
        public HorizonPayExtras build() {
            return new HorizonPayExtras(values);
        }
    }
}
