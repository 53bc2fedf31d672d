package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.testkit.MovableClock;

/** Machines that start at once over an empty database. */
class SchemaTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void createSchema_byFourMachinesAtOnce_succeedsOnAll(Databases database) throws Exception {
        DataSource empty = database.fresh();
        CyclicBarrier together = new CyclicBarrier(4);
        List<Callable<Boolean>> machines = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Payouts machine = journal(empty);
            machines.add(() -> {
                together.await();
                machine.createSchema();
                return true;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> machine : threads.invokeAll(machines)) {
                assertThat(machine.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Tables.count(empty, "payout_journal")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void start_beforeTheTablesExist_isRefused(Databases database) {
        try (Payouts journal = journal(database.fresh())) {
            assertThatThrownBy(journal::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("createSchema()");
            journal.createSchema();
            journal.start();
        }
    }

    /** As {@link Payouts#createSchema} of the version before left them. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void createSchema_overTablesOfTheVersionBefore_addsTheIndexes(Databases database) {
        DataSource older = database.fresh();
        try (Payouts journal = journal(older)) {
            journal.createSchema();
            Tables.edit(older, "drop index payout_journal_listing");
            Tables.edit(older, "drop index payout_journal_history_listing");
            Tables.edit(older, "create index payout_journal_status on payout_journal (status)");
            Tables.edit(older, "drop index payout_journal_attention_listing");
            Tables.edit(older, "drop index payout_journal_undelivered_listing");
            Tables.edit(older, "create index payout_journal_attention on payout_journal (attention)");

            journal.createSchema();
            journal.createSchema();
        }
        Tables.edit(older, "drop index payout_journal_listing");
        Tables.edit(older, "drop index payout_journal_history_listing");
        Tables.edit(older, "drop index payout_journal_attention_listing");
        Tables.edit(older, "drop index payout_journal_undelivered_listing");
        assertThatThrownBy(() -> Tables.edit(older, "drop index payout_journal_status"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Tables.edit(older, "drop index payout_journal_attention"))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Payouts journal(DataSource dataSource) {
        return Payouts.builder(dataSource)
                .provider(
                        SimulatedProvider.NAME,
                        new SimulatedProvider(MovableClock.running(), JournalFixture.SAME_HANDLE))
                .build();
    }
}
