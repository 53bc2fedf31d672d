package org.unipayout.http;

import java.net.URI;
import org.unipayout.Advice;
import org.unipayout.FailureDetails;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;

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
    private final String provider;
    private final HttpOptions options;
    private final CallRunner runner;
    private final Wire fresh;
    private final Wire pooled;
    private final Channel once;
    private final Channel repeated;

    private HttpTransport(String provider, URI baseUrl, HttpOptions options, Redaction redaction) {
        this.provider = provider;
        this.options = options;
        runner = new CallRunner(provider);
        fresh = new Wire(baseUrl, options, Wire.freshConnections(), runner);
        pooled = new Wire(baseUrl, options, Wire.pooledConnections(), runner);
        once = new AuditedChannel(fresh, provider, options, redaction);
        repeated = new RetryingChannel(new AuditedChannel(pooled, provider, options, redaction), runner, options);
    }

    /**
     * Opens the way to a provider; connects with the first call.
     *
     * @param provider the provider's short name, for exceptions and the audit trail
     * @param baseUrl https, with a path prefix if the provider has one; http only for the own machine
     * @param options timeouts, limits, proxy, TLS, audit
     * @param redaction which JSON fields the audit trail may see
     * @return the transport; close it
     * @throws IllegalArgumentException if the base URL is not of that form
     */
    public static HttpTransport open(String provider, URI baseUrl, HttpOptions options, Redaction redaction) {
        return new HttpTransport(provider, baseUrl, options, redaction);
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
            throw new PayoutNotSentException(details(call, noAnswer, Advice.SAME_REFERENCE_LATER));
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
        throw new PayoutNotPreparedException(details(call, (Reply.NoAnswer) reply, Advice.SAME_REFERENCE_LATER));
    }

    /**
     * Asks a question; repeats it after no answer and after 408, 429, 500, 502, 503 and 504 until {@link
     * HttpOptions.Builder#readDeadline}, with pauses that grow and vary, and as long as Retry-After demands. A Retry-After
     * beyond the deadline ends it at once.
     *
     * @param call the call; must change nothing at the provider
     * @return the last complete answer whatever its status
     * @throws PayoutReadException if there never was one
     */
    public Reply.Answer read(HttpCall call) {
        Reply reply = repeated.send(call, options.readDeadline());
        if (reply instanceof Reply.Answer answer) {
            return answer;
        }
        throw new PayoutReadException(details(call, (Reply.NoAnswer) reply, Advice.ASK_STATUS));
    }

    private FailureDetails details(HttpCall call, Reply.NoAnswer noAnswer, Advice advice) {
        return FailureDetails.builder(
                        provider, call.operation(), noAnswer.evidence().text(), advice)
                .reference(call.reference())
                .build();
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
