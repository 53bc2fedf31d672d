package org.unipayout.bereke;

import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.NextAction;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.bereke.internal.BerekeMapping;
import org.unipayout.bereke.internal.BerekeRules;
import org.unipayout.bereke.internal.Verdict;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.Envelope;
import org.unipayout.bereke.internal.wire.GetPayoutStatus;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.RegisteredPayout;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;

/**
 * Pays through Bereke Bank's payouts module, to cards of banks in Kazakhstan, in tenge.
 *
 * <pre>
 *                    prepare             submit             observe
 * card, saved card   no call         ──► performPayout.do ──► getPayoutStatus.do
 * hosted form        registerPayout.do   no call              getPayoutStatus.do
 * </pre>
 *
 * <p>The bank knows a payout by the merchant's reference ({@code orderNumber}) and takes each only once, so the reference
 * is what makes a repetition harmless. It sends no notifications: ask with {@link #get}. A payout that is done cannot be
 * cancelled.
 *
 * <p>The address of a hosted form comes once, with the answer of {@link #prepare}. If that answer is lost nobody has the
 * form, hence no money can move; to prepare again under the same reference ends in a {@link PayoutRejectedException} that
 * says so.
 *
 * <p>Thread-safe. Owns its connections: close it. Source: sandbox.berekebank.kz, "payouts"; docs/providers/bereke.md has
 * the decisions.
 */
public final class BerekePayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = "bereke";

    private static final String API = "/payouts/api/v2";

    /** The answer tables have String[32]; the page names no characters. */
    private static final ReferenceRule REFERENCE =
            new ReferenceRule(32, Pattern.compile("[!-~]+"), "printable ASCII characters without spaces");

    /** Integer[12] in the tables. */
    private static final long GREATEST_AMOUNT = 999_999_999_999L;

    /** How long a form lives if nothing was said (table of registerPayout.do). */
    private static final Duration SESSION_TIMEOUT = Duration.ofMinutes(20);

    /** The bank says nothing about how long a call may be under way inside it, so this is generous. */
    private static final Resubmission RESUBMISSION = new Resubmission.SameReference(2, Duration.ofMinutes(10));

    private static final Redaction REDACTION = Redaction.showing(
            "orderNumber",
            "orderId",
            "orderStatus",
            "OrderStatus",
            "errorCode",
            "amount",
            "fee",
            "currency",
            "creationDate",
            "operationType",
            "operationDate",
            "datetime",
            "resultCode",
            "refNum",
            "sessionTimeoutSecs",
            "balanceSign",
            "balanceAmount",
            "balanceCurrency");

    private final BerekeOptions options;
    private final HttpTransport transport;
    private final Clock clock;
    private final Capabilities capabilities;
    private final ErrorBook errorBook;

    private BerekePayoutClient(Builder builder) {
        options = builder.options;
        clock = builder.http.clock();
        capabilities = capabilities(builder.http.callDeadline());
        errorBook = readErrorBook();
        transport = HttpTransport.open(PROVIDER, options.baseUrl(), builder.http, REDACTION);
    }

    /**
     * Starts a client.
     *
     * @param options the merchant's access
     * @return a builder
     */
    public static Builder builder(BerekeOptions options) {
        return new Builder(options);
    }

    private static Capabilities capabilities(Duration callDeadline) {
        return Capabilities.builder(PROVIDER, REFERENCE, RESUBMISSION, callDeadline)
                .recipients(RecipientKind.CARD_NUMBER, RecipientKind.SAVED_CARD, RecipientKind.HOSTED_FORM)
                .currencies("KZT")
                .minimum(1)
                .maximum(GREATEST_AMOUNT)
                // Not LOOKUP_BY_PROVIDER_ID: the bank's example answers to a card payout carry no id of its own.
                .features(Feature.BALANCE, Feature.LOOKUP_BY_REFERENCE)
                .webhooks(Webhooks.NONE)
                .build();
    }

    private static ErrorBook readErrorBook() {
        InputStream rows = BerekePayoutClient.class.getResourceAsStream("error-book.tsv");
        return ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return errorBook;
    }

    // ---------------------------------------------------------------- the flow

    @Override
    public Payout prepare(PayoutRequest request) {
        check(request);
        PayoutRef ref = PayoutRef.of(PROVIDER, request);
        return request.recipient() instanceof Recipient.HostedForm form
                ? register(ref, request, form)
                : Payout.builder(ref, PayoutStatus.PREPARED, "").build();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        check(request);
        ref.requireMadeFrom(request);
        if (request.recipient() instanceof Recipient.HostedForm) {
            return Payout.builder(ref, PayoutStatus.AWAITING_RECIPIENT, "").build();
        }
        Reply reply = transport.sendOnce(
                call(Operation.SUBMIT, "/performPayout.do", ref, BerekeMapping.performPayout(request, options)));
        Verdict<Order> verdict = Verdict.of(reply, Order.class, errorBook);
        if (verdict instanceof Verdict.Told<Order> told) {
            return BerekeMapping.payout(ref, told.body(), errorBook);
        }
        if (verdict instanceof Verdict.Unclear<Order> unclear) {
            return Payout.unknown(ref, unclear.words(), unclear.evidence());
        }
        ErrorEntry error = ((Verdict.Refused<Order>) verdict).error();
        if (error.proves() == ErrorEntry.Proves.EARLIER_SEND) {
            return earlierPayout(ref, request, error);
        }
        throw rejected(Operation.SUBMIT, ref, error, "the bank refused the payout", error.advice());
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        Payout named = ref.providerId()
                .map(id -> look(ref, BerekeMapping.statusByOrderId(id, options)))
                .orElse(null);
        // Absence only counts if the order number is not known either: it is what the bank takes only once.
        return named == null || isAbsent(named) ? look(ref, BerekeMapping.statusByOrderNumber(ref, options)) : named;
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        throw unsupported(Operation.CONFIRM, ref, "the bank has no confirmation");
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        throw unsupported(Operation.CANCEL, ref, "the bank does not cancel payouts");
    }

    @Override
    public List<Balance> balance() {
        return amount(null);
    }

    @Override
    public void close() {
        transport.close();
    }

    // ---------------------------------------------------------------- what only this bank has

    /**
     * Asks what a corporate card has left ({@code getAmount.do} with a source); {@link #balance()} asks for the transit
     * account.
     *
     * @param sourceBindingId the card's binding id, as in {@link BerekeExtras.Builder#sourceBindingId}
     * @return one balance
     * @throws IllegalArgumentException if the id is blank
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    public List<Balance> balance(String sourceBindingId) {
        if (sourceBindingId == null || sourceBindingId.isBlank()) {
            throw new IllegalArgumentException("sourceBindingId: must not be blank");
        }
        return amount(sourceBindingId);
    }

    /**
     * Asks whether the payouts module is up ({@code echo}).
     *
     * @return the module's version and node, in the bank's words
     * @throws PayoutReadException if no usable answer came
     */
    public String echo() {
        HttpCall.Builder call = HttpCall.builder(Operation.EXTRA, "GET", API + "/echo");
        options.extraHeaders().of(API + "/echo", new byte[0]).forEach(call::header);
        Reply.Answer answer = transport.read(call.build());
        String text = answer.text().trim();
        if (!answer.successful() || text.isEmpty()) {
            throw unread(Operation.EXTRA, null, null);
        }
        return text;
    }

    // ---------------------------------------------------------------- hosted form

    /** The bank tells the address of the form once, and its status answers never repeat it. */
    private Payout register(PayoutRef ref, PayoutRequest request, Recipient.HostedForm form) {
        Reply.Answer answer = transport.prepare(call(
                Operation.PREPARE, "/registerPayout.do", ref, BerekeMapping.registerPayout(request, form, options)));
        Verdict<RegisteredPayout> verdict = Verdict.of(answer, RegisteredPayout.class, errorBook);
        if (verdict instanceof Verdict.Told<RegisteredPayout> told) {
            return registered(ref, request, told.body());
        }
        if (verdict instanceof Verdict.Refused<RegisteredPayout> refused) {
            ErrorEntry error = refused.error();
            if (error.proves() == ErrorEntry.Proves.EARLIER_SEND) {
                return earlierForm(ref, request, error);
            }
            throw rejected(Operation.PREPARE, ref, error, "the bank refused to register the payout", error.advice());
        }
        throw notPrepared(ref, ((Verdict.Unclear<RegisteredPayout>) verdict).error());
    }

    private Payout registered(PayoutRef ref, PayoutRequest request, RegisteredPayout registered) {
        URI formUrl = BerekeMapping.formUrl(registered).orElse(null);
        String orderId = registered.orderId();
        boolean ours = ref.contradiction(null, registered.orderNumber(), null).isEmpty();
        if (formUrl == null || orderId == null || !BerekeMapping.isUsableId(orderId) || !ours) {
            throw notPrepared(ref, null);
        }
        Duration lifetime = BerekeExtras.of(request).sessionTimeout().orElse(SESSION_TIMEOUT);
        return Payout.builder(ref.withProviderId(orderId), PayoutStatus.AWAITING_RECIPIENT, "")
                .nextAction(new NextAction(formUrl, clock.instant().plus(lifetime)))
                .build();
    }

    /** What became of a form that was registered before under this reference. */
    private Payout earlierForm(PayoutRef ref, PayoutRequest request, ErrorEntry error) {
        Payout earlier = adopted(Operation.PREPARE, ref, request, error).orElseThrow(() -> notPrepared(ref, error));
        if (earlier.status() == PayoutStatus.AWAITING_RECIPIENT) {
            throw rejected(
                    Operation.PREPARE,
                    ref,
                    error,
                    "the reference is registered already and the bank does not tell the form's address again. If nobody"
                            + " was given the address no money can move: pay under a new reference. If somebody was,"
                            + " follow the stored handle with get and do not pay again",
                    Advice.NEW_PAYOUT_AFTER_FIX);
        }
        return earlier;
    }

    // ---------------------------------------------------------------- duplicates

    private Payout earlierPayout(PayoutRef ref, PayoutRequest request, ErrorEntry error) {
        return adopted(Operation.SUBMIT, ref, request, error)
                .orElseGet(() -> Payout.unknown(
                        ref,
                        error.code(),
                        new Evidence(
                                Evidence.Kind.DUPLICATE,
                                "An earlier payout under this reference exists and looking it up was not clear")));
    }

    /**
     * The payout that already has this reference, looked up once; empty if that gave no clear answer.
     *
     * @throws PayoutRejectedException if it is a different one
     */
    private Optional<Payout> adopted(Operation operation, PayoutRef ref, PayoutRequest request, ErrorEntry error) {
        Order order = earlierOrder(operation, ref).orElse(null);
        if (order == null) {
            return Optional.empty();
        }
        String collision = BerekeMapping.contradiction(ref, order)
                .or(() -> BerekeMapping.paysAnotherCard(request, order) ? Optional.of("card") : Optional.empty())
                .orElse(null);
        if ("reference".equals(collision) || "provider id".equals(collision)) {
            return Optional.empty(); // the answer is about somebody else's order, and says nothing about ours
        }
        if (collision != null) {
            throw rejected(
                    operation,
                    ref,
                    error,
                    "the reference belongs to a different payout, with another " + collision,
                    Advice.NEW_PAYOUT_AFTER_FIX);
        }
        Payout payout = BerekeMapping.payout(ref, order, errorBook);
        return payout.status() == PayoutStatus.UNKNOWN ? Optional.empty() : Optional.of(payout);
    }

    private Optional<Order> earlierOrder(Operation operation, PayoutRef ref) {
        try {
            Verdict<Order> verdict = ask(operation, ref, BerekeMapping.statusByOrderNumber(ref, options));
            return verdict instanceof Verdict.Told<Order> told ? Optional.of(told.body()) : Optional.empty();
        } catch (PayoutReadException unanswered) {
            return Optional.empty();
        }
    }

    // ---------------------------------------------------------------- questions

    private Payout look(PayoutRef ref, GetPayoutStatus question) {
        Verdict<Order> verdict = ask(Operation.GET, ref, question);
        if (verdict instanceof Verdict.Told<Order> told) {
            return BerekeMapping.payout(ref, told.body(), errorBook);
        }
        ErrorEntry error = error(verdict);
        if (error != null && error.code().equals(Verdict.ORDER_NOT_FOUND)) {
            return Payout.unknown(
                    ref, error.code(), new Evidence(Evidence.Kind.ABSENT, "The bank knows no such order"));
        }
        throw unread(Operation.GET, ref, error);
    }

    private Verdict<Order> ask(Operation operation, PayoutRef ref, GetPayoutStatus question) {
        return Verdict.of(
                transport.read(call(operation, "/getPayoutStatus.do", ref, question)), Order.class, errorBook);
    }

    private List<Balance> amount(@Nullable String sourceBindingId) {
        HttpCall call =
                call(Operation.BALANCE, "/getAmount.do", null, BerekeMapping.getAmount(sourceBindingId, options));
        Verdict<AmountAnswer> verdict = Verdict.of(transport.read(call), AmountAnswer.class, errorBook);
        if (!(verdict instanceof Verdict.Told<AmountAnswer> told) || told.body().balanceDescriptionList() == null) {
            throw unread(Operation.BALANCE, null, error(verdict));
        }
        List<Balance> balances = new ArrayList<>();
        for (AmountAnswer.Description description : told.body().balanceDescriptionList()) {
            balances.add(BerekeMapping.balance(description).orElseThrow(() -> unread(Operation.BALANCE, null, null)));
        }
        return List.copyOf(balances);
    }

    private static boolean isAbsent(Payout payout) {
        return payout.evidence()
                .filter(evidence -> evidence.kind() == Evidence.Kind.ABSENT)
                .isPresent();
    }

    private static @Nullable ErrorEntry error(Verdict<? extends Envelope> verdict) {
        if (verdict instanceof Verdict.Refused<?> refused) {
            return refused.error();
        }
        return verdict instanceof Verdict.Unclear<?> unclear ? unclear.error() : null;
    }

    // ---------------------------------------------------------------- calls and failures

    private void check(PayoutRequest request) {
        capabilities.check(request);
        BerekeRules.check(request);
    }

    private HttpCall call(Operation operation, String method, @Nullable PayoutRef ref, Object body) {
        byte[] json = Json.write(body);
        HttpCall.Builder call = HttpCall.builder(operation, "POST", API + method)
                .reference(ref == null ? null : ref.reference())
                .body(json);
        options.extraHeaders().of(API + method, json.clone()).forEach(call::header);
        return call.build();
    }

    private static PayoutRejectedException rejected(
            Operation operation, PayoutRef ref, ErrorEntry error, String reason, Advice advice) {
        return new PayoutRejectedException(
                details(operation, reason, advice, ref).error(error).build());
    }

    private static PayoutNotPreparedException notPrepared(PayoutRef ref, @Nullable ErrorEntry error) {
        return new PayoutNotPreparedException(
                details(Operation.PREPARE, "the bank's answer was not clear", Advice.SAME_REFERENCE_LATER, ref)
                        .error(error)
                        .build());
    }

    private static PayoutReadException unread(
            Operation operation, @Nullable PayoutRef ref, @Nullable ErrorEntry error) {
        return new PayoutReadException(
                details(operation, "the bank gave no usable answer to the question", Advice.ASK_STATUS, ref)
                        .error(error)
                        .build());
    }

    private static UnsupportedPayoutException unsupported(Operation operation, PayoutRef ref, String reason) {
        ref.requireProvider(PROVIDER);
        return new UnsupportedPayoutException(
                details(operation, reason, Advice.NEVER, ref).build());
    }

    private static FailureDetails.Builder details(
            Operation operation, String reason, Advice advice, @Nullable PayoutRef ref) {
        return FailureDetails.builder(PROVIDER, operation, reason, advice)
                .reference(ref == null ? null : ref.reference());
    }

    @Override
    public String toString() {
        return "BerekePayoutClient[" + options + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final BerekeOptions options;
        private HttpOptions http = HttpOptions.defaults();

        private Builder(BerekeOptions options) {
            this.options = Objects.requireNonNull(options, "options");
        }

        /**
         * Sets timeouts, proxy, TLS and audit.
         *
         * @param value {@link HttpOptions#defaults} if not set
         * @return this builder
         */
        public Builder http(HttpOptions value) {
            http = Objects.requireNonNull(value, "http");
            return this;
        }

        /**
         * Opens the client. Makes no call.
         *
         * @return the client; close it
         * @throws IllegalArgumentException if the base URL is neither https nor on the own machine
         */
        public BerekePayoutClient build() {
            return new BerekePayoutClient(this);
        }
    }
}
