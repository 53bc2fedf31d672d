package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.request;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.PayoutStatus;
import org.unipayout.Sleeper;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.testkit.MovableClock;

/** What keeps the queue true, although rows of it go and clocks are wrong. */
class UpkeepTest {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final MovableClock clock = MovableClock.running();
    private final MovableClock ahead = MovableClock.running();
    private final SimulatedProvider provider = new SimulatedProvider(clock, SAME_HANDLE);

    @BeforeEach
    void oneClockIsWrong() {
        ahead.advance(Duration.ofDays(30));
    }

    private Payouts journal(DataSource dataSource, MovableClock time) {
        return Payouts.builder(dataSource)
                .provider(SimulatedProvider.NAME, provider)
                .throttle(SimulatedProvider.NAME, new Throttle(5, 5))
                .time(time, Sleeper.REAL, () -> 1.0)
                .worker(2, Duration.ofMillis(50))
                .pauses(Duration.ofMillis(200), LONGEST_PAUSE)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sweep_comesBack_whenTheQueueIsEmptiedUnderARunningWorker(Databases database) {
        DataSource dataSource = database.fresh();
        try (Payouts journal = journal(dataSource, clock)) {
            journal.createSchema();
            journal.start();
            journal.pay(request("r-1"), SimulatedProvider.NAME);
            await().until(() -> Collections.frequency(provider.events(), "GET r-1") > 0);

            Tables.edit(dataSource, "delete from payout_journal_task");
            provider.settle("r-1");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Tables.texts(dataSource, "select status from payout_journal")
                            .contains(PayoutStatus.SUCCEEDED.name()));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sweep_bringsForwardWhatAWrongClockPutOff(Databases database) {
        DataSource dataSource = database.fresh();
        Payouts wrong = journal(dataSource, ahead);
        wrong.createSchema();
        wrong.pay(request("r-1"), SimulatedProvider.NAME);
        assertThat(dueAt(dataSource)).isAfter(Instant.now().plus(Duration.ofDays(29)));

        wrong.sweep();

        assertThat(dueAt(dataSource)).isBeforeOrEqualTo(Instant.now().plus(LONGEST_PAUSE));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sweep_takesATaskBack_fromAMachineThatDiedWithAWrongClock(Databases database) {
        DataSource dataSource = database.fresh();
        Payouts journal = journal(dataSource, clock);
        journal.createSchema();
        journal.pay(request("r-1"), SimulatedProvider.NAME);
        new Database(dataSource)
                .update(
                        "update payout_journal_task set picked = true, picked_by = 'gone', last_heartbeat = ?",
                        ahead.instant());

        journal.sweep();

        assertThat(Tables.texts(dataSource, "select picked_by from payout_journal_task where picked = true"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void lease_ofAMachineThatDiedWithAWrongClock_holdsNobodyUp(Databases database) {
        DataSource dataSource = database.fresh();
        Payouts journal = journal(dataSource, clock);
        journal.createSchema();
        journal.pay(request("r-1"), SimulatedProvider.NAME);
        provider.settle("r-1");
        new Database(dataSource)
                .update("update payout_journal set lease_owner = 'gone', lease_until = ?", ahead.instant());

        assertThat(journal.recoverNow("r-1").status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void rate_thatAWrongClockSet_holdsNobodyUp(Databases database) {
        DataSource dataSource = database.fresh();
        Payouts wrong = journal(dataSource, ahead);
        wrong.createSchema();
        wrong.pay(request("r-1"), SimulatedProvider.NAME);

        Payouts right = journal(dataSource, clock);

        assertThat(right.pay(request("r-2"), SimulatedProvider.NAME).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(right.pay(request("r-3"), SimulatedProvider.NAME).status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    private static Instant dueAt(DataSource dataSource) {
        return new Database(dataSource).transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "select execution_time from payout_journal_task where task_instance = 'r-1'")) {
                rows.next();
                return rows.getObject(1, OffsetDateTime.class).toInstant();
            }
        });
    }
}
