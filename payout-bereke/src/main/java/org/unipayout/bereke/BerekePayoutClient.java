package org.unipayout.bereke;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.NextAction;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.bereke.internal.BerekeApi;
import org.unipayout.bereke.internal.BerekeReadings;
import org.unipayout.bereke.internal.BerekeRules;
import org.unipayout.bereke.internal.Verdict;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.Envelope;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.RegisteredPayout;
import org.unipayout.http.HttpOptions;

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

    /** The bank says nothing about how long a call may be under way inside it, so this is generous. */
    private static final Resubmission RESUBMISSION = new Resubmission.SameReference(2, Duration.ofMinutes(10));

    private final BerekeOptions options;
    private final BerekeApi api;
    private final Clock clock;
    private final Capabilities capabilities;

    private BerekePayoutClient(BerekeOptions options, HttpOptions http) {
        this.options = options;
        clock = http.clock();
        capabilities = capabilities(http.callDeadline());
        api = BerekeApi.open(options, http);
    }

    /**
     * Opens a client with the usual timeouts. Makes no call.
     *
     * @param options the merchant's access
     * @return the client; close it
     * @throws IllegalArgumentException if the base URL is neither https nor on this machine
     */
    public static BerekePayoutClient open(BerekeOptions options) {
        return open(options, HttpOptions.defaults());
    }

    /**
     * Opens a client. Makes no call.
     *
     * @param options the merchant's access
     * @param http timeouts, proxy, TLS and audit
     * @return the client; close it
     * @throws IllegalArgumentException if the base URL is neither https nor on this machine
     */
    public static BerekePayoutClient open(BerekeOptions options, HttpOptions http) {
        return new BerekePayoutClient(Objects.requireNonNull(options, "options"), Objects.requireNonNull(http, "http"));
    }

    private static Capabilities capabilities(Duration callDeadline) {
        return Capabilities.builder(PROVIDER, BerekeRules.REFERENCE, RESUBMISSION, callDeadline)
                .recipients(RecipientKind.CARD_NUMBER, RecipientKind.SAVED_CARD, RecipientKind.HOSTED_FORM)
                .currencies("KZT")
                .minimum(1)
                .maximum(BerekeRules.GREATEST_AMOUNT)
                // Not LOOKUP_BY_PROVIDER_ID: the bank's example answers to a card payout carry no id of its own.
                .features(Feature.BALANCE, Feature.LOOKUP_BY_REFERENCE)
                .webhooks(Webhooks.NONE)
                .build();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return api.errorBook();
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
        Verdict<Order> verdict = api.performPayout(ref, request);
        if (verdict instanceof Verdict.Told<Order> told) {
            return BerekeReadings.payout(ref, told.body(), api.errorBook());
        }
        if (verdict instanceof Verdict.Unclear<Order> unclear) {
            return Payout.unknown(ref, unclear.words(), unclear.evidence());
        }
        ErrorEntry error = ((Verdict.Refused<Order>) verdict).error();
        if (error.proves() == ErrorEntry.Proves.EARLIER_SEND) {
            return earlierPayout(ref, request, error);
        }
        throw BerekeApi.rejected(Operation.SUBMIT, ref, error, "the bank refused the payout", error.advice());
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        Payout named = ref.providerId()
                .map(id -> seen(ref, api.orderById(Operation.GET, ref, id)))
                .orElse(null);
        // Absence only counts if the order number is not known either: it is what the bank takes only once.
        return named == null || isAbsent(named) ? seen(ref, api.orderByNumber(Operation.GET, ref)) : named;
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
        api.close();
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
        return api.echo();
    }

    // ---------------------------------------------------------------- hosted form

    /** The bank tells the address of the form once, and its status answers never repeat it. */
    private Payout register(PayoutRef ref, PayoutRequest request, Recipient.HostedForm form) {
        Verdict<RegisteredPayout> verdict = api.registerPayout(ref, request, form);
        if (verdict instanceof Verdict.Told<RegisteredPayout> told) {
            return registered(ref, request, told.body());
        }
        if (verdict instanceof Verdict.Refused<RegisteredPayout> refused) {
            ErrorEntry error = refused.error();
            if (error.proves() == ErrorEntry.Proves.EARLIER_SEND) {
                return earlierForm(ref, request, error);
            }
            throw BerekeApi.rejected(
                    Operation.PREPARE, ref, error, "the bank refused to register the payout", error.advice());
        }
        throw BerekeApi.notPrepared(ref, ((Verdict.Unclear<RegisteredPayout>) verdict).error());
    }

    private Payout registered(PayoutRef ref, PayoutRequest request, RegisteredPayout registered) {
        URI formUrl = BerekeReadings.formUrl(registered).orElse(null);
        String orderId = registered.orderId();
        boolean ours = ref.contradiction(null, registered.orderNumber(), null).isEmpty();
        if (formUrl == null || orderId == null || !BerekeReadings.isUsableId(orderId) || !ours) {
            throw BerekeApi.notPrepared(ref, null);
        }
        Duration lifetime = BerekeExtras.of(request).sessionTimeout().orElse(BerekeRules.SESSION_TIMEOUT);
        return Payout.builder(ref.withProviderId(orderId), PayoutStatus.AWAITING_RECIPIENT, "")
                .nextAction(new NextAction(formUrl, clock.instant().plus(lifetime)))
                .build();
    }

    /** What became of a form that was registered before under this reference. */
    private Payout earlierForm(PayoutRef ref, PayoutRequest request, ErrorEntry error) {
        Payout earlier =
                adopted(Operation.PREPARE, ref, request, error).orElseThrow(() -> BerekeApi.notPrepared(ref, error));
        if (earlier.status() == PayoutStatus.AWAITING_RECIPIENT) {
            throw BerekeApi.rejected(
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
        String collision = BerekeReadings.contradiction(ref, order)
                .or(() -> BerekeReadings.paysAnotherCard(request, order) ? Optional.of("card") : Optional.empty())
                .orElse(null);
        if ("reference".equals(collision) || "provider id".equals(collision)) {
            return Optional.empty(); // the answer is about somebody else's order, and says nothing about ours
        }
        if (collision != null) {
            throw BerekeApi.rejected(
                    operation,
                    ref,
                    error,
                    "the reference belongs to a different payout, with another " + collision,
                    Advice.NEW_PAYOUT_AFTER_FIX);
        }
        Payout payout = BerekeReadings.payout(ref, order, api.errorBook());
        return payout.status() == PayoutStatus.UNKNOWN ? Optional.empty() : Optional.of(payout);
    }

    private Optional<Order> earlierOrder(Operation operation, PayoutRef ref) {
        try {
            Verdict<Order> verdict = api.orderByNumber(operation, ref);
            return verdict instanceof Verdict.Told<Order> told ? Optional.of(told.body()) : Optional.empty();
        } catch (PayoutReadException unanswered) {
            return Optional.empty();
        }
    }

    // ---------------------------------------------------------------- questions

    private Payout seen(PayoutRef ref, Verdict<Order> verdict) {
        if (verdict instanceof Verdict.Told<Order> told) {
            return BerekeReadings.payout(ref, told.body(), api.errorBook());
        }
        ErrorEntry error = error(verdict);
        if (error != null && error.code().equals(Verdict.ORDER_NOT_FOUND)) {
            return Payout.unknown(
                    ref, error.code(), new Evidence(Evidence.Kind.ABSENT, "The bank knows no such order"));
        }
        throw BerekeApi.unread(Operation.GET, ref, error);
    }

    private List<Balance> amount(@Nullable String sourceBindingId) {
        Verdict<AmountAnswer> verdict = api.getAmount(sourceBindingId);
        if (!(verdict instanceof Verdict.Told<AmountAnswer> told) || told.body().balanceDescriptionList() == null) {
            throw BerekeApi.unread(Operation.BALANCE, null, error(verdict));
        }
        List<Balance> balances = new ArrayList<>();
        for (AmountAnswer.Description description : told.body().balanceDescriptionList()) {
            balances.add(BerekeReadings.balance(description)
                    .orElseThrow(() -> BerekeApi.unread(Operation.BALANCE, null, null)));
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

    private void check(PayoutRequest request) {
        capabilities.check(request);
        BerekeRules.check(request);
    }

    private static UnsupportedPayoutException unsupported(Operation operation, PayoutRef ref, String reason) {
        ref.requireProvider(PROVIDER);
        return new UnsupportedPayoutException(
                BerekeApi.details(operation, reason, Advice.NEVER, ref).build());
    }

    @Override
    public String toString() {
        return "BerekePayoutClient[" + options + "]";
    }
}
