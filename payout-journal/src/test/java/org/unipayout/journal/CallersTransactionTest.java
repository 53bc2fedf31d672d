package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.request;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.testkit.MovableClock;

/** Calls without a connection, from within a transaction of the caller. */
class CallersTransactionTest {
    private final SimulatedProvider provider = new SimulatedProvider(MovableClock.running(), SAME_HANDLE);

    private Payouts journal(DataSource dataSource) {
        return Payouts.builder(dataSource)
                .provider(SimulatedProvider.NAME, provider)
                .build();
    }

    /** As a proxy does that knows the transaction of its thread. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void dataSource_thatGivesOutTheCallersTransaction_isRefusedAndTheTransactionLeftAlone(Databases database)
            throws SQLException {
        DataSource dataSource = database.fresh();
        try (Connection callers = dataSource.getConnection()) {
            Payouts journal = journal(Database.borrowed(callers));
            journal.createSchema();
            callers.setAutoCommit(false);
            try (Statement statement = callers.createStatement()) {
                statement.execute("insert into payout_journal_rate values ('callers own', current_timestamp)");
            }

            assertThatThrownBy(() -> journal.pay(request("r-1"), SimulatedProvider.NAME))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("pay(connection, ...)");

            assertThat(callers.getAutoCommit()).isFalse();
            callers.rollback();
            callers.setAutoCommit(true);
        }
        assertThat(Tables.count(dataSource, "payout_journal_rate")).isZero();
        assertThat(Tables.count(dataSource, "payout_journal")).isZero();
        assertThat(provider.events()).isEmpty();
    }

    @Test
    void pool_withoutAFreeConnection_isNamedAsTheReason() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(Databases.H2.fresh());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Payouts journal = journal(pool);
            journal.createSchema();
            try (Connection callers = pool.getConnection()) {
                callers.setAutoCommit(false);

                assertThatThrownBy(() -> journal.pay(request("r-1"), SimulatedProvider.NAME))
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining("no connection came in time")
                        .hasMessageContaining("pool may be too small");
            }
        }
    }
}
