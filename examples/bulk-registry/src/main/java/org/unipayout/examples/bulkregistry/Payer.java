package org.unipayout.examples.bulkregistry;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.unipayout.PayoutStatus;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.examples.bulkregistry.Outcome.State;
import org.unipayout.journal.PayoutConflictException;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.PayoutsBuilder;

/**
 * Pays the rows of one registry through the journal.
 *
 * <p>All it does is to store every row, as often as it is started: the journal gives back what it has already, its worker
 * carries on what is open, and nothing here remembers anything across starts.
 */
final class Payer {
    private static final int ROWS_PER_TRANSACTION = 100;
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final Payouts payouts;
    private final String provider;
    private final List<Row> rows;
    private final Progress progress;
    private final Map<String, PayoutStatus> statuses = new ConcurrentHashMap<>();
    /** Rows that the journal does not take, by their line. */
    private final Map<Long, Row.Refused> refused = new LinkedHashMap<>();

    private final CountDownLatch stop = new CountDownLatch(1);

    Payer(DataSource dataSource, PayoutsBuilder journal, String provider, List<Row> rows, Progress progress) {
        this.dataSource = dataSource;
        this.payouts = journal.listener(change -> seen(change.reference(), change.to()))
                .build();
        this.provider = provider;
        this.rows = rows;
        this.progress = progress;
    }

    /** Ends {@link #run} soon; what is on its way comes to a safe point first. From any thread. */
    void stop() {
        stop.countDown();
    }

    /**
     * Pays until every row has come to an end or needs a person, {@link #stop} was called, or patience is over.
     *
     * @return one outcome for each row, in the order of the registry
     */
    List<Outcome> run(Duration patience) throws InterruptedException {
        payouts.createSchema();
        try (payouts) {
            payouts.start();
            storeAll();
            follow(System.nanoTime() + patience.toNanos());
        } finally {
            progress.end();
        }
        return outcomes();
    }

    private void seen(String reference, PayoutStatus status) {
        statuses.merge(reference, status, (known, next) -> known.mayBecome(next) ? next : known);
    }

    private List<Row.Payable> payable() {
        List<Row.Payable> payable = new ArrayList<>();
        for (Row row : rows) {
            if (row instanceof Row.Payable one && !refused.containsKey(row.line())) {
                payable.add(one);
            }
        }
        return payable;
    }

    private void storeAll() {
        List<Row.Payable> payable = payable();
        for (int from = 0; from < payable.size() && stop.getCount() > 0; from += ROWS_PER_TRANSACTION) {
            List<Row.Payable> some = payable.subList(from, Math.min(from + ROWS_PER_TRANSACTION, payable.size()));
            inTransaction(
                    true,
                    connection -> store(connection, some)
                            .forEach((row, record) -> seen(record.reference(), record.status())));
            progress.show(counts(Set.of()));
        }
    }

    /** Stores rows that the journal does not have, and gives back what it has of the others; calls no provider. */
    private Map<Row.Payable, PayoutRecord> store(Connection connection, List<Row.Payable> some) {
        Map<Row.Payable, PayoutRecord> records = new LinkedHashMap<>();
        for (Row.Payable row : some) {
            try {
                records.put(row, payouts.pay(connection, row.request(), provider));
            } catch (PayoutConflictException e) {
                refused.put(
                        row.line(),
                        row.refused(String.join(" ", e.fields()), "differs from what was stored under this reference"));
            } catch (IllegalArgumentException | UnsupportedPayoutException e) {
                refused.put(row.line(), row.refused("row", "is not taken by " + provider));
            }
        }
        return records;
    }

    private void follow(long patienceOverAt) throws InterruptedException {
        Quiet quiet = new Quiet();
        do {
            Map<State, Integer> counts = counts(flagged());
            progress.show(counts);
            int open = counts.getOrDefault(State.OPEN, 0);
            if (open == 0) {
                return;
            }
            if (quiet.isTooLong(open)) {
                payouts.recoverNow(); // a killed run's tasks are looked at now, not when its heartbeat is missed
            }
        } while (System.nanoTime() < patienceOverAt && !stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Notices that nothing ended for some time, each time twice as long as the time before. */
    private static final class Quiet {
        private int open = -1;
        private long since = System.nanoTime();
        private Duration longest = QUIET;

        boolean isTooLong(int openNow) {
            if (openNow != open) {
                open = openNow;
                since = System.nanoTime();
                longest = QUIET;
                return false;
            }
            if (System.nanoTime() - since < longest.toNanos()) {
                return false;
            }
            since = System.nanoTime();
            longest = longest.multipliedBy(2);
            return true;
        }
    }

    private Set<String> flagged() {
        Set<String> references = new HashSet<>();
        payouts.needingAttention().forEach(record -> references.add(record.reference()));
        return references;
    }

    private Map<State, Integer> counts(Set<String> flagged) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (Row row : rows) {
            boolean isRefused = row instanceof Row.Refused || refused.containsKey(row.line());
            PayoutStatus status = statuses.getOrDefault(row.reference(), PayoutStatus.PREPARED);
            State state = isRefused ? State.REFUSED : Outcome.state(status, flagged.contains(row.reference()));
            counts.merge(state, 1, Integer::sum);
        }
        return counts;
    }

    /** What the journal has; rows that it has not are shown as open, and are not stored by being looked at. */
    private List<Outcome> outcomes() {
        Map<Long, Outcome> outcomes = new LinkedHashMap<>();
        inTransaction(
                false,
                connection -> store(connection, payable())
                        .forEach((row, record) -> outcomes.put(row.line(), Outcome.of(row, record))));
        List<Outcome> inOrder = new ArrayList<>();
        for (Row row : rows) {
            Row.Refused late = refused.get(row.line());
            if (late != null) {
                inOrder.add(Outcome.of(late));
            } else if (row instanceof Row.Refused one) {
                inOrder.add(Outcome.of(one));
            } else {
                inOrder.add(Objects.requireNonNull(outcomes.get(row.line())));
            }
        }
        return inOrder;
    }

    Collection<Row.Refused> refused() {
        List<Row.Refused> all = new ArrayList<>(refused.values());
        for (Row row : rows) {
            if (row instanceof Row.Refused one) {
                all.add(one);
            }
        }
        return all;
    }

    private void inTransaction(boolean commit, Work work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.run(connection);
                if (commit) {
                    connection.commit();
                }
            } finally {
                connection.rollback(); // does nothing after a commit
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed; start again, nothing is paid twice", e);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }
}
