package org.unipayout.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.unipayout.ExchangeSink;
import org.unipayout.Sleeper;

/**
 * The settings that {@link PayoutClientContract} wants a client to be built with: a small response limit, time that the
 * test moves, and timeouts that no answer reaches on a loaded machine. Only where a timeout is the point of a case it is
 * short, and then nothing else can end the call.
 *
 * <p>Immutable; the clock moves ahead by what the sleeper is asked to sleep.
 */
public final class ContractSettings {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IMPATIENCE = Duration.ofSeconds(1);
    /** Where nobody lets in, each question is tried again and again. */
    private static final Duration HASTE = Duration.ofMillis(200);

    private final MovableClock clock;
    private final ExchangeSink sink;
    private final Duration connectTimeout;
    private final Duration readTimeout;

    ContractSettings(MovableClock clock, ExchangeSink sink) {
        this(clock, sink, PATIENCE, PATIENCE);
    }

    private ContractSettings(MovableClock clock, ExchangeSink sink, Duration connectTimeout, Duration readTimeout) {
        this.clock = clock;
        this.sink = sink;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    /** For calls that nobody lets in. */
    ContractSettings hastyToConnect() {
        return new ContractSettings(clock, sink, HASTE, readTimeout);
    }

    /** For calls that nobody answers. */
    ContractSettings hastyToRead() {
        return new ContractSettings(clock, sink, connectTimeout, IMPATIENCE);
    }

    /** {@return how long connecting may take} */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** {@return how long to wait for the next packet} */
    public Duration readTimeout() {
        return readTimeout;
    }

    /** {@return how long one call may take} */
    public Duration callDeadline() {
        return PATIENCE;
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
