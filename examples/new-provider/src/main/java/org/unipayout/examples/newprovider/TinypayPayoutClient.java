package org.unipayout.examples.newprovider;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.examples.newprovider.internal.TinypayMapping;
import org.unipayout.examples.newprovider.internal.wire.PayoutState;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/**
 * Pays through Tinypay, to saved cards, in tenge.
 *
 * <pre>
 * prepare ──► submit          ──► observe
 * no call     POST /payouts       GET /payouts/{id}, or by reference
 * </pre>
 *
 * <p>Tinypay pays a reference once, so the reference is what makes a repetition harmless. Thread-safe. Owns its
 * connections: close it. Source: tinypay-api.md.
 */
public final class TinypayPayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = "tinypay";

    private static final ReferenceRule REFERENCE =
            new ReferenceRule(40, Pattern.compile("[A-Za-z0-9_-]+"), "letters, digits, dash and underscore");

    /** The page promises that a payout is found after 30 seconds; twice that is the safe side. */
    private static final Resubmission RESUBMISSION = new Resubmission.SameReference(2, Duration.ofMinutes(1));

    private static final Redaction REDACTION =
            Redaction.showing("id", "reference", "amount", "currency", "status", "code");

    private final TinypayOptions options;
    private final HttpTransport transport;
    private final Capabilities capabilities;
    private final ErrorBook errorBook;

    private TinypayPayoutClient(TinypayOptions options, HttpOptions http) {
        this.options = options;
        InputStream rows = TinypayPayoutClient.class.getResourceAsStream("error-book.tsv");
        errorBook = ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
        capabilities = Capabilities.builder(PROVIDER, REFERENCE, RESUBMISSION, http.callDeadline())
                .recipients(RecipientKind.SAVED_CARD)
                .currencies("KZT")
                .minimum(1)
                .maximum(100_000_000)
                .features(Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .build();
        transport = HttpTransport.open(PROVIDER, options.baseUrl(), http, REDACTION);
    }

    /** Opens a client; makes no call. */
    public static TinypayPayoutClient open(TinypayOptions options, HttpOptions http) {
        return new TinypayPayoutClient(options, http);
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
        capabilities.check(request);
        return Payout.builder(PayoutRef.of(PROVIDER, request), PayoutStatus.PREPARED, "")
                .build();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        capabilities.check(request);
        ref.requireMadeFrom(request);
        Reply reply = transport.sendOnce(call(Operation.SUBMIT, "POST", "/payouts", ref)
                .body(Json.write(TinypayMapping.newPayout(request)))
                .build());
        if (reply instanceof Reply.NoAnswer none) {
            return Payout.unknown(ref, "", none.evidence());
        }
        Reply.Answer answer = (Reply.Answer) reply;
        return answer.successful() ? accepted(ref, answer) : refused(ref, request, answer);
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        Reply.Answer answer = transport.read(question(Operation.GET, ref));
        PayoutState state = state(answer).orElse(null);
        if (state != null) {
            return TinypayMapping.payout(ref, state, errorBook);
        }
        ErrorEntry error = TinypayMapping.error(answer, errorBook);
        if (error.code().equals("404/payout_not_found")) {
            return unknown(ref, error.code(), Evidence.Kind.ABSENT, "Tinypay knows no such payout");
        }
        throw unread(ref, errorBook.find(error.code()).orElse(null));
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        throw unsupported(Operation.CONFIRM, "Tinypay has no confirmation", ref);
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        throw unsupported(Operation.CANCEL, "Tinypay does not cancel payouts", ref);
    }

    @Override
    public List<Balance> balance() {
        throw unsupported(Operation.BALANCE, "Tinypay does not tell a balance", null);
    }

    @Override
    public void close() {
        transport.close();
    }

    // ---------------------------------------------------------------- how a submit ends

    private Payout accepted(PayoutRef ref, Reply.Answer answer) {
        return state(answer)
                .map(state -> TinypayMapping.payout(ref, state, errorBook))
                .orElseGet(() -> unknown(
                        ref, "", Evidence.Kind.UNREADABLE_ANSWER, "HTTP " + answer.status() + " without a payout"));
    }

    private Payout refused(PayoutRef ref, PayoutRequest request, Reply.Answer answer) {
        ErrorEntry error = TinypayMapping.error(answer, errorBook);
        return switch (error.proves()) {
            case NOT_EXECUTED -> throw rejected("Tinypay refused the payout", error.advice(), ref, error);
            case EARLIER_SEND -> earlierPayout(ref, request, error);
            case NOTHING, DECLINED -> {
                // A decline is a payout with that status; as an error it is not documented.
                Evidence.Kind kind =
                        answer.status() >= 500 ? Evidence.Kind.SERVER_ERROR : Evidence.Kind.UNDOCUMENTED_ANSWER;
                yield unknown(ref, error.code(), kind, "HTTP " + answer.status() + " that proves nothing");
            }
        };
    }

    /** The payout that already has this reference, looked up once: ours, a different one, or unclear. */
    private Payout earlierPayout(PayoutRef ref, PayoutRequest request, ErrorEntry error) {
        PayoutState earlier = earlierState(request).orElse(null);
        if (earlier == null) {
            return unknown(ref, error.code(), Evidence.Kind.DUPLICATE, "An earlier payout exists and was not shown");
        }
        String collision = TinypayMapping.collision(ref, request, earlier).orElse(null);
        if (collision != null) {
            throw rejected(
                    "the reference belongs to a different payout, with another " + collision,
                    Advice.NEW_PAYOUT_AFTER_FIX,
                    ref,
                    error);
        }
        return TinypayMapping.payout(ref, earlier, errorBook);
    }

    private Optional<PayoutState> earlierState(PayoutRequest request) {
        try {
            return state(transport.read(question(Operation.SUBMIT, PayoutRef.of(PROVIDER, request))));
        } catch (PayoutReadException unanswered) {
            return Optional.empty();
        }
    }

    // ---------------------------------------------------------------- calls and failures

    private HttpCall.Builder call(Operation operation, String method, String path, PayoutRef ref) {
        return HttpCall.builder(operation, method, path)
                .reference(ref.reference())
                .secretHeader("API-KEY", options.apiKey());
    }

    /** By the provider's id once it is known, else by the reference. */
    private HttpCall question(Operation operation, PayoutRef ref) {
        return ref.providerId()
                .filter(TinypayMapping::isUsableId)
                .map(id -> call(operation, "GET", "/payouts/" + id, ref))
                .orElseGet(() -> call(operation, "GET", "/payouts", ref).query("reference", ref.reference()))
                .build();
    }

    /** The payout in a good answer; empty if there is none to read. */
    private static Optional<PayoutState> state(Reply.Answer answer) {
        try {
            return answer.successful() ? Optional.of(answer.json(PayoutState.class)) : Optional.empty();
        } catch (UnreadableBodyException e) {
            return Optional.empty();
        }
    }

    private static Payout unknown(PayoutRef ref, String words, Evidence.Kind kind, String why) {
        return Payout.unknown(ref, words, new Evidence(kind, why));
    }

    private static PayoutRejectedException rejected(String reason, Advice advice, PayoutRef ref, ErrorEntry error) {
        return new PayoutRejectedException(details(Operation.SUBMIT, reason, advice, ref, error));
    }

    private static PayoutReadException unread(PayoutRef ref, @Nullable ErrorEntry error) {
        String reason = "Tinypay gave no usable answer to the question";
        return new PayoutReadException(details(Operation.GET, reason, Advice.ASK_STATUS, ref, error));
    }

    private static UnsupportedPayoutException unsupported(Operation operation, String reason, @Nullable PayoutRef ref) {
        return new UnsupportedPayoutException(details(operation, reason, Advice.NEVER, ref, null));
    }

    private static FailureDetails details(
            Operation operation, String reason, Advice advice, @Nullable PayoutRef ref, @Nullable ErrorEntry error) {
        return FailureDetails.builder(PROVIDER, operation, reason, advice)
                .reference(ref == null ? null : ref.reference())
                .error(error)
                .build();
    }

    @Override
    public String toString() {
        return "TinypayPayoutClient[" + options + "]";
    }
}
