package org.unipayout.ioka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Detail;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.Door;
import org.unipayout.ErrorBook;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpOptions;
import org.unipayout.ioka.internal.IokaApi;
import org.unipayout.ioka.internal.IokaRules;
import org.unipayout.ioka.internal.LookBack;
import org.unipayout.ioka.internal.PayoutOrderApi;
import org.unipayout.ioka.internal.PayoutOrderReadings;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.ioka.internal.wire.UpcAnswer;

/**
 * Pays through ioka's payout orders: from the merchant's balance at ioka to cards and bank accounts in Kazakhstan.
 *
 * <pre>
 *                      prepare                  submit                       two-step clients only
 * saved card, account  no call                  POST /payouts/orders ──►     ON_HOLD ──► accept | decline
 * card number          POST /payouts/orders ──► POST .../{id}/confirm ──►    ON_HOLD ──► accept | decline
 * hosted form          POST /payouts/orders ──► the recipient types the card ON_HOLD ──► accept | decline
 * </pre>
 *
 * <p>ioka takes a reference ({@code external_id}) once, so a payout that is absent may be submitted again under it. An order
 * that waits for its card exists before it is paid and is never absent: it is submitted again if it still has no attempt
 * after the first call has settled. ioka's "confirm" names the card; ours ({@link #confirm}) is ioka's "accept".
 *
 * <p>Thread-safe. Owns its connections: close it. Source: ioka's OpenAPI file, tag "payouts"; docs/providers/ioka.md has the
 * decisions.
 */
public final class IokaPayoutOrderClient implements PayoutClient {
    /** The short name of this flow; its handles are not those of {@link IokaPayoutClient}. */
    public static final String PROVIDER = "ioka-payout-orders";

    private final IokaOptions options;
    private final IokaApi api;
    private final PayoutOrderApi orders;
    private final LookBack lookBack;
    private final Clock clock;
    private final Capabilities capabilities;

    private IokaPayoutOrderClient(IokaOptions options, HttpOptions http) {
        this.options = Objects.requireNonNull(options, "options");
        capabilities = capabilities(options, http.callDeadline());
        api = IokaApi.open(PROVIDER, options, http);
        orders = new PayoutOrderApi(api, options);
        lookBack = new LookBack(api, this::look);
        clock = http.clock();
    }

    /**
     * Opens a client with default timeouts. Makes no call.
     *
     * @param options the merchant
     * @return the client; close it
     * @throws IllegalArgumentException if the base URL is not https with a host, or http on this machine
     */
    public static IokaPayoutOrderClient open(IokaOptions options) {
        return open(options, HttpOptions.defaults());
    }

    /**
     * Opens a client. Makes no call.
     *
     * @param options the merchant, and whether orders wait for a decision ({@link IokaOptions.Builder#twoStep})
     * @param http timeouts, proxy, TLS and audit
     * @return the client; close it
     * @throws IllegalArgumentException if the base URL is not https with a host, or http on this machine
     */
    public static IokaPayoutOrderClient open(IokaOptions options, HttpOptions http) {
        return new IokaPayoutOrderClient(options, http);
    }

    private static Capabilities capabilities(IokaOptions options, Duration callDeadline) {
        Capabilities.Builder capabilities = Capabilities.builder(
                        PROVIDER,
                        IokaRules.REFERENCE,
                        new Resubmission.SameReference(2, Duration.ofMinutes(10)),
                        callDeadline)
                .recipients(
                        RecipientKind.SAVED_CARD,
                        RecipientKind.CARD_NUMBER,
                        RecipientKind.HOSTED_FORM,
                        RecipientKind.KAZAKH_ACCOUNT)
                .currencies("KZT")
                .minimum(10)
                .resubmission(IokaRules.RESUBMISSION, RecipientKind.CARD_NUMBER, RecipientKind.HOSTED_FORM)
                .features(Feature.BALANCE, Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .passesOn(Detail.METADATA)
                .webhooks(Webhooks.HINT);
        return options.twoStep()
                ? capabilities.features(Feature.CONFIRM, Feature.CANCEL).build()
                : capabilities.build();
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
        connectAhead(ref);
        if (!IokaRules.isCreatedFirst(request.recipient().kind())) {
            return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        }
        Instant asked = clock.instant();
        Ending<PayoutOrder> ending = orders.createFirst(ref, request);
        if (ending instanceof Ending.Told<PayoutOrder> told) {
            return lookBack.usable(seen(Operation.PREPARE, ref, told, Door.PROVIDER_ID, asked), told);
        }
        if (ending instanceof Ending.Refused<PayoutOrder> refused) {
            return lookBack.afterCreation(ref, refused);
        }
        throw ending.notDone();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        ref.requireMadeFrom(request);
        check(request);
        boolean createdFirst = IokaRules.isCreatedFirst(ref.recipientKind());
        if (!createdFirst && ref.providerId().isEmpty()) {
            return outcome(Operation.SUBMIT, ref, named -> orders.pay(named, request));
        }
        connectAhead(ref);
        Payout present = lookBack.before(Operation.SUBMIT, ref);
        if (present.status() != PayoutStatus.PREPARED || !(request.recipient() instanceof Recipient.Card card)) {
            return present;
        }
        return outcome(Operation.SUBMIT, present.ref(), named -> orders.pay(named, card));
    }

    /** A form is paid by its recipient, not by a call of ours. */
    private void connectAhead(PayoutRef ref) {
        if (ref.recipientKind() != RecipientKind.HOSTED_FORM) {
            api.connectAhead(ref);
        }
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return look(Operation.GET, ref);
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return options.twoStep() ? decide(Operation.CONFIRM, ref, orders::accept) : PayoutClient.super.confirm(ref);
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return options.twoStep() ? decide(Operation.CANCEL, ref, orders::decline) : PayoutClient.super.cancel(ref);
    }

    /** Ends the waiting of a two-step order; one that does not wait is left as it is. */
    private Payout decide(Operation operation, PayoutRef ref, Function<PayoutRef, Ending<PayoutOrder>> decision) {
        ref.requireProvider(PROVIDER);
        Payout present = lookBack.before(operation, ref);
        return present.status() == PayoutStatus.AWAITING_CONFIRMATION
                ? outcome(operation, present.ref(), decision)
                : present;
    }

    @Override
    public void close() {
        api.close();
    }

    private void check(PayoutRequest request) {
        capabilities.check(request);
        IokaRules.checkPayoutOrder(request);
        if (request.expiresAt().isPresent()) {
            throw api.unsupported(
                    "expiresAt is not supported: a payout order has no due date", PayoutRef.of(PROVIDER, request));
        }
    }

    // ---------------------------------------------------------------- how calls end

    /** The ending of a call that may move money or cancel. */
    private Payout outcome(Operation operation, PayoutRef ref, Function<PayoutRef, Ending<PayoutOrder>> call) {
        Instant asked = clock.instant();
        return call.apply(ref)
                .fold(
                        told -> seen(operation, ref, told, Door.PROVIDER_ID, asked),
                        refused -> lookBack.after(operation, ref, refused),
                        unclear -> unclear.payout(ref));
    }

    /** Asks for an order, by its id if the handle has it, else by our reference. */
    private Payout look(Operation operation, PayoutRef ref) {
        Instant asked = clock.instant();
        Ending<PayoutOrder> ending =
                ref.providerId().isPresent() ? orders.get(operation, ref) : orders.find(operation, ref);
        if (!(ending instanceof Ending.Told<PayoutOrder> told)) {
            return IokaApi.absent(ref, ending);
        }
        IokaApi.requireOurs(operation, () -> PayoutOrderReadings.identity(ref, told.body(), Door.of(ref)), told);
        return IokaApi.readable(seen(operation, ref, told, Door.of(ref), asked), told);
    }

    /** What an answer shows, with the order's history where only that says how it failed. */
    private Payout seen(Operation operation, PayoutRef ref, Ending.Told<PayoutOrder> told, Door door, Instant asked) {
        PayoutOrder order = told.body();
        Payout payout = PayoutOrderReadings.payout(ref, order, door, errorBook(), asked);
        boolean open = PayoutOrderReadings.leavesReasonOpen(payout, order);
        return told.withRequestId(open ? ended(operation, payout.ref(), order, asked) : payout);
    }

    private Payout ended(Operation operation, PayoutRef named, PayoutOrder order, Instant asked) {
        try {
            return PayoutOrderReadings.ended(named, order, events(operation, named), errorBook(), asked);
        } catch (PayoutReadException e) {
            return PayoutOrderReadings.endedForUnknownReasons(named, order, errorBook(), asked);
        }
    }

    // ---------------------------------------------------------------- what only payout orders have

    /**
     * Asks for the merchant's balances ({@code GET /v2/balances}).
     *
     * @return one balance per account
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    @Override
    public List<Balance> balance() {
        return orders.balances();
    }

    /**
     * One entry of an order's history.
     *
     * @param at when, UTC; empty if ioka does not say
     * @param name for example {@code PAYOUT_IN_PROCESS}
     * @param code the code of a decline; empty if there is none
     * @param message ioka's own text; empty if there is none
     */
    public record Event(Optional<Instant> at, String name, String code, String message) {}

    /**
     * Asks for the history of an order ({@code .../events}).
     *
     * @param ref a handle with the order's id
     * @return the entries, in ioka's order; unmodifiable
     * @throws IllegalArgumentException if the handle belongs to another provider or has no id
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    public List<Event> events(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return events(Operation.EXTRA, ref);
    }

    private List<Event> events(Operation operation, PayoutRef ref) {
        return PayoutOrderReadings.events(IokaApi.told(orders.events(operation, ref)));
    }

    /**
     * The payment order of a payout to an account (UPC), as the banks know it.
     *
     * @param number UPC number
     * @param status ioka's word
     * @param purposeCode KNP; empty if ioka does not say
     */
    public record PaymentOrder(long number, String status, String purposeCode) {}

    /**
     * Asks for the payment order of a payout to an account ({@code .../upc}).
     *
     * @param ref a handle with the order's id
     * @return the payment order
     * @throws IllegalArgumentException if the handle belongs to another provider or has no id
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    public PaymentOrder paymentOrder(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        Ending<UpcAnswer> ending = orders.paymentOrder(ref);
        return PayoutOrderReadings.paymentOrder(IokaApi.told(ending)).orElseThrow(ending::unread);
    }

    @Override
    public String toString() {
        return "IokaPayoutOrderClient[" + options + (options.twoStep() ? ", two-step]" : "]");
    }
}
