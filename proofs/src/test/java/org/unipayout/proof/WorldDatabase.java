package org.unipayout.proof;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The journal's tables in a world: empty at its beginning, put aside and put back, and left at a commit by a process that ends there. */
final class WorldDatabase {
    private static final List<String> TABLES = List.of(
            "payout_journal",
            "payout_journal_history",
            "payout_journal_webhook",
            "payout_journal_restore",
            "payout_journal_rate",
            "payout_journal_task");

    private final DataSource database;

    /** Where a process may end. */
    enum Place {
        BEFORE_A_COMMIT,
        AFTER_A_COMMIT
    }

    WorldDatabase(DataSource database) {
        this.database = database;
        each("delete from %1$s");
    }

    /** Puts a copy aside. */
    void keep() {
        each("drop table if exists kept_%1$s", "create table kept_%1$s as select * from %1$s");
    }

    /** Puts the copy in the place of what is there. */
    void goBack() {
        each("delete from %1$s", "insert into %1$s select * from kept_%1$s");
    }

    private void each(String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                for (String sql : statements) {
                    statement.execute(sql.formatted(table));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same database for a process that may end wherever the hook throws. */
    DataSource seenBy(Consumer<Place> hook) {
        return proxy(DataSource.class, database, (method, result) -> {
            Object given = result.get();
            return given instanceof Connection connection
                    ? proxy(Connection.class, connection, (call, made) -> hooked(hook, call, made))
                    : given;
        });
    }

    private static @Nullable Object hooked(Consumer<Place> hook, Method call, Result made) throws Throwable {
        if (!call.getName().equals("commit")) {
            return made.get();
        }
        hook.accept(Place.BEFORE_A_COMMIT);
        Object nothing = made.get();
        hook.accept(Place.AFTER_A_COMMIT);
        return nothing;
    }

    private interface Result {
        @Nullable Object get() throws Throwable;
    }

    private interface Around {
        @Nullable Object call(Method method, Result result) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> around.call(method, () -> invoked(target, method, arguments))));
    }

    private static @Nullable Object invoked(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
