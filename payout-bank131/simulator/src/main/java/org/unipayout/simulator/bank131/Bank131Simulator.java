package org.unipayout.simulator.bank131;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.bank131.ApiMethod.Operation;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import org.unipayout.testkit.Nastiness;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.SimulatedResponse;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.WebhookOutbox;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Bank 131 on this machine: payment sessions in both versions of its API, RSA signatures over raw bytes both ways.
 *
 * <pre>{@code
 * try (Bank131Simulator bank = Bank131Simulator.start()) {
 *     // Point a client at bank.baseUrl(), project bank.projectId(), sign with bank.partnerPrivateKeyPem(),
 *     // verify webhooks with bank.bankPublicKeyPem().
 *     bank.webhooks().deliverTo(URI.create("http://127.0.0.1:8080/webhooks/bank131"));
 *     // ... pay ...
 *     bank.ledger().assertPaidExactlyOnce("order-1");
 * }
 * }</pre>
 *
 * <p>A payout is started ({@code session/create} and {@code session/start/payout}, or {@code session/init/payout}),
 * then waits with {@code next_action=confirm}, then is confirmed or cancelled. The answers to start and confirm still
 * show the state before; the bank moves on right after them, so the webhook and the next {@code session/status} show
 * the state after. The ledger's reference of a payout is its {@code metadata} if that is a string, the member {@code
 * reference} if it is an object, else the session's id.
 *
 * <p>The bank documents no test amounts. These triggers, the last two digits of the amount in kopecks, are this
 * simulator's own; {@link #force} does without digits:
 *
 * <table>
 * <caption>What each scenario looks like</caption>
 * <tr><th>Ending</th><th>Scenario</th><th>On the wire</th></tr>
 * <tr><td>other</td><td>PAID</td><td>payout {@code succeeded}, session {@code accepted}</td></tr>
 * <tr><td>51</td><td>DECLINED</td><td>after confirm: payout {@code failed}, {@code declined_by_issuer_bank}</td></tr>
 * <tr><td>52</td><td>INSUFFICIENT_FUNDS</td><td>after start, without confirmation: payout {@code failed},
 *     {@code insufficient_wallet_balance}</td></tr>
 * <tr><td>61</td><td>SLOW</td><td>after confirm: money moved, both {@code in_progress} until {@link #settle}</td></tr>
 * <tr><td>62</td><td>UNSURE</td><td>after confirm: session {@code error}, payout {@code failed},
 *     {@code provider_timeout}; nothing moved</td></tr>
 * <tr><td>63</td><td>UNDOCUMENTED_STATUS</td><td>money moved; payout {@code credited}, session
 *     {@code archived}</td></tr>
 * <tr><td>64</td><td>WRONG_ECHO</td><td>every answer and webhook shows one kopeck too much</td></tr>
 * <tr><td>71</td><td>RETURNED</td><td>Russian bank accounts only: after the first status answer that shows it
 *     {@code succeeded}: {@code refunds} and the webhook {@code payment_refunded}</td></tr>
 * <tr><td>81</td><td>SERVER_ERROR_PAID</td><td>start answers HTTP 500 {@code internal_error}, but was executed: the
 *     payout goes on as usual</td></tr>
 * <tr><td>82</td><td>SERVER_ERROR_NOT_PAID</td><td>the same answer; the session stays as it was</td></tr>
 * <tr><td>83</td><td>RATE_LIMITED</td><td>start answers HTTP 429 {@code too_many_requests}; the session stays as it
 *     was</td></tr>
 * <tr><td>84</td><td>UNDOCUMENTED_CODE</td><td>start answers HTTP 400 {@code limits_engine_postponed}, but was
 *     executed</td></tr>
 * </table>
 *
 * <p>Also its own: {@code fps/customer_verification} finds every telephone number that does not end in 404; the list
 * of {@code fps/banks} is fictional; every payout costs 10 kopecks; the collateral account begins with 100 million
 * rubles ({@link #collateralBalance}); a path that is not listed answers HTTP 404. What the documents leave open is a
 * switch, see {@link #switches} and {@link Bank131Switches}. Not simulated: {@code token}, {@code tokenize/elements},
 * account statements, tax receipts without a payout, acquiring.
 *
 * @see <a href="https://developer.131.ru/">developer.131.ru</a>
 */
public final class Bank131Simulator extends Simulator {
    static final String UNKNOWN_PHONE_ENDING = "404";

    private static final String DEFAULT_PROJECT = "unipayout_demo";

    private final String projectId;
    private final PublicKey partnerKey;
    private final @Nullable PrivateKey partnerPrivateKey;
    private final PublicKey bankPublicKey;
    private final Bank131Switches switches = new Bank131Switches();
    private final Tokens tokens = new Tokens();
    private final Balances balances = new Balances();
    private final Notifier notifier;
    private final Sessions sessions;
    private final Enquiries enquiries;
    private final IdempotencyKeys idempotencyKeys;
    private final List<QueuedStart> queue = new ArrayList<>();

    private record QueuedStart(Instant due, ReceivedRequest request) {}

    private Bank131Simulator(Builder builder) {
        super(builder.port);
        projectId = builder.projectId;
        KeyPair generated = builder.partnerKey == null ? RsaKeys.generate() : null;
        partnerKey = generated == null ? Objects.requireNonNull(builder.partnerKey) : generated.getPublic();
        partnerPrivateKey = generated == null ? null : generated.getPrivate();
        KeyPair bankKeys = builder.bankKeys == null ? RsaKeys.generate() : builder.bankKeys;
        bankPublicKey = bankKeys.getPublic();
        Rendering rendering = new Rendering(switches, tokens);
        notifier = new Notifier(webhooks(), bankKeys.getPrivate(), clock(), switches, rendering);
        sessions = new Sessions(clock(), ledger(), this::scenario, switches, tokens, balances, rendering, notifier);
        enquiries = new Enquiries(switches, tokens, balances);
        idempotencyKeys = new IdempotencyKeys(switches);
        startServer();
    }

    /**
     * Starts on any free port with keys made for the occasion.
     *
     * @return a running simulator; the caller closes it
     */
    public static Bank131Simulator start() {
        return builder().start();
    }

    /**
     * Begins a simulator with chosen port, project or keys.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** What a simulator starts with. Not thread-safe. */
    public static final class Builder {
        private int port;
        private String projectId = DEFAULT_PROJECT;
        private @Nullable PublicKey partnerKey;
        private @Nullable KeyPair bankKeys;

        private Builder() {}

        /**
         * The port on 127.0.0.1; any free one by default.
         *
         * @param number the port, 0 for any free one
         * @return this
         */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /**
         * The value that {@code X-PARTNER-PROJECT} must have; {@code unipayout_demo} by default.
         *
         * @param id the project id
         * @return this
         */
        public Builder projectId(String id) {
            projectId = Objects.requireNonNull(id, "id");
            return this;
        }

        /**
         * The RSA key that requests are verified with; by default a pair is generated and {@link
         * Bank131Simulator#partnerPrivateKeyPem} gives the private half.
         *
         * @param key the partner's public key
         * @return this
         */
        public Builder partnerPublicKey(PublicKey key) {
            partnerKey = Objects.requireNonNull(key, "key");
            return this;
        }

        /**
         * The same, from text.
         *
         * @param pem a PEM text with {@code BEGIN PUBLIC KEY}
         * @return this
         * @throws IllegalArgumentException if it is no RSA key in that form
         */
        public Builder partnerPublicKey(String pem) {
            return partnerPublicKey(RsaKeys.publicKey(pem));
        }

        /**
         * The RSA keys that webhooks are signed with; by default a pair is generated.
         *
         * @param keys private key to sign with, public key to hand out
         * @return this
         */
        public Builder webhookSigningKeys(KeyPair keys) {
            bankKeys = Objects.requireNonNull(keys, "keys");
            return this;
        }

        /**
         * Starts the simulator.
         *
         * @return a running simulator; the caller closes it
         */
        public Bank131Simulator start() {
            return new Bank131Simulator(this);
        }
    }

    /**
     * The project that requests must name.
     *
     * @return value of {@code X-PARTNER-PROJECT}
     */
    public String projectId() {
        return projectId;
    }

    /**
     * The generated key that a partner signs requests with.
     *
     * @return PKCS#8 in PEM
     * @throws IllegalStateException if the builder was given a public key, so that the private one is unknown here
     */
    public String partnerPrivateKeyPem() {
        if (partnerPrivateKey == null) {
            throw new IllegalStateException("partnerPublicKey was set: its private key is only known to the caller");
        }
        return RsaKeys.pem("PRIVATE KEY", partnerPrivateKey);
    }

    /**
     * The key that webhooks are verified with.
     *
     * @return X.509 SubjectPublicKeyInfo in PEM
     */
    public String bankPublicKeyPem() {
        return RsaKeys.pem("PUBLIC KEY", bankPublicKey);
    }

    /**
     * What the documents leave open and what managers set.
     *
     * @return the live switches; {@link #reset} restores their defaults
     */
    @Override
    public Bank131Switches switches() {
        return switches;
    }

    /**
     * Sets what is left on the collateral account.
     *
     * @param kopecks the balance; payouts beyond it fail with {@code insufficient_wallet_balance}
     */
    public void collateralBalance(long kopecks) {
        synchronized (this) {
            balances.collateral(kopecks);
        }
    }

    @Override
    public String provider() {
        return "bank131";
    }

    @Override
    public Map<String, String> credentials() {
        Map<String, String> credentials = new HashMap<>(Map.of(
                "BANK131_BASE_URL", baseUrl().toString(),
                "BANK131_PROJECT", projectId(),
                "BANK131_BANK_PUBLIC_KEY", bankPublicKeyPem()));
        if (partnerPrivateKey != null) { // else only the caller has it
            credentials.put("BANK131_PRIVATE_KEY", partnerPrivateKeyPem());
        }
        return credentials;
    }

    @Override
    public Optional<String> savedCard() {
        return Optional.of(Tokens.SAMPLE);
    }

    /** Ends payouts that {@code SLOW} keeps in progress, and does what the clock has made due. */
    @Override
    public void settle() {
        synchronized (this) {
            passTime();
            sessions.settle();
        }
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
        switches.restore();
        sessions.clear();
        tokens.clear();
        balances.restore();
        notifier.clear();
        idempotencyKeys.clear();
        queue.clear();
    }

    @Override
    protected SimulatedResponse handle(ReceivedRequest request) {
        passTime();
        if (isQueued(request)) {
            queue.add(new QueuedStart(clock().instant().plus(switches.startDelay()), request));
            return SimulatedResponse.text(504, "text/html", "<html><body>Gateway Time-out</body></html>");
        }
        try {
            return answer(request, clock().instant());
        } catch (RefusalException refusal) {
            return refused(refusal);
        }
    }

    private boolean isQueued(ReceivedRequest request) {
        return !switches.startDelay().isZero()
                && method(request)
                        .filter(found -> found.operation() == Operation.START || found.operation() == Operation.INIT)
                        .isPresent();
    }

    /** Carries out the starts whose time has come, each as of that time, however late that is noticed; nobody hears the answer. */
    private void startDue() {
        List<QueuedStart> due = queue.stream()
                .filter(start -> !start.due().isAfter(clock().instant()))
                .toList();
        queue.removeAll(due);
        for (QueuedStart start : due) {
            sessions.expire(start.due());
            try {
                answer(start.request(), start.due());
            } catch (RefusalException unheard) {
                // The merchant was told 504 long ago.
            }
        }
    }

    private void passTime() {
        startDue();
        sessions.expire(clock().instant());
        notifier.repeatDue();
    }

    private SimulatedResponse answer(ReceivedRequest request, Instant at) {
        ApiMethod method = method(request)
                .orElseThrow(() -> RefusalException.withStatus(
                        switches.unknownMethodStatus(), RefusalException.INVALID_REQUEST, "There is no such method"));
        authenticate(request);
        ObjectNode body = body(request);
        return method.takesIdempotencyKey() ? once(method, request, body, at) : ok(execute(method, body));
    }

    private Optional<ApiMethod> method(ReceivedRequest request) {
        Optional<ApiMethod> asPost = ApiMethod.find("POST", request.path());
        boolean balanceByGet = request.method().equals("GET") && switches.isOn(Flag.ACCOUNT_BALANCE_BY_GET);
        return balanceByGet
                        && asPost.filter(found -> found.operation() == Operation.ACCOUNT_BALANCE)
                                .isPresent()
                ? asPost
                : ApiMethod.find(request.method(), request.path());
    }

    private void authenticate(ReceivedRequest request) {
        if (!request.header("X-PARTNER-PROJECT").orElse("").equals(projectId)) {
            throw RefusalException.of("authorization_error", "X-PARTNER-PROJECT names no project of this partner");
        }
        String signature = request.header("X-PARTNER-SIGN").orElse("");
        if (RsaKeys.bits(partnerKey) < switches.minimumKeyBits()) {
            throw RefusalException.of("authentication_error", "The partner's key is too short");
        }
        if (!RsaKeys.verifies(partnerKey, request.body(), signature)) {
            throw RefusalException.of("authentication_error", "X-PARTNER-SIGN does not fit the body");
        }
    }

    private ObjectNode body(ReceivedRequest request) {
        if (request.method().equals("GET") && request.body().length == 0) {
            return Json.object(); // the bank's own page gives fps/banks no body; most HTTP libraries cannot
        }
        JsonNode json = Json.read(request.body());
        if (json instanceof ObjectNode object) {
            return object;
        }
        if (json != null && json.isArray() && json.isEmpty() && switches.isOn(Flag.EMPTY_ARRAY_AS_BODY)) {
            return Json.object();
        }
        throw RefusalException.invalid("The body must be a JSON object");
    }

    private SimulatedResponse once(ApiMethod method, ReceivedRequest request, ObjectNode body, Instant at) {
        Optional<SimulatedResponse> earlier = idempotencyKeys.repeated(request, at);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        SimulatedResponse answer;
        try {
            answer = ok(execute(method, body));
        } catch (RefusalException refusal) {
            answer = refused(refusal);
            if (!refusal.executed() && !switches.isOn(Flag.REFUSALS_USE_UP_THE_KEY)) {
                throw refusal;
            }
        }
        idempotencyKeys.remember(request, answer, at);
        return answer;
    }

    private ObjectNode execute(ApiMethod method, ObjectNode body) {
        return switch (method.operation()) {
            case CREATE -> sessions.create(method, body);
            case START -> sessions.start(method, body);
            case INIT -> sessions.init(method, body);
            case CONFIRM -> sessions.confirm(method, body);
            case CANCEL -> sessions.cancel(method, body);
            case STATUS -> sessions.status(method, body);
            case VERIFY_PHONE -> sessions.verifyPhone(method, body);
            case TOKEN_INFO -> enquiries.tokenInfo(body);
            case TOKENIZE -> enquiries.tokenize(body);
            case WALLET_BALANCE -> enquiries.walletBalance(body);
            case ACCOUNT_BALANCE -> enquiries.accountBalance(body);
            case FPS_BANKS -> enquiries.fpsBanks();
        };
    }

    private static SimulatedResponse ok(ObjectNode answer) {
        return SimulatedResponse.json(200, Json.write(answer));
    }

    private SimulatedResponse refused(RefusalException refusal) {
        int status = refusal.status().orElse(switches.errorStatus(refusal.code()));
        return SimulatedResponse.json(status, Json.write(Rendering.error(refusal.code(), refusal.description())));
    }
}
