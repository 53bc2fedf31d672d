package org.unipayout.ioka.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Identity;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.Secret;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaOptions.Credentials;

/** ioka as all flows see it: calls with a key go out, endings and exceptions come back. Thread-safe; close it. */
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
                    "due_date")
            .within("order", "transfer", "transfers", "payout", "items", "error");

    private static final String REQUEST_ID = "x-trace-id";

    private final String provider;
    private final HttpTransport transport;
    private final ErrorBook errorBook;
    private final IokaJudge judge;
    private final ApiKeys keys;

    private IokaApi(String provider, HttpTransport transport, ErrorBook errorBook, IokaJudge judge, ApiKeys keys) {
        this.provider = provider;
        this.transport = transport;
        this.errorBook = errorBook;
        this.judge = judge;
        this.keys = keys;
    }

    /** Opens the way to ioka; makes no call. */
    public static IokaApi open(String provider, IokaOptions options, HttpOptions http) {
        HttpTransport transport = HttpTransport.open(provider, options.baseUrl(), http, REDACTION, REQUEST_ID);
        ErrorBook errorBook = IokaErrors.read();
        IokaJudge judge = new IokaJudge(errorBook);
        ApiKeys keys = options.credentials() instanceof Credentials.Client client
                ? new RenewedKeys(client, transport, http.clock(), judge)
                : ApiKeys.of(((Credentials.ApiKey) options.credentials()).value());
        return new IokaApi(provider, transport, errorBook, judge, keys);
    }

    /** ioka's codes, with this client's count of unlisted ones. */
    public ErrorBook errorBook() {
        return errorBook;
    }

    /** Asks a question; a key that expired early is renewed once. */
    public <T> Ending<T> read(IokaCall call, Class<T> type) {
        return answer(call).judgedBy(answer -> judge.judge(answer, IokaJudge.one(type)));
    }

    /** Searches for the one order of our reference; {@code ours} takes it from the list, or null from what is none. */
    public <L, T> Ending<T> search(IokaCall call, Class<L> type, Function<L, @Nullable List<T>> ours) {
        return answer(call)
                .judgedBy(answer -> judge.judge(answer, good -> judge.hit(good, ours.apply(good.json(type)))));
    }

    private Reply.Answer answer(IokaCall call) {
        Secret key = keyToRead(call);
        Reply.Answer answer = transport.read(call.with(key));
        return answer.status() == 401 && keys.refused(key) ? transport.read(call.with(keyToRead(call))) : answer;
    }

    /** Sends a call that only prepares, once. */
    public <T> Ending<T> prepare(IokaCall call, Class<T> type) {
        return prepare(call, IokaJudge.one(type));
    }

    /** Sends a call whose good answer has no body, once. */
    public void prepareWithoutAnswer(IokaCall call) {
        Ending<IokaCall> ending = prepare(call, answer -> answer.told(call));
        if (!(ending instanceof Ending.Told<IokaCall>)) {
            throw ending.notDone();
        }
    }

    private <T> Ending<T> prepare(IokaCall call, IokaJudge.Reader<T> reader) {
        Secret key = keyToSend(call);
        Reply.Answer answer = transport.prepare(call.with(key));
        noticeRefusal(answer, key);
        return answer.judgedBy(complete -> judge.judge(complete, reader));
    }

    /** Opens the connection that the payout's {@link #send} will take. */
    public void connectAhead(PayoutRef ref) {
        transport.connectAhead(ref.reference());
    }

    /** Sends a call that may move money or cancel, once; a 401 proves that it was not executed and is not repeated. */
    public <T> Ending<T> send(IokaCall call, Class<T> type) {
        Secret key = keyToSend(call);
        Reply reply = transport.sendOnce(call.with(key));
        noticeRefusal(reply, key);
        return reply.judgedBy(answer -> judge.judge(answer, IokaJudge.one(type)));
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

    /** What a question was answered with, or the exception that there is no usable answer. */
    public static <T> T told(Ending<T> ending) {
        if (ending instanceof Ending.Told<T> told) {
            return told.body();
        }
        throw ending.unread();
    }

    /** What a search found, or the exception that there is no usable answer; empty if it found nothing. */
    public static <T> Optional<T> found(Ending<T> search) {
        return isUnknown(search) ? Optional.empty() : Optional.of(told(search));
    }

    /** A question whose answer cannot be read has no answer. */
    public static Payout readable(Payout payout, Ending<?> ending) {
        if (payout.hasEvidence(Evidence.Kind.UNREADABLE_ANSWER)) {
            throw ending.unread();
        }
        return payout;
    }

    /** A look before or after a call rejects it if the reference belongs to a different payout; a mere question says so. */
    public static void requireOurs(Operation operation, Supplier<Identity> shown, Ending<?> look) {
        if (operation == Operation.GET) {
            return;
        }
        Identity identity = shown.get();
        if (identity.collides()) {
            throw look.taken(identity);
        }
    }

    /** An order that ioka does not have, or the exception that there is no usable answer. */
    public static Payout absent(PayoutRef ref, Ending<?> ending) {
        if (isUnknown(ending)) {
            return ending.absent(ref);
        }
        throw ending.unread();
    }

    private static boolean isUnknown(Ending<?> ending) {
        return ending.row()
                .filter(row -> row.category() == ErrorCategory.NOT_FOUND)
                .isPresent();
    }

    /** There is nothing to change at ioka, so nothing was sent. */
    PayoutNotSentException notSent(Operation operation, Payout absent) {
        String reason = "ioka has no such order or does not serve this address; nothing was sent";
        return new PayoutNotSentException(details(operation, reason, Advice.SAME_REFERENCE_LATER, absent.ref())
                .requestId(absent.requestId().orElse(null))
                .build());
    }

    /** The request asks for something that this flow does not have; nothing was sent. */
    public UnsupportedPayoutException unsupported(String reason, PayoutRef ref) {
        return new UnsupportedPayoutException(
                details(Operation.PREPARE, reason, Advice.NEVER, ref).build());
    }

    private FailureDetails.Builder details(Operation operation, String reason, Advice advice, @Nullable PayoutRef ref) {
        return FailureDetails.builder(provider, operation, reason, advice)
                .reference(ref == null ? null : ref.reference());
    }

    @Override
    public void close() {
        transport.close();
    }
}
