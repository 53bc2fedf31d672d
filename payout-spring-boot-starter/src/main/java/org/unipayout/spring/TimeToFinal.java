package org.unipayout.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.journal.PayoutListener;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.StatusChange;

/** Measures from the request to the end. A change that is told twice is counted twice. */
final class TimeToFinal implements PayoutListener {
    private static final Logger LOG = LoggerFactory.getLogger(TimeToFinal.class);

    private final Payouts payouts;
    private final MeterRegistry registry;

    TimeToFinal(Payouts payouts, MeterRegistry registry) {
        this.payouts = payouts;
        this.registry = registry;
    }

    @Override
    public void statusChanged(StatusChange change) {
        if (!change.to().isFinal() || change.from().isFinal()) {
            return;
        }
        try {
            payouts.stored(change.reference())
                    .ifPresent(payout -> timer(change).record(Duration.between(payout.requestedAt(), change.at())));
        } catch (RuntimeException e) {
            LOG.debug("The time to an end could not be measured", e); // no reason to have the change told again
        }
    }

    private Timer timer(StatusChange change) {
        return Timer.builder("unipayout.payouts.time.to.final")
                .description("From the request of a payout to its end")
                .tag("account", change.provider())
                .tag("status", change.to().name())
                .register(registry);
    }
}
