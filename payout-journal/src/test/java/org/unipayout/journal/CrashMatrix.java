package org.unipayout.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.Simulators;
import org.unipayout.testkit.WebhookOutbox;

/**
 * Kills processes at every boundary of every flow and at random moments, and compares what the journal says in the end
 * with the ledgers of the simulated providers.
 *
 * <p>The simulators run here and outlive every {@link CrashChild}. Each child works over its predecessor's database file
 * under the same node name. Between two children time moves on for simulators and children alike, by less or by more than
 * the providers' absence rules take. Two lanes run at a time, each with simulators and a database of its own: PostgreSQL, and
 * an H2 file.
 *
 * <p>Words: number of kills (1000), seed (0 for a new one). Ends with exit code 1 unless all counts are zero.
 */
public final class CrashMatrix implements AutoCloseable {
    private static final int LANES = 2;

    /** How many of the newest notifications a child gets, most of them for the second or third time. */
    private static final int REPEATED_NOTIFICATIONS = 6;

    /** How much later the next child starts: within every absence rule's time, or after it. */
    private static final Duration SHORT_STEP = Duration.ofMinutes(1);

    private static final Duration LONG_STEP = Duration.ofMinutes(15);

    /** Where payouts may show late, they do: whoever believes the first look-up sends again. */
    private static final Duration HIDDEN = Duration.ofMinutes(5);

    /** By itself H2 writes commits out half a second late. */
    private static final String H2_SETTINGS = ";WRITE_DELAY=0";

    /** How often a boundary is tried that no payout passed: notifications, for one, come only later. */
    private static final int TRIES = 2;

    private static final int PAYOUTS_OF_A_HALT = 9;
    private static final int PAYOUTS_UNTIL_KILLED = 1000;
    private static final int LONGEST_LIFE_MILLIS = 900;
    private static final int LAST_CHILDREN = 12;
    private static final int KILLS_UNTIL_TOLD = 100;

    /**
     * One way to die: at the n-th passing of a boundary in a flow, or by SIGKILL so many milliseconds after it said a word: that it
     * recovers, or that it starts its first payout.
     */
    private record Death(
            CrashFlow flow, @Nullable Checkpoint checkpoint, int occurrence, String word, int afterMillis) {
        static Death at(CrashFlow flow, Checkpoint checkpoint, int occurrence) {
            return new Death(flow, checkpoint, occurrence, "", 0);
        }

        static Death by(CrashFlow flow, Random random) {
            String word = random.nextInt(4) == 0 ? "recovering" : "start";
            return new Death(flow, null, 0, word, random.nextInt(LONGEST_LIFE_MILLIS));
        }

        boolean isBy(String line) {
            return !word.isEmpty() && line.startsWith(word);
        }

        /** Money has moved, and nothing is stored of it: what even a short run must see. */
        boolean isWorst() {
            return checkpoint == Checkpoint.SUBMIT_ANSWERED && occurrence == 1;
        }

        @Override
        public String toString() {
            return checkpoint == null ? flow + " random" : flow + " " + checkpoint + " " + occurrence;
        }
    }

    /** What the last child tells of a payout, and what it asks a person for; its status is null if the journal does not know it. */
    private record End(@Nullable PayoutStatus status, boolean whole, String alarm) {
        static final End UNKNOWN = new End(null, true, "NONE");

        static End of(String status, boolean whole, String alarm) {
            return status.equals("NONE") ? UNKNOWN : new End(PayoutStatus.valueOf(status), whole, alarm);
        }

        boolean isOpen() {
            return status != null && !status.isFinal();
        }
    }

    /** What came out. */
    record Result(int kills, int doubled, int lost, int unresolved, int wrong, Set<String> boundaries) {
        boolean isClean() {
            return doubled + lost + unresolved + wrong == 0;
        }

        Result plus(Result other) {
            Set<String> both = new LinkedHashSet<>(boundaries);
            both.addAll(other.boundaries);
            return new Result(
                    kills + other.kills,
                    doubled + other.doubled,
                    lost + other.lost,
                    unresolved + other.unresolved,
                    wrong + other.wrong,
                    both);
        }

        @Override
        public String toString() {
            return "crash-matrix kills=" + kills + " double=" + doubled + " lost=" + lost + " unresolved=" + unresolved
                    + " wrong=" + wrong;
        }
    }

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final String classPath;
    private final long seed;
    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> remarks = Collections.synchronizedList(new ArrayList<>());

    CrashMatrix(Path directory, String classPath, long seed) throws IOException {
        this.directory = directory;
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
        this.classPath = classPath;
        this.seed = seed;
    }

    /** {@return one line for each thing that is not as it should be} */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Spreads the kills over the lanes. */
    Result run(int kills) {
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<Result>> lanes = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int share = kills / LANES + (lane < kills % LANES ? 1 : 0);
                int number = lane;
                lanes.add(threads.submit(() -> {
                    try (Lane one = new Lane(number)) {
                        return one.run(share);
                    }
                }));
            }
            Result sum = new Result(0, 0, 0, 0, 0, Set.of());
            for (Future<Result> lane : lanes) {
                sum = sum.plus(lane.get());
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() throws IOException {
        killer.shutdownNow();
        postgres.close();
    }

    /** One database and one set of simulators. */
    private final class Lane implements AutoCloseable {
        private final int number;
        private final Random random;
        private final String vaultKey;
        private final Simulators simulators = Simulators.start();
        private final Set<String> started = new LinkedHashSet<>();
        private final Set<String> intents = new LinkedHashSet<>();
        private final Set<String> unfinished = new LinkedHashSet<>();
        private final Set<String> boundaries = new LinkedHashSet<>();
        private final Map<String, Integer> notPassed = new HashMap<>();
        private final Map<String, End> ends = new HashMap<>();
        private Duration ahead = Duration.ZERO;
        private int nextNumber = 1;

        Lane(int number) {
            this.number = number;
            random = new Random(seed * LANES + number);
            byte[] key = new byte[32];
            random.nextBytes(key);
            vaultKey = Base64.getEncoder().encodeToString(key);
            simulators.running().forEach(simulator -> simulator.hideFor(HIDDEN));
        }

        Result run(int share) throws IOException {
            int kills = 0;
            int children = 0;
            Deque<Death> plan = new ArrayDeque<>();
            while (kills < share) {
                if (plan.isEmpty()) {
                    plan.addAll(deaths(children == 0));
                }
                if (children++ > 4 * share + 200) {
                    throw new IllegalStateException("most children were not killed in time");
                }
                if (isKilled(plan.remove()) && ++kills % KILLS_UNTIL_TOLD == 0) {
                    System.out.println("crash-matrix lane=" + number + " kills=" + kills + " children=" + children);
                }
                passTime(random.nextBoolean() ? SHORT_STEP : LONG_STEP);
            }
            resolve();
            return compare(kills);
        }

        /** Every boundary of every flow, first and second passing, with as many random deaths between as a third. */
        private List<Death> deaths(boolean worstFirst) {
            List<Death> deaths = new ArrayList<>();
            for (CrashFlow flow : CrashFlow.all()) {
                for (Checkpoint checkpoint : Checkpoint.values()) {
                    for (int occurrence = 1; occurrence <= 2; occurrence++) {
                        Death death = Death.at(flow, checkpoint, occurrence);
                        if (notPassed.getOrDefault(death.toString(), 0) < TRIES) {
                            deaths.add(death);
                        }
                    }
                }
            }
            int halts = deaths.size();
            List<CrashFlow> flows = CrashFlow.all();
            for (int i = 0; i < halts / 2; i++) {
                deaths.add(Death.by(flows.get(random.nextInt(flows.size())), random));
            }
            List<Death> worst = deaths.stream().filter(Death::isWorst).toList();
            Collections.shuffle(deaths, random);
            if (worstFirst) { // each lane takes its half of the flows
                int half = (worst.size() + 1) / 2;
                deaths.removeAll(worst);
                deaths.addAll(0, number % 2 == 0 ? worst.subList(0, half) : worst.subList(half, worst.size()));
            }
            return deaths;
        }

        private boolean isKilled(Death death) throws IOException {
            Checkpoint checkpoint = death.checkpoint();
            List<String> words = new ArrayList<>(List.of("pay", death.flow().name(), Integer.toString(nextNumber)));
            if (checkpoint == null) {
                words.add(Integer.toString(PAYOUTS_UNTIL_KILLED));
            } else {
                words.addAll(List.of(
                        Integer.toString(PAYOUTS_OF_A_HALT), checkpoint.name(), Integer.toString(death.occurrence())));
            }
            int code = child(words, death);
            if (checkpoint != null && code == 0) {
                notPassed.merge(death.toString(), 1, Integer::sum);
                return false;
            }
            if (checkpoint != null && code == CrashChild.HALTED) {
                boundaries.add(death.flow() + " " + checkpoint);
                return true;
            }
            return checkpoint == null && !unfinished.isEmpty();
        }

        /** Runs one child to its end and takes what it tells. */
        private int child(List<String> words, @Nullable Death death) throws IOException {
            boolean isToBeKilled = death != null && death.checkpoint() == null;
            ProcessBuilder builder =
                    ChildProcess.of(classPath, CrashChild.class, words).redirectErrorStream(true);
            simulators.running().forEach(one -> builder.environment().putAll(one.credentials()));
            builder.environment()
                    .putAll(Map.of(
                            CrashChild.DATABASE,
                            database(),
                            CrashChild.AHEAD,
                            ahead.toString(),
                            CrashChild.VAULT_KEY,
                            vaultKey));
            Process process = builder.start();
            try (Writer writer = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
                for (String line : input(words)) {
                    writer.write(line + "\n");
                }
            }
            List<String> other = new ArrayList<>();
            boolean dies = false;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (death != null && death.isBy(line) && !dies) {
                        dies = true;
                        Future<?> unused = killer.schedule(
                                () -> ChildProcess.kill(process), death.afterMillis(), TimeUnit.MILLISECONDS);
                    }
                    take(line, other);
                }
            }
            int code = exitCode(process);
            if (code != 0 && code != CrashChild.HALTED && !isToBeKilled) {
                remarks.add("a child of " + words + " ended with " + code + ": " + other);
            }
            return code;
        }

        private String database() {
            return number % LANES == 0
                    ? postgres.getJdbcUrl("postgres", "postgres")
                    : "jdbc:h2:file:" + directory.resolve("lane-" + number) + H2_SETTINGS;
        }

        /**
         * What the merchant's next process knows from elsewhere: his payouts, and what providers send him. Before the end
         * only the provider that is paid through sends, so that what others have to say comes late.
         */
        private List<String> input(List<String> words) {
            boolean atTheEnd = words.contains("end");
            List<String> lines = new ArrayList<>();
            started.stream()
                    .filter(reference -> atTheEnd || CrashFlow.order(reference) != CrashFlow.Order.NONE)
                    .forEach(reference -> lines.add("payout " + reference));
            CrashFlow.all().stream()
                    .filter(flow -> atTheEnd || words.contains(flow.name()))
                    .forEach(flow -> {
                        List<WebhookOutbox.Notification> all = simulator(flow).webhooks().created().stream()
                                .filter(notification -> isOf(flow, notification))
                                .toList();
                        List<WebhookOutbox.Notification> newest = new ArrayList<>(
                                all.subList(Math.max(0, all.size() - REPEATED_NOTIFICATIONS), all.size()));
                        Collections.shuffle(newest, random);
                        newest.forEach(notification -> lines.add(line(flow, notification)));
                    });
            return lines;
        }

        private Simulator simulator(CrashFlow flow) {
            return simulators.running().stream()
                    .filter(one -> one.provider().equals(flow.provider().simulator()))
                    .findFirst()
                    .orElseThrow();
        }

        private static boolean isOf(CrashFlow flow, WebhookOutbox.Notification notification) {
            return !flow.sharesItsSimulator()
                    || flow.isNamedIn(new String(notification.body(), StandardCharsets.UTF_8));
        }

        private static String line(CrashFlow flow, WebhookOutbox.Notification notification) {
            String body = new String(notification.body(), StandardCharsets.UTF_8);
            StringBuilder line = new StringBuilder("webhook " + flow + " " + encoded(body));
            notification
                    .headers()
                    .forEach((name, value) ->
                            line.append(' ').append(encoded(name)).append(' ').append(encoded(value)));
            return line.toString();
        }

        private static String encoded(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private void take(String line, List<String> other) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "start" -> {
                    started.add(words[1]);
                    unfinished.add(words[1]);
                    nextNumber++;
                }
                case "intent" -> intents.add(words[1]);
                case "done" -> unfinished.remove(words[1]);
                case "end" -> ends.put(words[1], End.of(words[2], Boolean.parseBoolean(words[3]), words[4]));
                default -> other.add(line);
            }
        }

        /** What was slow comes to its end. */
        private void passTime(Duration step) {
            unfinished.clear();
            ahead = ahead.plus(step);
            simulators.running().forEach(simulator -> {
                simulator.clock().advance(step);
                simulator.settle();
            });
        }

        private void resolve() throws IOException {
            for (int i = 0; i < LAST_CHILDREN; i++) {
                ends.clear();
                int code = child(List.of("end"), null);
                if (code != 0) {
                    throw new IllegalStateException("the last process could not end: " + remarks);
                }
                passTime(LONG_STEP);
                if (ends.values().stream().noneMatch(End::isOpen)) {
                    return;
                }
            }
        }

        private Result compare(int kills) {
            Map<String, List<Long>> paid = Verdict.payments(simulators.running());
            Set<String> references = new LinkedHashSet<>(started);
            references.addAll(paid.keySet());
            Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
            for (String reference : references) {
                End end = ends.getOrDefault(reference, End.UNKNOWN);
                List<Long> payments = paid.getOrDefault(reference, List.of());
                Verdict verdict =
                        Verdict.of(reference, intents.contains(reference), end.status(), end.whole(), payments);
                counts.merge(verdict, 1, Integer::sum);
                if (verdict != Verdict.GOOD) {
                    remarks.add("lane " + number + ": " + verdict + " " + reference + ": journal " + end.status()
                            + ", alarm " + end.alarm()
                            + (end.whole() ? "" : " with a history that does not fit") + ", ledger " + payments
                            + ", expected " + CrashFlow.expectedEnd(reference));
                }
            }
            return new Result(
                    kills,
                    counts.getOrDefault(Verdict.DOUBLE, 0),
                    counts.getOrDefault(Verdict.LOST, 0),
                    counts.getOrDefault(Verdict.UNRESOLVED, 0),
                    counts.getOrDefault(Verdict.WRONG, 0),
                    boundaries);
        }

        @Override
        public void close() {
            simulators.close();
        }
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            ChildProcess.kill(process);
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs the matrix.
     *
     * @param words number of kills, seed
     * @throws IOException if the databases cannot be written
     */
    public static void main(String... words) throws IOException {
        int kills = words.length > 0 ? Integer.parseInt(words[0]) : 1000;
        long given = words.length > 1 ? Long.parseLong(words[1]) : 0;
        long seed = given == 0 ? new Random().nextInt(1_000_000) : given;
        System.out.println("crash-matrix seed=" + seed);
        Path directory = Files.createTempDirectory("crash-matrix");
        long startedAt = System.nanoTime();
        Result result;
        try (CrashMatrix matrix = new CrashMatrix(directory, System.getProperty("java.class.path"), seed)) {
            result = matrix.run(kills);
            matrix.remarks().forEach(System.out::println);
        } finally {
            delete(directory);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
        Set<String> never = boundaries();
        never.removeAll(result.boundaries());
        System.out.println("crash-matrix never halted at: " + String.join(", ", never));
        System.out.println("crash-matrix boundaries=" + result.boundaries().size() + " of="
                + boundaries().size() + " seconds=" + took.toSeconds());
        System.out.println(result);
        System.exit(result.isClean() ? 0 : 1);
    }

    private static Set<String> boundaries() {
        Set<String> boundaries = new LinkedHashSet<>();
        for (CrashFlow flow : CrashFlow.all()) {
            for (Checkpoint checkpoint : Checkpoint.values()) {
                boundaries.add(flow + " " + checkpoint);
            }
        }
        return boundaries;
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            files.sorted(Collections.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
