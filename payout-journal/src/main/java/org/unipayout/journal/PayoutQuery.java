package org.unipayout.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;

/**
 * Which payouts to list ({@link Payouts#list}, {@link Payouts#ends}) or to retire ({@link PayoutOrders#retire}), and from where on. Each page costs the same however many payouts
 * the journal holds: it goes along an index. Immutable and thread-safe.
 */
public final class PayoutQuery {
    private static final int GREATEST_SIZE = 1000;
    private static final int SIZE = 100;

    /** PostgreSQL and H2 both know later years, but not all that {@link Instant} does. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Instant from;
    private final Instant until;
    private final Set<PayoutStatus> statuses;
    private final @Nullable String provider;
    private final boolean newestFirst;
    private final int size;
    private final @Nullable String after;

    private PayoutQuery(
            Instant from,
            Instant until,
            Set<PayoutStatus> statuses,
            @Nullable String provider,
            boolean newestFirst,
            int size,
            @Nullable String after) {
        this.from = from;
        this.until = until;
        this.statuses = statuses;
        this.provider = provider;
        this.newestFirst = newestFirst;
        this.size = size;
        this.after = after;
    }

    /**
     * Those of an interval, of every status and provider, oldest first, 100 in a page. A day of a time zone is
     * {@code between(day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant())}.
     *
     * @param from from when on
     * @param until until when, exclusive
     * @return the query
     * @throws IllegalArgumentException if {@code from} is not before {@code until}, is before 1970, or {@code until} is after 9999
     */
    public static PayoutQuery between(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("from: must be before until");
        }
        if (from.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("from: must not be before 1970; no payout is older");
        }
        if (until.isAfter(LATEST)) {
            throw new IllegalArgumentException("until: must not be after the year 9999");
        }
        return new PayoutQuery(
                from.truncatedTo(ChronoUnit.MICROS),
                until.truncatedTo(ChronoUnit.MICROS),
                Set.of(),
                null,
                false,
                SIZE,
                null);
    }

    /**
     * Only those of some statuses.
     *
     * @param some the statuses; none for all
     * @return a new query
     */
    public PayoutQuery statuses(PayoutStatus... some) {
        Set<PayoutStatus> chosen = EnumSet.noneOf(PayoutStatus.class);
        chosen.addAll(Arrays.asList(some));
        return new PayoutQuery(from, until, Collections.unmodifiableSet(chosen), provider, newestFirst, size, after);
    }

    /**
     * Only those of one provider. They are picked out of the interval, so a page costs at most what the interval holds.
     *
     * @param name the provider's name, as {@link PayoutsBuilder#provider} was given it
     * @return a new query
     */
    public PayoutQuery provider(String name) {
        return new PayoutQuery(from, until, statuses, name, newestFirst, size, after);
    }

    /** {@return the same, newest first} */
    public PayoutQuery newestFirst() {
        return new PayoutQuery(from, until, statuses, provider, true, size, after);
    }

    /**
     * How many to a page.
     *
     * @param payouts 1 to 1000
     * @return a new query
     * @throws IllegalArgumentException if it is less or more
     */
    public PayoutQuery size(int payouts) {
        if (payouts < 1 || payouts > GREATEST_SIZE) {
            throw new IllegalArgumentException("size: must be 1 to " + GREATEST_SIZE);
        }
        return new PayoutQuery(from, until, statuses, provider, newestFirst, payouts, after);
    }

    /**
     * The page that follows another one of the same query.
     *
     * @param next {@link PayoutPage#next} of that page; null for the first page. Another text is refused when it is asked with
     * @return a new query
     */
    public PayoutQuery after(@Nullable String next) {
        return new PayoutQuery(from, until, statuses, provider, newestFirst, size, next);
    }

    /** {@return from when on, UTC} */
    public Instant from() {
        return from;
    }

    /** {@return until when, exclusive, UTC} */
    public Instant until() {
        return until;
    }

    /** {@return the statuses; empty for all; unmodifiable} */
    public Set<PayoutStatus> statuses() {
        return statuses;
    }

    /** {@return the provider's name; empty for all} */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** {@return whether the newest comes first} */
    public boolean isNewestFirst() {
        return newestFirst;
    }

    /** {@return how many to a page} */
    public int size() {
        return size;
    }

    /** {@return where the page before ended, as {@link #after} was given it; empty for the first page} */
    public Optional<String> after() {
        return Optional.ofNullable(after);
    }

    /** For what is about ends alone. */
    void requireEnds() {
        statuses.stream().filter(status -> !status.isFinal()).findFirst().ifPresent(open -> {
            throw new IllegalArgumentException("statuses: no payout ends with " + open);
        });
    }

    boolean takes(PayoutStatus status) {
        return statuses.isEmpty() || statuses.contains(status);
    }

    @Override
    public String toString() {
        return "PayoutQuery[" + from + " until " + until + "]";
    }
}
