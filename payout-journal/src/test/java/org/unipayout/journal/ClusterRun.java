package org.unipayout.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.unipayout.testkit.FakePayoutClient;

/**
 * Three machines share one PostgreSQL and carry payouts of all flows to their end while one after another is killed and
 * replaced, and while the networks before the simulated providers lose and break what passes.
 *
 * <p>Words: number of payouts (5000), seed (0 for a new one). Ends with exit code 1 unless all counts are zero.
 */
public final class ClusterRun implements AutoCloseable {
    private static final int MACHINES = 3;
    private static final int SHORTEST_LIFE_MILLIS = 3000;
    private static final int LONGEST_LIFE_MILLIS = 6000;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final EmbeddedPostgres postgres;
    private final Random random;
    private final ClusterNetworks networks;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> machines = new ArrayList<>();
    private final Path log;
    private int kills;

    private ClusterRun(EmbeddedPostgres postgres, long seed) throws IOException {
        this.postgres = postgres;
        random = new Random(seed);
        networks = new ClusterNetworks(random);
        log = Files.createTempFile("cluster", ".log");
        byte[] key = new byte[32];
        random.nextBytes(key);
        environment.put(ClusterWorker.VAULT_KEY, Base64.getEncoder().encodeToString(key));
        environment.put(ClusterWorker.DATABASE, postgres.getJdbcUrl("postgres", "postgres"));
        environment.putAll(networks.environment());
    }

    /**
     * Runs the cluster.
     *
     * @param words number of payouts, seed
     * @throws IOException if a process cannot be started
     * @throws SQLException if the database fails
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String... words) throws IOException, SQLException, InterruptedException {
        int count = words.length > 0 ? Integer.parseInt(words[0]) : 5000;
        long given = words.length > 1 ? Long.parseLong(words[1]) : 0;
        long seed = given == 0 ? 1 + new Random().nextInt(1_000_000) : given;
        System.out.println("cluster seed=" + seed);
        boolean clean;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .start();
                ClusterRun cluster = new ClusterRun(postgres, seed)) {
            clean = cluster.run(count);
        }
        System.exit(clean ? 0 : 1);
    }

    private boolean run(int count) throws IOException, SQLException, InterruptedException {
        long startedAt = System.nanoTime();
        try (FakePayoutClient unused = new FakePayoutClient();
                Payouts payouts = Payouts.builder(postgres.getPostgresDatabase())
                        .provider("unused", unused)
                        .build()) {
            payouts.createSchema();
            killUntilDone(count);
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            System.out.println(
                    "cluster kills=" + kills + " faults=" + networks.faults() + " seconds=" + took.toSeconds());
            return compare(payouts, count);
        }
    }

    private void killUntilDone(int count) throws IOException, SQLException, InterruptedException {
        long startedAt = System.nanoTime();
        while (machines.size() < MACHINES) {
            machines.add(machine());
        }
        Process merchant = process("pay", Integer.toString(count));
        try {
            while ((merchant.isAlive() || ClusterWorker.open(postgres.getPostgresDatabase()) > 0)
                    && System.nanoTime() - startedAt < LONGEST.toNanos()) {
                killOne();
                networks.disturb();
            }
        } finally {
            kill(merchant);
            for (Process machine : machines) {
                kill(machine);
            }
        }
        if (merchant.exitValue() != 0) {
            throw new IllegalStateException("the merchant could not ask for all payouts:\n" + Files.readString(log));
        }
    }

    /** Kills a random machine after a random time and puts a new one in its place. */
    private void killOne() throws IOException, InterruptedException {
        int chosen = random.nextInt(MACHINES);
        Process victim = machines.get(chosen);
        if (victim.waitFor(random.nextInt(SHORTEST_LIFE_MILLIS, LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("a machine ended by itself:\n" + Files.readString(log));
        }
        kill(victim);
        kills++;
        machines.set(chosen, machine());
    }

    private static void kill(Process process) throws InterruptedException {
        ChildProcess.kill(process);
        process.waitFor();
    }

    private Process machine() throws IOException {
        return process(random.nextBoolean() ? "work" : "recover");
    }

    private Process process(String... words) throws IOException {
        ProcessBuilder builder = ChildProcess.of(
                        System.getProperty("java.class.path"), ClusterWorker.class, List.of(words))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private boolean compare(Payouts payouts, int count) throws SQLException {
        Verdict.Audit audit = Verdict.audit(
                "cluster",
                payouts,
                postgres.getPostgresDatabase(),
                ClusterWorker.references(count),
                Set.of(),
                networks.simulators());
        System.out.println("cluster payouts=" + audit.known() + " " + audit.counts());
        return audit.known() == count && audit.isClean();
    }

    @Override
    public void close() throws IOException {
        networks.close();
        Files.deleteIfExists(log);
    }
}
