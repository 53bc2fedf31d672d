package org.unipayout.archetype;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the archetype's templates while the house is built, so that they cannot grow stale: the wing from
 * examples/new-provider, and the parents, for a project of its own, from those of the house.
 *
 * <p>What only the new provider's document can tell lies in {@code src/main/left-to-the-author}, one file for each file of
 * the example that it stands for.
 */
public final class ArchetypeMaker {
    private static final Path EXAMPLE = Path.of("examples", "new-provider");
    private static final Path LEFT_TO_THE_AUTHOR =
            Path.of("payout-provider-archetype", "src", "main", "left-to-the-author");
    private static final Path WING = Path.of("payout-__provider__");

    private final Path house;
    private final Path target;
    private final String version;

    private ArchetypeMaker(Path house, Path target, String version) {
        this.house = house;
        this.target = target;
        this.version = version;
    }

    /**
     * Writes the templates.
     *
     * @param arguments the house's folder, the folder to write to, the house's version
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        new ArchetypeMaker(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]).make();
    }

    private void make() throws IOException {
        delete(target);
        for (Path file : files(house.resolve(EXAMPLE))) {
            write(WING.resolve(renamed(file.toString())), wing(Files.readString(source(file))));
        }
        write(Path.of(".mvn", "jvm.config"), escaped(read(".mvn/jvm.config")));
        write(Path.of("pom.xml"), root(read("pom.xml")));
        write(Path.of("parents", "adapter", "pom.xml"), parent(read("parents/adapter/pom.xml")));
        write(Path.of("parents", "simulator", "pom.xml"), parent(read("parents/simulator/pom.xml")));
    }

    private String read(String file) throws IOException {
        return Files.readString(house.resolve(file));
    }

    // ---------------------------------------------------------------- the wing

    /** What git would keep: neither what a build leaves behind nor hidden files. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(file -> Stream.of(file.toString().split("[/\\\\]", -1))
                            .noneMatch(part -> part.equals("target") || part.startsWith(".")))
                    .sorted()
                    .toList();
        }
    }

    private Path source(Path file) {
        Path left = house.resolve(LEFT_TO_THE_AUTHOR).resolve(file);
        return Files.exists(left) ? left : house.resolve(EXAMPLE).resolve(file);
    }

    private static String renamed(String path) {
        return path.replace("tinypay", "__provider__").replace("Tinypay", "__providerName__");
    }

    /** A wing of the example lies one folder deeper than a real one, and is not published. */
    private static String wing(String text) {
        String house = text.replace("../../../parents/", "../@parents/")
                .replace("../../parents/", "../parents/")
                .replace("../@parents/", "../../parents/")
                .replace("    <maven.deploy.skip>true</maven.deploy.skip>\n", "");
        return named(grouped(escaped(house)));
    }

    private static String named(String template) {
        return template.replace("tinypay", "${provider}")
                .replace("Tinypay", "${providerName}")
                .replace("TINYPAY", "${provider.toUpperCase()}");
    }

    // ---------------------------------------------------------------- the parents outside the house

    /** The house's root pom with all its checks; its modules are those of the new provider. */
    private String root(String pom) {
        String modules = "  <modules>\n    <module>payout-@provider@</module>\n"
                + "    <module>payout-@provider@/simulator</module>\n  </modules>";
        String own = once(pom, "(?s)  <modules>.*?</modules>", modules);
        own = once(own, "(?s)    <profile>\\s*<!-- For modules that try every provider.*?</profile>\n", "");
        own = once(own, "(?s)    <profile>\\s*<!-- To see it run soon.*?</profile>\n", "");
        // Whose the new project is, its author knows.
        own = once(own, "(?s)  <!-- Invented addresses.*?</organization>\n", "");
        own = once(own, "(?s)  <developers>.*?</scm>\n", "");
        own = once(own, "<name>.*?</name>", "<name>Payouts through @providerName@</name>");
        own = once(own, "<revision>.*?</revision>", "<revision>@version@</revision>");
        return grouped(escaped(own))
                .replace("@provider@", "${provider}")
                .replace("@providerName@", "${providerName}")
                .replace("@version@", "${version}");
    }

    /** What the house shares under its own version comes from its last release, or from an install of this one. */
    private String parent(String pom) {
        String ours = Pattern.compile(
                        "(<artifactId>payout-(?:api|http|testkit)</artifactId>\\s*)<version>[^<]*</version>")
                .matcher(pom.replaceFirst("(?s)\n  <profiles>.*</profiles>\n", ""))
                .replaceAll("$1<version>" + Matcher.quoteReplacement(version) + "</version>");
        return Pattern.compile("<groupId>org\\.unipayout</groupId>(?=\\s*<artifactId>(?!payout-(?:api|http|testkit)<))")
                .matcher(escaped(ours))
                .replaceAll(Matcher.quoteReplacement("<groupId>${groupId}</groupId>"));
    }

    private static String once(String text, String expression, String replacement) {
        Matcher found = Pattern.compile(expression).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("pom.xml: has nothing like " + expression + " any more");
        }
        return found.replaceFirst(Matcher.quoteReplacement(replacement));
    }

    // ---------------------------------------------------------------- templates

    private static String grouped(String text) {
        return text.replace("<groupId>org.unipayout</groupId>", "<groupId>${groupId}</groupId>");
    }

    /** Velocity's own two characters, as the archetype plugin's guide writes them. */
    private static String escaped(String text) {
        return "#set( $symbol_pound = '#' )\n#set( $symbol_dollar = '$' )\n"
                + text.replace("$", "@dollar@").replace("#", "${symbol_pound}").replace("@dollar@", "${symbol_dollar}");
    }

    // ---------------------------------------------------------------- files

    private void write(Path file, String text) throws IOException {
        Path written = target.resolve(file);
        Files.createDirectories(written.getParent());
        Files.writeString(written, text);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.forEach(file -> deepestFirst.add(0, file));
        }
        deepestFirst.forEach(ArchetypeMaker::deleteOne);
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
