package org.unipayout.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Adds up how many of the mistakes that PIT built into the money code a test found: docs/proof.md, mutation.
 *
 * @param mutants all of them, those in code that no test reaches too
 * @param killed those that made a test fail or never end
 */
record MutationScore(int mutants, int killed) {
    private static final int LEAST_TENTHS = 900;

    /**
     * Prints the score, and ends with exit code 1 if it is below 90 %.
     *
     * @param folder the folder of all modules
     */
    public static void main(String... folder) throws IOException, XMLStreamException {
        MutationScore score = under(Path.of(folder[0]));
        System.out.println(score.line());
        System.exit(score.isEnough() ? 0 : 1);
    }

    static MutationScore under(Path house) throws IOException, XMLStreamException {
        MutationScore sum = new MutationScore(0, 0);
        for (Path report : reports(house)) {
            sum = sum.plus(read(report));
        }
        return sum;
    }

    private static List<Path> reports(Path house) throws IOException {
        try (Stream<Path> modules = Files.list(house)) {
            return modules.map(module -> module.resolve("target/pit-reports/mutations.xml"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private static MutationScore read(Path report) throws IOException, XMLStreamException {
        MutationScore found = new MutationScore(0, 0);
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newInstance().createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("mutation")) {
                    boolean detected = Boolean.parseBoolean(xml.getAttributeValue(null, "detected"));
                    found = found.plus(new MutationScore(1, detected ? 1 : 0));
                }
            }
        }
        return found;
    }

    private MutationScore plus(MutationScore other) {
        return new MutationScore(mutants + other.mutants, killed + other.killed);
    }

    /** Rounded down, so that 90.0 is never less; nothing tried is nothing found. */
    private int tenths() {
        return mutants == 0 ? 0 : killed * 1000 / mutants;
    }

    boolean isEnough() {
        return tenths() >= LEAST_TENTHS;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "mutation score=%d.%d mutants=%d killed=%d",
                tenths() / 10,
                tenths() % 10,
                mutants,
                killed);
    }
}
