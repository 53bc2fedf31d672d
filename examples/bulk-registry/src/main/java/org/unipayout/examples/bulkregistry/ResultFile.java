package org.unipayout.examples.bulkregistry;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.unipayout.Money;

/** Writes one line for each row of the registry, in its order. */
final class ResultFile {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader("line", "reference", "amount", "currency", "status", "reason", "rrn")
            .get();

    private ResultFile() {}

    /** Whoever reads the file meanwhile sees the old one or the new one, never half of one. */
    static void write(Path file, Collection<Outcome> outcomes) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(unfinished);
                    CSVPrinter printer = new CSVPrinter(writer, FORMAT)) {
                for (Outcome outcome : outcomes) {
                    Money money = outcome.money();
                    printer.printRecord(
                            outcome.line(),
                            outcome.reference(),
                            money == null ? "" : money.major().toPlainString(),
                            money == null ? "" : money.currency().getCurrencyCode(),
                            outcome.state(),
                            outcome.reason(),
                            outcome.rrn());
                }
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
