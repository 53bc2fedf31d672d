package org.unipayout.supplychain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds the dated list of known vulnerabilities against the locked versions, without a network.
 *
 * <p>{@code java supply-chain/src/main/java/org/unipayout/supplychain/KnownVulnerabilities.java} ends with 1 if something
 * that the modules use is on the list. What only the build's plugins bring is shown, because it is in no product. Bills of materials
 * (CycloneDX, JSON) that are named behind the folder are held against the list, too: those of a profile, or of an application.
 */
public final class KnownVulnerabilities {
    private static final Pattern ARTIFACT = Pattern.compile("\"([^\":]+:[^\":]+:[^\"]+)\" : \\{");
    private static final Pattern DEPENDENCY = Pattern.compile("\"artifact\" : \"([^\"]+)\",\\s*\"scope\"");
    private static final Pattern IN_BILL = Pattern.compile("\"pkg:maven/([^/\"]+)/([^@\"]+)@([^?\"]+)");
    private static final Pattern DATE = Pattern.compile("(?m)^# as of (\\d{4}-\\d{2}-\\d{2})$");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private KnownVulnerabilities() {}

    /** One row of the list. */
    record Advisory(String id, String component, String from, String mended, String what) {
        static Advisory of(String line) {
            String[] cells = line.split("\t", -1);
            if (cells.length != 5) {
                throw new IllegalArgumentException("known-vulnerabilities.tsv: five columns are needed: " + line);
            }
            return new Advisory(cells[0], cells[1], cells[2], cells[3], cells[4]);
        }

        boolean concerns(Component used) {
            return component.equals(used.name())
                    && compare(used.version(), from) >= 0
                    && compare(used.version(), mended) < 0;
        }
    }

    /** A file that somebody else made. */
    record Component(String name, String version) {
        static Component of(String artifact) {
            String[] parts = artifact.split(":", -1); // group, artifact, type, perhaps a classifier, version
            return new Component(parts[0] + ':' + parts[1], parts[parts.length - 1]);
        }
    }

    /**
     * Prints what is known.
     *
     * @param args the folder of lock and list, this module's unless given, and bills of materials
     * @throws IOException if one of them cannot be read
     */
    @SuppressWarnings("SystemOut") // a program
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length == 0 ? "supply-chain" : args[0]);
        List<Component> components = locked(folder, DEPENDENCY);
        for (int i = 1; i < args.length; i++) {
            components.addAll(inBill(Path.of(args[i])));
        }
        List<String> used = against(folder, components);
        List<String> ofTools = against(folder, locked(folder, ARTIFACT));
        ofTools.removeAll(used);
        ofTools.forEach(hit -> System.out.println("build tool  " + hit));
        used.forEach(hit -> System.out.println("VULNERABLE  " + hit));
        System.out.println("known-vulnerabilities as-of=" + date(folder) + " components="
                + components.stream().distinct().count() + " with-a-row=" + named(folder, components) + " hits="
                + used.size());
        if (!used.isEmpty()) {
            System.exit(1);
        }
    }

    /** What the list says against the modules' dependencies. */
    static List<String> againstDependencies(Path folder) throws IOException {
        return against(folder, locked(folder, DEPENDENCY));
    }

    /** What the list says against what a bill of materials names. */
    static List<String> againstBill(Path folder, Path bill) throws IOException {
        return against(folder, inBill(bill));
    }

    static String date(Path folder) throws IOException {
        return DATE.matcher(list(folder))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("known-vulnerabilities.tsv: has no line '# as of'"));
    }

    private static List<Advisory> advisories(Path folder) throws IOException {
        return list(folder)
                .lines()
                .filter(Predicate.not(line -> line.startsWith("#")))
                .map(Advisory::of)
                .toList();
    }

    /** How many of them the list speaks of at all: about the others it says nothing, good or bad. */
    private static long named(Path folder, List<Component> components) throws IOException {
        List<Advisory> advisories = advisories(folder);
        return components.stream()
                .distinct()
                .filter(used ->
                        advisories.stream().anyMatch(row -> row.component().equals(used.name())))
                .count();
    }

    private static List<String> against(Path folder, List<Component> components) throws IOException {
        List<Advisory> advisories = advisories(folder);
        List<String> hits = new ArrayList<>();
        components.stream()
                .distinct()
                .forEach(used -> advisories.stream()
                        .filter(advisory -> advisory.concerns(used))
                        .forEach(advisory -> hits.add(advisory.id() + ' ' + used.name() + ' ' + used.version() + ": "
                                + advisory.what() + "; mended in " + advisory.mended())));
        return hits;
    }

    private static List<Component> locked(Path folder, Pattern kind) throws IOException {
        String lock = Files.readString(folder.resolve("dependencies-lock.json"));
        return kind.matcher(lock)
                .results()
                .map(found -> Component.of(found.group(1)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Component> inBill(Path bill) throws IOException {
        return IN_BILL.matcher(Files.readString(bill))
                .results()
                .map(found -> new Component(found.group(1) + ':' + found.group(2), found.group(3)))
                .toList();
    }

    private static String list(Path folder) throws IOException {
        return Files.readString(folder.resolve("known-vulnerabilities.tsv"));
    }

    /** By the numbers in them; what else a version says does not order it. */
    static int compare(String one, String other) {
        List<Integer> left = numbers(one);
        List<Integer> right = numbers(other);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int difference = Integer.compare(at(left, i), at(right, i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static List<Integer> numbers(String version) {
        return NUMBER.matcher(version)
                .results()
                .map(MatchResult::group)
                .map(digits -> digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits))
                .toList();
    }

    private static int at(List<Integer> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }
}
