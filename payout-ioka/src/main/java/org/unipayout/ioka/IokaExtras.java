package org.unipayout.ioka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.unipayout.PayoutRequest;
import org.unipayout.ProviderExtras;

/**
 * What only ioka needs to know about one request, in either flow.
 *
 * <pre>{@code
 * PayoutRequest.builder(reference, amount, recipient)
 *         .extras(IokaExtras.builder().template("dark").build())
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class IokaExtras implements ProviderExtras {
    private static final String TEMPLATE = "template";
    private static final String CORP_ACCOUNT_ID = "corpAccountId";
    private static final String ACQUIRER = "acquirer";

    private final Map<String, String> values;

    private IokaExtras(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the settings back out of a request.
     *
     * @param request the request
     * @return its settings for ioka, empty if it has none
     */
    public static IokaExtras of(PayoutRequest request) {
        return new IokaExtras(request.extras(IokaPayoutClient.PROVIDER));
    }

    /** {@return the look of the hosted form of a transfer order} */
    public Optional<String> template() {
        return Optional.ofNullable(values.get(TEMPLATE));
    }

    /** {@return which corporate account pays a transfer order} */
    public Optional<String> corpAccountId() {
        return Optional.ofNullable(values.get(CORP_ACCOUNT_ID));
    }

    /** {@return which bank carries a payout order out} */
    public Optional<String> acquirer() {
        return Optional.ofNullable(values.get(ACQUIRER));
    }

    @Override
    public String provider() {
        return IokaPayoutClient.PROVIDER;
    }

    @Override
    public Map<String, String> values() {
        return values;
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Sets the look of the hosted form of a transfer order.
         *
         * @param value a form template of the merchant
         * @return this builder
         */
        public Builder template(String value) {
            values.put(TEMPLATE, value);
            return this;
        }

        /**
         * Says which corporate account pays a transfer order, for this request only.
         *
         * @param value an id of {@link IokaPayoutClient#corpAccounts}
         * @return this builder
         */
        public Builder corpAccountId(String value) {
            values.put(CORP_ACCOUNT_ID, value);
            return this;
        }

        /**
         * Chooses the bank that carries a payout order out; {@code bcc} if nothing is said.
         *
         * @param value as ioka spells it, for example {@code epay_v2} or {@code kazpost}
         * @return this builder
         */
        public Builder acquirer(String value) {
            values.put(ACQUIRER, value);
            return this;
        }

        /** {@return the settings} */
        public IokaExtras build() {
            return new IokaExtras(values);
        }
    }
}
