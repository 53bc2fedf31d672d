package org.unipayout.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs two variants in turns in this process, so that whatever else the machine does meets both: a short turn of the one, a short turn of the
 * other, the next time in the other order. What counts is the ratio within each pair of neighbouring turns.
 */
final class Turns {
    private static final int PAIRS = 7;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Duration each;

    /** What is measured, called again and again by every thread. */
    interface Work {
        void run() throws Exception;
    }

    /** What a turn came to, per call. */
    record Turn(double nanos, double bytes) {}

    /** Neighbouring turns. */
    record Pair(Turn ours, Turn floor) {}

    /** Who calls. */
    enum Callers {
        PLATFORM {
            @Override
            ExecutorService executor(int threads) {
                return Executors.newFixedThreadPool(threads);
            }
        },
        VIRTUAL {
            @Override
            ExecutorService executor(int threads) {
                try {
                    return (ExecutorService) Executors.class
                            .getMethod("newVirtualThreadPerTaskExecutor")
                            .invoke(null);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("virtual threads came with Java 21", e);
                }
            }
        };

        abstract ExecutorService executor(int threads);

        boolean areHere() {
            return this == PLATFORM || Runtime.version().feature() >= 21;
        }
    }

    /**
     * Sets how long a variant runs in all.
     *
     * @param each in all its turns together, after as much time to warm it up
     */
    Turns(Duration each) {
        this.each = each;
    }

    /** With one caller. */
    List<Pair> compare(Work ours, Work floor) throws Exception {
        return compare(Callers.PLATFORM, 1, ours, floor);
    }

    List<Pair> compare(Callers callers, int threads, Work ours, Work floor) throws Exception {
        Duration turn = each.dividedBy(PAIRS);
        ExecutorService executor = callers.executor(threads);
        try {
            turn(executor, threads, floor, each);
            turn(executor, threads, ours, each);
            return pairs(() -> turn(executor, threads, ours, turn), () -> turn(executor, threads, floor, turn), PAIRS);
        } finally {
            executor.shutdown();
        }
    }

    /** Of turns that measure themselves. */
    static List<Pair> pairs(Callable<Turn> ours, Callable<Turn> floor, int pairs) throws Exception {
        List<Pair> all = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            Turn first = pair % 2 == 0 ? ours.call() : floor.call();
            all.add(pair % 2 == 0 ? new Pair(first, floor.call()) : new Pair(ours.call(), first));
        }
        return all;
    }

    private static Turn turn(ExecutorService executor, int threads, Work work, Duration length) throws Exception {
        Map<Long, Long> before = allocated();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        List<Future<Integer>> callers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            callers.add(executor.submit(() -> callUntil(end, work)));
        }
        long calls = 0;
        for (Future<Integer> caller : callers) {
            calls += caller.get();
        }
        double nanos = System.nanoTime() - start;
        return new Turn(nanos / calls, (double) since(before) / calls);
    }

    private static int callUntil(long end, Work work) throws Exception {
        int calls = 0;
        do {
            work.run();
            calls++;
        } while (System.nanoTime() < end);
        return calls;
    }

    /** By all threads that live; what virtual ones allocate counts with their carriers. */
    private static Map<Long, Long> allocated() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            byThread.put(ids[i], Math.max(0, bytes[i]));
        }
        return byThread;
    }

    private static long since(Map<Long, Long> before) {
        return allocated().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
