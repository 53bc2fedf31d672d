package org.unipayout.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes over the wire to a database while one thread works, and writes down what is written, transaction by transaction, so that
 * the same can be written again without whoever thought it up.
 */
final class Statements {
    private static final Set<String> EXECUTING =
            Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch");
    private static final Set<String> ENDING = Set.of("commit", "rollback");

    private final List<List<Write>> transactions = new ArrayList<>();
    private final List<String> trips = new ArrayList<>();
    private List<Write> open = new ArrayList<>();

    /** A statement that writes, with all that was set. */
    private record Write(String sql, List<Call> parameters) {
        /** Then it answers with how many rows each part wrote. */
        boolean isOfSeveralParts() {
            return sql.startsWith("with");
        }
    }

    private record Call(Method method, List<@Nullable Object> arguments) {}

    /** The same source, listened to. */
    DataSource listeningTo(DataSource dataSource) {
        return wrapped(
                DataSource.class,
                dataSource,
                (method, arguments, result) ->
                        result instanceof Connection connection ? connection(connection) : result);
    }

    /** What was sent and waited for, one after the other. */
    List<String> roundTrips() {
        return trips;
    }

    /** How many transactions wrote something. */
    int writingCommits() {
        return transactions.size();
    }

    void forget() {
        transactions.clear();
        trips.clear();
        open = new ArrayList<>();
    }

    private Connection connection(Connection connection) {
        return wrapped(Connection.class, connection, (method, arguments, result) -> {
            String name = method.getName();
            if (ENDING.contains(name)) {
                trips.add(name);
                end(name.equals("commit"));
            }
            if (result instanceof PreparedStatement statement) {
                return statement(statement, PreparedStatement.class, String.valueOf(arguments[0]), connection);
            }
            return result instanceof Statement statement
                    ? statement(statement, Statement.class, "", connection)
                    : result;
        });
    }

    private <T> T statement(T statement, Class<T> type, String prepared, Connection connection) {
        List<Call> parameters = new ArrayList<>();
        return wrapped(type, statement, (method, arguments, result) -> {
            if (method.getName().startsWith("set") && arguments != null && arguments.length > 1) {
                parameters.add(new Call(method, new ArrayList<>(Arrays.asList(arguments))));
            }
            if (EXECUTING.contains(method.getName())) {
                String sql = arguments == null ? prepared : String.valueOf(arguments[0]);
                trips.add(sql.strip().replaceAll("\\s+", " "));
                if (writes(sql)) {
                    open.add(new Write(sql, List.copyOf(parameters)));
                }
                if (connection.getAutoCommit()) {
                    end(true);
                }
            }
            return result;
        });
    }

    private static boolean writes(String sql) {
        String lower = sql.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("insert")
                || lower.startsWith("update")
                || lower.startsWith("delete")
                || lower.startsWith("with")
                || lower.contains("for update");
    }

    private void end(boolean committed) {
        if (committed && !open.isEmpty()) {
            transactions.add(open);
        }
        open = new ArrayList<>();
    }

    /** Writes the same again, each transaction on a connection of the source, under another reference of the same length. */
    void writeAgain(DataSource dataSource, String reference, String anew) throws Exception {
        for (List<Write> transaction : transactions) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                for (Write write : transaction) {
                    run(connection, write, reference, anew);
                }
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void run(Connection connection, Write write, String reference, String anew) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(write.sql())) {
            for (Call parameter : write.parameters()) {
                @Nullable Object[] arguments = parameter.arguments().toArray();
                arguments[1] = arguments[1] instanceof String text ? text.replace(reference, anew) : arguments[1];
                parameter.method().invoke(statement, arguments);
            }
            boolean rows = statement.execute();
            if (rows ? write.isOfSeveralParts() && isNothing(statement) : statement.getUpdateCount() == 0) {
                throw new SQLException("what is written again finds no row: " + write.sql());
            }
        }
    }

    private static boolean isNothing(Statement statement) throws SQLException {
        try (ResultSet counts = statement.getResultSet()) {
            return !counts.next() || counts.getInt(1) == 0;
        }
    }

    private interface Listener {
        @Nullable Object heard(Method method, @Nullable Object[] arguments, @Nullable Object result) throws Exception;
    }

    private static <T> T wrapped(Class<T> type, T wrapped, Listener listener) {
        return type.cast(Proxy.newProxyInstance(
                Statements.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return listener.heard(method, arguments, method.invoke(wrapped, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
