package org.unipayout.ioka.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaOptions.Credentials;

/** ioka as all flows see it: calls with a key go out, verdicts and exceptions come back. Thread-safe; close it. */
public final class IokaApi implements AutoCloseable {
    private static final Redaction REDACTION = Redaction.showing(
            "id",
            "uuid",
            "order_id",
            "external_id",
            "status",
            "type",
            "code",
            "amount",
            "transferred_amount",
            "currency",
            "capture_method",
            "acquirer",
            "created_at",
            "updated_at",
            "due_date");

    private final String provider;
    private final HttpTransport transport;
    private final ErrorBook errorBook;
    private final ApiKeys keys;

    private IokaApi(String provider, HttpTransport transport, ErrorBook errorBook, ApiKeys keys) {
        this.provider = provider;
        this.transport = transport;
        this.errorBook = errorBook;
        this.keys = keys;
    }

    /** Opens the way to ioka; makes no call. */
    public static IokaApi open(String provider, IokaOptions options, HttpOptions http) {
        HttpTransport transport = HttpTransport.open(provider, options.baseUrl(), http, REDACTION);
        ErrorBook errorBook = IokaErrors.read();
        ApiKeys keys = options.credentials() instanceof Credentials.Client client
                ? new RenewedKeys(client, transport, http.clock(), errorBook)
                : ApiKeys.of(((Credentials.ApiKey) options.credentials()).value());
        return new IokaApi(provider, transport, errorBook, keys);
    }

    /** ioka's codes, with this client's count of unlisted ones. */
    public ErrorBook errorBook() {
        return errorBook;
    }

    // ---------------------------------------------------------------- calls

    /** Asks a question; a key that expired early is renewed once. */
    public <T> Verdict<T> read(IokaCall call, Class<T> type) {
        Secret key = keyToRead(call);
        Reply.Answer answer = transport.read(call.with(key));
        if (answer.status() == 401 && keys.refused(key)) {
            answer = transport.read(call.with(keyToRead(call)));
        }
        return Verdict.of(answer, type, errorBook);
    }

    /** Sends a call that only prepares, once. */
    public <T> Verdict<T> prepare(IokaCall call, Class<T> type) {
        Secret key = keyToSend(call);
        Reply.Answer answer = transport.prepare(call.with(key));
        noticeRefusal(answer, key);
        return Verdict.of(answer, type, errorBook);
    }

    /** Sends a call whose good answer has no body, once. */
    public void prepareWithoutAnswer(IokaCall call) {
        Secret key = keyToSend(call);
        Reply.Answer answer = transport.prepare(call.with(key));
        noticeRefusal(answer, key);
        if (answer.successful()) {
            return;
        }
        throw notDone(call.operation(), call.ref(), Verdict.of(answer, Object.class, errorBook));
    }

    /** Sends a call that may move money or cancel, once; a 401 proves that it was not executed and is not repeated. */
    public <T> Verdict<T> send(IokaCall call, Class<T> type) {
        Secret key = keyToSend(call);
        Reply reply = transport.sendOnce(call.with(key));
        noticeRefusal(reply, key);
        return Verdict.of(reply, type, errorBook);
    }

    private void noticeRefusal(Reply reply, Secret key) {
        if (reply instanceof Reply.Answer answer && answer.status() == 401) {
            keys.refused(key);
        }
    }

    private Secret keyToRead(IokaCall call) {
        try {
            return keys.key();
        } catch (NoKeyException e) {
            throw new PayoutReadException(details(call.operation(), e.reason(), Advice.ASK_STATUS, call.ref())
                    .error(e.error())
                    .requestId(e.traceId())
                    .build());
        }
    }

    private Secret keyToSend(IokaCall call) {
        try {
            return keys.key();
        } catch (NoKeyException e) {
            FailureDetails details = details(call.operation(), e.reason(), Advice.SAME_REFERENCE_LATER, call.ref())
                    .error(e.error())
                    .requestId(e.traceId())
                    .build();
            throw e.error() == null ? new PayoutNotSentException(details) : new PayoutRejectedException(details);
        }
    }

    // ---------------------------------------------------------------- what is known of an order

    /** ioka does not have the order. */
    public static Payout absent(PayoutRef ref) {
        return Payout.unknown(ref, "", new Evidence(Evidence.Kind.ABSENT, "ioka knows no such order"));
    }

    /** Lets prepare give out only a handle that can be worked with. */
    public Payout usable(Payout payout, Verdict<?> verdict) {
        boolean clear = payout.status() == PayoutStatus.AWAITING_RECIPIENT
                ? payout.nextAction().isPresent()
                : payout.status() != PayoutStatus.UNKNOWN;
        if (clear) {
            return payout;
        }
        String why = payout.evidence().map(Evidence::text).orElse("The order has no usable form");
        throw notPrepared(Operation.PREPARE, payout.ref(), verdict, "ioka's answer cannot be trusted: " + why);
    }

    /** Looks at an order before a call that could change it; without a present order that call is not made. */
    public Payout lookBefore(Operation operation, PayoutRef ref, Supplier<Payout> look) {
        Payout present;
        try {
            present = look.get();
        } catch (PayoutReadException e) {
            throw notSent(operation, ref, "the order could not be read, so nothing was sent", e);
        }
        boolean absent = present.evidence()
                .filter(evidence -> evidence.kind() == Evidence.Kind.ABSENT)
                .isPresent();
        if (absent) {
            throw notSent(
                    operation, ref, "ioka has no such order or does not serve this address; nothing was sent", null);
        }
        return present;
    }

    private PayoutException notSent(
            Operation operation, PayoutRef ref, String reason, @Nullable PayoutReadException cause) {
        ErrorEntry error = cause == null ? null : cause.error().orElse(null);
        FailureDetails details = details(operation, reason, Advice.SAME_REFERENCE_LATER, ref)
                .error(error)
                .requestId(cause == null ? null : cause.requestId().orElse(null))
                .build();
        return error != null && error.proves() == Proves.NOT_EXECUTED
                ? new PayoutRejectedException(details)
                : new PayoutNotSentException(details);
    }

    // ---------------------------------------------------------------- exceptions

    /** ioka refused, and nothing was executed. */
    public PayoutRejectedException rejected(
            Operation operation, @Nullable PayoutRef ref, Verdict.Refused<?> refused, String reason) {
        return new PayoutRejectedException(
                details(operation, reason, refused.error().advice(), ref)
                        .error(refused.error())
                        .requestId(refused.traceId())
                        .build());
    }

    /** A preparing call ended without being done: refused or unclear. */
    public RuntimeException notDone(Operation operation, @Nullable PayoutRef ref, Verdict<?> verdict) {
        return verdict instanceof Verdict.Refused<?> refused
                ? rejected(operation, ref, refused, "ioka refused the call")
                : notPrepared(operation, ref, verdict, "ioka's answer was not clear");
    }

    /** A preparing call had no clear answer. */
    public PayoutNotPreparedException notPrepared(
            Operation operation, @Nullable PayoutRef ref, Verdict<?> verdict, String reason) {
        return new PayoutNotPreparedException(details(operation, reason, Advice.SAME_REFERENCE_LATER, ref)
                .error(Verdict.code(verdict))
                .requestId(verdict.traceId())
                .build());
    }

    /** A question had no usable answer. */
    public PayoutReadException unread(Operation operation, @Nullable PayoutRef ref, Verdict<?> verdict) {
        String reason =
                verdict instanceof Verdict.Refused<?> ? "ioka refused the question" : "ioka's answer was not clear";
        return new PayoutReadException(details(operation, reason, Advice.ASK_STATUS, ref)
                .error(Verdict.code(verdict))
                .requestId(verdict.traceId())
                .build());
    }

    /** The details of an exception of this flow. */
    public FailureDetails.Builder details(Operation operation, String reason, Advice advice, @Nullable PayoutRef ref) {
        return FailureDetails.builder(provider, operation, reason, advice)
                .reference(ref == null ? null : ref.reference());
    }

    @Override
    public void close() {
        transport.close();
    }
}
