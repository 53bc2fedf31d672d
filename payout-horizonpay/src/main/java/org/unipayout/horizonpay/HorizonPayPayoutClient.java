package org.unipayout.horizonpay;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Detail;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence.Kind;
import org.unipayout.FailureDetails;
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
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.horizonpay.internal.HorizonPayApi;
import org.unipayout.horizonpay.internal.HorizonPayLookUp;
import org.unipayout.horizonpay.internal.HorizonPayReadings;
import org.unipayout.horizonpay.internal.HorizonPayRequests;
import org.unipayout.horizonpay.internal.HorizonPayRules;
import org.unipayout.horizonpay.internal.wire.AsyncJob;
import org.unipayout.horizonpay.internal.wire.BalanceQuery;
import org.unipayout.horizonpay.internal.wire.CreatePayout;
import org.unipayout.horizonpay.internal.wire.PaymentMethod;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;

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

    private static final Duration LOOKUP_SPACING = Duration.ofMinutes(1);

    private final HorizonPayOptions options;
    private final HorizonPayApi api;
    private final HorizonPayLookUp lookUp;
    private final Clock clock;
    private final Capabilities capabilities;

    private HorizonPayPayoutClient(HorizonPayOptions options, HttpOptions http) {
        this.options = options;
        capabilities = capabilities(options, http.callDeadline());
        api = HorizonPayApi.open(options, http);
        lookUp = new HorizonPayLookUp(api, HorizonPayReadings.of(api.errorBook(), options));
        clock = http.clock();
    }

    /**
     * Opens a client with {@link HttpOptions#defaults}; see {@link #open(HorizonPayOptions, HttpOptions)}.
     *
     * @param options the merchant's shop
     * @return the client; close it
     * @throws IllegalArgumentException as there
     */
    public static HorizonPayPayoutClient open(HorizonPayOptions options) {
        return open(options, HttpOptions.defaults());
    }

    /**
     * Opens a client. Makes no call.
     *
     * @param options the merchant's shop
     * @param http timeouts, proxy, TLS and audit; HorizonPay works on a payout for several seconds within the call, so
     *     give it 60 seconds or more
     * @return the client; close it
     * @throws IllegalArgumentException if the base URL is not https, or the absence window is not longer than a call
     */
    public static HorizonPayPayoutClient open(HorizonPayOptions options, HttpOptions http) {
        return new HorizonPayPayoutClient(options, http);
    }

    private static Capabilities capabilities(HorizonPayOptions options, Duration callDeadline) {
        Capabilities.Builder capabilities = Capabilities.builder(
                        PROVIDER, HorizonPayRules.REFERENCE, resubmission(options, callDeadline), callDeadline)
                .recipients(RecipientKind.CARD_NUMBER, RecipientKind.SAVED_CARD)
                .currencies(options.currencies().toArray(String[]::new))
                .minimum(1)
                .account(options.baseUrl().getHost(), options.shopId())
                .features(Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .passesOn(
                        Detail.DESCRIPTION,
                        Detail.RECIPIENT_DETAILS,
                        Detail.SENDER,
                        Detail.LANGUAGE,
                        Detail.NOTIFICATION_URL)
                .webhooks(webhooks(options));
        return options.balanceQuestions().isEmpty()
                ? capabilities.build()
                : capabilities.features(Feature.BALANCE).build();
    }

    private static Resubmission resubmission(HorizonPayOptions options, Duration callDeadline) {
        if (options.absenceWindow().compareTo(callDeadline) <= 0) {
            throw new IllegalArgumentException("absenceWindow: must be longer than a call may take, " + callDeadline);
        }
        return options.fence().isPresent()
                ? new Resubmission.Fenced(2, LOOKUP_SPACING)
                : new Resubmission.AfterAbsence(options.absenceWindow(), 2, LOOKUP_SPACING);
    }

    private static Webhooks webhooks(HorizonPayOptions options) {
        if (options.verifier().isPresent()) {
            return Webhooks.VERIFIED;
        }
        return options.basicNotifications() ? Webhooks.HINT : Webhooks.NONE;
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
        api.connectAhead(ref);
        return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
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
        checkMayStart(request);
        CreatePayout payout = HorizonPayRequests.payout(request, options);
        return options.asynchronous()
                ? api.enqueue(ref, payout)
                        .fold(
                                told -> queued(ref, told),
                                refused -> refused(ref, refused),
                                unclear -> unclear.payout(ref))
                : api.submit(ref, payout)
                        .fold(
                                told -> lookUp.made(ref, told),
                                refused -> refused(ref, refused),
                                unclear -> unclear.payout(ref));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return lookUp.look(Operation.GET, ref);
    }

    @Override
    public void close() {
        api.close();
    }

    private void check(PayoutRequest request) {
        capabilities.check(request);
        HorizonPayRules.check(request, options.fence().orElse(null));
        if (options.asynchronous() && request.expiresAt().isPresent()) {
            String reason = "expiresAt is not supported for queued payouts: nothing bounds the time in the queue";
            throw new UnsupportedPayoutException(failure(Operation.PREPARE, request, reason, Advice.NEVER));
        }
    }

    /** HorizonPay has no field for it; but it starts a payout as soon as it has it. */
    private void checkMayStart(PayoutRequest request) {
        if (request.expiresAt()
                .filter(expiry -> !clock.instant().isBefore(expiry))
                .isPresent()) {
            String reason = "expiresAt has passed, so nothing was sent";
            throw new PayoutNotSentException(failure(Operation.SUBMIT, request, reason, Advice.NEW_PAYOUT_AFTER_FIX));
        }
    }

    private static FailureDetails failure(Operation operation, PayoutRequest request, String reason, Advice advice) {
        return FailureDetails.builder(PROVIDER, operation, reason, advice)
                .reference(request.reference())
                .build();
    }

    // ---------------------------------------------------------------- how a submit ends

    /**
     * The payout that was sent before under this reference; empty if none is known, or only one that was refused without
     * being executed, so that this one may be sent.
     */
    private Optional<Payout> earlier(PayoutRef ref) {
        boolean sent = ref.providerId().isPresent();
        if (!sent && !options.lookBeforeSubmit()) {
            return Optional.empty();
        }
        api.connectAhead(ref);
        Payout found = HttpTransport.lookBefore(() -> lookUp.look(Operation.SUBMIT, ref));
        boolean free = found.hasEvidence(Kind.EQUAL_PAYOUT)
                || found.hasEvidence(Kind.NOT_LET_THROUGH)
                || (!sent && found.hasEvidence(Kind.ABSENT));
        return free ? Optional.empty() : Optional.of(found);
    }

    private static Payout queued(PayoutRef ref, Ending.Told<AsyncJob> told) {
        AsyncJob job = told.body();
        return told.withRequestId(
                HorizonPayLookUp.queued(ref, String.valueOf(job.requestId()), String.valueOf(job.status())));
    }

    /** Refused for good, or because an equal payout was just made, which may be an earlier send of this one. */
    private Payout refused(PayoutRef ref, Ending.Refused<?> refused) {
        if (!refused.proves(ErrorEntry.Proves.EARLIER_SEND)) {
            throw refused.rejected(refused.error().english());
        }
        Payout equal = refused.withRequestId(HorizonPayReadings.equalPayout(ref, refused.error()));
        try {
            Payout found = lookUp.byReference(Operation.SUBMIT, ref);
            return found.hasEvidence(Kind.ABSENT) ? equal : found;
        } catch (PayoutReadException unread) {
            return equal;
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
            return PayoutClient.super.balance();
        }
        List<Balance> balances = new ArrayList<>();
        for (BalanceQuery question : options.balanceQuestions()) {
            balances.add(HorizonPayApi.told(api.balance(question)).body());
        }
        return List.copyOf(balances);
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
        Ending<Transaction> ending = api.tokenize(
                HorizonPayRequests.tokenization(reference, card, description, recipient, options.testMode()));
        if (!(ending instanceof Ending.Told<Transaction> told)) {
            throw ending.notDone();
        }
        return token(told.body())
                .map(Recipient.SavedCard::new)
                .orElseThrow(() -> told.notPrepared("the answer has no token"));
    }

    private static Optional<String> token(Transaction made) {
        return Optional.of(made)
                .filter(transaction -> "successful".equals(transaction.status()))
                .flatMap(Transaction::card)
                .map(PaymentMethod::token)
                .filter(token -> !token.isBlank());
    }

    @Override
    public String toString() {
        return "HorizonPayPayoutClient[" + options + "]";
    }
}
