package org.unipayout.http;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;

/** Lets a test wait for what OkHttp does in threads of its own. */
final class Heard extends EventListener {
    private final Semaphore connected = new Semaphore(0);
    private final Semaphore failed = new Semaphore(0);
    private final Semaphore over = new Semaphore(0);

    OkHttpClient client() {
        return new OkHttpClient.Builder().eventListener(this).build();
    }

    /** A connection is ready for its request. */
    void awaitConnected() throws InterruptedException {
        await(connected);
    }

    /** A call is over that had no answer, and its connection is closed. */
    void awaitFailed() throws InterruptedException {
        await(failed);
    }

    /** A call is over; for one whose thread was interrupted OkHttp tells no failure. */
    void awaitOver() throws InterruptedException {
        await(over);
    }

    private static void await(Semaphore event) throws InterruptedException {
        if (!event.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not happen");
        }
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        connected.release();
    }

    @Override
    public void callFailed(Call call, IOException failure) {
        failed.release();
        over.release();
    }

    @Override
    public void callEnd(Call call) {
        over.release();
    }
}
