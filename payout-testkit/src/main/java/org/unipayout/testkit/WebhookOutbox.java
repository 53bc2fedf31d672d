package org.unipayout.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of a simulated provider, delivered properly or misbehaving on demand.
 *
 * <p>A simulator puts finished, signed notifications in. With an address ({@link #deliverTo}) each is posted in turn by
 * one background thread, as a provider would: before, during or after the answer that caused it ({@link #flush} waits
 * for it). Without an address they only collect, to be handed to a webhook parser directly. {@link #hold} keeps them back until they are released in order, in reverse order, several times, or
 * not at all. Thread-safe.
 */
public final class WebhookOutbox implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ExecutorService courier = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "simulator-webhooks");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Notification> created = new ArrayList<>();
    private final List<Notification> held = new ArrayList<>();
    private @Nullable URI address;
    private boolean holding;
    private boolean suppressed;

    /** A new, empty outbox: delivers nowhere yet. */
    public WebhookOutbox() {}

    /** One signed notification. Immutable. */
    public static final class Notification {
        private final Map<String, String> headers;
        private final byte[] body;

        /**
         * Copies what it is given.
         *
         * @param headers header names and values, the signature among them
         * @param body exact bytes that were signed
         */
        public Notification(Map<String, String> headers, byte[] body) {
            this.headers = Map.copyOf(headers);
            this.body = body.clone();
        }

        /**
         * The headers, the signature among them.
         *
         * @return unmodifiable
         */
        public Map<String, String> headers() {
            return headers;
        }

        /**
         * The exact bytes that were signed.
         *
         * @return a copy
         */
        public byte[] body() {
            return body.clone();
        }

        /** Names and size only. */
        @Override
        public String toString() {
            return "Notification[" + headers.keySet() + ", " + body.length + " bytes]";
        }
    }

    /**
     * Sets where notifications go from now on.
     *
     * @param url an address on this machine
     */
    public synchronized void deliverTo(URI url) {
        address = Objects.requireNonNull(url, "url");
    }

    /** From now on notifications are kept back until one of the release methods is called. */
    public synchronized void hold() {
        holding = true;
    }

    /** From now on notifications are lost on the way; {@link #created} still shows them. */
    public synchronized void suppress() {
        suppressed = true;
    }

    /**
     * Delivers what was held, oldest first, and stops holding.
     *
     * @param times how often each is delivered; 2 plays a provider that repeats itself
     * @return HTTP statuses in order of delivery, -1 where no answer came
     */
    public List<Integer> release(int times) {
        return release(takeHeld(), times);
    }

    /**
     * Delivers what was held, newest first, and stops holding.
     *
     * @return HTTP statuses in order of delivery, -1 where no answer came
     */
    public List<Integer> releaseReversed() {
        List<Notification> notifications = takeHeld();
        Collections.reverse(notifications);
        return release(notifications, 1);
    }

    /**
     * Everything that was ever put in, delivered or not, oldest first.
     *
     * @return a copy
     */
    public synchronized List<Notification> created() {
        return List.copyOf(created);
    }

    /**
     * Takes a signed notification from a simulator.
     *
     * @param notification headers and exact bytes
     */
    public void add(Notification notification) {
        synchronized (this) {
            created.add(notification);
            if (suppressed) {
                return;
            }
            if (holding) {
                held.add(notification);
                return;
            }
        }
        var unused = courier.submit(() -> post(notification));
    }

    /** Waits until every notification that is on its way has been answered. */
    public void flush() {
        inCourier(() -> 0);
    }

    /** Stops delivering; waits for nothing. */
    @Override
    public void close() {
        courier.shutdownNow();
    }

    /** Forgets all notifications and misbehaviour; the address stays. */
    public synchronized void reset() {
        created.clear();
        held.clear();
        holding = false;
        suppressed = false;
    }

    private synchronized List<Notification> takeHeld() {
        List<Notification> taken = new ArrayList<>(held);
        held.clear();
        holding = false;
        return taken;
    }

    private List<Integer> release(List<Notification> notifications, int times) {
        List<Integer> statuses = new ArrayList<>();
        for (Notification notification : notifications) {
            for (int i = 0; i < times; i++) {
                statuses.add(inCourier(() -> post(notification)));
            }
        }
        return statuses;
    }

    private int inCourier(Callable<Integer> task) {
        try {
            return courier.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("delivery broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private int post(Notification notification) {
        URI target;
        synchronized (this) {
            target = address;
        }
        if (target == null) {
            return -1;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(notification.body()));
        notification.headers().forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
