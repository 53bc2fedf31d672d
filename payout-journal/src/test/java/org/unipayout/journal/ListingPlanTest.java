package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.START;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.MovableClock;

/** A page is read along an index, and reads no more rows than it shows, whatever the tables hold beside. */
class ListingPlanTest {
    private static final PayoutQuery EVER =
            PayoutQuery.between(START, START.plus(Duration.ofDays(900))).size(10);
    private static final int MORE_THAN_A_PAGE = 11;

    /** Payouts, one a minute, of whose histories each has three rows; one of a hundred failed. */
    private static void fill(DataSource dataSource, int payouts) {
        String series = " from generate_series(1, " + payouts + ") as s(i)";
        String minute = "timestamp with time zone '2026-03-01 10:00:00+00' + s.i * interval '1 minute'";
        String status = "case when mod(s.i, 100) = 0 then 'FAILED' else 'SUCCEEDED' end";
        Tables.edit(
                dataSource,
                "insert into payout_journal (reference, provider, amount_minor, currency, recipient_kind,"
                        + " confirmation, request, status, observation, version, head_hash, delivered, undelivered,"
                        + " requested_at, changed_at) select concat('r-', s.i), 'simulated', 1, 'KZT', 'SAVED_CARD',"
                        + " 'AUTOMATIC', '', " + status + ", '', 3, '', 3, false, " + minute + ", " + minute + series);
        for (int row = 1; row <= 3; row++) {
            Tables.edit(
                    dataSource,
                    "insert into payout_journal_history select concat('r-', s.i), " + row + ", " + minute
                            + ", 'OBSERVED', " + (row < 3 ? "'PROCESSING'" : status) + ", '', 'n', '', ''" + series);
        }
        Tables.edit(dataSource, "analyze");
    }

    @Test
    void pages_ofAFullJournal_areReadAlongAnIndex() {
        JournalFixture journal = new JournalFixture(Databases.POSTGRESQL, SAME_HANDLE);
        fill(journal.dataSource, 20_000);
        String middle = journal.payouts.list(EVER.size(1000)).next();
        for (PayoutQuery query : List.of(
                EVER,
                EVER.newestFirst(),
                EVER.after(middle),
                EVER.after(middle).newestFirst(),
                EVER.statuses(PayoutStatus.FAILED).provider(SimulatedProvider.NAME))) {
            assertIndexed(plan(journal, payouts -> payouts.list(query)), "payout_journal_listing");
        }
        String ended = journal.payouts.ends(EVER.size(1000)).next();
        for (PayoutQuery query : List.of(
                EVER,
                EVER.newestFirst(),
                EVER.after(ended),
                EVER.after(ended).newestFirst(),
                EVER.statuses(PayoutStatus.FAILED).provider(SimulatedProvider.NAME))) {
            assertIndexed(plan(journal, payouts -> payouts.ends(query)), "payout_journal_history_listing");
        }
    }

    @Test
    void needingAttention_ofManyFlaggedOnes_isReadAlongAnIndex() {
        JournalFixture journal = new JournalFixture(Databases.POSTGRESQL, SAME_HANDLE);
        fill(journal.dataSource, 20_000);
        Tables.edit(journal.dataSource, "update payout_journal set attention = 'OVERDUE' where status = 'FAILED'");
        Tables.edit(journal.dataSource, "analyze");

        assertIndexed(
                plan(journal, payouts -> assertThat(payouts.needingAttention()).isEmpty()), // none of them is whole
                "payout_journal_attention_listing");
    }

    private static void assertIndexed(String plan, String index) {
        assertThat(plan).contains(index).doesNotContain("Seq Scan");
        List<Double> rows = Pattern.compile("actual rows=([0-9.]+) ")
                .matcher(plan)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
        assertThat(rows).as(plan).isNotEmpty().allMatch(read -> read <= 2 * MORE_THAN_A_PAGE);
        assertThat(plan).doesNotContainPattern("Rows Removed by Filter: [0-9]{2}");
    }

    private static String plan(JournalFixture journal, Consumer<Payouts> work) {
        Statements statements = new Statements(journal.dataSource);
        try (Payouts watched = Payouts.builder(statements.dataSource())
                .provider(SimulatedProvider.NAME, journal.provider)
                .time(MovableClock.standingAt(START), duration -> {}, () -> 1.0)
                .pageSize(MORE_THAN_A_PAGE - 1)
                .build()) {
            work.accept(watched);
        }
        return statements.explain();
    }

    /** Watches what is asked of a database, and has the first listing explained. */
    private static final class Statements {
        private final DataSource real;
        private @Nullable String sql;
        private final List<Object> parameters = new ArrayList<>();

        Statements(DataSource real) {
            this.real = real;
        }

        DataSource dataSource() {
            return watched(
                    DataSource.class,
                    real,
                    (method, arguments, result) -> method.getName().equals("getConnection")
                            ? watched(Connection.class, (Connection) Objects.requireNonNull(result), this::prepared)
                            : result);
        }

        private @Nullable Object prepared(Method method, Object[] arguments, @Nullable Object result) {
            boolean listing = method.getName().equals("prepareStatement")
                    && arguments[0].toString().startsWith("select * from (");
            if (!listing || sql != null) {
                return result;
            }
            sql = arguments[0].toString();
            return watched(
                    PreparedStatement.class,
                    (PreparedStatement) Objects.requireNonNull(result),
                    (setting, values, nothing) -> {
                        if (setting.getName().equals("setObject")) {
                            parameters.add(values[1]);
                        }
                        return nothing;
                    });
        }

        String explain() {
            StringBuilder plan = new StringBuilder();
            try (Connection connection = real.getConnection();
                    PreparedStatement explain = connection.prepareStatement("explain (analyze, timing off, costs off) "
                            + Optional.ofNullable(sql).orElseThrow())) {
                for (int i = 0; i < parameters.size(); i++) {
                    explain.setObject(i + 1, parameters.get(i));
                }
                try (ResultSet lines = explain.executeQuery()) {
                    while (lines.next()) {
                        plan.append(lines.getString(1)).append('\n');
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return plan.toString();
        }
    }

    private interface Watching {
        @Nullable Object seen(Method method, Object[] arguments, @Nullable Object result);
    }

    private static <T> T watched(Class<T> type, T real, Watching watching) {
        return type.cast(Proxy.newProxyInstance(
                ListingPlanTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return watching.seen(method, arguments, method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}
