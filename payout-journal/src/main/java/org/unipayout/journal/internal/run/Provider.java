package org.unipayout.journal.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.Capabilities;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Resubmission;
import org.unipayout.journal.Throttle;
import org.unipayout.journal.internal.store.Rates;

/** A provider under its name in the journal, with its throttle. */
public final class Provider {
    private final String name;
    private final PayoutClient client;
    private final @Nullable PayoutWebhooks webhooks;
    private final @Nullable PayoutFence fence;
    private final Throttle throttle;
    private final Semaphore inFlight;

    public Provider(
            String name,
            PayoutClient client,
            @Nullable PayoutWebhooks webhooks,
            @Nullable PayoutFence fence,
            Throttle throttle) {
        this.name = name;
        this.client = client;
        this.webhooks = webhooks;
        this.fence = fence;
        this.throttle = throttle;
        this.inFlight = new Semaphore(throttle.callsInFlight());
    }

    public String name() {
        return name;
    }

    public PayoutClient client() {
        return client;
    }

    public @Nullable PayoutWebhooks webhooks() {
        return webhooks;
    }

    public @Nullable PayoutFence fence() {
        return fence;
    }

    /** Whether its client counts on the journal to answer the provider's question before a payment. */
    public boolean needsFence() {
        Capabilities capabilities = client.capabilities();
        return capabilities.recipients().stream()
                .anyMatch(kind -> capabilities.resubmission(kind) instanceof Resubmission.Fenced);
    }

    public Duration callDeadline() {
        return client.capabilities().callDeadline();
    }

    /** Takes a turn for a submit; empty if it is now, else when to come again. */
    public Optional<Instant> takeTurn(Rates rates, Instant now) {
        if (throttle.submitsPerSecond() == Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return rates.takeTurn(name, Duration.ofSeconds(1).dividedBy(throttle.submitsPerSecond()), now);
    }

    /** Whether a call may start now. Every true is followed by {@link #leave}. */
    boolean enter() {
        return inFlight.tryAcquire();
    }

    /** Like {@link #enter}, but waits for a place; false too if the thread is interrupted. */
    boolean enterWithin(Duration longest) {
        try {
            return inFlight.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        inFlight.release();
    }

    <T> T leaving(Supplier<T> call) {
        try {
            return call.get();
        } finally {
            leave();
        }
    }
}
