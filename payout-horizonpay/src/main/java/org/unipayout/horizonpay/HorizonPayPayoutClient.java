package org.unipayout.horizonpay;

import java.time.Duration;
import java.util.List;
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
import org.unipayout.horizonpay.internal.Verdict;
import org.unipayout.horizonpay.internal.wire.CreatePayout;
import org.unipayout.horizonpay.internal.wire.PaymentMethod;
import org.unipayout.http.HttpOptions;

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
    private final Capabilities capabilities;

    private HorizonPayPayoutClient(HorizonPayOptions options, HttpOptions http) {
        this.options = options;
        capabilities = capabilities(options, http.callDeadline());
        api = HorizonPayApi.open(options, http);
        lookUp = new HorizonPayLookUp(api, options.testMode());
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
        CreatePayout payout = HorizonPayRequests.payout(request, options.testMode());
        return outcome(ref, options.asynchronous() ? api.enqueue(ref, payout) : api.submit(ref, payout));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return lookUp.look(Operation.GET, ref);
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
        api.close();
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
            found = lookUp.look(Operation.SUBMIT, ref);
        } catch (PayoutReadException e) {
            throw notSent(ref, e);
        }
        if (HorizonPayReadings.contradicts(found)) {
            throw collision(ref, null, found);
        }
        boolean free = ref.providerId().isEmpty() && HorizonPayLookUp.isAbsent(found);
        return free ? Optional.empty() : Optional.of(found);
    }

    /** The look-up before the submit failed, so nothing was sent. */
    private static RuntimeException notSent(PayoutRef ref, PayoutReadException cause) {
        ErrorEntry error = cause.error().orElse(null);
        if (error != null && error.proves() == ErrorEntry.Proves.NOT_EXECUTED) {
            return HorizonPayApi.rejected(Operation.SUBMIT, ref, error, "HorizonPay refused the look-up before it");
        }
        return new PayoutNotSentException(HorizonPayApi.details(
                        Operation.SUBMIT,
                        "whether the reference was used already could not be read, so nothing was sent",
                        Advice.SAME_REFERENCE_LATER,
                        ref)
                .error(error)
                .requestId(cause.requestId().orElse(null))
                .build());
    }

    /** The ending of a submit, by the table of the money contract. */
    private Payout outcome(PayoutRef ref, Verdict verdict) {
        if (verdict instanceof Verdict.Queued queued) {
            return HorizonPayLookUp.queued(ref, queued);
        }
        if (verdict instanceof Verdict.Told told) {
            Payout made = lookUp.seen(ref, null, told);
            return HorizonPayReadings.hasEvidence(made, Evidence.Kind.DUPLICATE) ? original(ref, null, made) : made;
        }
        if (verdict instanceof Verdict.Refused refused) {
            return refusal(ref, refused.error());
        }
        Verdict.Unclear unclear = (Verdict.Unclear) verdict;
        return Payout.unknown(ref, unclear.words(), unclear.evidence()).toBuilder()
                .requestId(unclear.requestId())
                .build();
    }

    private Payout refusal(PayoutRef ref, ErrorEntry error) {
        if (error.proves() != ErrorEntry.Proves.EARLIER_SEND) {
            throw HorizonPayApi.rejected(Operation.SUBMIT, ref, error, "HorizonPay refused the payout");
        }
        Evidence duplicate = new Evidence(
                Evidence.Kind.DUPLICATE, "An equal payout exists, and none is found under this reference yet");
        return original(ref, error, Payout.unknown(ref, error.code(), duplicate));
    }

    /** Looks once for the payout that this one repeats, and adopts only what is ours. */
    private Payout original(PayoutRef ref, @Nullable ErrorEntry error, Payout otherwise) {
        Payout found;
        try {
            found = lookUp.byReference(Operation.SUBMIT, ref);
        } catch (PayoutReadException e) {
            return otherwise;
        }
        if (HorizonPayReadings.contradicts(found)) {
            throw collision(ref, error, found);
        }
        return HorizonPayLookUp.isAbsent(found) ? otherwise : found;
    }

    private static PayoutRejectedException collision(PayoutRef ref, @Nullable ErrorEntry error, Payout found) {
        String difference = found.evidence().map(Evidence::text).orElse("");
        return new PayoutRejectedException(HorizonPayApi.details(
                        Operation.SUBMIT,
                        "another payout has this reference, look at it before paying again: " + difference,
                        Advice.NEVER,
                        ref)
                .error(error)
                .build());
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
        return options.balanceQuestions().stream().map(api::balance).toList();
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
        Verdict verdict = api.tokenize(
                HorizonPayRequests.tokenization(reference, card, description, recipient, options.testMode()));
        if (verdict instanceof Verdict.Refused refused) {
            throw new PayoutRejectedException(FailureDetails.builder(
                            PROVIDER,
                            Operation.EXTRA,
                            "HorizonPay refused the card",
                            refused.error().advice())
                    .reference(reference)
                    .error(refused.error())
                    .requestId(verdict.requestId())
                    .build());
        }
        return token(verdict)
                .map(Recipient.SavedCard::new)
                .orElseThrow(() -> new PayoutNotPreparedException(FailureDetails.builder(
                                PROVIDER, Operation.EXTRA, "the answer has no token", Advice.SAME_REFERENCE_LATER)
                        .reference(reference)
                        .requestId(verdict.requestId())
                        .build()));
    }

    private static Optional<String> token(Verdict verdict) {
        return verdict instanceof Verdict.Told told
                        && "successful".equals(told.transaction().status())
                ? told.transaction().card().map(PaymentMethod::token).filter(token -> !token.isBlank())
                : Optional.empty();
    }

    private static UnsupportedPayoutException unsupported(Operation operation, String reason, @Nullable PayoutRef ref) {
        return new UnsupportedPayoutException(
                HorizonPayApi.details(operation, reason, Advice.NEVER, ref).build());
    }

    @Override
    public String toString() {
        return "HorizonPayPayoutClient[" + options + "]";
    }
}
