package org.unipayout.examples.bulkregistry;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.unipayout.Money;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.Scenario;

/** Writes a registry whose amounts tell the simulator what to do: mostly pay, sometimes not so simply. */
public final class SampleRegistry {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(Registry.COLUMNS.toArray(String[]::new))
            .get();

    private SampleRegistry() {}

    /**
     * Writes a sample.
     *
     * @param words file and number of rows
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] words) throws IOException {
        write(Path.of(words[0]), Integer.parseInt(words[1]));
    }

    /** The same rows every time. */
    static void write(Path file, int rows) throws IOException {
        Random random = new Random(rows);
        try (BufferedWriter writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(writer, FORMAT)) {
            for (int row = 1; row <= rows; row++) {
                long minorUnits = scenario(random.nextInt(1000)).amount(100 + random.nextInt(90_000));
                printer.printRecord(
                        "payout-" + row,
                        Money.ofMinor(minorUnits, "KZT").major().toPlainString(),
                        "KZT",
                        random.nextBoolean() ? IokaSimulator.SAVED_VISA_ID : IokaSimulator.SAVED_MASTERCARD_ID,
                        "Получатель № " + row,
                        "Выплата по реестру, строка «" + row + "»");
            }
        }
    }

    private static Scenario scenario(int perMille) {
        if (perMille < 30) {
            return Scenario.DECLINED;
        }
        if (perMille < 40) {
            return Scenario.INSUFFICIENT_FUNDS;
        }
        if (perMille < 60) {
            return Scenario.SLOW;
        }
        if (perMille < 80) {
            return Scenario.SERVER_ERROR_PAID;
        }
        if (perMille < 83) {
            return Scenario.SERVER_ERROR_NOT_PAID;
        }
        return perMille < 90 ? Scenario.UNDOCUMENTED_CODE : Scenario.PAID;
    }
}
