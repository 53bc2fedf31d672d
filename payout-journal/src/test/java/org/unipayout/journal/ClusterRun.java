package org.unipayout.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.FakePayoutClient;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.Simulators;

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
    private static final int REFUSED_AT_ONCE = 2;
    private static final int FAULTS_PER_THOUSAND = 5;
    private static final Duration HIDDEN = Duration.ofMinutes(7);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** What happens to the bytes on their way, each to so many of a thousand exchanges. */
    private static final List<Fault> FAULTS = List.of(
            Fault.RESET_INSIDE_REQUEST,
            Fault.LOSE_REQUEST,
            Fault.RESET_AFTER_REQUEST,
            Fault.CLOSE_AFTER_REQUEST,
            Fault.HANG_AFTER_REQUEST,
            Fault.CUT_HEADERS,
            Fault.CUT_BODY,
            Fault.GARBLE_BODY,
            Fault.EMPTY_BODY,
            Fault.HTML_ERROR);

    private final EmbeddedPostgres postgres;
    private final Random random;
    private final Simulators simulators = Simulators.start();

    /** Time runs faster where new payouts are hidden, and where repeated ones are refused only for a while. */
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();

    private final List<FaultServer> networks = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> machines = new ArrayList<>();
    private final Path log;
    private int kills;

    private ClusterRun(EmbeddedPostgres postgres, long seed) throws IOException {
        this.postgres = postgres;
        random = new Random(seed);
        log = Files.createTempFile("cluster", ".log");
        byte[] key = new byte[32];
        random.nextBytes(key);
        environment.put(ClusterWorker.VAULT_KEY, Base64.getEncoder().encodeToString(key));
        environment.put(ClusterWorker.DATABASE, postgres.getJdbcUrl("postgres", "postgres"));
        simulators.running().forEach(this::connect);
        List<Simulator> hiding = simulators.running().stream()
                .filter(simulator -> simulator.hideFor(HIDDEN))
                .toList();
        Future<?> unused = ticker.scheduleAtFixedRate(
                () -> hiding.forEach(simulator -> simulator.clock().advance(TICK.multipliedBy(HastyClient.HASTE))),
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Lays a network that breaks things before a provider. */
    private void connect(Simulator simulator) {
        FaultServer network = FaultServer.before(simulator.baseUrl());
        networks.add(network);
        Random dice = new Random(random.nextLong());
        FAULTS.forEach(fault -> network.on(request -> dice.nextInt(1000) < FAULTS_PER_THOUSAND)
                .always()
                .play(fault));
        environment.putAll(simulator.credentials(network.baseUrl()));
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
            System.out.println("cluster kills=" + kills + " faults=" + faults() + " seconds=" + took.toSeconds());
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
                simulators.running().forEach(ClusterRun::disturb);
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

    private static void disturb(Simulator simulator) {
        if (simulator instanceof HorizonPaySimulator horizonPay) { // it refuses for a while what comes too fast
            horizonPay.refuseNext(REFUSED_AT_ONCE);
        }
        simulator.settle();
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

    private long faults() {
        return networks.stream()
                .flatMap(network -> network.exchanges().stream())
                .filter(exchange -> exchange.fault().isPresent())
                .count();
    }

    private Map<String, PayoutStatus> statuses() throws SQLException {
        Map<String, PayoutStatus> statuses = new HashMap<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select reference, status from payout_journal")) {
            while (rows.next()) {
                statuses.put(rows.getString(1), PayoutStatus.valueOf(rows.getString(2)));
            }
        }
        return statuses;
    }

    private boolean compare(Payouts payouts, int count) throws SQLException {
        Map<String, PayoutStatus> statuses = statuses();
        Map<String, List<Long>> paid = Verdict.payments(simulators.running());
        Set<String> edited =
                payouts.verifyHistory().stream().map(HistoryFault::reference).collect(Collectors.toSet());
        Set<String> references = new LinkedHashSet<>(ClusterWorker.references(count));
        references.addAll(statuses.keySet());
        references.addAll(paid.keySet());
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (String reference : references) {
            PayoutStatus status = statuses.get(reference);
            List<Long> payments = paid.getOrDefault(reference, List.of());
            boolean whole = !edited.contains(reference);
            Verdict verdict = Verdict.of(reference, true, status, whole, payments);
            counts.merge(verdict, 1, Integer::sum);
            if (verdict != Verdict.GOOD) {
                System.out.println("cluster " + verdict + " " + reference + ": journal " + status + ", ledger "
                        + payments + (whole ? "" : ", history does not fit"));
            }
        }
        System.out.println("cluster payouts=" + statuses.size()
                + " double=" + counts.getOrDefault(Verdict.DOUBLE, 0)
                + " lost=" + (counts.getOrDefault(Verdict.LOST, 0) + counts.getOrDefault(Verdict.WRONG, 0))
                + " unresolved=" + counts.getOrDefault(Verdict.UNRESOLVED, 0));
        return statuses.size() == count && counts.keySet().equals(Set.of(Verdict.GOOD));
    }

    @Override
    public void close() throws IOException {
        ticker.shutdownNow();
        networks.forEach(FaultServer::close);
        simulators.close();
        Files.deleteIfExists(log);
    }
}
