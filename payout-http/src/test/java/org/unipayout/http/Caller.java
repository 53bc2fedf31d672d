package org.unipayout.http;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A call in a thread of its own. */
final class Caller<T> {
    private final FutureTask<T> task;
    private final Thread thread;
    private volatile boolean flag;

    private Caller(Callable<T> call) {
        task = new FutureTask<>(() -> {
            try {
                return call.call();
            } finally {
                flag = Thread.currentThread().isInterrupted();
            }
        });
        thread = new Thread(task, "caller");
    }

    static <T> Caller<T> of(Callable<T> call) {
        Caller<T> caller = new Caller<>(call);
        caller.thread.start();
        return caller;
    }

    /** Until it waits for its end. */
    void awaitWaiting() {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    T result() throws Exception {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw failed;
        }
    }

    boolean flagStayed() {
        return flag;
    }
}
