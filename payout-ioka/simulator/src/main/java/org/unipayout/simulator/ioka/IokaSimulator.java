package org.unipayout.simulator.ioka;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Nastiness;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.WebhookOutbox;

/**
 * ioka on this machine: transfer orders (product A), payout orders (product B), saved cards, hosted card forms and
 * signed notifications.
 *
 * <pre>{@code
 * try (IokaSimulator ioka = IokaSimulator.start()) {
 *     // POST ioka.baseUrl() + "/v2/transfer-orders", header API-KEY: ioka.apiKey()
 *     // POST .../{id}/payout with {"receiver_id": IokaSimulator.SAVED_VISA_ID}
 *     ioka.ledger().assertPaidExactlyOnce("my external_id");
 * }
 * }</pre>
 *
 * <p>The ledger knows a payout by its {@code external_id}, else by the id of its order. What a payout does is chosen by
 * the last two digits of its amount ({@link Scenario}); the money-moving call is {@code POST .../payout} or the hosted
 * form in product A, and in product B creating, confirming or accepting an order, whichever comes last.
 *
 * <table>
 * <caption>What each scenario looks like</caption>
 * <tr><th>Scenario</th><th>Product A: answer; order afterwards</th><th>Product B: order</th><th>Money</th></tr>
 * <tr><td>PAID, RETURNED</td><td>APPROVED; TRANSFERRED (ioka cannot return a payout)</td><td>COMPLETED</td>
 *     <td>moves</td></tr>
 * <tr><td>DECLINED</td><td>2xx DECLINED with {@link IokaSwitches#declineCode}; NOT_TRANSFERRED</td><td>FAILED</td>
 *     <td>stays</td></tr>
 * <tr><td>INSUFFICIENT_FUNDS</td><td>2xx DECLINED, NOT_ENOUGH_MONEY; NOT_TRANSFERRED</td><td>FAILED</td>
 *     <td>stays</td></tr>
 * <tr><td>SLOW</td><td>PENDING; NOT_TRANSFERRED until {@link #settle}</td><td>PENDING until {@link #settle}</td>
 *     <td>moves at once</td></tr>
 * <tr><td>UNSURE</td><td>REQUIRES_ACTION; REGISTERED</td><td>PENDING for ever</td><td>stays</td></tr>
 * <tr><td>UNDOCUMENTED_STATUS</td><td>ROUTED; ROUTED</td><td>ROUTED</td><td>moves</td></tr>
 * <tr><td>WRONG_ECHO</td><td>amounts are one too high from the payout on</td><td>the same</td><td>moves, as asked</td></tr>
 * <tr><td>SERVER_ERROR_PAID</td><td>504; TRANSFERRED</td><td>504; COMPLETED</td><td>moves</td></tr>
 * <tr><td>SERVER_ERROR_NOT_PAID</td><td>500; NOT_TRANSFERRED, no attempt</td><td>500, no order or no attempt</td>
 *     <td>stays</td></tr>
 * <tr><td>RATE_LIMITED</td><td>429; NOT_TRANSFERRED, no attempt</td><td>429, no order or no attempt</td>
 *     <td>stays</td></tr>
 * <tr><td>UNDOCUMENTED_CODE</td><td>400 RoutedElsewhere; TRANSFERRED</td><td>the same; COMPLETED</td><td>moves</td></tr>
 * </table>
 *
 * <p>Two card numbers decline wherever they are typed or saved: {@link #CARD_OVER_LIMIT} and
 * {@link #CARD_WITHOUT_MONEY}. Where ioka's sources disagree, {@link #switches} decides.
 *
 * <p>The simulator's own, without a source: the triggers, the look of the forms, all message texts, the word ROUTED and
 * the code RoutedElsewhere, the bodies of balance operations, the error of an unknown address, the outcome of product
 * B's calls in a wrong state (422). Left out: payments, TOPUP transfers (an order of that type can be created but not
 * executed), 3-D Secure. An address registered through {@code POST /v2/webhooks} is where all notifications go from
 * then on, the last one registered winning, and only events that an active registration names are sent; every
 * registration has the same key.
 */
public final class IokaSimulator extends Simulator {
    /** The customer who owns the cards that are saved from the start. */
    public static final String CUSTOMER_ID = "8vcatBnudg";

    /** Id of a saved Visa card ending in 0013, the one in ioka's samples. */
    public static final String SAVED_VISA_ID = "TESTCARDID";

    /** Id of a saved Mastercard, ioka's test card for receivers. */
    public static final String SAVED_MASTERCARD_ID = "e5KLDQmQTQ";

    /** ioka's test card number for receivers. */
    public static final String RECEIVER_CARD = "5522042705066736";

    /** ioka's test card number that exceeds a limit: CARD_LIMITATIONS_EXCEEDED. */
    public static final String CARD_OVER_LIMIT = "4444444444446666";

    /** ioka's test card number without money: NOT_ENOUGH_MONEY. */
    public static final String CARD_WITHOUT_MONEY = "4444444411111111";

    /** Id of the merchant's corporate account. */
    public static final String CORPORATE_ACCOUNT_ID = "t3i2tPViLK";

    private final IokaSwitches switches = new IokaSwitches();
    private final Router open = new Router();
    private final Router closed = new Router();
    private final Router pages = new Router();
    private final String apiKey;
    private final String webhookKey;
    private final String clientId = IokaContext.id("client_");
    private final String clientSecret = IokaContext.hex(64);
    private final Notifier notifier;
    private final IokaContext context;
    private final Keys keys;
    private final Cards cards;
    private final TransferOrders transferOrders;
    private final Balance balance;
    private final PayoutOrders payoutOrders;
    private final Pages hostedPages;

    private IokaSimulator(Builder builder) {
        super(builder.port);
        apiKey = Objects.requireNonNullElseGet(builder.apiKey, () -> IokaContext.hex(64));
        webhookKey = Objects.requireNonNullElseGet(builder.webhookKey, () -> IokaContext.hex(64));
        notifier = new Notifier(switches, webhooks(), webhookKey);
        context = new IokaContext(switches, ledger(), notifier, clock(), this::scenario, this::baseUrl);
        keys = new Keys(context, apiKey, clientId, clientSecret);
        cards = new Cards(context);
        transferOrders = new TransferOrders(context, cards);
        balance = new Balance(context);
        payoutOrders = new PayoutOrders(context, cards, balance);
        hostedPages = new Pages(switches, transferOrders, payoutOrders, cards);
        keys.routes(open);
        cards.openRoutes(open);
        cards.routes(closed);
        transferOrders.routes(closed);
        payoutOrders.routes(closed);
        balance.routes(closed);
        notifier.routes(closed, () -> IokaContext.time(context.now()));
        hostedPages.routes(pages);
        startServer();
    }

    /** Settings of a simulator; every one has a default. Not thread-safe. */
    public static final class Builder {
        private int port;
        private @Nullable String apiKey;
        private @Nullable String webhookKey;

        private Builder() {}

        /**
         * Sets the port on 127.0.0.1.
         *
         * @param port the port; 0, the default, takes any free one
         * @return this
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Sets the merchant's static API key; by default one is generated.
         *
         * @param apiKey value of the {@code API-KEY} header
         * @return this
         */
        public Builder apiKey(String apiKey) {
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
            return this;
        }

        /**
         * Sets the key that signs notifications; by default one is generated.
         *
         * @param webhookKey ioka's are 64 lower-case hex characters
         * @return this
         */
        public Builder webhookKey(String webhookKey) {
            this.webhookKey = Objects.requireNonNull(webhookKey, "webhookKey");
            return this;
        }

        /**
         * Starts the simulator.
         *
         * @return it answers already
         */
        public IokaSimulator start() {
            return new IokaSimulator(this);
        }
    }

    /**
     * Starts to set up a simulator.
     *
     * @return a builder with every default
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a simulator on a free port with generated keys.
     *
     * @return it answers already
     */
    public static IokaSimulator start() {
        return builder().start();
    }

    /**
     * The static key of the merchant.
     *
     * @return value of the {@code API-KEY} header
     */
    public String apiKey() {
        return apiKey;
    }

    /**
     * The key that signs notifications.
     *
     * @return its ASCII bytes are the HMAC key
     */
    public String webhookKey() {
        return webhookKey;
    }

    /**
     * The merchant's id for {@code POST /v2/auth/token}.
     *
     * @return {@code client_id}
     */
    public String clientId() {
        return clientId;
    }

    /**
     * The merchant's secret for {@code POST /v2/auth/token}.
     *
     * @return {@code client_secret}
     */
    public String clientSecret() {
        return clientSecret;
    }

    /**
     * The open questions of ioka's documentation.
     *
     * @return live and mutable; {@link #reset} restores every default
     */
    @Override
    public IokaSwitches switches() {
        return switches;
    }

    /**
     * Saves a card for {@link #CUSTOMER_ID} without the form; no notification is sent.
     *
     * @param pan card number of 12 to 19 digits
     * @return its id, to be used as {@code receiver_id}; forgotten by {@link #reset}
     */
    public String addSavedCard(String pan) {
        if (!Fields.PAN.matcher(pan).matches()) {
            throw new IllegalArgumentException("pan: 12 to 19 digits");
        }
        synchronized (this) {
            return cards.add(pan);
        }
    }

    @Override
    public void settle() {
        synchronized (this) {
            context.execute(Instant.MAX);
            transferOrders.settle();
            payoutOrders.settle();
        }
    }

    @Override
    public String provider() {
        return "ioka";
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of(
                "IOKA_BASE_URL", baseUrl().toString(),
                "IOKA_API_KEY", apiKey(),
                "IOKA_WEBHOOK_KEY", webhookKey());
    }

    @Override
    public Optional<String> savedCard() {
        return Optional.of(SAVED_VISA_ID);
    }

    @Override
    public List<Nastiness> nastinesses() {
        return switches.nastinesses();
    }

    @Override
    public Optional<WebhookOutbox.Notification> signed(byte[] body) {
        return Optional.of(notifier.signed(body));
    }

    @Override
    protected void resetState() {
        switches.restoreDefaults();
        context.reset();
        notifier.reset();
        keys.reset();
        cards.reset();
        transferOrders.reset();
        balance.reset();
        payoutOrders.reset();
        wireMock().setGlobalFixedDelay(0);
    }

    @Override
    protected SimulatedResponse handle(ReceivedRequest request) {
        // The server waits after this method, so that a caller who gives up has been served all the same.
        wireMock().setGlobalFixedDelay(Math.toIntExact(switches.answerDelay.toMillis()));
        context.execute(context.now());
        boolean isApi = request.path().startsWith("/v2/");
        SimulatedResponse answer =
                isApi ? orElse(request, this::api, this::problem) : orElse(request, this::page, hostedPages::problem);
        SimulatedResponse shown = isApi && switches.junkDescriptions ? Json.withJunk(answer) : answer;
        return shown.withHeader("x-trace-id", IokaContext.hex(32));
    }

    private static SimulatedResponse orElse(
            ReceivedRequest request,
            Function<ReceivedRequest, SimulatedResponse> work,
            Function<Problem, SimulatedResponse> refusal) {
        try {
            return work.apply(request);
        } catch (Problem problem) {
            return refusal.apply(problem);
        }
    }

    private SimulatedResponse page(ReceivedRequest request) {
        return pages.answer(request).orElseThrow(Problem::noRoute);
    }

    private SimulatedResponse api(ReceivedRequest request) {
        if (switches.rateLimited) {
            throw new Problem(429, "TooManyRequests", "Слишком много запросов.");
        }
        if (switches.unavailable && !request.method().equals("GET")) {
            throw new Problem(503, "ServiceUnavailable", "Запрос не выполнен, повторите позже.");
        }
        return open.answer(request).orElseGet(() -> {
            keys.authenticate(request);
            return keys.once(request, () -> orElse(request, this::served, this::problem));
        });
    }

    private SimulatedResponse served(ReceivedRequest request) {
        String path = request.path();
        boolean isProductB = path.startsWith("/v2/payouts") || path.startsWith("/v2/balances");
        if (isProductB && !switches.productB) {
            throw Problem.noRoute();
        }
        return closed.answer(request).orElseThrow(Problem::noRoute);
    }

    private SimulatedResponse problem(Problem problem) {
        return problem.answer(switches);
    }
}
