package org.unipayout.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.PayoutRequest;
import org.unipayout.Sleeper;

/**
 * Asks for payouts, some in a transaction, as long as a {@link FailoverRun} goes on. It keeps books of its own outside the database:
 * what it asked for and when, and repeats what it was not told to be stored, or what was lost.
 */
final class FailoverMerchant {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverMerchant.class);
    private static final Actor MERCHANT = new Actor("merchant");
    private static final Set<Attention> WAITS_FOR_A_PERSON = EnumSet.of(
            Attention.DECISION_NEEDED, Attention.END_UNPROVEN, Attention.CONTRADICTION, Attention.SENT_TOO_OFTEN);
    private static final int BATCH = 5;
    private static final int MOST_OPEN = 150;
    private static final int MOST = 100_000;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Payouts payouts;
    private final HikariDataSource pool;
    private final ClusterNetworks networks;
    private final Map<String, Instant> askedAt = new ConcurrentHashMap<>();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> givenUp = new HashSet<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger decided = new AtomicInteger();
    private final FutureTask<@Nullable Void> asking = new FutureTask<>(this::ask, null);
    private volatile boolean stopped;

    FailoverMerchant(Payouts payouts, HikariDataSource pool, ClusterNetworks networks) {
        this.payouts = payouts;
        this.pool = pool;
        this.networks = networks;
    }

    void start() {
        Thread thread = new Thread(asking, "merchant");
        thread.setDaemon(true);
        thread.start();
    }

    void stopAsking() throws InterruptedException, ExecutionException {
        stopped = true;
        asking.get();
    }

    /** Everything that it was told to be stored. */
    List<String> told() {
        return List.copyOf(told);
    }

    /** What it said is not paid. */
    Set<String> givenUp() {
        return Set.copyOf(givenUp);
    }

    /** How often it had to decide. */
    int decided() {
        return decided.get();
    }

    /** Repeats, by its own books, what the database was told to have and does not have. */
    void repeatWhatIsLost() throws InterruptedException {
        Set<String> lost = new LinkedHashSet<>(told());
        while (!isFreeOfWhatIsKept(lost)) {
            Sleeper.REAL.sleep(PAUSE);
        }
        for (String reference : lost) {
            store(List.of(reference));
        }
        repeated.addAndGet(lost.size());
    }

    private boolean isFreeOfWhatIsKept(Set<String> lost) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select reference from payout_journal")) {
            while (rows.next()) {
                lost.remove(rows.getString(1));
            }
            return true;
        } catch (SQLException e) {
            LOG.debug("A connection of before the database went back", e);
            return false;
        }
    }

    /** How many payouts it had to ask for again that it was told to be stored. */
    int repeated() {
        return repeated.get();
    }

    /** Decides what waits for a person, for as long as there is time. */
    void decideFor(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        do {
            decideUntil(until);
            Sleeper.REAL.sleep(PAUSE);
        } while (System.nanoTime() < until);
    }

    /** By the providers' statements of after it began to wait, when nothing is in progress there. */
    private void decideUntil(long until) {
        try {
            List<PayoutRecord> waiting =
                    payouts.needingAttention().filter(FailoverMerchant::waits).toList();
            if (waiting.isEmpty()) {
                return;
            }
            networks.settle();
            Map<String, List<Long>> statement = Verdict.payments(networks.simulators());
            for (PayoutRecord record : waiting) {
                if (System.nanoTime() > until) {
                    return;
                }
                decide(record, statement.getOrDefault(record.reference(), List.of()));
            }
        } catch (JournalException e) {
            LOG.debug("A connection of before leads to a server that is dead", e);
        }
    }

    private void decide(PayoutRecord record, List<Long> paid) {
        PayoutOrders merchant = payouts.by(MERCHANT);
        try {
            if (paid.isEmpty() && record.openVerbs().contains(Verb.RESUBMIT)) {
                merchant.resubmit(record.reference());
            } else if (isStanding(record)) {
                merchant.settle(record.reference(), word(paid));
                if (paid.isEmpty()) {
                    givenUp.add(record.reference());
                }
            } else {
                return;
            }
            decided.incrementAndGet();
        } catch (IllegalStateException e) {
            LOG.debug("A machine works on it, or it has moved on; it is looked at again", e);
        }
    }

    private static boolean waits(PayoutRecord record) {
        return record.openVerbs().contains(Verb.RESUBMIT) || isStanding(record);
    }

    private static boolean isStanding(PayoutRecord record) {
        boolean decides =
                record.attention().filter(WAITS_FOR_A_PERSON::contains).isPresent();
        return decides && record.openVerbs().contains(Verb.SETTLE);
    }

    private static Settlement word(List<Long> paid) {
        return paid.isEmpty() ? Settlement.notPaid("the statement") : Settlement.paid("the statement");
    }

    private void ask() {
        List<String> references = ClusterWorker.references(MOST);
        try {
            for (int from = 0; from < MOST && !stopped; from += BATCH) {
                List<String> batch = references.subList(from, from + BATCH);
                store(batch);
                told.addAll(batch);
                while (isBusy() && !stopped) {
                    Sleeper.REAL.sleep(PAUSE);
                }
                Sleeper.REAL.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isBusy() {
        try {
            return ClusterWorker.open(pool) > MOST_OPEN;
        } catch (SQLException e) {
            return true;
        }
    }

    /** Asks until the database says that they are stored. */
    private void store(List<String> references) throws InterruptedException {
        while (!isStored(references)) {
            Sleeper.REAL.sleep(PAUSE);
        }
    }

    /** Whether the database said so; else the same is asked for again, whatever became of it. */
    private boolean isStored(List<String> references) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            for (String reference : references) {
                payouts.pay(
                        connection, request(reference), CrashFlow.of(reference).name());
            }
            connection.commit();
            return true;
        } catch (SQLException | JournalException e) {
            LOG.debug("The database did not say that it has them; they are asked for again", e);
            return false;
        }
    }

    private PayoutRequest request(String reference) {
        Instant at = askedAt.computeIfAbsent(reference, any -> Instant.now());
        return CrashFlow.request(reference).toBuilder().requestedAt(at).build();
    }
}
