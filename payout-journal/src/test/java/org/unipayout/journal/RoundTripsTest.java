package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.request;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.FakePayoutClient;

/** What one payout costs the database whose provider answers at once. */
class RoundTripsTest {
    private static final Set<String> TRIPS = Set.of("commit", "rollback", "setSavepoint");
    private static final Pattern WRITING = Pattern.compile("\\b(insert|update|delete)\\b");

    private final List<String> trips = new ArrayList<>();
    private final List<String> writingCommits = new ArrayList<>();
    private String session = "on";
    private boolean writes;

    @Test
    void pay_toItsEnd_takesFourWritingCommitsAndSixteenRoundTripsAndLeavesNoTask() {
        DataSource dataSource = Databases.POSTGRESQL.fresh();
        try (Payouts payouts = Payouts.builder(counted(dataSource))
                .provider("fake", new FakePayoutClient())
                .build()) {
            payouts.createSchema();
            payouts.pay(request("r-1"), "fake");
            forget();

            assertThat(payouts.pay(request("r-2"), "fake").status()).isEqualTo(PayoutStatus.SUCCEEDED);

            assertThat(writingCommits).hasSizeLessThanOrEqualTo(4);
            assertThat(trips).hasSizeLessThanOrEqualTo(16);
            assertThat(Tables.count(dataSource, "payout_journal_task")).isZero();
            assertThat(payouts.verifyHistory()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"off, on", "local, on", "remote_apply, remote_apply"})
    void pay_whateverTheSessionsSetting_waitsForTheDiskAtEachWritingCommit(String setting, String within) {
        session = setting;
        DataSource dataSource = counted(Databases.POSTGRESQL.fresh());
        try (Payouts payouts = Payouts.builder(dataSource)
                .provider("fake", new FakePayoutClient())
                .build()) {
            payouts.createSchema();
            forget();

            payouts.pay(request("r-1"), "fake");

            assertThat(writingCommits).hasSize(4).containsOnly(within);
        }
    }

    @Test
    void pay_inATransactionOfTheCallers_leavesItsSettingAlone() throws SQLException {
        session = "off";
        DataSource dataSource = counted(Databases.POSTGRESQL.fresh());
        try (Payouts payouts = Payouts.builder(dataSource)
                .provider("fake", new FakePayoutClient())
                .build()) {
            payouts.createSchema();
            forget();

            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                payouts.pay(connection, request("r-1"), "fake");
                connection.commit();
                connection.setAutoCommit(true);
            }

            assertThat(writingCommits).containsExactly("off");
        }
    }

    private void forget() {
        trips.clear();
        writingCommits.clear();
    }

    private DataSource counted(DataSource dataSource) {
        return heard(DataSource.class, dataSource, (method, arguments, call) -> {
            Object result = call.run();
            if (result instanceof Connection connection) {
                set(connection);
                return counted(connection);
            }
            return result;
        });
    }

    private void set(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = " + session);
        }
    }

    private static String setting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show synchronous_commit")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection counted(Connection connection) {
        return heard(Connection.class, connection, (method, arguments, call) -> {
            String name = method.getName();
            if (TRIPS.contains(name)) {
                trips.add(name);
            }
            if (name.equals("commit") && writes) {
                writingCommits.add(setting(connection));
            }
            writes &= !name.equals("commit") && !name.equals("rollback");
            Object result = call.run();
            if (result instanceof PreparedStatement statement && arguments != null) {
                return counted(PreparedStatement.class, statement, String.valueOf(arguments[0]), connection);
            }
            return result instanceof Statement statement ? counted(Statement.class, statement, "", connection) : result;
        });
    }

    private <T extends Statement> T counted(Class<T> type, T statement, String prepared, Connection connection) {
        return heard(type, statement, (method, arguments, call) -> {
            if (method.getName().startsWith("execute")) {
                String sql = arguments == null ? prepared : String.valueOf(arguments[0]);
                trips.add(sql);
                writes |= WRITING.matcher(sql).find();
                if (connection.getAutoCommit() && writes) {
                    writingCommits.add(setting(connection));
                    writes = false;
                }
            }
            return call.run();
        });
    }

    private interface Call {
        @Nullable Object run() throws Exception;
    }

    private interface Hearing {
        @Nullable Object heard(Method method, Object @Nullable [] arguments, Call call) throws Exception;
    }

    private static <T> T heard(Class<T> type, T object, Hearing hearing) {
        return type.cast(Proxy.newProxyInstance(
                RoundTripsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return hearing.heard(method, arguments, () -> method.invoke(object, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
