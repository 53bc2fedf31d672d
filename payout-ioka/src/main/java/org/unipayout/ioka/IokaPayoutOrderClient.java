package org.unipayout.ioka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
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
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.http.HttpOptions;
import org.unipayout.ioka.internal.IokaApi;
import org.unipayout.ioka.internal.IokaRules;
import org.unipayout.ioka.internal.PayoutOrderApi;
import org.unipayout.ioka.internal.PayoutOrderReadings;
import org.unipayout.ioka.internal.Verdict;
import org.unipayout.ioka.internal.wire.BalanceItem;
import org.unipayout.ioka.internal.wire.ErrorObject;
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
 * <p>ioka takes a reference ({@code external_id}) once, so a payout that is absent may be submitted again under it. ioka's
 * "confirm" names the card; ours ({@link #confirm}) is ioka's "accept".
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
    private final Capabilities capabilities;

    private IokaPayoutOrderClient(IokaOptions options, HttpOptions http) {
        this.options = Objects.requireNonNull(options, "options");
        capabilities = capabilities(options, http.callDeadline());
        api = IokaApi.open(PROVIDER, options, http);
        orders = new PayoutOrderApi(api, options);
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
                .features(Feature.BALANCE, Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
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
        if (!IokaRules.isCreatedFirst(request.recipient().kind())) {
            return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        }
        Verdict<PayoutOrder> verdict = orders.createFirst(ref, request);
        if (verdict instanceof Verdict.Told<PayoutOrder> told) {
            return api.usable(seen(Operation.PREPARE, ref, told), verdict);
        }
        if (verdict instanceof Verdict.Refused<PayoutOrder> refused
                && refused.error().proves() == Proves.EARLIER_SEND) {
            return api.usable(existing(Operation.PREPARE, ref, refused), refused);
        }
        throw api.notDone(Operation.PREPARE, ref, verdict);
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        ref.requireMadeFrom(request);
        check(request);
        boolean createdFirst = IokaRules.isCreatedFirst(ref.recipientKind());
        if (!createdFirst && ref.providerId().isEmpty()) {
            return outcome(Operation.SUBMIT, ref, orders.pay(ref, request));
        }
        Payout present = api.lookBefore(Operation.SUBMIT, ref, () -> look(Operation.SUBMIT, ref));
        if (present.status() != PayoutStatus.PREPARED || !(request.recipient() instanceof Recipient.Card card)) {
            return present;
        }
        return outcome(Operation.SUBMIT, present.ref(), orders.pay(present.ref(), card));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return look(Operation.GET, ref);
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return decide(Operation.CONFIRM, ref, orders::accept);
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return decide(Operation.CANCEL, ref, orders::decline);
    }

    /** Ends the waiting of a two-step order; one that does not wait is left as it is. */
    private Payout decide(Operation operation, PayoutRef ref, Function<PayoutRef, Verdict<PayoutOrder>> decision) {
        ref.requireProvider(PROVIDER);
        if (!options.twoStep()) {
            throw new UnsupportedPayoutException(
                    api.details(operation, "only a two-step client waits for a decision", Advice.NEVER, ref)
                            .build());
        }
        Payout present = api.lookBefore(operation, ref, () -> look(operation, ref));
        return present.status() == PayoutStatus.AWAITING_CONFIRMATION
                ? outcome(operation, present.ref(), decision.apply(present.ref()))
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
            throw new UnsupportedPayoutException(api.details(
                            Operation.PREPARE,
                            "expiresAt is not supported: a payout order has no due date",
                            Advice.NEVER,
                            PayoutRef.of(PROVIDER, request))
                    .build());
        }
    }

    // ---------------------------------------------------------------- how calls end

    /** The ending of a call that may move money or cancel, by the table of the money contract. */
    private Payout outcome(Operation operation, PayoutRef ref, Verdict<PayoutOrder> verdict) {
        if (verdict instanceof Verdict.Told<PayoutOrder> told) {
            return seen(operation, ref, told);
        }
        if (verdict instanceof Verdict.Unclear<PayoutOrder> unclear) {
            return Payout.unknown(ref, unclear.words(), unclear.evidence()).toBuilder()
                    .requestId(unclear.traceId())
                    .build();
        }
        Verdict.Refused<PayoutOrder> refused = (Verdict.Refused<PayoutOrder>) verdict;
        ErrorEntry error = refused.error();
        if (error.proves() == Proves.EARLIER_SEND) {
            return existing(operation, ref, refused);
        }
        if (error.proves() == Proves.DECLINED && operation != Operation.CANCEL) {
            return declined(operation, ref, refused);
        }
        throw api.rejected(operation, ref, refused, "ioka refused the call");
    }

    /** The reference is taken: the order is ours if it asks for the same, and somebody else's if not. */
    private Payout existing(Operation operation, PayoutRef ref, Verdict.Refused<PayoutOrder> refused) {
        Payout found;
        try {
            found = look(operation, ref);
        } catch (PayoutReadException e) {
            return duplicate(ref, refused, "The reference is taken, and its order could not be read");
        }
        Evidence evidence = found.evidence().orElse(null);
        if (evidence == null) {
            return found;
        }
        if (evidence.kind() == Evidence.Kind.CONTRADICTING_ANSWER) {
            throw api.rejected(operation, ref, refused, "the reference belongs to another payout: " + evidence.text());
        }
        return evidence.kind() == Evidence.Kind.ABSENT
                ? duplicate(ref, refused, "The reference is taken, and its order is not found")
                : found;
    }

    private static Payout duplicate(PayoutRef ref, Verdict.Refused<PayoutOrder> refused, String text) {
        return Payout.unknown(ref, refused.error().code(), new Evidence(Evidence.Kind.DUPLICATE, text));
    }

    /** A decline in the form of an error; the order, if there is one, has the last word. */
    private Payout declined(Operation operation, PayoutRef ref, Verdict.Refused<PayoutOrder> refused) {
        Payout found;
        try {
            found = look(operation, ref);
        } catch (PayoutReadException e) {
            return Payout.unknown(
                    ref,
                    refused.error().code(),
                    new Evidence(Evidence.Kind.PROVIDER_UNSURE, "ioka declined, and its order could not be read"));
        }
        boolean shown = found.evidence()
                .filter(evidence -> evidence.kind() == Evidence.Kind.ABSENT)
                .isEmpty();
        if (shown && found.status() != PayoutStatus.PREPARED) {
            return found;
        }
        ErrorEntry error = refused.error();
        PayoutStatus ending = error.category() == ErrorCategory.EXPIRED ? PayoutStatus.EXPIRED : PayoutStatus.FAILED;
        return Payout.builder(found.ref(), ending, error.code())
                .decline(new Decline(error, refused.message()))
                .requestId(refused.traceId())
                .build();
    }

    /** Asks for an order, by its id if the handle has it, else by our reference. */
    private Payout look(Operation operation, PayoutRef ref) {
        if (ref.providerId().isEmpty()) {
            return orders.find(operation, ref)
                    .map(found -> readable(operation, seen(operation, ref, found), found))
                    .orElseGet(() -> IokaApi.absent(ref));
        }
        Verdict<PayoutOrder> verdict = orders.get(operation, ref);
        if (verdict instanceof Verdict.Told<PayoutOrder> told) {
            return readable(operation, seen(operation, ref, told), verdict);
        }
        if (verdict.isRefusedAs(ErrorCategory.NOT_FOUND)) {
            return IokaApi.absent(ref);
        }
        throw api.unread(operation, ref, verdict);
    }

    /** A question whose answer cannot be read has no answer. */
    private Payout readable(Operation operation, Payout payout, Verdict<?> verdict) {
        boolean unreadable = payout.evidence()
                .filter(evidence -> evidence.kind() == Evidence.Kind.UNREADABLE_ANSWER)
                .isPresent();
        if (unreadable) {
            throw api.unread(operation, payout.ref(), verdict);
        }
        return payout;
    }

    /**
     * What an answer shows. A two-step order that failed may have been declined by us: ioka's order has no word for that,
     * its history has.
     */
    private Payout seen(Operation operation, PayoutRef ref, Verdict.Told<PayoutOrder> told) {
        PayoutOrder order = told.body();
        Payout payout = PayoutOrderReadings.payout(ref, order, errorBook(), null);
        if (payout.status() == PayoutStatus.FAILED && PayoutOrderReadings.leavesReasonOpen(order)) {
            payout = ended(operation, payout, order);
        }
        return payout.toBuilder().requestId(told.traceId()).build();
    }

    private Payout ended(Operation operation, Payout failed, PayoutOrder order) {
        List<Event> history;
        try {
            history = events(operation, failed.ref());
        } catch (PayoutReadException e) {
            return failed; // it is over and unpaid, only the reason stays open
        }
        if (history.stream().anyMatch(event -> event.name().equals("PAYOUT_CANCELLED"))) {
            return Payout.builder(failed.ref(), PayoutStatus.CANCELED, failed.providerStatus())
                    .createdAt(failed.createdAt().orElse(null))
                    .finishedAt(failed.finishedAt().orElse(null))
                    .build();
        }
        ErrorObject reason = history.stream()
                .filter(event -> !event.code().isEmpty())
                .map(event -> new ErrorObject(event.code(), event.message()))
                .reduce((former, latter) -> latter)
                .orElse(null);
        return PayoutOrderReadings.payout(failed.ref(), order, errorBook(), reason);
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
        Verdict<BalanceItem[]> verdict = orders.balances();
        return PayoutOrderReadings.balances(told(Operation.BALANCE, null, verdict))
                .orElseThrow(() -> api.unread(Operation.BALANCE, null, verdict));
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
        return PayoutOrderReadings.events(told(operation, ref, orders.events(operation, ref)));
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
        Verdict<UpcAnswer> verdict = orders.paymentOrder(ref);
        return PayoutOrderReadings.paymentOrder(told(Operation.EXTRA, ref, verdict))
                .orElseThrow(() -> api.unread(Operation.EXTRA, ref, verdict));
    }

    private <T> T told(Operation operation, @Nullable PayoutRef ref, Verdict<T> verdict) {
        if (verdict instanceof Verdict.Told<T> told) {
            return told.body();
        }
        throw api.unread(operation, ref, verdict);
    }

    @Override
    public String toString() {
        return "IokaPayoutOrderClient[" + options + (options.twoStep() ? ", two-step]" : "]");
    }
}
