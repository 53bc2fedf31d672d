package org.unipayout.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database as one machine sees it: whatever the machine does there, something may happen first. Connections are lent one
 * after the other, by one thread; a machine that stands still inside a transaction keeps its own.
 */
final class FaultyDatabase {
    private final DataSource database;
    private final Deque<Connection> idle = new ArrayDeque<>();

    /** Where something may happen. */
    enum Place {
        BEGIN,
        FIRST_WRITE,
        COMMIT,
        COMMITTED
    }

    /** What happens there; it may throw. */
    @FunctionalInterface
    interface Hook {
        void at(Place place) throws SQLException;
    }

    FaultyDatabase(DataSource database) {
        this.database = database;
    }

    DataSource seenBy(Hook hook) {
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return method.invoke(database, arguments);
            }
            hook.at(Place.BEGIN);
            Connection lent = idle.isEmpty() ? database.getConnection() : idle.pop();
            return proxy(Connection.class, new Lent(lent, hook));
        });
    }

    /** A connection in a machine's hands. */
    private final class Lent implements Call {
        private final Connection connection;
        private final Hook hook;
        private boolean wrote;
        private boolean closed;

        Lent(Connection connection, Hook hook) {
            this.connection = connection;
            this.hook = hook;
        }

        @Override
        public @Nullable Object of(Method method, Object @Nullable [] arguments) throws Exception {
            switch (method.getName()) {
                case "close" -> {
                    giveBack();
                    return null;
                }
                case "isClosed" -> {
                    return closed;
                }
                case "prepareStatement" -> beforeStatement(String.valueOf(arguments == null ? "" : arguments[0]));
                case "commit" -> {
                    commit();
                    return null;
                }
                default -> {}
            }
            return method.invoke(connection, arguments);
        }

        private void beforeStatement(String sql) throws SQLException {
            String start = sql.stripLeading().toLowerCase(Locale.ROOT);
            if (!wrote && (!start.startsWith("select") || start.contains(" for update"))) {
                wrote = true;
                hook.at(Place.FIRST_WRITE);
            }
        }

        private void commit() throws SQLException {
            if (wrote) {
                hook.at(Place.COMMIT);
            }
            connection.commit();
            if (wrote) {
                hook.at(Place.COMMITTED);
            }
            wrote = false;
        }

        private void giveBack() throws SQLException {
            if (!closed) {
                closed = true;
                if (!connection.getAutoCommit()) { // as the server does when a process is gone
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                idle.push(connection);
            }
        }
    }

    private interface Call {
        @Nullable Object of(Method method, Object @Nullable [] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
