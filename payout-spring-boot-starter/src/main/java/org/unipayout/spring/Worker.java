package org.unipayout.spring;

import org.springframework.context.SmartLifecycle;
import org.unipayout.journal.Payouts;

/**
 * Starts the journal's worker when the context has started, and stops it while the web server lets its last requests end: what
 * these still ask for is stored, and carried on by another machine or after the next start.
 */
final class Worker implements SmartLifecycle {
    /** The phase of Boot's graceful shutdown, before which nothing that is used here is closed. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private final Payouts payouts;
    private volatile boolean running;

    Worker(Payouts payouts) {
        this.payouts = payouts;
    }

    @Override
    public void start() {
        payouts.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        payouts.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
