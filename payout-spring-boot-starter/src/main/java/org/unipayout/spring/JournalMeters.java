package org.unipayout.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.PayoutCounts;
import org.unipayout.journal.Payouts;

/** Gauges of what is stored; all that are read at one time cost one look at the database. */
final class JournalMeters implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Payouts payouts;
    private final Clock clock;
    private @Nullable PayoutCounts counts;
    private Instant countedAt = Instant.MIN;

    JournalMeters(Payouts payouts) {
        this(payouts, Clock.systemUTC());
    }

    JournalMeters(Payouts payouts, Clock clock) {
        this.payouts = payouts;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.of(PayoutStatus.values())
                .filter(status -> !status.isFinal())
                .forEach(status -> Gauge.builder(
                                "unipayout.payouts.open",
                                this,
                                of(now -> now.open().getOrDefault(status, 0L)))
                        .description("Payouts that have not ended")
                        .tag("status", status.name())
                        .register(registry));
        Stream.of(Attention.values())
                .forEach(kind -> Gauge.builder(
                                "unipayout.payouts.attention",
                                this,
                                of(now -> now.attention().getOrDefault(kind, 0L)))
                        .description("Payouts that a person should look at")
                        .tag("kind", kind.name())
                        .register(registry));
        TimeGauge.builder("unipayout.payouts.unknown.age", this, TimeUnit.SECONDS, of(this::age))
                .description("How long ago the oldest payout that is unknown was asked for; 0 if none is")
                .register(registry);
    }

    private static ToDoubleFunction<JournalMeters> of(ToDoubleFunction<PayoutCounts> value) {
        return meters -> value.applyAsDouble(meters.counts());
    }

    private double age(PayoutCounts now) {
        Instant oldest = now.oldestUnknown();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / 1000.0;
    }

    private synchronized PayoutCounts counts() {
        Instant now = clock.instant();
        PayoutCounts known = counts;
        if (known == null || !now.isBefore(countedAt.plus(FRESH))) {
            known = payouts.counts();
            counts = known;
            countedAt = now;
        }
        return known;
    }
}
