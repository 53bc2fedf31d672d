package org.unipayout.bereke;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Detail;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.Identity;
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
import org.unipayout.bereke.internal.BerekeApi;
import org.unipayout.bereke.internal.BerekeErrors;
import org.unipayout.bereke.internal.BerekeReadings;
import org.unipayout.bereke.internal.BerekeRules;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.RegisteredPayout;
import org.unipayout.http.Ending;
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
        capabilities = capabilities(options, http.callDeadline());
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

    private static Capabilities capabilities(BerekeOptions options, Duration callDeadline) {
        return Capabilities.builder(PROVIDER, BerekeRules.REFERENCE, RESUBMISSION, callDeadline)
                .recipients(RecipientKind.CARD_NUMBER, RecipientKind.SAVED_CARD, RecipientKind.HOSTED_FORM)
                .currencies("KZT")
                .account(options.baseUrl().getHost(), options.userName())
                .minimum(1)
                .maximum(BerekeRules.GREATEST_AMOUNT)
                // Not LOOKUP_BY_PROVIDER_ID: the bank's example answers to a card payout carry no id of its own.
                .features(Feature.BALANCE, Feature.RETURNS, Feature.LOOKUP_BY_REFERENCE)
                .webhooks(Webhooks.NONE)
                .passesOn(Detail.DESCRIPTION, Detail.RECIPIENT_DETAILS, Detail.METADATA, Detail.RETURN_URLS)
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
        if (request.recipient() instanceof Recipient.HostedForm form) {
            return register(ref, request, form);
        }
        BerekeRules.checkDeadline(request, clock.instant());
        api.connectAhead(ref);
        return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        check(request);
        ref.requireMadeFrom(request);
        if (request.recipient() instanceof Recipient.HostedForm) {
            return Payout.builder(ref, PayoutStatus.AWAITING_RECIPIENT, "").build();
        }
        BerekeRules.checkDeadline(request, clock.instant());
        return api.performPayout(ref, request)
                .fold(
                        told -> told.withRequestId(BerekeReadings.performed(ref, told.body(), api.errorBook())),
                        refused -> refused(ref, request, refused),
                        unclear -> unclear.payout(ref));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        Payout named = ref.providerId()
                .map(id -> found(ref, api.orderById(Operation.GET, ref, id)))
                .orElse(null);
        // Absence only counts if the order number is not known either: it is what the bank takes only once.
        return named == null || named.hasEvidence(Evidence.Kind.ABSENT)
                ? found(ref, api.orderByNumber(Operation.GET, ref))
                : named;
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
        return answer(api.echo());
    }

    // ---------------------------------------------------------------- hosted form

    /** The bank tells the address of the form once, and its status answers never repeat it. */
    private Payout register(PayoutRef ref, PayoutRequest request, Recipient.HostedForm form) {
        Duration lifetime = BerekeRules.formLifetime(request, clock.instant()).orElse(null);
        return api.registerPayout(ref, request, form, lifetime)
                .fold(
                        told -> registered(ref, lifetime, told),
                        refused -> earlierForm(ref, request, refused),
                        unclear -> {
                            throw unclear.notDone();
                        });
    }

    private Payout registered(PayoutRef ref, @Nullable Duration lifetime, Ending.Told<RegisteredPayout> told) {
        RegisteredPayout registered = told.body();
        URI formUrl = BerekeReadings.formUrl(registered).orElse(null);
        String orderId = registered.orderId();
        boolean ours = ref.reference().equals(registered.orderNumber());
        if (formUrl == null || orderId == null || !BerekeReadings.isUsableId(orderId) || !ours) {
            throw told.notPrepared("the bank's answer has no usable form of this payout");
        }
        Duration open = Objects.requireNonNullElse(lifetime, BerekeRules.SESSION_TIMEOUT);
        return told.withRequestId(Payout.builder(ref.withProviderId(orderId), PayoutStatus.AWAITING_RECIPIENT, "")
                .nextAction(new NextAction(formUrl, clock.instant().plus(open)))
                .build());
    }

    /** What became of a form that was registered before under this reference. */
    private Payout earlierForm(PayoutRef ref, PayoutRequest request, Ending.Refused<RegisteredPayout> refused) {
        if (!refused.proves(Proves.EARLIER_SEND)) {
            throw refused.rejected();
        }
        Payout earlier = adopted(Operation.PREPARE, ref, request, refused)
                .orElseThrow(
                        () -> refused.notPrepared("the reference is registered already and was not shown clearly"));
        if (earlier.status() == PayoutStatus.AWAITING_RECIPIENT) {
            throw refused.rejected(
                    "the reference is registered already and the bank does not tell the form's address again. If nobody"
                            + " was given the address no money can move: pay under a new reference. If somebody was,"
                            + " follow the stored handle with get and do not pay again",
                    BerekeErrors.formRegistered(api.errorBook()));
        }
        return earlier;
    }

    // ---------------------------------------------------------------- duplicates

    private Payout refused(PayoutRef ref, PayoutRequest request, Ending.Refused<Order> refused) {
        if (!refused.proves(Proves.EARLIER_SEND)) {
            throw refused.rejected();
        }
        return adopted(Operation.SUBMIT, ref, request, refused)
                .orElseGet(() -> refused.duplicate(
                        ref, "An earlier payout under this reference exists and looking it up was not clear"));
    }

    /**
     * The payout that already has this reference, looked up once; empty if that gave no clear answer.
     *
     * @throws PayoutRejectedException if it is a different one
     */
    private Optional<Payout> adopted(
            Operation operation, PayoutRef ref, PayoutRequest request, Ending.Refused<?> refused) {
        Ending.Told<Order> earlier = earlier(operation, ref).orElse(null);
        if (earlier == null) {
            return Optional.empty();
        }
        Identity identity = BerekeReadings.identity(ref, request, earlier.body());
        if (identity.collides()) {
            throw refused.taken(identity);
        }
        return Optional.of(seen(ref, earlier)).filter(payout -> payout.status() != PayoutStatus.UNKNOWN);
    }

    private Optional<Ending.Told<Order>> earlier(Operation operation, PayoutRef ref) {
        try {
            return api.orderByNumber(operation, ref) instanceof Ending.Told<Order> told
                    ? Optional.of(told)
                    : Optional.empty();
        } catch (PayoutReadException unanswered) {
            return Optional.empty();
        }
    }

    // ---------------------------------------------------------------- what answers say

    private Payout found(PayoutRef ref, Ending<Order> ending) {
        boolean notFound = ending instanceof Ending.Told<Order> told
                ? BerekeReadings.isNotFound(ref, told.body())
                : BerekeErrors.isNotFound(ending);
        if (notFound) {
            return ending.absent(ref);
        }
        if (ending instanceof Ending.Told<Order> told) {
            return seen(ref, told);
        }
        throw ending.unread();
    }

    private Payout seen(PayoutRef ref, Ending.Told<Order> told) {
        return told.withRequestId(BerekeReadings.payout(ref, told.body(), api.errorBook()));
    }

    private static <T> T answer(Ending<T> ending) {
        if (ending instanceof Ending.Told<T> told) {
            return told.body();
        }
        throw ending.unread();
    }

    private List<Balance> amount(@Nullable String sourceBindingId) {
        Ending<AmountAnswer> ending = api.getAmount(sourceBindingId);
        return BerekeReadings.balances(answer(ending)).orElseThrow(ending::unread);
    }

    private void check(PayoutRequest request) {
        capabilities.check(request);
        BerekeRules.check(request);
    }

    @Override
    public String toString() {
        return "BerekePayoutClient[" + options + "]";
    }
}
