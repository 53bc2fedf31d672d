package org.unipayout.horizonpay;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.Secret;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.horizonpay.internal.HorizonPayMapping;
import org.unipayout.horizonpay.internal.HorizonPayRules;
import org.unipayout.horizonpay.internal.Verdict;
import org.unipayout.horizonpay.internal.wire.AsyncJob;
import org.unipayout.horizonpay.internal.wire.BalanceAnswer;
import org.unipayout.horizonpay.internal.wire.BalanceQuery;
import org.unipayout.horizonpay.internal.wire.Envelope;
import org.unipayout.horizonpay.internal.wire.PaymentMethod;
import org.unipayout.horizonpay.internal.wire.Refusal;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.horizonpay.internal.wire.Transactions;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/**
 * Pays to cards through HorizonPay.
 *
 * <pre>
 * prepare       submit                                        webhook or get
 * no call   ──► look up by tracking_id, then              ──► transactions/{uid},
 *               POST transactions/payouts                     else by tracking_id
 * </pre>
 *
 * <p>HorizonPay has no idempotency key, does not keep {@code tracking_id} unique, and compares payouts for 30 seconds
 * only. So a submit asks first whether its reference was used, one whose handle has an id already never sends again, and
 * whoever repeats an unclear submit must keep to {@link Capabilities#resubmission}. A payout that failed is looked up by
 * reference too, so that a second, paid one under the same reference is not overlooked.
 *
 * <p>Thread-safe. Owns its connections: close it. Source: docs.horizonpay.kz; docs/providers/horizonpay.md has the
 * decisions.
 */
public final class HorizonPayPayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = "horizonpay";

    /** Marks a handle's id as that of the queue, while the payout has none of its own. */
    private static final String QUEUED = "async:";

    private static final Duration LOOKUP_SPACING = Duration.ofMinutes(1);

    private static final Redaction REDACTION = Redaction.showing(
            "uid",
            "code",
            "status",
            "type",
            "amount",
            "currency",
            "tracking_id",
            "duplicate_check",
            "test",
            "request_id",
            "gateway_id",
            "created_at",
            "updated_at",
            "paid_at");

    private final HorizonPayOptions options;
    private final HttpTransport transport;
    private final Secret authorization;
    private final Capabilities capabilities;
    private final ErrorBook errorBook;

    private HorizonPayPayoutClient(Builder builder) {
        options = builder.options;
        authorization = basic(options);
        capabilities = capabilities(options, builder.http.callDeadline());
        errorBook = readErrorBook();
        transport = HttpTransport.open(PROVIDER, options.baseUrl(), builder.http, REDACTION);
    }

    /**
     * Starts a client.
     *
     * @param options the merchant's shop
     * @return a builder
     */
    public static Builder builder(HorizonPayOptions options) {
        return new Builder(options);
    }

    private static Capabilities capabilities(HorizonPayOptions options, Duration callDeadline) {
        if (options.absenceWindow().compareTo(callDeadline) <= 0) {
            throw new IllegalArgumentException("absenceWindow: must be longer than a call may take, " + callDeadline);
        }
        Capabilities.Builder capabilities = Capabilities.builder(
                        PROVIDER,
                        HorizonPayRules.REFERENCE,
                        new Resubmission.AfterAbsence(options.absenceWindow(), 2, LOOKUP_SPACING),
                        callDeadline)
                .recipients(RecipientKind.CARD_NUMBER, RecipientKind.SAVED_CARD)
                .currencies(options.currencies().toArray(String[]::new))
                .minimum(1)
                .features(Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .webhooks(webhooks(options));
        return options.balanceQuestions().isEmpty()
                ? capabilities.build()
                : capabilities.features(Feature.BALANCE).build();
    }

    private static Webhooks webhooks(HorizonPayOptions options) {
        if (!options.publicKeys().isEmpty()) {
            return Webhooks.VERIFIED;
        }
        return options.basicNotifications() ? Webhooks.HINT : Webhooks.NONE;
    }

    static ErrorBook readErrorBook() {
        InputStream rows = HorizonPayPayoutClient.class.getResourceAsStream("error-book.tsv");
        return ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
    }

    /** The value of the Authorization header, ours and that of notifications. */
    static Secret basic(HorizonPayOptions options) {
        String pair = options.shopId() + ":" + options.secretKey().reveal();
        return Secret.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
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
        return Payout.builder(PayoutRef.of(PROVIDER, request), PayoutStatus.PREPARED, "")
                .build();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        check(request);
        ref.requireMadeFrom(request);
        Optional<Payout> earlier = earlier(ref);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        String path = options.asynchronous() ? "/async/transactions/payouts" : "/transactions/payouts";
        Envelope body = new Envelope(HorizonPayMapping.payout(request, options.testMode()));
        HttpCall call = gateway(HttpCall.builder(Operation.SUBMIT, "POST", path)
                        .reference(ref.reference())
                        .body(Json.write(body)))
                .build();
        Reply reply = transport.sendOnce(call);
        return queued(ref, reply).orElseGet(() -> outcome(ref, reply));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return look(Operation.GET, ref);
    }

    /** Never returns: HorizonPay has no confirmation by the merchant within the API; see {@link HorizonPayVerification}. */
    @Override
    public Payout confirm(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        throw unsupported(Operation.CONFIRM, "HorizonPay has no confirmation", ref);
    }

    /** Never returns: HorizonPay cannot cancel a payout. */
    @Override
    public Payout cancel(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        throw unsupported(Operation.CANCEL, "HorizonPay cannot cancel a payout", ref);
    }

    @Override
    public void close() {
        transport.close();
    }

    private void check(PayoutRequest request) {
        capabilities.check(request);
        HorizonPayRules.check(request);
    }

    // ---------------------------------------------------------------- how a submit ends

    /** The payout that was sent before under this reference; empty if none is known and this one may be sent. */
    private Optional<Payout> earlier(PayoutRef ref) {
        if (ref.providerId().isEmpty() && !options.lookBeforeSubmit()) {
            return Optional.empty();
        }
        Payout found;
        try {
            found = look(Operation.SUBMIT, ref);
        } catch (PayoutReadException e) {
            throw notSent(ref, e);
        }
        if (HorizonPayMapping.contradicts(found)) {
            throw collision(ref, null, found);
        }
        boolean free = ref.providerId().isEmpty() && isAbsent(found);
        return free ? Optional.empty() : Optional.of(found);
    }

    /** The look-up before the submit failed, so nothing was sent. */
    private static RuntimeException notSent(PayoutRef ref, PayoutReadException cause) {
        ErrorEntry error = cause.error().orElse(null);
        if (error != null && error.proves() == ErrorEntry.Proves.NOT_EXECUTED) {
            return rejected(Operation.SUBMIT, ref, error, "HorizonPay refused the look-up before it");
        }
        return new PayoutNotSentException(details(
                        Operation.SUBMIT,
                        "whether the reference was used already could not be read, so nothing was sent",
                        Advice.SAME_REFERENCE_LATER,
                        ref)
                .error(error)
                .requestId(cause.requestId().orElse(null))
                .build());
    }

    /** The queue took it: the payout has no id yet, but the queue's entry has. */
    private Optional<Payout> queued(PayoutRef ref, Reply reply) {
        if (!options.asynchronous() || !(reply instanceof Reply.Answer answer) || !answer.successful()) {
            return Optional.empty();
        }
        try {
            AsyncJob job = answer.json(AsyncJob.class);
            String id = job.requestId();
            return id == null || !HorizonPayMapping.isUsableId(id)
                    ? Optional.empty()
                    : Optional.of(Payout.builder(
                                    ref.withProviderId(QUEUED + id),
                                    PayoutStatus.PROCESSING,
                                    String.valueOf(job.status()))
                            .requestId(requestId(answer))
                            .build());
        } catch (UnreadableBodyException e) {
            return Optional.empty();
        }
    }

    /** The ending of a submit, by the table of the money contract. */
    private Payout outcome(PayoutRef ref, Reply reply) {
        String requestId = reply instanceof Reply.Answer answer ? requestId(answer) : null;
        Verdict verdict = Verdict.of(reply, errorBook);
        if (verdict instanceof Verdict.Refused refused) {
            if (refused.error().proves() == ErrorEntry.Proves.EARLIER_SEND) {
                Evidence duplicate = new Evidence(
                        Evidence.Kind.DUPLICATE, "An equal payout exists, and none is found under this reference yet");
                return original(
                        ref,
                        refused.error(),
                        Payout.unknown(ref, refused.error().code(), duplicate));
            }
            throw rejected(Operation.SUBMIT, ref, refused.error(), "HorizonPay refused the payout");
        }
        if (verdict instanceof Verdict.Unclear unclear) {
            return Payout.unknown(ref, unclear.words(), unclear.evidence()).toBuilder()
                    .requestId(requestId)
                    .build();
        }
        Payout made = seen(ref, null, ((Verdict.Told) verdict).transaction()).toBuilder()
                .requestId(requestId)
                .build();
        return HorizonPayMapping.hasEvidence(made, Evidence.Kind.DUPLICATE) ? original(ref, null, made) : made;
    }

    /** Looks once for the payout that this one repeats, and adopts only what is ours. */
    private Payout original(PayoutRef ref, @Nullable ErrorEntry error, Payout otherwise) {
        Payout found;
        try {
            found = byReference(Operation.SUBMIT, ref);
        } catch (PayoutReadException e) {
            return otherwise;
        }
        if (HorizonPayMapping.contradicts(found)) {
            throw collision(ref, error, found);
        }
        return isAbsent(found) ? otherwise : found;
    }

    private static PayoutRejectedException collision(PayoutRef ref, @Nullable ErrorEntry error, Payout found) {
        String difference = found.evidence().map(Evidence::text).orElse("");
        return new PayoutRejectedException(details(
                        Operation.SUBMIT,
                        "another payout has this reference, look at it before paying again: " + difference,
                        Advice.NEVER,
                        ref)
                .error(error)
                .build());
    }

    // ---------------------------------------------------------------- look-ups

    private Payout look(Operation operation, PayoutRef ref) {
        Payout known = ref.providerId().map(id -> byId(operation, ref, id)).orElse(null);
        if (known == null || isAbsent(known)) {
            return byReference(operation, ref);
        }
        boolean unpaid = known.status() == PayoutStatus.FAILED
                || known.status() == PayoutStatus.EXPIRED
                || HorizonPayMapping.hasEvidence(known, Evidence.Kind.DUPLICATE);
        if (!unpaid) {
            return known;
        }
        Payout other = byReference(operation, ref);
        boolean same = other.ref().providerId().equals(known.ref().providerId());
        return isAbsent(other) || same ? known : other;
    }

    private Payout byId(Operation operation, PayoutRef ref, String id) {
        if (id.startsWith(QUEUED)) {
            return byQueue(operation, ref, id.substring(QUEUED.length()));
        }
        if (!HorizonPayMapping.isUsableId(id)) {
            return absent(ref);
        }
        Reply.Answer answer = transport.read(question(operation, ref, "/transactions/" + id));
        return transaction(operation, ref, answer)
                .map(transaction -> seen(ref, id, transaction).toBuilder()
                        .requestId(requestId(answer))
                        .build())
                .orElseGet(() -> absent(ref));
    }

    /**
     * Asks the queue; HTTP 425 means that it has not come to it yet. Where its answer is not clear the payout itself may
     * still be found.
     */
    private Payout byQueue(Operation operation, PayoutRef ref, String id) {
        if (!HorizonPayMapping.isUsableId(id)) {
            return absent(ref);
        }
        Reply.Answer answer = transport.read(question(operation, ref, "/async/result/" + id));
        if (answer.status() == 425) {
            return Payout.builder(ref, PayoutStatus.PROCESSING, "processing")
                    .requestId(requestId(answer))
                    .build();
        }
        Verdict verdict = Verdict.of(answer, errorBook);
        if (verdict instanceof Verdict.Told told) {
            return seen(ref, null, told.transaction()).toBuilder()
                    .requestId(requestId(answer))
                    .build();
        }
        if (verdict instanceof Verdict.Refused refused && HorizonPayMapping.isAboutThePayout(refused.error())) {
            return HorizonPayMapping.refused(ref, refused.error());
        }
        Payout found = byReference(operation, ref);
        if (isAbsent(found) && !saysAbsent(answer)) {
            throw unread(operation, ref, answer, verdict);
        }
        return found;
    }

    /** One transaction; empty if the gateway says that it has none. */
    private Optional<Transaction> transaction(Operation operation, PayoutRef ref, Reply.Answer answer) {
        Verdict verdict = Verdict.of(answer, errorBook);
        if (verdict instanceof Verdict.Told told && answer.successful()) {
            return Optional.of(told.transaction());
        }
        if (saysAbsent(answer)) {
            return Optional.empty();
        }
        throw unread(operation, ref, answer, verdict);
    }

    private Payout byReference(Operation operation, PayoutRef ref) {
        HttpCall call = question(operation, ref, "/v2/transactions/tracking_id/" + ref.reference());
        Reply.Answer answer = transport.read(call);
        List<Payout> found = transactions(operation, ref, answer).stream()
                .filter(transaction ->
                        transaction.type() == null || transaction.type().equals(HorizonPayMapping.PAYOUT))
                .map(transaction -> seen(ref, null, transaction))
                .map(payout -> withReason(operation, ref, payout))
                .toList();
        return HorizonPayMapping.decisive(found)
                .map(payout -> payout.toBuilder().requestId(requestId(answer)).build())
                .orElseGet(() -> absent(ref));
    }

    /** All transactions under one {@code tracking_id}; older pages of the platform give one instead of an array. */
    private List<Transaction> transactions(Operation operation, PayoutRef ref, Reply.Answer answer) {
        if (answer.successful()) {
            try {
                List<@Nullable Transaction> listed =
                        answer.json(Transactions.class).transactions();
                if (listed != null) {
                    return unwrapped(operation, ref, answer, listed);
                }
            } catch (UnreadableBodyException e) {
                throw unread(operation, ref, answer, Verdict.of(answer, errorBook));
            }
        }
        return transaction(operation, ref, answer).stream().toList();
    }

    /** An element that cannot be read might be the paid one, so it spoils the whole answer. */
    private List<Transaction> unwrapped(
            Operation operation, PayoutRef ref, Reply.Answer answer, List<@Nullable Transaction> listed) {
        List<Transaction> transactions = listed.stream()
                .flatMap(Stream::ofNullable)
                .flatMap(element -> element.unwrapped().stream())
                .toList();
        if (transactions.size() < listed.size()) {
            throw unread(operation, ref, answer, Verdict.of(answer, errorBook));
        }
        return transactions;
    }

    /** A failure without a code, as version 2 tells it, might be a duplicate or an open outcome: version 3 says which. */
    private Payout withReason(Operation operation, PayoutRef ref, Payout payout) {
        boolean unexplained =
                payout.decline().map(Decline::code).filter(String::isEmpty).isPresent();
        if (!unexplained) {
            return payout;
        }
        Payout explained = byId(operation, ref, payout.ref().providerId().orElse(""));
        return isAbsent(explained) ? payout : explained;
    }

    private Payout seen(PayoutRef ref, @Nullable String id, Transaction transaction) {
        return HorizonPayMapping.payout(ref, id, transaction, options.testMode(), errorBook);
    }

    private static Payout absent(PayoutRef ref) {
        return Payout.unknown(ref, "", new Evidence(Evidence.Kind.ABSENT, "HorizonPay knows no such payout"));
    }

    private static boolean isAbsent(Payout payout) {
        return HorizonPayMapping.hasEvidence(payout, Evidence.Kind.ABSENT);
    }

    /** A 404 that is not the gateway's own is one of a proxy, and says nothing. */
    private static boolean saysAbsent(Reply.Answer answer) {
        if (answer.status() != 404) {
            return false;
        }
        try {
            return answer.json(Refusal.class).unwrapped().says("record not found");
        } catch (UnreadableBodyException e) {
            return false;
        }
    }

    // ---------------------------------------------------------------- what only this provider has

    /**
     * Asks for the acquirer's account ({@code /balance}), once for each question in the options. It is not a balance at
     * HorizonPay, which tells none.
     *
     * @return one balance per question
     * @throws UnsupportedPayoutException if the options have no question; nothing left the process
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    @Override
    public List<Balance> balance() {
        if (options.balanceQuestions().isEmpty()) {
            throw unsupported(Operation.BALANCE, "the options do not say which balance to ask for", null);
        }
        List<Balance> balances = new ArrayList<>();
        for (HorizonPayOptions.BalanceQuestion question : options.balanceQuestions()) {
            balances.add(balance(question));
        }
        return List.copyOf(balances);
    }

    private Balance balance(HorizonPayOptions.BalanceQuestion question) {
        BalanceQuery query = new BalanceQuery(question.account(), question.currency(), question.gatewayId());
        // The one method that is documented with version 2 ("Balance query").
        Reply.Answer answer = transport.read(HttpCall.builder(Operation.BALANCE, "POST", "/balance")
                .secretHeader("Authorization", authorization)
                .header("X-API-Version", "2")
                .body(Json.write(new Envelope(query)))
                .build());
        try {
            BalanceAnswer body = answer.successful() ? answer.json(BalanceAnswer.class) : null;
            BalanceAnswer.Result result = body == null || !"successful".equals(body.status()) ? null : body.result();
            if (result != null && result.amount() != null && result.currency() != null) {
                return new Balance(
                        Objects.requireNonNullElse(result.account(), ""),
                        Money.ofMinor(result.amount(), result.currency()));
            }
        } catch (UnreadableBodyException | IllegalArgumentException e) {
            throw unread(Operation.BALANCE, null, answer, Verdict.of(answer, errorBook));
        }
        throw unread(Operation.BALANCE, null, answer, Verdict.of(answer, errorBook));
    }

    /**
     * Turns a recipient's card into a token ({@code /transactions/recipient_tokenizations}), so that its number need not
     * be kept.
     *
     * @param reference the merchant's id of this tokenization, in the form of a payout's reference but not one
     * @param card the card
     * @param description what it is for, at most 255 characters
     * @param recipient the recipient's details if the acquirer asks for them, or null
     * @return the same recipient by token
     * @throws IllegalArgumentException if a field is missing or malformed; nothing left the process
     * @throws PayoutNotSentException if HorizonPay received nothing
     * @throws PayoutRejectedException if HorizonPay refused
     * @throws PayoutNotPreparedException if no clear answer came; no money moved, ask again
     */
    public Recipient.SavedCard tokenizeRecipient(
            String reference, Recipient.Card card, String description, @Nullable Participant recipient) {
        HorizonPayRules.REFERENCE.check(reference);
        HorizonPayRules.checkDescription(description);
        HorizonPayRules.checkCard(card);
        if (recipient != null) {
            HorizonPayRules.checkPerson(recipient, "recipient");
        }
        Envelope body = new Envelope(
                HorizonPayMapping.tokenization(reference, card, description, recipient, options.testMode()));
        Reply.Answer answer = transport.prepare(
                gateway(HttpCall.builder(Operation.EXTRA, "POST", "/transactions/recipient_tokenizations")
                                .reference(reference)
                                .body(Json.write(body)))
                        .build());
        Verdict verdict = Verdict.of(answer, errorBook);
        if (verdict instanceof Verdict.Refused refused) {
            throw new PayoutRejectedException(FailureDetails.builder(
                            PROVIDER,
                            Operation.EXTRA,
                            "HorizonPay refused the card",
                            refused.error().advice())
                    .reference(reference)
                    .error(refused.error())
                    .requestId(requestId(answer))
                    .build());
        }
        return token(verdict)
                .map(Recipient.SavedCard::new)
                .orElseThrow(() -> new PayoutNotPreparedException(FailureDetails.builder(
                                PROVIDER, Operation.EXTRA, "the answer has no token", Advice.SAME_REFERENCE_LATER)
                        .reference(reference)
                        .requestId(requestId(answer))
                        .build()));
    }

    private static Optional<String> token(Verdict verdict) {
        return verdict instanceof Verdict.Told told
                        && "successful".equals(told.transaction().status())
                ? told.transaction().card().map(PaymentMethod::token).filter(token -> !token.isBlank())
                : Optional.empty();
    }

    // ---------------------------------------------------------------- calls

    private HttpCall question(Operation operation, PayoutRef ref, String path) {
        return gateway(HttpCall.builder(operation, "GET", path).reference(ref.reference()))
                .build();
    }

    private HttpCall.Builder gateway(HttpCall.Builder call) {
        return call.secretHeader("Authorization", authorization).header("X-API-Version", "3");
    }

    private static @Nullable String requestId(Reply.Answer answer) {
        return answer.header("X-Request-Id")
                .filter(id -> id.matches("[!-~]{1,128}"))
                .orElse(null);
    }

    private static PayoutRejectedException rejected(
            Operation operation, PayoutRef ref, ErrorEntry error, String reason) {
        return new PayoutRejectedException(
                details(operation, reason, error.advice(), ref).error(error).build());
    }

    private static PayoutReadException unread(
            Operation operation, @Nullable PayoutRef ref, Reply.Answer answer, Verdict verdict) {
        ErrorEntry error = null;
        String reason = "HorizonPay's answer was not clear";
        if (verdict instanceof Verdict.Refused refused) {
            error = refused.error();
            reason = "HorizonPay refused the question";
        } else if (verdict instanceof Verdict.Unclear unclear) {
            error = unclear.error();
        }
        return new PayoutReadException(details(operation, reason, Advice.ASK_STATUS, ref)
                .error(error)
                .requestId(requestId(answer))
                .build());
    }

    private static UnsupportedPayoutException unsupported(Operation operation, String reason, @Nullable PayoutRef ref) {
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
        return "HorizonPayPayoutClient[" + options + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final HorizonPayOptions options;
        private HttpOptions http = HttpOptions.defaults();

        private Builder(HorizonPayOptions options) {
            this.options = Objects.requireNonNull(options, "options");
        }

        /**
         * Sets timeouts, proxy, TLS and audit. HorizonPay works on a payout for several seconds within the call, so give
         * it 60 seconds or more.
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
         * @throws IllegalArgumentException if the base URL is not https, or the absence window is not longer than a call
         */
        public HorizonPayPayoutClient build() {
            return new HorizonPayPayoutClient(this);
        }
    }
}
