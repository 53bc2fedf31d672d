package org.unipayout.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.unipayout.Sleeper;

/**
 * Runs calls and pauses in threads of its own, so that the thread of the caller can be interrupted and {@link #close}
 * ends what is on its way. Thread-safe.
 */
final class CallRunner implements AutoCloseable {
    static final String CLOSED = "the client is closed";

    /** The client was closed before the work was done. */
    static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final Set<Attempt> inFlight = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private volatile boolean closed;

    CallRunner(String provider) {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "payout-" + provider + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs a call, over the connection that was opened ahead for it if there is one. */
    Reply run(Attempt attempt, @Nullable Ahead ahead) {
        inFlight.add(attempt);
        try {
            if (closed || ahead == null || !ahead.carries(attempt)) {
                start(attempt);
            }
            return attempt.await();
        } finally {
            inFlight.remove(attempt);
        }
    }

    /** Begins to connect; nobody waits for it. */
    void start(Ahead ahead, Runnable whenOver) {
        Runnable end = ahead::drop;
        ends.add(end);
        Runnable over = () -> {
            ends.remove(end);
            whenOver.run();
        };
        try {
            threads.execute(() -> {
                try {
                    ahead.run();
                } finally {
                    over.run();
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError noThread) { // it is not needed
            over.run();
            ahead.end(noThread);
        }
    }

    void start(Attempt attempt) {
        if (closed) {
            attempt.stop(CLOSED);
            return;
        }
        try {
            threads.execute(attempt::run);
        } catch (RejectedExecutionException closedMeanwhile) {
            attempt.stop(CLOSED);
        }
    }

    /**
     * Does something that may never end; when the limit is up, the caller is interrupted or the client is closed, its thread
     * is interrupted and what it does afterwards is nobody's.
     *
     * @throws ExecutionException with what the work threw, or {@link ClosedException}
     */
    <T> T call(Callable<T> work, Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable end = () -> result.completeExceptionally(new ClosedException());
        ends.add(end);
        @Nullable Future<?> running = null;
        try {
            running = threads.submit(() -> complete(result, work));
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closedMeanwhile) {
            throw new ExecutionException(new ClosedException());
        } finally {
            ends.remove(end);
            if (running != null) {
                running.cancel(true);
            }
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Throwable thrown) { // a library of a key store may throw anything, and the caller must hear of it
            result.completeExceptionally(thrown);
        }
    }

    /** Waits; false if it was cut short by an interrupt, which stays set, or by {@link #close}. */
    boolean pause(Sleeper sleeper, Duration duration) {
        Future<?> pause;
        try {
            pause = threads.submit(() -> {
                sleeper.sleep(duration);
                return null;
            });
        } catch (RejectedExecutionException closedMeanwhile) {
            return false;
        }
        try {
            pause.get();
            return !closed;
        } catch (InterruptedException interrupted) {
            pause.cancel(true);
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException cutShort) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdown(); // what is awaited from here on is refused
        inFlight.forEach(attempt -> attempt.stop(CLOSED));
        ends.forEach(Runnable::run);
        threads.shutdownNow();
    }
}
