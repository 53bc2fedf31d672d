package org.unipayout.http;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.unipayout.Exchange.Progress;

/**
 * Adds to a call what is known in the moment of sending only, once and within its limit: what comes after, repetitions
 * included, sees one value of each credential. Until then nothing has left, so whatever goes wrong here proves it.
 * Thread-safe.
 */
final class CompletingChannel implements Channel {
    private final Channel next;
    private final CallRunner runner;
    private final String provider;
    private final String requestIdHeader;

    CompletingChannel(Channel next, CallRunner runner, String provider, String requestIdHeader) {
        this.next = next;
        this.runner = runner;
        this.provider = provider;
        this.requestIdHeader = requestIdHeader;
    }

    @Override
    public Reply send(HttpCall call, Duration limit) {
        if (call.isComplete()) {
            return next.send(call, limit);
        }
        long startedAt = System.nanoTime();
        HttpCall complete;
        try {
            complete = runner.call(call::completed, limit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return nothingSent(call, "the thread was interrupted while a key or a signature was asked for");
        } catch (TimeoutException late) {
            return nothingSent(call, "a key or a signature did not come within the call's deadline");
        } catch (ExecutionException failed) {
            return nothingSent(call, reason(Objects.requireNonNullElse(failed.getCause(), failed)));
        }
        Duration left = limit.minusNanos(System.nanoTime() - startedAt);
        return left.toMillis() < 1
                ? nothingSent(call, "a key or a signature took the whole of the call's deadline")
                : next.send(complete, left);
    }

    /** The exception's text may hold anything; its type says enough to find it. */
    private static String reason(Throwable thrown) {
        return thrown instanceof CallRunner.ClosedException
                ? CallRunner.CLOSED
                : "a key or a signature could not be had: " + thrown.getClass().getName();
    }

    private Reply nothingSent(HttpCall call, String reason) {
        Origin origin = new Origin(provider, call.operation(), call.reference(), requestIdHeader);
        return Reply.NoAnswer.of(origin, Progress.NOTHING_WRITTEN, 0, reason);
    }
}
