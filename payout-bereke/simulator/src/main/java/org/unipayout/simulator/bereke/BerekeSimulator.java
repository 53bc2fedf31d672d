package org.unipayout.simulator.bereke;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Nastiness;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import org.unipayout.testkit.Simulator;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Bereke Bank's payouts module, version 2, on this machine.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final BerekeSimulator bank = BerekeSimulator.start();
 *
 * // point the client at bank.baseUrl() with bank.userName() and bank.password(), pay, then:
 * bank.ledger().assertPaidExactlyOnce("payout-1");
 * }</pre>
 *
 * <p>It serves {@code echo}, {@code getAmount.do}, {@code registerPayout.do}, {@code performPayout.do} and
 * {@code getPayoutStatus.do} under {@code /payouts/api/v2/}, and the bank's card form behind {@code formUrl}, which a
 * browser can fill in and submit. Every row of the published error table is a {@link BerekeError}.
 *
 * <p>A {@link Scenario} is chosen by the last two digits of the amount, or by {@link #force}. With a hosted page it
 * acts when the card is submitted.
 *
 * <table class="striped">
 * <caption>What a scenario looks like here</caption>
 * <thead><tr><th>Scenario<th>performPayout.do<th>getPayoutStatus.do<th>Money</thead>
 * <tbody>
 * <tr><td>{@code PAID}<td>status 2<td>2<td>paid
 * <tr><td>{@code DECLINED}<td>status 6, {@code resultCode} 1<td>6<td>none
 * <tr><td>{@code INSUFFICIENT_FUNDS}<td>status 6, {@code resultCode} 1<td>6<td>none
 * <tr><td>{@code SLOW}<td>status 1<td>1, after {@link #settle} 2<td>paid
 * <tr><td>{@code UNSURE}<td>status 5<td>5, after {@link #settle} 2<td>paid by {@link #settle}
 * <tr><td>{@code UNDOCUMENTED_STATUS}<td>status 8<td>8<td>paid
 * <tr><td>{@code WRONG_ECHO}<td>status 2, amount + 100<td>the same<td>paid, the amount asked for
 * <tr><td>{@code RETURNED}<td>status 2<td>2 once, then 4<td>paid, returned with the 4
 * <tr><td>{@code SERVER_ERROR_PAID}<td>HTTP 504, code 91<td>2<td>paid
 * <tr><td>{@code SERVER_ERROR_NOT_PAID}<td>HTTP 502, code 99<td>not found<td>none
 * <tr><td>{@code RATE_LIMITED}<td>HTTP 429<td>not found<td>none
 * <tr><td>{@code UNDOCUMENTED_CODE}<td>HTTP 400, code 777<td>2<td>paid
 * </tbody>
 * </table>
 *
 * <p>Where the bank's page is silent or contradicts itself, {@link #switches} decides. The simulator's own, found on no
 * page, are: the scenarios and their amounts; {@link #DECLINED_CARD}; which card numbers get which card error (see
 * {@link BerekeError}); the wording of a repeated order number and of declines, taken from the same bank's acquiring
 * module; that a refused request leaves its order number free; that a {@code clientId} saves the recipient's card under
 * a {@code target.bindingId}, usable by the same client; the hosted page's looks, and HTTP 410 after it expired.
 *
 * <p>Thread-safe.
 */
public final class BerekeSimulator extends Simulator {
    /** The only corporate card that the simulated merchant has: value for {@code source.bindingId}. */
    public static final String CORPORATE_BINDING = "4908a3c3-6c7c-75d3-9707-66ab06c12040";

    /** A card that is always declined; one of the bank's test cards for failing acquiring payments. */
    public static final String DECLINED_CARD = "5168494895055780";

    private static final Duration HIDDEN = Duration.ofHours(6);

    private final String userName;
    private final String password;
    private final String callbackSecret = UUID.randomUUID().toString();
    private final BerekeSwitches switches = new BerekeSwitches();
    private final OrderBook book;
    private final PayoutsApi api;
    private final HostedPage page;

    private BerekeSimulator(Builder builder) {
        super(builder.port);
        userName = Objects.requireNonNullElseGet(builder.userName, () -> generated("user"));
        password = Objects.requireNonNullElseGet(builder.password, () -> generated("pass"));
        book = new OrderBook(clock(), ledger(), switches, new Callbacks(clock(), switches, webhooks(), callbackSecret));
        api = new PayoutsApi(
                userName, password, switches, clock(), book, this::scenario, () -> baseUrl() + HostedPage.FORM);
        page = new HostedPage(switches, book);
        startServer();
    }

    /**
     * Starts a simulator on a free port with generated credentials.
     *
     * @return a running simulator
     */
    public static BerekeSimulator start() {
        return builder().start();
    }

    /**
     * Prepares a simulator.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Settings of a {@link BerekeSimulator} that cannot change while it runs. */
    public static final class Builder {
        private int port;
        private @Nullable String userName;
        private @Nullable String password;

        private Builder() {}

        /**
         * Sets the port; any free one by default.
         *
         * @param port port on 127.0.0.1, 0 for any
         * @return this
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Sets the merchant's login; generated by default.
         *
         * @param userName 1 to 30 characters
         * @return this
         */
        public Builder userName(String userName) {
            this.userName = credential("userName", userName);
            return this;
        }

        /**
         * Sets the merchant's password; generated by default.
         *
         * @param password 1 to 30 characters
         * @return this
         */
        public Builder password(String password) {
            this.password = credential("password", password);
            return this;
        }

        /**
         * Starts it.
         *
         * @return a running simulator
         */
        public BerekeSimulator start() {
            return new BerekeSimulator(this);
        }

        private static String credential(String name, String value) {
            if (value.isEmpty() || value.length() > 30) {
                throw new IllegalArgumentException(name + ": the bank takes 1 to 30 characters");
            }
            return value;
        }
    }

    /**
     * The merchant's login.
     *
     * @return the value for {@code userName}
     */
    public String userName() {
        return userName;
    }

    /**
     * The merchant's password.
     *
     * @return the value for {@code password}
     */
    public String password() {
        return password;
    }

    /**
     * The key of the callbacks' checksum, for {@link BerekeSwitches#callbacks}.
     *
     * @return its UTF-8 bytes are the HMAC key
     */
    public String callbackSecret() {
        return callbackSecret;
    }

    /**
     * What the bank's page leaves open.
     *
     * @return live switches
     */
    @Override
    public BerekeSwitches switches() {
        return switches;
    }

    /**
     * Answers the next POST to the API with a row of the error table. Rows that leave the outcome open execute a
     * performPayout all the same if {@link BerekeSwitches#executedBehindError} says so. Several calls queue up.
     *
     * @param error the row
     */
    public synchronized void failNext(BerekeError error) {
        api.failNext(Objects.requireNonNull(error, "error"));
    }

    /** {@inheritDoc} The bank executes the order, and status calls do not find it. Zero ends it for new orders. */
    @Override
    public synchronized boolean hideFor(Duration duration) {
        book.hideFor(Objects.requireNonNull(duration, "duration"));
        return true;
    }

    /**
     * Adds an order that another system of the same merchant made by card number and the bank paid.
     *
     * @param orderNumber its number
     * @param minorUnits the amount in tiyn
     * @param pan the card that was paid
     * @param age how long ago, by {@link #clock}
     */
    public synchronized void addPaidOrder(String orderNumber, long minorUnits, String pan, Duration age) {
        ObjectNode order =
                Fields.JSON.createObjectNode().put("orderNumber", orderNumber).put("amount", minorUnits);
        book.addPaid(Fields.parse(order.toString(), "performPayout.do"), pan, age);
    }

    @Override
    public List<Nastiness> nastinesses() {
        List<Nastiness> all = new ArrayList<>(switches.nastinesses());
        all.add(Nastiness.lasting("payouts are hidden", HIDDEN, HIDDEN, this::hideFor));
        return List.copyOf(all);
    }

    @Override
    public synchronized void settle() {
        book.settle();
    }

    @Override
    public String provider() {
        return "bereke";
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of(
                "BEREKE_BASE_URL", baseUrl().toString(),
                "BEREKE_USER_NAME", userName(),
                "BEREKE_PASSWORD", password());
    }

    @Override
    protected SimulatedResponse handle(ReceivedRequest request) {
        wireMock().setGlobalFixedDelay((int) switches.responseDelay.toMillis());
        return HostedPage.serves(request) ? page.answer(request) : api.answer(request);
    }

    @Override
    protected void resetState() {
        book.clear();
        api.clear();
        switches.restore();
    }

    private static String generated(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }
}
