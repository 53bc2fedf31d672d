package org.unipayout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a payout again and again, with growing pauses, until it is final or a deadline has passed.
 *
 * <p>It never invents an outcome: after the deadline it returns the last known payout, unchanged. A deadline is the end
 * of waiting, not of the payout. It moves money only if told to ({@link Builder#confirming}). Thread-safe.
 */
public final class PayoutWaiter {
    private static final Logger LOG = LoggerFactory.getLogger(PayoutWaiter.class);

    private final PayoutClient client;
    private final Duration deadline;
    private final Duration firstPause;
    private final Duration longestPause;
    private final Clock clock;
    private final Sleeper sleeper;
    private final DoubleSupplier random;
    private final boolean confirming;

    private PayoutWaiter(Builder builder) {
        client = builder.client;
        deadline = builder.deadline;
        firstPause = builder.firstPause;
        longestPause = builder.longestPause;
        clock = builder.clock;
        sleeper = builder.sleeper;
        random = builder.random;
        confirming = builder.confirming;
    }

    /**
     * Starts a waiter.
     *
     * @param client whom to ask; stays open
     * @param deadline how long to wait at most
     * @return a builder
     */
    public static Builder builder(PayoutClient client, Duration deadline) {
        return new Builder(client, deadline);
    }

    /**
     * Waits until the payout is final.
     *
     * @param payout what is known now
     * @return the last known payout; final, unless the deadline passed or the thread was interrupted (its flag is set
     *     then)
     */
    public Payout await(Payout payout) {
        return await(payout, observed -> observed.status().isFinal());
    }

    /**
     * Waits until a condition holds, or the payout is final.
     *
     * @param payout what is known now
     * @param enough whether to stop, for example at {@link PayoutStatus#AWAITING_CONFIRMATION}
     * @return the last known payout
     */
    public Payout await(Payout payout, Predicate<Payout> enough) {
        Instant end = clock.instant().plus(deadline);
        Duration pause = firstPause;
        Payout known = confirmed(payout);
        while (!known.status().isFinal() && !enough.test(known)) {
            Duration left = Duration.between(clock.instant(), end);
            if (left.isNegative() || left.isZero() || !slept(shorter(jittered(pause), left))) {
                return known;
            }
            known = confirmed(ask(known));
            pause = shorter(pause.multipliedBy(2), longestPause);
        }
        return known;
    }

    private Payout ask(Payout known) {
        try {
            return known.update(client.get(known.ref()));
        } catch (PayoutReadException e) {
            LOG.debug("A status question had no usable answer; it will be asked again");
            return known;
        }
    }

    private Payout confirmed(Payout known) {
        if (!confirming || known.status() != PayoutStatus.AWAITING_CONFIRMATION) {
            return known;
        }
        try {
            return known.update(client.confirm(known.ref()));
        } catch (PayoutNotSentException | PayoutRejectedException e) {
            LOG.debug("A payout could not be confirmed; it will be looked at again");
            return known;
        }
    }

    private boolean slept(Duration pause) {
        try {
            sleeper.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration jittered(Duration pause) {
        return Duration.ofNanos((long) (pause.toNanos() * (0.5 + random.getAsDouble() / 2)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Collects the optional settings. Not thread-safe. */
    public static final class Builder {
        private final PayoutClient client;
        private final Duration deadline;
        private Duration firstPause = Duration.ofSeconds(1);
        private Duration longestPause = Duration.ofMinutes(1);
        private Clock clock = Clock.systemUTC();
        private Sleeper sleeper = Sleeper.REAL;
        private DoubleSupplier random = Math::random;
        private boolean confirming;

        private Builder(PayoutClient client, Duration deadline) {
            this.client = Checks.present(client, "client");
            this.deadline = Checks.present(deadline, "deadline");
        }

        /**
         * Sets the pauses: each is twice as long as the one before, shortened by up to a half at random.
         *
         * @param first the first pause; 1 second if not set
         * @param longest the longest pause; 1 minute if not set
         * @return this builder
         * @throws IllegalArgumentException if the first is not positive or longer than the longest
         */
        public Builder pauses(Duration first, Duration longest) {
            if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
                throw new IllegalArgumentException(
                        "pauses: the first must be positive and not longer than the longest");
            }
            firstPause = first;
            longestPause = longest;
            return this;
        }

        /**
         * Confirms automatically: whatever comes to {@link PayoutStatus#AWAITING_CONFIRMATION} is let go at once. Leave it
         * off when a person or a rule of yours must look first.
         *
         * @return this builder
         */
        public Builder confirming() {
            confirming = true;
            return this;
        }

        /**
         * Replaces time, for tests.
         *
         * @param newClock where times come from
         * @param newSleeper what pauses
         * @param newRandom numbers from 0 to below 1, for the jitter
         * @return this builder
         */
        public Builder time(Clock newClock, Sleeper newSleeper, DoubleSupplier newRandom) {
            clock = newClock;
            sleeper = newSleeper;
            random = newRandom;
            return this;
        }

        /** {@return the waiter} */
        public PayoutWaiter build() {
            return new PayoutWaiter(this);
        }
    }
}
