package org.unipayout.simulator.horizonpay;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Nastiness;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.WebhookOutbox;

/**
 * HorizonPay's card payout gateway on this machine.
 *
 * <pre>{@code
 * try (HorizonPaySimulator horizonPay = HorizonPaySimulator.start()) {
 *     // point the client at horizonPay.baseUrl() with horizonPay.shopId() and horizonPay.secretKey()
 *     horizonPay.ledger().assertPaidExactlyOnce("order-1");
 * }
 * }</pre>
 *
 * <p>In JUnit 5 keep it in a static field with {@code @RegisterExtension}; it is reset before each test.
 *
 * <table>
 * <caption>What the last two digits of the amount do</caption>
 * <tr><th>{@link Scenario}</th><th>on the wire</th></tr>
 * <tr><td>{@code DECLINED}</td><td>HTTP 200, {@code failed}, F.0105</td></tr>
 * <tr><td>{@code INSUFFICIENT_FUNDS}</td><td>HTTP 200, {@code failed}, F.0114</td></tr>
 * <tr><td>{@code SLOW}</td><td>{@code pending}, P.0001, until {@link #settle}; then {@code successful}</td></tr>
 * <tr><td>{@code UNSURE}</td><td>{@code incomplete}, P.9998; redirect_url serves a page on which the recipient
 * receives or refuses; unpaid until then; fails with F.0998 when nobody does either</td></tr>
 * <tr><td>{@code UNDOCUMENTED_STATUS}</td><td>{@code under_review}, P.9999, for ever; paid</td></tr>
 * <tr><td>{@code WRONG_ECHO}</td><td>{@code successful}, every answer shows one minor unit too much</td></tr>
 * <tr><td>{@code RETURNED}</td><td>as {@code PAID}: HorizonPay documents no payout that comes back</td></tr>
 * <tr><td>{@code SERVER_ERROR_PAID}</td><td>HTML 502; look-ups then show {@code successful}</td></tr>
 * <tr><td>{@code SERVER_ERROR_NOT_PAID}</td><td>HTML 500; look-ups find nothing</td></tr>
 * <tr><td>{@code RATE_LIMITED}</td><td>HTTP 429 without Retry-After; look-ups find nothing</td></tr>
 * <tr><td>{@code UNDOCUMENTED_CODE}</td><td>HTTP 422, E.1999; look-ups then show {@code successful}</td></tr>
 * </table>
 *
 * <p>Where the amount asks for nothing, the documented test cards decide: 4005550000000019 is declined, and
 * 4012001037484447 needs a holder. Every other card is paid, the 3-D Secure ones too, because a payout has no such step.
 * {@link #SAMPLE_TOKEN} and the tokens of {@code /credit_cards}, {@code /transactions/recipient_tokenizations} and
 * {@link #saveCard} stand for cards.
 *
 * <p>As at the provider, {@code tracking_id} is not unique: a second request with the same one pays again, unless
 * amount and card (or token) are those of a payout of the last 30 seconds and {@code duplicate_check} is not false. A
 * payout with {@code test:true} is booked in the ledger like any other. A notification is made only for a payout that
 * names a {@code notification_url}; it is delivered to the address of {@link #webhooks}, not to that url. The
 * {@code verification_url} is really called while the payout is being made, on this machine only; a handler behind it
 * must not call the simulator, which answers one request at a time.
 *
 * <p>{@link #switches} turns what the documentation leaves open. The simulator's own are the amount triggers, the code
 * E.1999, the status {@code under_review}, the redirect page, the code E.1002 in v3 "Record not found" answers, and
 * that a look-up by {@code tracking_id} compares the whole value, also when it is a list separated by semicolons.
 *
 * <p>Where no Java runs, the class path folder {@code org/unipayout/simulator/horizonpay/wiremock} holds the main answers
 * as mapping files for a WireMock of one's own; they keep no state.
 */
public final class HorizonPaySimulator extends Simulator {
    /** The card token of the documentation's sample request; it stands for card 4200000000000000. */
    public static final String SAMPLE_TOKEN = "b4469f38-cec7-4f55-a86d-2ab2dc300e0b";

    /** The simulator's own: the token of a second card, 4000000000000077. */
    public static final String OTHER_TOKEN = "5d0d1ad2-0000-4000-8000-000000000077";

    private final Shop shop;
    private volatile Gateway gateway;

    private HorizonPaySimulator(int port, Shop shop) {
        super(port);
        this.shop = shop;
        this.gateway = newGateway();
        startServer();
    }

    /**
     * Starts on any free port with generated credentials.
     *
     * @return a running simulator
     */
    public static HorizonPaySimulator start() {
        return builder().start();
    }

    /**
     * Chooses port, credentials or notification key.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Settings of a simulator; whatever is not set is generated. Not thread-safe. */
    public static final class Builder {
        private int port;
        private String shopId = String.valueOf(RandomGenerator.getDefault().nextInt(10_000, 100_000));
        private String secretKey = randomSecret();
        private @Nullable KeyPair notificationKeys;

        private Builder() {}

        /**
         * Sets the port.
         *
         * @param port on 127.0.0.1, or 0 for any free one
         * @return this
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Sets the user name of HTTP Basic.
         *
         * @param shopId digits
         * @return this
         */
        public Builder shopId(String shopId) {
            this.shopId = Objects.requireNonNull(shopId, "shopId");
            return this;
        }

        /**
         * Sets the password of HTTP Basic.
         *
         * @param secretKey any text
         * @return this
         */
        public Builder secretKey(String secretKey) {
            this.secretKey = Objects.requireNonNull(secretKey, "secretKey");
            return this;
        }

        /**
         * Sets the keys that sign notifications.
         *
         * @param notificationKeys an RSA key pair
         * @return this
         */
        public Builder notificationKeys(KeyPair notificationKeys) {
            this.notificationKeys = Objects.requireNonNull(notificationKeys, "notificationKeys");
            return this;
        }

        /**
         * Starts the simulator.
         *
         * @return it, answering
         */
        public HorizonPaySimulator start() {
            KeyPair keys = notificationKeys == null ? newKeys() : notificationKeys;
            return new HorizonPaySimulator(port, new Shop(shopId, secretKey, keys));
        }

        private static String randomSecret() {
            byte[] bytes = new byte[32];
            RandomGenerator.getDefault().nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }

        private static KeyPair newKeys() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * The shop's id, the user name of HTTP Basic.
     *
     * @return digits
     */
    public String shopId() {
        return shop.shopId();
    }

    /**
     * The shop's secret key, the password of HTTP Basic.
     *
     * @return the key
     */
    public String secretKey() {
        return shop.secretKey();
    }

    /**
     * The public key of notifications as the back office gives it.
     *
     * @return one line of Base64, an X.509 SubjectPublicKeyInfo
     */
    public String notificationPublicKey() {
        return shop.publicKey();
    }

    /**
     * What the documentation leaves open.
     *
     * @return the live switches; a reset replaces them by new ones with the defaults
     */
    @Override
    public HorizonPaySwitches switches() {
        return gateway.switches();
    }

    @Override
    public synchronized boolean hideFor(Duration duration) {
        gateway.hideFor(Objects.requireNonNull(duration, "duration"));
        return true;
    }

    /**
     * Answers the next requests of any kind with HTTP 429 and executes none of them.
     *
     * @param requests how many
     */
    public synchronized void refuseNext(int requests) {
        gateway.refuseNext(requests);
    }

    /**
     * Answers the next requests of any kind with a 403 page, as something that stands before the gateway would, and
     * executes none of them.
     *
     * @param requests how many
     */
    public synchronized void blockNext(int requests) {
        gateway.blockNext(requests);
    }

    /**
     * Adds a paid payout that somebody else made under a reference: another system of this shop, or an earlier numbering.
     * The ledger has it too.
     *
     * @param trackingId its reference
     * @param cardNumber digits
     * @param minorUnits amount
     * @param currency ISO 4217 code
     * @param age how long before now it was made, by the simulator's clock
     */
    public synchronized void addEarlierPayout(
            String trackingId, String cardNumber, long minorUnits, String currency, Duration age) {
        gateway.addEarlier(trackingId, cardNumber, minorUnits, currency, age);
    }

    /**
     * Turns a failed payout into a paid one, as HorizonPay's support can ({@code manually_corrected_at}), and notifies.
     *
     * @param uid the gateway's id
     */
    public synchronized void correctByHand(String uid) {
        gateway.correctByHand(uid);
    }

    /**
     * Saves a card as an earlier payment would have done.
     *
     * @param cardNumber digits
     * @return a token for {@code recipient_credit_card.token}, valid until {@link #reset}
     */
    public synchronized String saveCard(String cardNumber) {
        return gateway.saveCard(Objects.requireNonNull(cardNumber, "cardNumber"));
    }

    @Override
    public List<Nastiness> nastinesses() {
        return switches().nastinesses();
    }

    @Override
    public synchronized void settle() {
        gateway.settle();
    }

    @Override
    public String provider() {
        return "horizonpay";
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of(
                "HORIZONPAY_BASE_URL", baseUrl().toString(),
                "HORIZONPAY_SHOP_ID", shopId(),
                "HORIZONPAY_SECRET_KEY", secretKey(),
                "HORIZONPAY_PUBLIC_KEY", notificationPublicKey());
    }

    @Override
    public Optional<String> savedCard() {
        return Optional.of(SAMPLE_TOKEN);
    }

    @Override
    protected SimulatedResponse handle(ReceivedRequest request) {
        return gateway.answer(request)
                .withHeader("X-Request-Id", UUID.randomUUID().toString());
    }

    @Override
    public synchronized Optional<WebhookOutbox.Notification> signed(byte[] body) {
        return Optional.of(gateway.signed(body));
    }

    @Override
    protected void resetState() {
        gateway = newGateway();
    }

    private Gateway newGateway() {
        return new Gateway(shop, ledger(), clock(), webhooks(), this::scenario, this::baseUrl);
    }
}
