package org.unipayout.bereke;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.unipayout.PayoutRequest;
import org.unipayout.ProviderExtras;

/**
 * What only Bereke Bank needs to know about one request: the corporate card that pays, the recipient's id, and how long a
 * hosted form lives.
 *
 * <pre>{@code
 * PayoutRequest.builder(reference, amount, recipient)
 *         .extras(BerekeExtras.builder().clientId("customer-17").build())
 * }</pre>
 *
 * <p>The bank's {@code jsonParams} are the request's metadata. Immutable and thread-safe; prints no value.
 */
public final class BerekeExtras implements ProviderExtras {
    private static final String SOURCE_BINDING_ID = "sourceBindingId";
    private static final String CLIENT_ID = "clientId";
    private static final String SESSION_TIMEOUT = "sessionTimeoutSecs";

    private final Map<String, String> values;

    private BerekeExtras(Map<String, String> values) {
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
     * @return its settings for Bereke Bank, none if it has none
     */
    public static BerekeExtras of(PayoutRequest request) {
        return new BerekeExtras(request.extras(BerekePayoutClient.PROVIDER));
    }

    /** {@return the corporate card that pays ({@code source.bindingId}); without it the transit account pays} */
    public Optional<String> sourceBindingId() {
        return Optional.ofNullable(values.get(SOURCE_BINDING_ID));
    }

    /** {@return the merchant's id of the recipient ({@code client.clientId}), under which the bank saves cards} */
    public Optional<String> clientId() {
        return Optional.ofNullable(values.get(CLIENT_ID));
    }

    /**
     * How long the hosted form lives.
     *
     * @return whole seconds; empty for the bank's own 20 minutes
     * @throws IllegalArgumentException if a stored request holds something else than whole seconds
     */
    public Optional<Duration> sessionTimeout() {
        String seconds = values.get(SESSION_TIMEOUT);
        if (seconds != null && !seconds.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("extras.sessionTimeoutSecs: must be whole seconds, at least 1");
        }
        return Optional.ofNullable(seconds).map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    @Override
    public String provider() {
        return BerekePayoutClient.PROVIDER;
    }

    @Override
    public Map<String, String> values() {
        return values;
    }

    @Override
    public String toString() {
        return "BerekeExtras[" + values.keySet().stream().sorted().toList() + "]";
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Pays from a corporate card; not with a hosted form, where the bank takes the default card.
         *
         * @param value the binding id that the merchant's cabinet shows for the card
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder sourceBindingId(String value) {
            return text(SOURCE_BINDING_ID, value);
        }

        /**
         * Names the recipient, so that the bank saves the card ({@link org.unipayout.Payout#recipientToken}) or finds a
         * saved one. Without it the recipient's {@link org.unipayout.Participant#reference} is taken.
         *
         * @param value the merchant's own id of the recipient, at most 30 characters
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder clientId(String value) {
            return text(CLIENT_ID, value);
        }

        /**
         * Sets how long the hosted form lives.
         *
         * @param value whole seconds, 1 second to 999999999 seconds; 20 minutes if not set
         * @return this builder
         * @throws IllegalArgumentException if it is out of range or not in whole seconds
         */
        public Builder sessionTimeout(Duration value) {
            if (!value.equals(Duration.ofSeconds(value.toSeconds()))
                    || value.toSeconds() < 1
                    || value.toSeconds() > 999_999_999) {
                throw new IllegalArgumentException("extras.sessionTimeoutSecs: must be whole seconds, at least 1");
            }
            values.put(SESSION_TIMEOUT, Long.toString(value.toSeconds()));
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
        public BerekeExtras build() {
            return new BerekeExtras(values);
        }
    }
}
