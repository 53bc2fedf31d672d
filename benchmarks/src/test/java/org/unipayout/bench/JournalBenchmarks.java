package org.unipayout.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.unipayout.Capabilities;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.bench.Turns.Callers;
import org.unipayout.bench.Turns.Turn;
import org.unipayout.journal.Payouts;
import org.unipayout.testkit.FakePayoutClient;

/** What a payout costs through the journal, over a provider that answers at once, beside a program that writes the same and decides nothing. */
final class JournalBenchmarks {
    static final String GROUP = "journal";
    static final String PROVIDER = "fake";
    private static final int[] CALLERS = {1, 8, 64};
    private static final int WORKERS = 10;
    private static final Duration POLLING = Duration.ofMillis(100);
    /** The adapters' own. The fake's is a second: where 64 callers wait for the disk a call that was announced so long ago is not made any more. */
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(90);

    private static final int QUEUED = 300;
    private static final int PAIRS = 5;
    private static final String NO_OP_TASK = "no-op";

    private final Turns turns;
    private final Report report;
    private final DataSource dataSource;
    private final AtomicInteger payoutsSoFar = new AtomicInteger();

    JournalBenchmarks(Postgres postgres, Turns turns, Report report) throws SQLException {
        this.turns = turns;
        this.report = report;
        dataSource = postgres.schema(GROUP);
    }

    void run() throws Exception {
        if (!report.wantsSomeOf(GROUP)) {
            return;
        }
        Statements statements = new Statements();
        try (Payouts counted = payouts(statements.listeningTo(dataSource));
                Payouts payouts = payouts(dataSource)) {
            payouts.createSchema();
            String recorded = count(counted, statements);
            rates(payouts, statements, recorded);
            asynchronous(payouts);
        }
    }

    static Payouts payouts(DataSource dataSource) {
        return Payouts.builder(dataSource)
                .provider(PROVIDER, client())
                .worker(WORKERS, POLLING)
                .build();
    }

    static FakePayoutClient client() {
        Capabilities fake = new FakePayoutClient().capabilities();
        return new FakePayoutClient(Capabilities.builder(
                        fake.provider(),
                        fake.referenceRule(),
                        fake.resubmission(RecipientKind.SAVED_CARD),
                        CALL_DEADLINE)
                .recipients(RecipientKind.SAVED_CARD)
                .currencies("KZT")
                .features(fake.features().toArray(Capabilities.Feature[]::new))
                .build());
    }

    static PayoutRequest request(String reference) {
        return PayoutRequest.builder(reference, Money.ofMinor(15000, "KZT"), new Recipient.SavedCard("card-1"))
                .description("Payout to a card")
                .build();
    }

    /** A new one, all of one length. */
    private String reference() {
        return String.format(Locale.ROOT, "p-%08d", payoutsSoFar.incrementAndGet());
    }

    private String count(Payouts payouts, Statements statements) throws SQLException {
        pay(payouts, reference());
        String reference = reference();
        statements.forget();
        pay(payouts, reference);
        long tasks = Postgres.number(
                dataSource, "select count(*) from payout_journal_task where task_instance = '" + reference + "'");
        report.add(Figure.count(GROUP, "journal-writing-commits", statements.writingCommits(), 4));
        report.add(Figure.count(
                GROUP, "journal-round-trips", statements.roundTrips().size(), 16));
        report.add(Figure.count(GROUP, "journal-tasks-left", tasks, 0));
        return reference;
    }

    private void rates(Payouts payouts, Statements statements, String recorded) throws Exception {
        for (int callers : CALLERS) {
            String name = GROUP + "-pay-" + callers;
            if (report.wants(name)) {
                report.add(Figure.rate(
                        GROUP,
                        name,
                        turns.compare(
                                Callers.PLATFORM,
                                callers,
                                () -> pay(payouts, reference()),
                                () -> statements.writeAgain(dataSource, recorded, reference())),
                        0.8));
            }
        }
    }

    /** To the end, by this one call. */
    static void pay(Payouts payouts, String reference) {
        PayoutStatus status = payouts.pay(request(reference), PROVIDER).status();
        if (status != PayoutStatus.SUCCEEDED) {
            throw new IllegalStateException("a payout is " + status + "; the figures would be worth nothing");
        }
    }

    /** Payouts that others only stored, beside tasks that do nothing, in a queue of the same form with as many threads. */
    private void asynchronous(Payouts payouts) throws Exception {
        String name = GROUP + "-carried-by-worker";
        if (report.wants(name)) {
            Postgres.update(dataSource, "delete from payout_journal_task");
            Postgres.update(dataSource, "create table no_op_task (like payout_journal_task including all)");
            carried(payouts);
            noOps();
            report.add(Figure.rate(GROUP, name, Turns.pairs(() -> carried(payouts), this::noOps, PAIRS), 0.5));
        }
    }

    private Turn carried(Payouts payouts) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < QUEUED; i++) {
                payouts.pay(connection, request(reference()), PROVIDER);
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        return timed("payout_journal_task", payouts::start, payouts::close);
    }

    private Turn noOps() throws Exception {
        OneTimeTask<Void> task = Tasks.oneTime(NO_OP_TASK).execute((instance, context) -> {});
        Scheduler scheduler = Scheduler.create(dataSource, task)
                .tableName("no_op_task")
                .threads(WORKERS)
                .pollingInterval(POLLING)
                .build();
        for (int i = 0; i < QUEUED; i++) {
            scheduler.schedule(task.instance(reference()), Instant.now());
        }
        return timed("no_op_task", scheduler::start, scheduler::stop);
    }

    private Turn timed(String table, Runnable start, Runnable stop) throws Exception {
        long began = System.nanoTime();
        start.run();
        while (Postgres.number(dataSource, "select count(*) from " + table) > 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        double nanos = System.nanoTime() - began;
        stop.run();
        return new Turn(nanos / QUEUED, 0);
    }
}
