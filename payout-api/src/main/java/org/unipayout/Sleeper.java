package org.unipayout;

import java.time.Duration;

/** Waits; comes in from outside so that tests do not sleep. */
@FunctionalInterface
public interface Sleeper {
    /** Sleeps in real time. */
    Sleeper REAL = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    /**
     * Waits.
     *
     * @param duration how long, not negative
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void sleep(Duration duration) throws InterruptedException;
}
