package org.unipayout.examples.bulkregistry;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.unipayout.Money;
import org.unipayout.testkit.Ledger.Kind;
import org.unipayout.testkit.Ledger.Movement;

/**
 * Pays a sample registry in a process of its own, kills that process at random moments, starts it again each time, and
 * compares its result file with the simulator's ledger, row by row.
 */
public final class KillAndResume {
    private final int rows;
    private final int kills;
    private final Path folder;
    private final Random random = new Random();

    KillAndResume(int rows, int kills, Path folder) {
        this.rows = rows;
        this.kills = kills;
        this.folder = folder;
    }

    /**
     * What was found.
     *
     * @param paid rows that the result file says are paid
     * @param ledger rows that the ledger says are paid
     * @param twice rows that the ledger says were paid more than once
     * @param lost rows about which both do not say the same, in amount too, and rows left open
     */
    record Comparison(int rows, int kills, int paid, int ledger, int twice, int lost) {
        String line() {
            return "bulk-registry rows=" + rows + " kills=" + kills + " paid=" + paid + " ledger=" + ledger + " double="
                    + twice + " lost=" + lost;
        }

        boolean isGood() {
            return paid == ledger && twice == 0 && lost == 0;
        }
    }

    /**
     * Runs it.
     *
     * @param words number of rows and of kills
     * @throws IOException if files cannot be written
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("bulk-registry");
        out.println("files are in " + folder);
        long startedAt = System.nanoTime();
        Comparison found = new KillAndResume(Integer.parseInt(words[0]), Integer.parseInt(words[1]), folder).run();
        out.println("seconds " + Duration.ofNanos(System.nanoTime() - startedAt).toSeconds());
        out.print(Files.readString(folder.resolve("payer.log")));
        if (found.isGood()) {
            Path journal = folder.resolve("result.csv.journal.mv.db"); // large, and no riddle to solve in it
            out.println("journal mebibytes " + (Files.size(journal) >> 20) + ", deleted");
            Files.delete(journal);
        }
        out.println(found.line());
        System.exit(found.isGood() ? 0 : 1);
    }

    Path registry() {
        return folder.resolve("registry.csv");
    }

    Path result() {
        return folder.resolve("result.csv");
    }

    Comparison run(String... options) throws IOException, InterruptedException {
        SampleRegistry.write(registry(), rows);
        try (SimulatedIoka ioka = SimulatedIoka.start(Duration.ofSeconds(2))) {
            int killed = 0;
            for (int target : targets()) {
                killed += killAt(target, ioka, options) ? 1 : 0;
            }
            Process last = payer(ioka, options);
            try {
                last.waitFor();
            } finally {
                last.destroyForcibly();
            }
            if (Files.notExists(result())) {
                throw new IllegalStateException("the last run ended by " + last.exitValue() + " and wrote no result:\n"
                        + Files.readString(folder.resolve("payer.log")));
            }
            return compare(killed, ioka.ledger().movements());
        }
    }

    /** After how many payments each kill comes: anywhere before the last tenth, earlier ones first. */
    private List<Integer> targets() {
        List<Integer> targets = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            targets.add(random.nextInt(Math.max(1, rows * 9 / 10)));
        }
        Collections.sort(targets);
        return targets;
    }

    private boolean killAt(int target, SimulatedIoka ioka, String... options) throws IOException, InterruptedException {
        Process payer = payer(ioka, options);
        while (ioka.ledger().movements().size() < target && payer.isAlive()) {
            payer.waitFor(5, TimeUnit.MILLISECONDS);
        }
        payer.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS); // somewhere inside whatever it is doing
        boolean alive = payer.isAlive();
        payer.destroyForcibly().waitFor();
        return alive;
    }

    /** The payer as the accountant starts it. */
    Process payer(SimulatedIoka ioka, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                BulkRegistry.class.getName(),
                registry().toString(),
                "--result",
                result().toString(),
                "--deadline",
                "PT1S",
                "--plain"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(ioka.environment());
        File log = folder.resolve("payer.log").toFile();
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
    }

    Comparison compare(int killed, List<Movement> movements) throws IOException {
        Map<String, Long> ledger = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (Movement movement : movements) {
            if (movement.kind() == Kind.PAID && ledger.put(movement.reference(), movement.minorUnits()) != null) {
                twice.add(movement.reference());
            }
        }
        int paidRows = 0;
        int lost = rows;
        for (CSVRecord line : resultLines()) {
            boolean paid = line.get("status").equals(Outcome.State.PAID.name());
            boolean open = line.get("status").equals(Outcome.State.OPEN.name());
            Long moved = ledger.get(line.get("reference"));
            boolean agrees = paid ? Long.valueOf(minorUnits(line)).equals(moved) : moved == null && !open;
            paidRows += paid ? 1 : 0;
            lost -= agrees ? 1 : 0;
        }
        return new Comparison(rows, killed, paidRows, ledger.size(), twice.size(), lost);
    }

    List<CSVRecord> resultLines() throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(result(), StandardCharsets.UTF_8, format)) {
            return parser.getRecords();
        }
    }

    private static long minorUnits(CSVRecord line) {
        return Money.ofMajor(new BigDecimal(line.get("amount")), line.get("currency"))
                .minorUnits();
    }
}
