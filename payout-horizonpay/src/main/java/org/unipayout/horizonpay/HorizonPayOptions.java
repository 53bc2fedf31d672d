package org.unipayout.horizonpay;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;
import org.unipayout.horizonpay.internal.wire.BalanceQuery;
import org.unipayout.http.Environment;
import org.unipayout.http.Required;
import org.unipayout.http.RsaVerifier;

/**
 * How one shop at HorizonPay is reached. Immutable and thread-safe; prints no key.
 *
 * <p>Source: docs.horizonpay.kz, "Payout", "Webhooks", "Balance query".
 */
public final class HorizonPayOptions {
    /** HorizonPay's card gateway. */
    public static final URI LIVE = URI.create("https://gw.horizonpay.kz");

    /** The slowest payouts that were observed within the call took seconds. */
    private static final Duration SYNCHRONOUS_WINDOW = Duration.ofMinutes(10);

    /** Currencies whose minor unit the platform's own SDK counts otherwise than ISO 4217 does. */
    private static final Set<String> DISPUTED =
            Set.of("CLF", "CVE", "IDR", "IRR", "KPW", "LAK", "LBP", "MMK", "SLL", "STD", "MOP", "IQD", "UGX");

    private final URI baseUrl;
    private final String shopId;
    private final Secret secretKey;
    private final List<String> publicKeys;
    private final @Nullable Supplier<? extends Collection<String>> suppliedPublicKeys;
    private final boolean basicNotifications;
    private final boolean testMode;
    private final boolean asynchronous;
    private final boolean lookBeforeSubmit;
    private final Duration absenceWindow;
    private final @Nullable URI fence;
    private final Set<String> currencies;
    private final List<BalanceQuery> balanceQuestions;

    private HorizonPayOptions(Builder builder) {
        baseUrl = builder.baseUrl;
        shopId = builder.shopId;
        secretKey = builder.secretKey;
        publicKeys = List.copyOf(builder.publicKeys);
        suppliedPublicKeys = builder.suppliedPublicKeys;
        basicNotifications = builder.basicNotifications;
        testMode = builder.testMode;
        asynchronous = builder.asynchronous;
        lookBeforeSubmit = builder.lookBeforeSubmit;
        absenceWindow = Objects.requireNonNullElse(builder.absenceWindow, SYNCHRONOUS_WINDOW);
        fence = builder.fence;
        currencies = Set.copyOf(builder.currencies);
        balanceQuestions = List.copyOf(builder.balanceQuestions);
    }

    /**
     * Starts the settings.
     *
     * @param baseUrl {@link #LIVE} or a simulator; only scheme, host and port
     * @param shopId the shop's number
     * @param secretKey the shop's secret key; made with {@link Secret#of}; a {@linkplain Secret#supplied supplied} one may be
     *     exchanged
     * @return a builder
     * @throws IllegalArgumentException if a value is missing or malformed
     */
    public static Builder builder(URI baseUrl, String shopId, Secret secretKey) {
        return new Builder(baseUrl, shopId, secretKey);
    }

    /**
     * Reads the settings from the environment.
     *
     * <ul>
     *   <li>{@code HORIZONPAY_SHOP_ID}: the shop's number
     *   <li>{@code HORIZONPAY_SECRET_KEY}: the shop's secret key
     *   <li>{@code HORIZONPAY_PUBLIC_KEY}: optional, for notifications; one line of Base64 as the back office shows it
     *   <li>{@code HORIZONPAY_BASE_URL}: {@link #LIVE}
     * </ul>
     *
     * @return a builder with what was found
     * @throws IllegalArgumentException if a variable is missing or unusable; the message names it
     */
    public static Builder fromEnv() {
        return fromEnv(Environment.system());
    }

    static Builder fromEnv(Environment environment) {
        String shopId = environment.required("HORIZONPAY_SHOP_ID");
        if (!shopId.matches("[0-9]+")) {
            throw new IllegalArgumentException("HORIZONPAY_SHOP_ID: must be digits");
        }
        Builder builder = builder(
                environment.url("HORIZONPAY_BASE_URL", LIVE), shopId, environment.secret("HORIZONPAY_SECRET_KEY"));
        environment.text("HORIZONPAY_PUBLIC_KEY").ifPresent(builder::publicKey);
        return builder;
    }

    private static String number(@Nullable String value, String name) {
        if (!Required.text(value, name).matches("[0-9]+")) {
            throw new IllegalArgumentException(name + ": must be digits");
        }
        return value == null ? "" : value;
    }

    /** {@return the host that is called} */
    public URI baseUrl() {
        return baseUrl;
    }

    /** {@return the shop's number} */
    public String shopId() {
        return shopId;
    }

    /** {@return the shop's secret key} */
    public Secret secretKey() {
        return secretKey;
    }

    /** {@return HorizonPay's public keys for {@link HorizonPayWebhooks}; unmodifiable, empty if there are none or supplied ones} */
    public List<String> publicKeys() {
        return publicKeys;
    }

    /** What verifies notifications, if they are signed. */
    Optional<RsaVerifier> verifier() {
        if (suppliedPublicKeys != null) {
            return Optional.of(RsaVerifier.supplied(suppliedPublicKeys));
        }
        return publicKeys.isEmpty() ? Optional.empty() : Optional.of(RsaVerifier.of(publicKeys));
    }

    /** {@return whether a notification without a signature is taken as a hint if its Basic credentials are right} */
    public boolean basicNotifications() {
        return basicNotifications;
    }

    /** {@return whether payouts are tests: processed, but sent to no bank} */
    public boolean testMode() {
        return testMode;
    }

    /** {@return whether payouts are queued instead of being processed within the call} */
    public boolean asynchronous() {
        return asynchronous;
    }

    /** {@return whether a submit asks first if its reference was used already} */
    public boolean lookBeforeSubmit() {
        return lookBeforeSubmit;
    }

    /** {@return how long after an unclear submit "no such payout" begins to count} */
    public Duration absenceWindow() {
        return absenceWindow;
    }

    /** {@return where the merchant's fence answers for every payout, if there is one} */
    public Optional<URI> fence() {
        return Optional.ofNullable(fence);
    }

    /** {@return ISO 4217 codes of what the shop may pay; unmodifiable} */
    public Set<String> currencies() {
        return currencies;
    }

    List<BalanceQuery> balanceQuestions() {
        return balanceQuestions;
    }

    @Override
    public String toString() {
        return "HorizonPayOptions[" + baseUrl.getHost() + ", shop " + shopId + (testMode ? ", test" : "") + "]";
    }

    /** Collects the optional settings. Not thread-safe. */
    public static final class Builder {
        private final URI baseUrl;
        private final String shopId;
        private final Secret secretKey;
        private final List<String> publicKeys = new ArrayList<>();
        private final List<BalanceQuery> balanceQuestions = new ArrayList<>();
        private @Nullable Supplier<? extends Collection<String>> suppliedPublicKeys;
        private boolean basicNotifications;
        private boolean testMode;
        private boolean asynchronous;
        private boolean lookBeforeSubmit = true;
        private @Nullable Duration absenceWindow;
        private @Nullable URI fence;
        private Set<String> currencies = Set.of("KZT", "RUB", "USD", "EUR");

        private Builder(URI baseUrl, String shopId, Secret secretKey) {
            this.baseUrl = Required.baseUrl(baseUrl, LIVE);
            this.shopId = number(shopId, "shopId");
            this.secretKey = Required.value(secretKey, "secretKey");
        }

        /**
         * Adds a public key by which notifications are verified; add the new one beside the old one during a rotation.
         *
         * @param base64 one line of Base64, as the back office shows it
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder publicKey(String base64) {
            publicKeys.add(Required.text(base64, "publicKey"));
            return this;
        }

        /**
         * Verifies notifications by the public keys that hold now, asked for at every notification, so that they may be
         * exchanged while this runs; keys of {@link #publicKey} do not count any more.
         *
         * @param source gives keys as the back office shows them; thread-safe and quick. If it throws or gives no usable
         *     key, the notification is refused, and HorizonPay repeats it
         * @return this builder
         */
        public Builder publicKeys(Supplier<? extends Collection<String>> source) {
            suppliedPublicKeys = Objects.requireNonNull(source, "publicKeys");
            return this;
        }

        /**
         * Takes notifications without a signature too, if their Basic credentials are right. They are hints, because
         * nothing protects what they say.
         *
         * @return this builder
         */
        public Builder acceptBasicNotifications() {
            basicNotifications = true;
            return this;
        }

        /**
         * Makes every payout a test: processed, but sent to no bank. An answer whose test mark differs from this setting
         * is never taken for a payment.
         *
         * @return this builder
         */
        public Builder testMode() {
            testMode = true;
            return this;
        }

        /**
         * Queues payouts ({@code /async/transactions/payouts}) instead of waiting for the bank within the call.
         *
         * <p>A submit then returns {@link org.unipayout.PayoutStatus#PROCESSING} with a handle that holds the queue's
         * request id; {@code get} asks the queue with it until the payout has an id of its own. Store the newest handle.
         *
         * <p>No page bounds the time in the queue, so {@link #absenceWindow} must be set too, unless there is a {@link
         * #fence}; and a payout that may start only until some time ({@code expiresAt}) is refused.
         *
         * @return this builder
         */
        public Builder asynchronous() {
            asynchronous = true;
            return this;
        }

        /**
         * Submits without asking first whether the reference was used already, which saves one call.
         *
         * <p>HorizonPay does not keep references unique and compares payouts for 30 seconds only, so a submit that is
         * repeated later pays twice. Take this only if something else, such as the journal, sees to it that each
         * reference is submitted once.
         *
         * @return this builder
         */
        public Builder submitWithoutLooking() {
            lookBeforeSubmit = false;
            return this;
        }

        /**
         * Sets how long after an unclear submit "no such payout" begins to count; see
         * {@link org.unipayout.Resubmission.AfterAbsence}.
         *
         * @param value longer than a payout takes at the slowest; 10 minutes if not set (seconds were observed), but never
         *     guessed for queued payouts: ask HorizonPay how long one may wait in its queue
         * @return this builder
         * @throws IllegalArgumentException if it is not more than zero
         */
        public Builder absenceWindow(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("absenceWindow: must be more than zero");
            }
            absenceWindow = value;
            return this;
        }

        /**
         * Declares a fence: for every payout HorizonPay asks at this address before it pays ({@code verification_url}), and
         * there exactly one transaction per payout is let through, stored before the answer ({@link
         * HorizonPayVerification}). Then a payout that is sent again by mistake is declined by the merchant, and {@link
         * org.unipayout.Resubmission.Fenced} takes the place of the absence window.
         *
         * <p>Declare it only if both are true: everything that pays through this shop uses the same fence, and HorizonPay
         * has confirmed for this shop that a payout is not made when the question stays unanswered, which its pages do not
         * say.
         *
         * @param verificationUrl an http or https address that HorizonPay can reach
         * @return this builder
         * @throws IllegalArgumentException if it has no scheme and host
         */
        public Builder fence(URI verificationUrl) {
            fence = HorizonPayExtras.address(verificationUrl, "fence");
            return this;
        }

        /**
         * Sets what the shop may pay.
         *
         * @param codes ISO 4217 codes; KZT, RUB, USD and EUR if not set
         * @return this builder
         * @throws IllegalArgumentException if there is none, one is unknown, or the platform counts its minor units
         *     otherwise than ISO 4217
         */
        public Builder currencies(String... codes) {
            Set<String> chosen = new LinkedHashSet<>(List.of(codes));
            if (chosen.isEmpty() || !known(chosen)) {
                throw new IllegalArgumentException("currencies: must be upper-case ISO 4217 codes such as KZT");
            }
            Set<String> refused = new TreeSet<>(chosen);
            refused.retainAll(DISPUTED);
            if (!refused.isEmpty()) {
                throw new IllegalArgumentException(
                        "currencies: the platform and ISO 4217 disagree about the minor unit of " + refused
                                + ", so an amount in it could be paid a hundredfold");
            }
            currencies = chosen;
            return this;
        }

        private static boolean known(Set<String> codes) {
            Set<String> all = new TreeSet<>();
            Currency.getAvailableCurrencies().forEach(currency -> all.add(currency.getCurrencyCode()));
            return all.containsAll(codes);
        }

        /**
         * Asks for the balance by an account at the acquirer; which question the acquirer takes is known to
         * HorizonPay's support. Each of these settings adds one balance.
         *
         * @param account the account
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder balanceOfAccount(String account) {
            balanceQuestions.add(new BalanceQuery(Required.text(account, "balanceOfAccount"), null, null));
            return this;
        }

        /**
         * Asks for the balance by a currency.
         *
         * @param currency ISO 4217 code
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder balanceOfCurrency(String currency) {
            balanceQuestions.add(new BalanceQuery(null, Required.text(currency, "balanceOfCurrency"), null));
            return this;
        }

        /**
         * Asks for the balance by a gateway's number.
         *
         * @param gatewayId the number, as in {@code gateway_id} of a transaction
         * @return this builder
         */
        public Builder balanceOfGateway(long gatewayId) {
            balanceQuestions.add(new BalanceQuery(null, null, gatewayId));
            return this;
        }

        /**
         * Finishes the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if payouts are queued and nothing says how long one may wait
         */
        public HorizonPayOptions build() {
            if (asynchronous && absenceWindow == null && fence == null) {
                throw new IllegalArgumentException(
                        "absenceWindow: is required with asynchronous(), because no page says"
                                + " how long a payout may wait in the queue; ask HorizonPay");
            }
            return new HorizonPayOptions(this);
        }
    }
}
