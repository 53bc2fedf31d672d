package org.unipayout.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A UTC clock that a test moves by hand, so that no test sleeps.
 *
 * <p>It either stands still until it is moved ({@link #standingAt}) or runs with the machine's clock and can be moved
 * ahead of it ({@link #running}). Thread-safe.
 */
public final class MovableClock extends Clock {
    private final Clock base;
    private final AtomicLong aheadNanos = new AtomicLong();

    private MovableClock(Clock base) {
        this.base = base;
    }

    /**
     * A clock that stands still.
     *
     * @param start the instant it shows until it is moved
     * @return a new clock
     */
    public static MovableClock standingAt(Instant start) {
        return new MovableClock(Clock.fixed(start, ZoneOffset.UTC));
    }

    /**
     * A clock that runs with the machine's clock.
     *
     * @return a new clock
     */
    public static MovableClock running() {
        return new MovableClock(Clock.systemUTC());
    }

    /**
     * Moves the clock ahead.
     *
     * @param step how far; must not be negative
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("step: a clock only moves ahead");
        }
        aheadNanos.addAndGet(step.toNanos());
    }

    @Override
    public Instant instant() {
        return base.instant().plusNanos(aheadNanos.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(base.withZone(zone), Duration.ofNanos(aheadNanos.get()));
    }
}
