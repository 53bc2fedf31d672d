package org.unipayout.examples.bulkregistry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.unipayout.http.HttpOptions;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.PayoutsBuilder;

/**
 * Pays a registry file through ioka transfer orders to saved cards.
 *
 * <pre>
 * IOKA_BASE_URL=… IOKA_API_KEY=… java -cp … org.unipayout.examples.bulkregistry.BulkRegistry registry.csv
 * </pre>
 *
 * <p>Start it again with the same file and database after whatever ended it: it goes on where it was.
 */
public final class BulkRegistry {
    private static final String PROVIDER = "ioka";
    private static final int THREADS = 16;

    private BulkRegistry() {}

    /**
     * Pays.
     *
     * @param words see {@link Words}
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] words) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int exit;
        try {
            exit = run(Words.of(words), out);
        } catch (Words.MisusedException | Registry.UnreadableRegistryException e) {
            out.println(e.getMessage());
            exit = 2;
        } catch (HikariPool.PoolInitializationException e) {
            out.println("The database cannot be opened; does another run use it?");
            exit = 2;
        }
        System.exit(exit);
    }

    private static int run(Words words, PrintStream out) throws InterruptedException {
        HttpOptions http =
                HttpOptions.builder().callDeadline(words.callDeadline()).build();
        IokaOptions options = options();
        try (IokaPayoutClient client = IokaPayoutClient.open(options, http);
                HikariDataSource dataSource = dataSource(words)) {
            List<Row> rows = Registry.read(words.registry(), client.capabilities());
            Progress progress = new Progress(out, words.terminal(), rows.size());
            Payer payer = new Payer(dataSource, journal(dataSource, words, client), PROVIDER, rows, progress);
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> endGently(payer, ended)));
            try {
                List<Outcome> outcomes = payer.run(words.patience());
                ResultFile.write(words.result(), outcomes);
                payer.refused().forEach(row -> out.println(row.sentence()));
                Totals totals = Totals.of(rows, outcomes);
                out.println(totals);
                return totals.clean() ? 0 : 1;
            } finally {
                ended.countDown();
            }
        }
    }

    private static IokaOptions options() {
        try {
            return IokaOptions.fromEnv().build();
        } catch (IllegalArgumentException e) {
            throw new Words.MisusedException(String.valueOf(e.getMessage()));
        }
    }

    /** Ctrl-C: the result file of this moment is still written. */
    private static void endGently(Payer payer, CountDownLatch ended) {
        payer.stop();
        try {
            ended.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PayoutsBuilder journal(HikariDataSource dataSource, Words words, IokaPayoutClient client) {
        PayoutsBuilder journal = Payouts.builder(dataSource)
                .provider(PROVIDER, client)
                .worker(THREADS, Duration.ofMillis(200))
                .pauses(Duration.ofMillis(500), Duration.ofMinutes(5));
        // H2 lets only one process open the file, so the name is free again when the process that had it is gone.
        return words.postgres() == null ? journal.node("bulk-registry") : journal;
    }

    private static HikariDataSource dataSource(Words words) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(words.postgres() == null ? h2(words.result()) : words.postgres());
        config.setMaximumPoolSize(THREADS + 8);
        return new HikariDataSource(config);
    }

    /**
     * Without a delay a commit is in the file's hands when it returns. H2 otherwise keeps half a second of commits in the
     * process, and a killed one would forget that it had sent a payout.
     */
    private static String h2(Path result) {
        return "jdbc:h2:file:" + result.toAbsolutePath()
                + ".journal;WRITE_DELAY=0;LOCK_TIMEOUT=20000;DB_CLOSE_ON_EXIT=FALSE";
    }
}
