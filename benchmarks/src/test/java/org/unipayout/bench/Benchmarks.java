package org.unipayout.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Measures everything: docs/performance.md. */
final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs what is wanted.
     *
     * @param arguments what the names of the figures have in them or {@code all}, seconds per variant, how many payouts are open in the great
     *     database, and the folder of the documents
     */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report(System.out, arguments[0]);
        long millis = Math.round(Double.parseDouble(arguments[1]) * 1_000);
        Turns turns = new Turns(Duration.ofMillis(millis));
        report.say(LocalDate.now(ZoneOffset.UTC) + ", " + Runtime.getRuntime().availableProcessors() + " processors of "
                + System.getProperty("os.name") + ' ' + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.vendor.version", "") + ' ' + Runtime.version() + ", " + millis
                + " ms per variant in 7 turns");
        if (report.wantsSomeOf(CallBenchmarks.GROUP, ColdStart.GROUP)) {
            try (Ground ground = new Ground()) {
                new CallBenchmarks(ground, turns, report).run();
                new ColdStart(ground, report).run();
            }
        }
        if (report.wantsSomeOf(JournalBenchmarks.GROUP, ScaleBenchmarks.GROUP)) {
            try (Postgres postgres = new Postgres()) {
                report.say(postgres.durability());
                new JournalBenchmarks(postgres, turns, report).run();
                new ScaleBenchmarks(postgres, turns, report, Integer.parseInt(arguments[2])).run();
            }
        }
        report.write(Path.of(arguments[3]));
        System.exit(0); // the database server has threads of its own
    }
}
