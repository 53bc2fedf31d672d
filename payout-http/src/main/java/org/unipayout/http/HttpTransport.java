package org.unipayout.http;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.unipayout.Advice;
import org.unipayout.ErrorEntry;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;

/**
 * The one transport of all adapters.
 *
 * <p>It knows of every call how far it got, and says it in the words of the money contract: a call that throws {@link
 * PayoutNotSentException} proves that nothing was received; a {@link Reply.NoAnswer} proves nothing. What can move money
 * leaves at most once, on a connection of its own; only questions are repeated. Redirects are never followed, cookies
 * never kept, HTTP/1.1 is spoken.
 *
 * <p>Thread-safe. An interrupt ends a call at once and stays set; so does {@link #close}, from any thread. A call in an
 * interrupted thread does no I/O. No exception has a cause, and there is no wire log: only the {@link
 * org.unipayout.ExchangeSink} sees exchanges, redacted.
 */
public final class HttpTransport implements AutoCloseable {
    private static final String REQUEST_ID = "X-Request-Id";

    private final String provider;
    private final HttpOptions options;
    private final CallRunner runner;
    private final Wire fresh;
    private final Wire pooled;
    private final Channel once;
    private final Channel repeated;
    private final Duration look;

    private HttpTransport(
            String provider, URI baseUrl, HttpOptions options, Redaction redaction, String requestIdHeader) {
        this.provider = provider;
        this.options = options;
        look = shorter(options.callDeadline().dividedBy(3), options.readDeadline());
        runner = new CallRunner(provider);
        fresh = new Wire(provider, baseUrl, requestIdHeader, options, Wire.freshConnections(), runner);
        pooled = new Wire(provider, baseUrl, requestIdHeader, options, Wire.pooledConnections(), runner);
        once = completing(new AuditedChannel(fresh, provider, options, redaction), requestIdHeader);
        repeated = completing(
                new RetryingChannel(new AuditedChannel(pooled, provider, options, redaction), runner, options),
                requestIdHeader);
    }

    private Channel completing(Channel next, String requestIdHeader) {
        return new CompletingChannel(next, runner, provider, requestIdHeader);
    }

    /**
     * Opens the way to a provider that gives its id of a call in {@code X-Request-Id}; connects with the first call.
     *
     * @param provider the provider's short name, for exceptions and the audit trail
     * @param baseUrl https, with a path prefix if the provider has one; http only for this machine
     * @param options timeouts, limits, proxy, TLS, audit
     * @param redaction which JSON fields the audit trail may see
     * @return the transport; close it
     * @throws IllegalArgumentException if the base URL is not of that form
     * @throws IllegalStateException if OkHttp or Jackson was loaded in a version that does not fit; says which and the cure
     */
    public static HttpTransport open(String provider, URI baseUrl, HttpOptions options, Redaction redaction) {
        return open(provider, baseUrl, options, redaction, REQUEST_ID);
    }

    /**
     * Opens the way to a provider; connects with the first call.
     *
     * @param provider the provider's short name, for exceptions and the audit trail
     * @param baseUrl https, with a path prefix if the provider has one; http only for this machine
     * @param options timeouts, limits, proxy, TLS, audit
     * @param redaction which JSON fields the audit trail may see
     * @param requestIdHeader in which header of an answer the provider gives its id of the call; for endings, exceptions
     *     and the audit trail
     * @return the transport; close it
     * @throws IllegalArgumentException if the base URL is not of that form
     * @throws IllegalStateException if OkHttp or Jackson was loaded in a version that does not fit; says which and the cure
     */
    public static HttpTransport open(
            String provider, URI baseUrl, HttpOptions options, Redaction redaction, String requestIdHeader) {
        Neighbours.check();
        return new HttpTransport(provider, baseUrl, options, redaction, requestIdHeader);
    }

    /**
     * Looks before a call that could change something: without a usable answer that call must not be made.
     *
     * @param <T> what is seen
     * @param look asks with {@link #read}, for the operation that is to follow
     * @return what was seen
     * @throws PayoutNotSentException if there was no usable answer
     * @throws PayoutRejectedException if the provider refused the look by a code that proves "not executed", as with
     *     wrong credentials
     */
    public static <T> T lookBefore(Supplier<T> look) {
        try {
            return look.get();
        } catch (PayoutReadException unread) {
            throw notSent(unread);
        }
    }

    private static PayoutException notSent(PayoutReadException unread) {
        ErrorEntry refusal = unread.error()
                .filter(error -> error.proves() == ErrorEntry.Proves.NOT_EXECUTED)
                .orElse(null);
        Advice advice = refusal == null ? Advice.SAME_REFERENCE_LATER : refusal.advice();
        FailureDetails details = FailureDetails.builder(
                        unread.provider(),
                        unread.operation(),
                        "the present state could not be read, so nothing was sent",
                        advice)
                .reference(unread.reference().orElse(null))
                .error(unread.error().orElse(null))
                .requestId(unread.requestId().orElse(null))
                .build();
        return refusal == null ? new PayoutNotSentException(details) : new PayoutRejectedException(details);
    }

    /**
     * Opens the connection for a call that {@link #sendOnce} will be given within moments, while something else takes its time:
     * the call that prepares it, the look before it, the commit of a database. Returns at once and never throws.
     *
     * <p>The next {@link #sendOnce} under this reference that is not {@link Operation#PREPARE} takes it, and no other call; used
     * once, and only if the other side kept silent and open. Else, and if it does not come about, that call connects for
     * itself. If no call comes within 2 seconds it is closed, and nothing was written. No header and no key is part of it.
     *
     * @param reference the merchant's reference, as the call will have it
     */
    public void connectAhead(String reference) {
        fresh.connectAhead(reference);
    }

    /**
     * Sends a call that may move money, or that cancels: at most once.
     *
     * @param call the call
     * @return the complete answer whatever its status, or why there is none although the call may have left
     * @throws PayoutNotSentException if no byte of the call was written
     */
    public Reply sendOnce(HttpCall call) {
        Reply reply = once.send(call, options.callDeadline());
        if (reply instanceof Reply.NoAnswer noAnswer && noAnswer.nothingWritten()) {
            throw new PayoutNotSentException(details(noAnswer, Advice.SAME_REFERENCE_LATER));
        }
        return reply;
    }

    /**
     * Sends a call that only prepares: at most once.
     *
     * @param call the call
     * @return the complete answer whatever its status
     * @throws PayoutNotSentException if no byte of the call was written
     * @throws PayoutNotPreparedException if it may have left and no complete answer came
     */
    public Reply.Answer prepare(HttpCall call) {
        Reply reply = sendOnce(call);
        if (reply instanceof Reply.Answer answer) {
            return answer;
        }
        throw new PayoutNotPreparedException(details((Reply.NoAnswer) reply, Advice.SAME_REFERENCE_LATER));
    }

    /**
     * Asks a question; repeats it after no answer and after 408, 429, 500, 502, 503 and 504 until {@link
     * HttpOptions.Builder#readDeadline}, with pauses that grow and vary, and as long as Retry-After demands. A Retry-After
     * beyond the deadline ends it at once.
     *
     * <p>A look that belongs to another operation takes no longer than a third of the call deadline, so that a call which
     * prepares, its looks and the call that sends are over within three call deadlines: after these a journal takes "nothing
     * happened" for true.
     *
     * @param call the call; must change nothing at the provider
     * @return the last complete answer whatever its status
     * @throws PayoutReadException if there never was one
     */
    public Reply.Answer read(HttpCall call) {
        Reply reply = repeated.send(call, limit(call.operation()));
        if (reply instanceof Reply.Answer answer) {
            return answer;
        }
        throw new PayoutReadException(details((Reply.NoAnswer) reply, Advice.ASK_STATUS));
    }

    private Duration limit(Operation operation) {
        return switch (operation) {
            case PREPARE, SUBMIT, CONFIRM, CANCEL -> look;
            case GET, BALANCE, WEBHOOK, EXTRA -> options.readDeadline();
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static FailureDetails details(Reply.NoAnswer noAnswer, Advice advice) {
        return noAnswer.origin().details(noAnswer.evidence().text(), advice).build();
    }

    /** Ends the calls in flight and frees the threads and connections that were made here; a given client stays open. */
    @Override
    public void close() {
        runner.close();
        fresh.close();
        pooled.close();
    }

    @Override
    public String toString() {
        return "HttpTransport[" + provider + "]";
    }
}
