package org.unipayout.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import org.unipayout.Sleeper;

/**
 * Payouts of all flows while the primary of two PostgreSQL servers is killed again and again, the standby promoted, and the killed
 * one made its standby. First with a synchronous standby, which may lose nothing; then with an asynchronous one, which is made to lose
 * what was committed last.
 *
 * <p>Words: number of kills (50), half of them for each; seed (0 for a new one). Ends with exit code 1 unless all counts are zero, and
 * only the asynchronous standby lost something.
 */
public final class FailoverRun implements AutoCloseable {
    private static final int MACHINES = 2;
    private static final int SHORTEST_LIFE_MILLIS = 500;
    private static final int LONGEST_LIFE_MILLIS = 3000;
    private static final int LONGEST_LAG_MILLIS = 1500;

    /** How often what was lost is given the time to be proven absent and sent again before the next kill. */
    private static final int CALM_EVERY = 5;

    private static final int CALM_MILLIS = 30_000;
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Actor OPERATOR = new Actor("operator");

    /** By how much less is taken to be kept than the standby says, because clocks and commits are not in one order. */
    private static final Duration ABUNDANCE = Duration.ofSeconds(5);

    private static final int NEWEST = 200;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final boolean synchronous;
    private final Random random;
    private final Path directory = InstalledPostgres.ownDirectory();
    private final Path log = Files.createTempFile("failover", ".log");
    private final ClusterNetworks networks;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> machines = new ArrayList<>();
    private InstalledPostgres primary;
    private InstalledPostgres standby;
    private int kills;
    private int rewound;
    private int wentBack;

    private FailoverRun(Path binaries, boolean synchronous, long seed) throws IOException {
        this.synchronous = synchronous;
        random = new Random(seed);
        networks = new ClusterNetworks(random);
        primary = new InstalledPostgres(binaries, directory, "one");
        standby = new InstalledPostgres(binaries, directory, "other");
        byte[] key = new byte[32];
        random.nextBytes(key);
        environment.put(ClusterWorker.VAULT_KEY, Base64.getEncoder().encodeToString(key));
        environment.put(
                ClusterWorker.DATABASE,
                "jdbc:postgresql://" + primary.address() + "," + standby.address()
                        + "/postgres?user=postgres&targetServerType=primary&hostRecheckSeconds=0&connectTimeout=5");
        environment.putAll(networks.environment());
    }

    /**
     * Kills primaries.
     *
     * @param words number of kills, seed
     * @throws IOException if a process cannot be started
     * @throws SQLException if the database fails
     * @throws InterruptedException if it is interrupted
     * @throws ExecutionException if the merchant failed
     */
    public static void main(String... words)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        int kills = words.length > 0 ? Integer.parseInt(words[0]) : 50;
        long given = words.length > 1 ? Long.parseLong(words[1]) : 0;
        long seed = given == 0 ? 1 + new Random().nextInt(1_000_000) : given;
        Optional<Path> binaries = InstalledPostgres.newest();
        if (binaries.isEmpty()) {
            System.out.println("failover skipped: no PostgreSQL server is installed under /usr/lib/postgresql");
            return;
        }
        System.out.println("failover seed=" + seed);
        boolean asMeant = true;
        Verdict.Audit all = Verdict.Audit.NONE;
        for (boolean synchronous : new boolean[] {true, false}) {
            try (FailoverRun run = new FailoverRun(binaries.get(), synchronous, seed)) {
                all = all.plus(run.run(synchronous ? kills / 2 : kills - kills / 2));
                asMeant &= synchronous == (run.wentBack == 0);
            }
        }
        System.out.println("failover kills=" + kills + " payouts=" + all.known() + " " + all.counts());
        System.exit(all.isClean() && asMeant ? 0 : 1);
    }

    private String name() {
        return synchronous ? "failover-sync" : "failover-async";
    }

    private Verdict.Audit run(int count) throws IOException, SQLException, InterruptedException, ExecutionException {
        long startedAt = System.nanoTime();
        primary.create(synchronous);
        primary.start();
        standby.copyFrom(primary);
        standby.start();
        primary.awaitStandby(synchronous);
        try (HikariDataSource pool = pool();
                Payouts payouts = ClusterWorker.journal(pool, environment)) {
            payouts.createSchema();
            FailoverMerchant merchant = new FailoverMerchant(payouts, pool, networks);
            startMachines();
            merchant.start();
            while (kills < count) {
                failOver(payouts, merchant);
            }
            merchant.stopAsking();
            awaitTheEnd(pool, merchant);
            stopMachines();
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            Verdict.Audit audit =
                    Verdict.audit(name(), payouts, pool, merchant.told(), merchant.givenUp(), networks.simulators());
            System.out.println(name() + " kills=" + kills + " rewound=" + rewound + " went-back=" + wentBack
                    + " repeated=" + merchant.repeated() + " decided=" + merchant.decided() + " given-up="
                    + merchant.givenUp().size() + " faults="
                    + networks.faults() + " seconds=" + took.toSeconds() + " payouts=" + audit.known() + " "
                    + audit.counts());
            return audit;
        }
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(environment.get(ClusterWorker.DATABASE));
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(Duration.ofMinutes(1).toMillis());
        return new HikariDataSource(config);
    }

    /** Kills the primary after a random time, and has the standby take its place before the killed one comes back as a standby. */
    private void failOver(Payouts payouts, FailoverMerchant merchant) throws IOException, InterruptedException {
        merchant.decideFor(life());
        networks.disturb();
        if (!synchronous) {
            primary.stopSending();
            merchant.decideFor(Duration.ofMillis(random.nextInt(LONGEST_LAG_MILLIS)));
        }
        List<HistoryHead> newest = newest();
        primary.kill();
        kills++;
        InstalledPostgres killed = primary;
        primary = standby;
        standby = killed;
        if (!synchronous) {
            stopMachines(); // nothing may be sent before the journal knows that its database went back
        }
        primary.promote();
        wentBack += patiently(() -> payouts.verifyAgainst(newest.stream()).size());
        if (synchronous) {
            startMachines();
            rebuild();
        } else {
            rebuild(); // the leases of the machines that were stopped run out meanwhile
            tellWhatIsLost(payouts, merchant);
            startMachines();
        }
    }

    private Duration life() {
        boolean isCalm = !synchronous && kills % CALM_EVERY == CALM_EVERY - 1;
        return Duration.ofMillis(isCalm ? CALM_MILLIS : random.nextInt(SHORTEST_LIFE_MILLIS, LONGEST_LIFE_MILLIS));
    }

    /** What an operator does before anything is sent again. */
    private void tellWhatIsLost(Payouts payouts, FailoverMerchant merchant) throws InterruptedException {
        Instant kept = Instant.parse(primary.ask("select to_char(coalesce(pg_last_xact_replay_timestamp(),"
                + " pg_postmaster_start_time()) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        PayoutOrders operator = payouts.by(OPERATOR);
        while (patiently(() -> operator.restored(kept.minus(ABUNDANCE), Instant.EPOCH)) > 0) {
            pause(200);
        }
        merchant.repeatWhatIsLost();
    }

    /** Connections that the pool still has lead to a server that is dead. */
    private static int patiently(IntSupplier work) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                return work.getAsInt();
            } catch (JournalException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause(200);
            }
        }
    }

    private void rebuild() throws IOException, InterruptedException {
        boolean isRewound = random.nextBoolean() && standby.rewindTo(primary);
        rewound += isRewound ? 1 : 0;
        if (!isRewound) {
            standby.copyFrom(primary);
        }
        standby.start();
        primary.awaitStandby(synchronous);
    }

    /** How far the histories have come that grew last, as anybody can see it. */
    private List<HistoryHead> newest() {
        List<HistoryHead> heads = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(environment.get(ClusterWorker.DATABASE));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select reference, version, head_hash from payout_journal"
                        + " order by changed_at desc limit " + NEWEST)) {
            while (rows.next()) {
                heads.add(new HistoryHead(rows.getString(1), rows.getLong(2), rows.getString(3)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return heads;
    }

    private void awaitTheEnd(HikariDataSource pool, FailoverMerchant merchant)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!isAtTheEnd(pool) && System.nanoTime() < deadline) {
            startMachines();
            networks.settle(); // the last payouts ask so seldom that each question would be refused
            merchant.decideFor(ROUND);
        }
    }

    private static boolean isAtTheEnd(HikariDataSource pool) {
        try {
            return ClusterWorker.open(pool) == 0;
        } catch (SQLException dead) { // a connection of before
            return false;
        }
    }

    /** One that came up while there was no primary has ended; its operator starts it again. */
    private void startMachines() throws IOException {
        machines.removeIf(machine -> !machine.isAlive());
        while (machines.size() < MACHINES) {
            ProcessBuilder builder = ChildProcess.of(
                            System.getProperty("java.class.path"), ClusterWorker.class, List.of("work"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            machines.add(builder.start());
        }
    }

    private void stopMachines() throws InterruptedException {
        for (Process machine : machines) {
            ChildProcess.kill(machine);
            machine.waitFor();
        }
        machines.clear();
    }

    private static void pause(int millis) throws InterruptedException {
        Sleeper.REAL.sleep(Duration.ofMillis(millis));
    }

    @Override
    public void close() throws IOException {
        machines.forEach(ChildProcess::kill);
        primary.close();
        standby.close();
        networks.close();
        InstalledPostgres.delete(directory);
        Files.deleteIfExists(log);
    }
}
