package org.unipayout.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.unipayout.ExchangeSink;
import org.unipayout.Sleeper;

/**
 * The settings that {@link PayoutClientContract} wants a client to be built with: short timeouts, a small response
 * limit, time that the test moves.
 *
 * <p>Immutable; the clock moves ahead by what the sleeper is asked to sleep.
 */
public final class ContractSettings {
    private final MovableClock clock;
    private final ExchangeSink sink;

    ContractSettings(MovableClock clock, ExchangeSink sink) {
        this.clock = clock;
        this.sink = sink;
    }

    /** {@return how long connecting may take} */
    public Duration connectTimeout() {
        return Duration.ofSeconds(5);
    }

    /** {@return how long to wait for the next packet} */
    public Duration readTimeout() {
        return Duration.ofSeconds(3);
    }

    /** {@return how long one call may take} */
    public Duration callDeadline() {
        return Duration.ofSeconds(8);
    }

    /** {@return how large an answer may be, in bytes} */
    public int maxResponseBytes() {
        return 256 * 1024;
    }

    /** {@return where the client's times come from} */
    public Clock clock() {
        return clock;
    }

    /** {@return what pauses: it moves the clock and returns at once} */
    public Sleeper sleeper() {
        return clock::advance;
    }

    /** {@return the client's source of jitter} */
    public DoubleSupplier random() {
        return () -> 0.5;
    }

    /** {@return where the client sends its exchanges} */
    public ExchangeSink sink() {
        return sink;
    }
}
