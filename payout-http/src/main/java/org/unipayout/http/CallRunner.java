package org.unipayout.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.unipayout.Sleeper;

/**
 * Runs calls and pauses in threads of its own, so that the thread of the caller can be interrupted and {@link #close}
 * ends what is on its way. Thread-safe.
 */
final class CallRunner implements AutoCloseable {
    private static final String CLOSED = "the client is closed";

    private final Set<Attempt> inFlight = ConcurrentHashMap.newKeySet();
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

    Reply run(Attempt attempt) {
        inFlight.add(attempt);
        try {
            start(attempt);
            return attempt.await();
        } finally {
            inFlight.remove(attempt);
        }
    }

    private void start(Attempt attempt) {
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
        inFlight.forEach(attempt -> attempt.stop(CLOSED));
        threads.shutdownNow();
    }
}
