package org.unipayout.ioka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import org.unipayout.Money;
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
import org.unipayout.ioka.internal.IokaCall;
import org.unipayout.ioka.internal.IokaRules;
import org.unipayout.ioka.internal.IokaTime;
import org.unipayout.ioka.internal.PayoutOrderMapping;
import org.unipayout.ioka.internal.Values;
import org.unipayout.ioka.internal.Verdict;
import org.unipayout.ioka.internal.wire.BalanceItem;
import org.unipayout.ioka.internal.wire.ConfirmRequest;
import org.unipayout.ioka.internal.wire.ErrorObject;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.ioka.internal.wire.PayoutOrderEventItem;
import org.unipayout.ioka.internal.wire.PayoutOrderPage;
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

    private static final String ORDERS = "/v2/payouts/orders";

    private final IokaOptions options;
    private final boolean twoStep;
    private final IokaApi api;
    private final Capabilities capabilities;

    private IokaPayoutOrderClient(Builder builder) {
        options = builder.options;
        twoStep = builder.twoStep;
        capabilities = capabilities(twoStep, builder.http.callDeadline());
        api = IokaApi.open(PROVIDER, options, builder.http);
    }

    /**
     * Starts a client.
     *
     * @param options the merchant
     * @return a builder
     */
    public static Builder builder(IokaOptions options) {
        return new Builder(options);
    }

    private static Capabilities capabilities(boolean twoStep, Duration callDeadline) {
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
        return twoStep ? capabilities.features(Feature.CONFIRM, Feature.CANCEL).build() : capabilities.build();
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
        if (!PayoutOrderMapping.isCreatedFirst(request.recipient().kind())) {
            return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        }
        Verdict<PayoutOrder> verdict = api.prepare(creation(Operation.PREPARE, ref, request), PayoutOrder.class);
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
        boolean createdFirst = PayoutOrderMapping.isCreatedFirst(ref.recipientKind());
        if (!createdFirst && ref.providerId().isEmpty()) {
            return outcome(
                    Operation.SUBMIT, ref, api.send(creation(Operation.SUBMIT, ref, request), PayoutOrder.class));
        }
        Payout present = api.lookBefore(Operation.SUBMIT, ref, () -> look(Operation.SUBMIT, ref));
        if (present.status() != PayoutStatus.PREPARED || !(request.recipient() instanceof Recipient.Card card)) {
            return present;
        }
        String orderId = orderId(present.ref());
        ConfirmRequest body = new ConfirmRequest(card.number().reveal(), null, null, false);
        IokaCall call = IokaCall.post(Operation.SUBMIT, ORDERS + '/' + orderId + "/confirm", ref, body)
                .onceForThisOrder("confirm", orderId);
        return outcome(Operation.SUBMIT, present.ref(), api.send(call, PayoutOrder.class));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return look(Operation.GET, ref);
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return decide(Operation.CONFIRM, ref, "accept");
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return decide(Operation.CANCEL, ref, "decline");
    }

    /** Ends the waiting of a two-step order; one that does not wait is left as it is. */
    private Payout decide(Operation operation, PayoutRef ref, String step) {
        ref.requireProvider(PROVIDER);
        if (!twoStep) {
            throw new UnsupportedPayoutException(
                    api.details(operation, "only a two-step client waits for a decision", Advice.NEVER, ref)
                            .build());
        }
        Payout present = api.lookBefore(operation, ref, () -> look(operation, ref));
        if (present.status() != PayoutStatus.AWAITING_CONFIRMATION) {
            return present;
        }
        String orderId = orderId(present.ref());
        IokaCall call = IokaCall.post(operation, ORDERS + '/' + orderId + '/' + step, ref)
                .onceForThisOrder(step, orderId);
        return outcome(operation, present.ref(), api.send(call, PayoutOrder.class));
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

    private IokaCall creation(Operation operation, PayoutRef ref, PayoutRequest request) {
        return IokaCall.post(operation, ORDERS, ref, PayoutOrderMapping.order(request, twoStep))
                .onceForThisBody("create", request.reference());
    }

    private static String orderId(PayoutRef ref) {
        return IokaCall.segment(ref.providerId().orElseThrow(), "ref.providerId");
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
            return find(operation, ref);
        }
        Verdict<PayoutOrder> verdict =
                api.read(IokaCall.get(operation, ORDERS + '/' + orderId(ref), ref), PayoutOrder.class);
        if (verdict instanceof Verdict.Told<PayoutOrder> told) {
            return readable(operation, seen(operation, ref, told), verdict);
        }
        if (isNotFound(verdict)) {
            return IokaApi.absent(ref);
        }
        throw api.unread(operation, ref, verdict);
    }

    private Payout find(Operation operation, PayoutRef ref) {
        IokaCall call = IokaCall.get(operation, ORDERS, ref).query("external_id", ref.reference());
        Verdict<PayoutOrderPage> verdict = api.read(call, PayoutOrderPage.class);
        if (isNotFound(verdict)) {
            return IokaApi.absent(ref);
        }
        List<@Nullable PayoutOrder> items = verdict instanceof Verdict.Told<PayoutOrderPage> told
                ? told.body().items()
                : null;
        if (items == null) {
            throw api.unread(operation, ref, verdict);
        }
        List<PayoutOrder> ours = new ArrayList<>();
        for (PayoutOrder item : items) {
            if (item != null && ref.reference().equals(item.externalId())) {
                ours.add(item);
            }
        }
        if (ours.isEmpty()) {
            return IokaApi.absent(ref);
        }
        if (ours.size() > 1) {
            throw api.unread(operation, ref, verdict);
        }
        return readable(operation, seen(operation, ref, new Verdict.Told<>(ours.get(0), verdict.traceId())), verdict);
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

    private static boolean isNotFound(Verdict<?> verdict) {
        return verdict instanceof Verdict.Refused<?> refused && refused.error().category() == ErrorCategory.NOT_FOUND;
    }

    /**
     * What an answer shows. A two-step order that failed may have been declined by us: ioka's order has no word for that,
     * its history has.
     */
    private Payout seen(Operation operation, PayoutRef ref, Verdict.Told<PayoutOrder> told) {
        PayoutOrder order = told.body();
        Payout payout = PayoutOrderMapping.payout(ref, order, errorBook(), null);
        if (payout.status() == PayoutStatus.FAILED && PayoutOrderMapping.leavesReasonOpen(order)) {
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
        return PayoutOrderMapping.payout(failed.ref(), order, errorBook(), reason);
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
        Verdict<BalanceItem[]> verdict =
                api.read(IokaCall.get(Operation.BALANCE, "/v2/balances", null), BalanceItem[].class);
        BalanceItem[] items = told(Operation.BALANCE, null, verdict);
        List<Balance> balances = new ArrayList<>();
        for (BalanceItem item : items) {
            Money available = item == null ? null : Values.money(item.availableAmount(), item.currency());
            if (item == null || available == null) {
                throw api.unread(Operation.BALANCE, null, verdict);
            }
            balances.add(new Balance(Objects.requireNonNullElse(item.uuid(), ""), available));
        }
        return List.copyOf(balances);
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
        Verdict<PayoutOrderEventItem[]> verdict =
                api.read(IokaCall.get(operation, pathOf(ref) + "/events", ref), PayoutOrderEventItem[].class);
        return Arrays.stream(told(operation, ref, verdict))
                .filter(Objects::nonNull)
                .map(item -> new Event(
                        Optional.ofNullable(IokaTime.read(item.createdAt())),
                        Objects.requireNonNullElse(item.name(), ""),
                        Objects.requireNonNullElse(item.code(), ""),
                        Objects.requireNonNullElse(item.message(), "")))
                .toList();
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
        Verdict<UpcAnswer> verdict =
                api.read(IokaCall.get(Operation.EXTRA, pathOf(ref) + "/upc", ref), UpcAnswer.class);
        UpcAnswer answer = told(Operation.EXTRA, ref, verdict);
        if (answer.upc() == null) {
            throw api.unread(Operation.EXTRA, ref, verdict);
        }
        return new PaymentOrder(
                answer.upc(),
                Objects.requireNonNullElse(answer.status(), ""),
                answer.knp() == null ? "" : String.valueOf(answer.knp()));
    }

    private static String pathOf(PayoutRef ref) {
        String id = ref.providerId()
                .orElseThrow(() -> new IllegalArgumentException("ref: has no order id; take the one of get"));
        return ORDERS + '/' + IokaCall.segment(id, "ref.providerId");
    }

    private <T> T told(Operation operation, @Nullable PayoutRef ref, Verdict<T> verdict) {
        if (verdict instanceof Verdict.Told<T> told) {
            return told.body();
        }
        throw api.unread(operation, ref, verdict);
    }

    @Override
    public String toString() {
        return "IokaPayoutOrderClient[" + options + (twoStep ? ", two-step]" : "]");
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final IokaOptions options;
        private HttpOptions http = HttpOptions.defaults();
        private boolean twoStep;

        private Builder(IokaOptions options) {
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
         * Lets each order wait for {@link IokaPayoutOrderClient#confirm} or {@link IokaPayoutOrderClient#cancel}
         * ({@code capture_method} MANUAL). It holds for all requests of a client, so that its capabilities are true.
         *
         * @return this builder
         */
        public Builder twoStep() {
            twoStep = true;
            return this;
        }

        /**
         * Opens the client. Makes no call.
         *
         * @return the client; close it
         * @throws IllegalArgumentException if the base URL is not https with a host, or http on the own machine
         */
        public IokaPayoutOrderClient build() {
            return new IokaPayoutOrderClient(this);
        }
    }
}
