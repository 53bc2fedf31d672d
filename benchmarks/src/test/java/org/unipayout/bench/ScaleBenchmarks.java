package org.unipayout.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.unipayout.PayoutStatus;
import org.unipayout.bench.Turns.Turn;
import org.unipayout.journal.PayoutPage;
import org.unipayout.journal.PayoutQuery;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.Swept;
import org.unipayout.testkit.FakePayoutClient;
import org.unipayout.testkit.Scenario;

/** What one payout costs beside a thousand open ones, and beside very many. */
final class ScaleBenchmarks {
    static final String GROUP = "scale";
    private static final int FEW = 1_000;
    private static final int FLAGGED = 20;
    private static final int QUEUED = 50;
    private static final int PAIRS = 5;
    private static final int PAGE = 100;
    private static final double FLAT = 1.1;

    private final Postgres postgres;
    private final Turns turns;
    private final Report report;
    private final int many;

    ScaleBenchmarks(Postgres postgres, Turns turns, Report report, int many) {
        this.postgres = postgres;
        this.turns = turns;
        this.report = report;
        this.many = many;
    }

    void run() throws Exception {
        if (!report.wantsSomeOf(GROUP)) {
            return;
        }
        try (Store great = new Store(postgres.schema("great"), many);
                Store small = new Store(postgres.schema("small"), FEW)) {
            report.say("scale: " + many + " open payouts against " + FEW);
            compare("pay", great::pay, small::pay);
            compare("carry-on", great::carryOn, small::carryOn);
            compare("sweep", great::sweep, small::sweep);
            compare("attention", great::attention, small::attention);
            compare("listing-page", great::page, small::page);
            if (report.wants(GROUP + "-claim")) {
                great.claim();
                small.claim();
                report.add(Figure.time(GROUP, GROUP + "-claim", Turns.pairs(great::claim, small::claim, PAIRS), FLAT));
            }
        }
    }

    private void compare(String name, Turns.Work great, Turns.Work small) throws Exception {
        if (report.wants(GROUP + '-' + name)) {
            report.add(Figure.time(GROUP, GROUP + '-' + name, turns.compare(great, small), FLAT));
        }
    }

    /** A journal with a number of open payouts, of which a worker need not look at any for half an hour. */
    private static final class Store implements AutoCloseable {
        private static final String SEED = "seed-00000001";

        private final DataSource dataSource;
        private final FakePayoutClient client = JournalBenchmarks.client();
        private final Payouts payouts;
        private final AtomicInteger payoutsSoFar = new AtomicInteger();

        Store(DataSource dataSource, int open) throws SQLException {
            this.dataSource = dataSource;
            payouts = Payouts.builder(dataSource)
                    .provider(JournalBenchmarks.PROVIDER, client)
                    .worker(10, Duration.ofMillis(20))
                    .build();
            payouts.createSchema();
            client.force(Scenario.SLOW);
            payouts.pay(JournalBenchmarks.request(SEED), JournalBenchmarks.PROVIDER);
            flag();
            multiply(open);
            client.force(Scenario.PAID);
        }

        /** Payouts that a person should look at, because they take longer than a microsecond. */
        private void flag() {
            try (Payouts impatient = Payouts.builder(dataSource)
                    .provider(JournalBenchmarks.PROVIDER, client)
                    .attentionAfter(Duration.ofNanos(1_000))
                    .build()) {
                for (int i = 0; i < FLAGGED; i++) {
                    String reference = reference();
                    impatient.pay(JournalBenchmarks.request(reference), JournalBenchmarks.PROVIDER);
                    impatient.recoverNow(reference);
                }
            }
            require(payouts.needingAttention().count() == FLAGGED);
        }

        /** All rows of one payout again, under other references: the hashes of its history are copies, so nobody may read these. */
        private void multiply(int open) throws SQLException {
            for (String table : List.of("payout_journal", "payout_journal_history", "payout_journal_task")) {
                String key = table.endsWith("task") ? "task_instance" : "reference";
                List<String> columns = new ArrayList<>();
                List<String> values = new ArrayList<>();
                columns(table, columns, values);
                Postgres.update(
                        dataSource,
                        "insert into " + table + " (" + String.join(", ", columns) + ") select "
                                + String.join(", ", values)
                                + " from " + table + " seed, generate_series(1, " + open + ") copy where seed." + key
                                + " = '"
                                + SEED + "'");
            }
            Postgres.update(dataSource, "vacuum analyze");
        }

        private void columns(String table, List<String> columns, List<String> values) throws SQLException {
            String query = "select column_name, data_type from information_schema.columns"
                    + " where table_schema = current_schema and table_name = ?";
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement select = connection.prepareStatement(query)) {
                select.setString(1, table);
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    String column = rows.getString(1);
                    columns.add(column);
                    values.add(value(column, rows.getString(2)));
                }
            }
        }

        private static String value(String column, String type) {
            if (column.equals("execution_time")) {
                return "now() + interval '30 minutes'";
            }
            if (column.equals("requested_at")) {
                return "seed.requested_at - copy * interval '1 second'";
            }
            return type.equals("character varying")
                    ? "replace(seed." + column + ", '" + SEED + "', 'seed-' || lpad((copy + 1)::text, 8, '0'))"
                    : "seed." + column;
        }

        private String reference() {
            return String.format(Locale.ROOT, "p-%08d", payoutsSoFar.incrementAndGet());
        }

        void pay() {
            JournalBenchmarks.pay(payouts, reference());
        }

        void carryOn() {
            require(payouts.recoverNow(SEED).status() == PayoutStatus.PROCESSING);
        }

        void sweep() {
            Swept.sweep(payouts);
        }

        void attention() {
            require(payouts.needingAttention().count() == FLAGGED);
        }

        /** What is copied is among what cannot be listed, after it was read. */
        void page() {
            PayoutQuery newest = PayoutQuery.between(
                            Instant.EPOCH, Instant.now().plusSeconds(60))
                    .newestFirst()
                    .size(PAGE);
            PayoutPage<PayoutRecord> page = payouts.list(newest);
            require(page.found().size() + page.leftOut().size() == PAGE && page.next() != null);
        }

        /** A worker that starts, finds what is due among all that is not, and carries it to its end. */
        Turn claim() throws Exception {
            Postgres.update(dataSource, "delete from payout_journal_task where task_instance like 'p-%'");
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < QUEUED; i++) {
                    payouts.pay(connection, JournalBenchmarks.request(reference()), JournalBenchmarks.PROVIDER);
                }
                connection.commit();
                connection.setAutoCommit(true);
            }
            Instant due = Instant.now();
            long start = System.nanoTime();
            payouts.start();
            String left = "select count(*) from (select 1 from payout_journal_task where execution_time <= '" + due
                    + "' limit 1) t";
            while (Postgres.number(dataSource, left) > 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            double nanos = System.nanoTime() - start;
            payouts.close();
            return new Turn(nanos / QUEUED, 0);
        }

        private static void require(boolean good) {
            if (!good) {
                throw new IllegalStateException("the journal did something else; the figures would be worth nothing");
            }
        }

        @Override
        public void close() {
            payouts.close();
        }
    }
}
