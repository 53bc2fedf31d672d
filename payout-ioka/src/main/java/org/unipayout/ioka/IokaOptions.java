package org.unipayout.ioka;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;
import org.unipayout.http.Environment;
import org.unipayout.http.Required;

/**
 * How one merchant at ioka is reached. Immutable and thread-safe; prints no key.
 *
 * <p>Source: ioka.kz/docs, "interaction", and the {@code GetAPIKey} operation of ioka's OpenAPI file.
 */
public final class IokaOptions {
    /** ioka's test host; pays nobody. */
    public static final URI STAGE = URI.create("https://stage-api.ioka.kz");

    /** ioka's live host. */
    public static final URI LIVE = URI.create("https://api.ioka.kz");

    private final URI baseUrl;
    private final Credentials credentials;
    private final List<Secret> webhookKeys;
    private final @Nullable String corpAccountId;
    private final boolean twoStep;

    /** How the merchant proves who is calling. */
    public sealed interface Credentials {
        /**
         * A key that the account manager gave and that does not expire.
         *
         * @param value the value of the {@code API-KEY} header
         */
        record ApiKey(Secret value) implements Credentials {}

        /**
         * A pair that is exchanged for keys that expire; they are renewed in time.
         *
         * @param id {@code client_id}
         * @param secret {@code client_secret}
         */
        record Client(String id, Secret secret) implements Credentials {
            @Override
            public String toString() {
                return "Client[***]";
            }
        }
    }

    private IokaOptions(Builder builder) {
        baseUrl = builder.baseUrl;
        credentials = builder.credentials;
        webhookKeys = List.copyOf(builder.webhookKeys);
        corpAccountId = builder.corpAccountId;
        twoStep = builder.twoStep;
    }

    /**
     * Starts the settings of a merchant with a static key.
     *
     * @param baseUrl {@link #STAGE}, {@link #LIVE} or a simulator; only scheme, host and port
     * @param apiKey the key that the account manager gave; a {@linkplain Secret#supplied supplied} one may be exchanged for
     *     another key of the same merchant, whom only the key names
     * @return a builder
     * @throws IllegalArgumentException if a value is missing
     */
    public static Builder builder(URI baseUrl, Secret apiKey) {
        return new Builder(baseUrl, new Credentials.ApiKey(Required.value(apiKey, "apiKey")));
    }

    /**
     * Starts the settings of a merchant whose keys expire ({@code POST /v2/auth/token}).
     *
     * @param baseUrl {@link #STAGE}, {@link #LIVE} or a simulator; only scheme, host and port
     * @param clientId {@code client_id}
     * @param clientSecret {@code client_secret}; a {@linkplain Secret#supplied supplied} one may be exchanged, and is asked
     *     for whenever a key is renewed
     * @return a builder
     * @throws IllegalArgumentException if a value is missing or blank
     */
    public static Builder builder(URI baseUrl, String clientId, Secret clientSecret) {
        return new Builder(
                baseUrl,
                new Credentials.Client(
                        Required.text(clientId, "clientId"), Required.value(clientSecret, "clientSecret")));
    }

    /**
     * Reads the settings from the environment.
     *
     * <ul>
     *   <li>{@code IOKA_API_KEY}, or {@code IOKA_CLIENT_ID} and {@code IOKA_CLIENT_SECRET}
     *   <li>{@code IOKA_BASE_URL}: {@link #STAGE} or {@link #LIVE}
     *   <li>{@code IOKA_WEBHOOK_KEY}: optional; several keys are separated by commas
     *   <li>{@code IOKA_CORP_ACCOUNT_ID}: optional
     * </ul>
     *
     * @return a builder with what was found
     * @throws IllegalArgumentException if a variable is missing or unusable; the message names it
     */
    public static Builder fromEnv() {
        return fromEnv(Environment.system());
    }

    static Builder fromEnv(Environment environment) {
        Builder builder = new Builder(environment.url("IOKA_BASE_URL", STAGE), credentials(environment));
        environment.text("IOKA_WEBHOOK_KEY").ifPresent(keys -> {
            for (String key : keys.split(",", -1)) {
                builder.webhookKey(
                        Environment.of(Map.of("IOKA_WEBHOOK_KEY", key.strip())).secret("IOKA_WEBHOOK_KEY"));
            }
        });
        environment.text("IOKA_CORP_ACCOUNT_ID").ifPresent(builder::corpAccountId);
        return builder;
    }

    private static Credentials credentials(Environment environment) {
        if (environment.text("IOKA_CLIENT_ID").isEmpty()) {
            return new Credentials.ApiKey(environment.secret("IOKA_API_KEY"));
        }
        if (environment.text("IOKA_API_KEY").isPresent()) {
            throw new IllegalArgumentException("IOKA_API_KEY: set it or IOKA_CLIENT_ID, but not both");
        }
        return new Credentials.Client(environment.required("IOKA_CLIENT_ID"), environment.secret("IOKA_CLIENT_SECRET"));
    }

    /** {@return the host that is called} */
    public URI baseUrl() {
        return baseUrl;
    }

    /** {@return how the merchant proves who is calling} */
    public Credentials credentials() {
        return credentials;
    }

    /** {@return the keys for {@link IokaWebhooks}; unmodifiable, may be empty} */
    public List<Secret> webhookKeys() {
        return webhookKeys;
    }

    /** {@return which corporate account pays, unless a request names another one} */
    public Optional<String> corpAccountId() {
        return Optional.ofNullable(corpAccountId);
    }

    /** {@return whether payout orders wait for the merchant's decision} */
    public boolean twoStep() {
        return twoStep;
    }

    @Override
    public String toString() {
        return "IokaOptions[" + baseUrl.getHost() + "]";
    }

    /** Collects the optional settings. Not thread-safe. */
    public static final class Builder {
        private final URI baseUrl;
        private final Credentials credentials;
        private final List<Secret> webhookKeys = new ArrayList<>();
        private @Nullable String corpAccountId;
        private boolean twoStep;

        private Builder(URI baseUrl, Credentials credentials) {
            this.baseUrl = Required.baseUrl(baseUrl, STAGE);
            this.credentials = credentials;
        }

        /**
         * Adds a key by which ioka's notifications are verified; add the new one beside the old one while rotating.
         *
         * @param key the {@code key} of the webhook's registration; ioka's have 64 characters
         * @return this builder
         * @throws IllegalArgumentException if it is missing or shorter than 32 characters
         */
        public Builder webhookKey(Secret key) {
            webhookKeys.add(Required.hmacKey(key, "webhookKey"));
            return this;
        }

        /**
         * Says which corporate account pays. ioka's OpenAPI file requires it for transfer orders, its pages do not name
         * it.
         *
         * @param id an id of {@link IokaPayoutClient#corpAccounts}
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder corpAccountId(String id) {
            corpAccountId = Required.text(id, "corpAccountId");
            return this;
        }

        /**
         * Lets each payout order wait for {@link IokaPayoutOrderClient#confirm} or {@link IokaPayoutOrderClient#cancel}
         * ({@code capture_method} MANUAL). It holds for all requests of a client, so that its capabilities are true;
         * transfer orders have no second step.
         *
         * @return this builder
         */
        public Builder twoStep() {
            twoStep = true;
            return this;
        }

        /** {@return the settings} */
        public IokaOptions build() {
            return new IokaOptions(this);
        }
    }
}
