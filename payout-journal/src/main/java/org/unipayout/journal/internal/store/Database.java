package org.unipayout.journal.internal.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.unipayout.journal.JournalException;

/** Transactions over a {@link DataSource}, none of which is a caller's. */
public final class Database {
    /** As PostgreSQL and H2 name it in English; nothing of a row can stand before it. */
    private static final Pattern OUR_CONSTRAINT = Pattern.compile(
            "constraint(?: violation:)? \"(?:public\\.)?(payout_journal[a-z_]{0,40})", Pattern.CASE_INSENSITIVE);

    private final DataSource dataSource;

    public Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Commits what the work did; rolls it back if it throws anything. An interrupt from before ends no transaction, only calls: in a
     * pool's wait what a call ended as would be lost, and H2 would close its file. It stays set.
     *
     * @throws IllegalStateException if the connection has auto-commit off, and so may be inside a transaction of the caller
     */
    public <T extends @Nullable Object> T transaction(Work<T> work) {
        return committed(connection -> {
            PostgreSql.waitForTheDisk(connection);
            return work.run(connection);
        });
    }

    /** As {@link #transaction}, for work whose own statements wait for the disk; that saves a round trip. */
    public <T extends @Nullable Object> T committed(Work<T> work) {
        return connected(connection -> {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.run(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        });
    }

    /** For work that only reads: each statement sees what was committed when it began, as in a transaction. */
    public <T extends @Nullable Object> T reading(Work<T> work) {
        return connected(work);
    }

    private <T extends @Nullable Object> T connected(Work<T> work) {
        boolean interrupted = Thread.interrupted();
        try (Connection connection = open()) {
            if (!connection.getAutoCommit()) {
                throw new IllegalStateException(
                        "dataSource: gave a connection with auto-commit off. Within a transaction of"
                                + " yours, which is not the journal's to commit, call pay(connection, ...); a pool must give out"
                                + " its connections with auto-commit on");
            }
            return work.run(connection);
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Connection open() {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw new JournalException(
                    "journal: no connection came in time. The database cannot be reached, or the pool may be too small:"
                            + " a call within a transaction of yours needs a second connection [SQL state "
                            + e.getSQLState() + "]",
                    e);
        }
    }

    /** Runs one statement in a transaction of its own. */
    public int update(String sql, @Nullable Object... parameters) {
        return transaction(connection -> update(connection, sql, parameters));
    }

    public static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            @Nullable Object parameter = parameters[i];
            statement.setObject(i + 1, parameter instanceof Instant instant ? utc(instant) : parameter);
        }
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The time by the database's clock, which is the same for all machines. */
    static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_timestamp as present")) {
            rows.next();
            return instant(rows, "present");
        }
    }

    static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Whether a failure is the database's own, and not one of what is stored in it. */
    public static boolean isBehind(JournalException e) {
        return e.getCause() instanceof SQLException;
    }

    /**
     * The driver's text may repeat values, such as a whole refused row, and whoever logs an exception prints its causes. So neither the
     * text nor what is chained to it goes on: only the state, the vendor's code, where it happened, and the name of our constraint.
     */
    public static JournalException failed(SQLException e) {
        Matcher ours = OUR_CONSTRAINT.matcher(String.valueOf(e.getMessage()));
        String constraint = ours.find() ? ", constraint " + ours.group(1).toLowerCase(Locale.ROOT) : "";
        SQLException withoutText = new SQLException(
                "the driver's text is left out, because it may repeat what is stored",
                e.getSQLState(),
                e.getErrorCode());
        withoutText.setStackTrace(e.getStackTrace());
        return new JournalException(
                "journal: the database refused a statement [SQL state " + e.getSQLState() + constraint + "]",
                withoutText);
    }

    static boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    /** A source of one connection that belongs to somebody else: closing it is left to the owner. */
    public static DataSource borrowed(Connection connection) {
        Connection open = (Connection) Proxy.newProxyInstance(
                Database.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
        return new Borrowed(open);
    }

    private static final class Borrowed implements DataSource {
        private final Connection connection;

        Borrowed(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() {
            return connection;
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException("a borrowed connection has its user already");
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(@Nullable PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException("no logger");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
