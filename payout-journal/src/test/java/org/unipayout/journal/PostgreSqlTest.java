package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.testkit.MovableClock;

/** Commits must be on the disk, whatever the server was set up for. */
class PostgreSqlTest {

    @ParameterizedTest
    @CsvSource({"off, on", "local, on", "on, on", "remote_apply, remote_apply"})
    void transaction_waitsForTheDisk_andLeavesTheSessionAsItWas(String session, String within) throws SQLException {
        DataSource server = Databases.POSTGRESQL.fresh();
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = " + session);
            Database database = new Database(Database.borrowed(connection));

            assertThat(database.transaction(PostgreSqlTest::synchronousCommit)).isEqualTo(within);
            assertThat(synchronousCommit(connection)).isEqualTo(session);
            statement.execute("reset synchronous_commit");
        }
    }

    private static String synchronousCommit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show synchronous_commit")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void server_thatNeverWaitsForTheDisk_isRefused() throws IOException {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
            PayoutsBuilder journal = Payouts.builder(server.getPostgresDatabase())
                    .provider(
                            SimulatedProvider.NAME,
                            new SimulatedProvider(MovableClock.running(), JournalFixture.SAME_HANDLE));

            assertThatThrownBy(journal::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("fsync=on");
        }
    }
}
