package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What PostgreSQL must do so that a commit outlives a crash of its server. Without it a payout could be sent, forgotten, and
 * sent again.
 */
public final class PostgreSql {
    /** Stricter settings, which wait for a replica too, stay as they are. */
    static final String WAIT_FOR_THE_DISK = "select set_config('synchronous_commit', 'on', true)"
            + " where current_setting('synchronous_commit') in ('off', 'local')";

    private PostgreSql() {}

    /**
     * Looks at the server that a connection leads to.
     *
     * @return what is wrong with it; empty if nothing is, or it is not PostgreSQL
     */
    public static Optional<String> fault(Connection connection) throws SQLException {
        if (!isBehind(connection)) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_setting('fsync')")) {
            rows.next();
            return "on".equals(rows.getString(1))
                    ? Optional.empty()
                    : Optional.of(
                            "dataSource: PostgreSQL runs with fsync=off and loses what it committed if its machine"
                                    + " fails; it must run with fsync=on");
        }
    }

    /** Lets the commit of the running transaction wait for the disk, whatever the session's default is. */
    static void waitForTheDisk(Connection connection) throws SQLException {
        if (isBehind(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(WAIT_FOR_THE_DISK);
            }
        }
    }

    /** Waits for everybody else who wants the same lock; it is given back with the transaction. */
    static void lock(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select pg_advisory_xact_lock(hashtext(?))")) {
            select.setString(1, name);
            select.execute();
        }
    }

    public static boolean isBehind(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }
}
