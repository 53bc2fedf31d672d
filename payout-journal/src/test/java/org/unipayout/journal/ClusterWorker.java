package org.unipayout.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutStatus;
import org.unipayout.Sleeper;

/**
 * The merchant's processes in {@link ClusterRun}. {@code pay COUNT} asks for payouts, spread over all flows, and ends.
 * {@code work} is one machine: its worker carries payouts on until it is killed, or until its input ends.
 * {@code recover} is such a machine that also looks at everything open when it starts, and so gets in the way of others.
 */
final class ClusterWorker {
    static final String DATABASE = "CLUSTER_DATABASE";
    static final String VAULT_KEY = "CLUSTER_VAULT_KEY";

    private static final Duration CALL_DEADLINE = Duration.ofSeconds(3);
    private static final int THREADS = 6;
    private static final int BATCH = 50;
    private static final int MOST_OPEN = 400;

    private ClusterWorker() {}

    public static void main(String... words) throws IOException, SQLException, InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(environment(DATABASE));
        config.setMaximumPoolSize(THREADS + 4);
        try (HikariDataSource pool = new HikariDataSource(config);
                Payouts payouts = journal(pool, System.getenv())) {
            if (words[0].equals("pay")) {
                pay(payouts, pool, Integer.parseInt(words[1]));
            } else {
                payouts.start();
                if (words[0].equals("recover")) {
                    payouts.recoverNow();
                }
                System.in.transferTo(System.out);
            }
        }
    }

    /** The journal of each of the merchant's processes. */
    static Payouts journal(HikariDataSource pool, Map<String, String> environment) {
        byte[] key = Base64.getDecoder().decode(Objects.requireNonNull(environment.get(VAULT_KEY), VAULT_KEY));
        PayoutsBuilder builder = Payouts.builder(pool)
                .vault(AesGcmVault.builder("cluster", new SecretKeySpec(key, "AES"))
                        .build())
                .worker(THREADS, Duration.ofMillis(200))
                .pauses(Duration.ofMillis(500), Duration.ofSeconds(5))
                .afterAbsence(Absence.RESUBMIT)
                .listener(change -> {});
        for (CrashFlow flow : CrashFlow.all()) {
            PayoutClient client = flow.provider().client(environment, Clock.systemUTC(), CALL_DEADLINE);
            builder.provider(flow.name(), new HastyClient(client));
        }
        return builder.build();
    }

    private static void pay(Payouts payouts, HikariDataSource pool, int count)
            throws SQLException, InterruptedException {
        List<String> references = references(count);
        for (int from = 0; from < count; from += BATCH) {
            while (open(pool) > MOST_OPEN) {
                Sleeper.REAL.sleep(Duration.ofMillis(100));
            }
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                for (String reference : references.subList(from, Math.min(from + BATCH, count))) {
                    CrashFlow flow = CrashFlow.of(reference);
                    payouts.pay(connection, CrashFlow.request(reference), flow.name());
                }
                connection.commit();
            }
        }
    }

    /** As many payouts that need no merchant on the way, of each flow in turn. */
    static List<String> references(int count) {
        return IntStream.iterate(1, number -> number + 1)
                .boxed()
                .flatMap(number -> CrashFlow.all().stream().map(flow -> flow.reference(number)))
                .filter(reference -> CrashFlow.order(reference) == CrashFlow.Order.NONE)
                .limit(count)
                .toList();
    }

    /** How many payouts are not at their end. */
    static int open(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select status, count(*) from payout_journal group by status")) {
            int open = 0;
            while (rows.next()) {
                open += PayoutStatus.valueOf(rows.getString(1)).isFinal() ? 0 : rows.getInt(2);
            }
            return open;
        }
    }

    private static String environment(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
