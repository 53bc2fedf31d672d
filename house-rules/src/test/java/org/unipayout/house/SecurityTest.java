package org.unipayout.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each attack in the threat model names the test that holds its answer, and that test exists. */
class SecurityTest {
    private static final Path HOUSE = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(?<type>[A-Z]\\w+)#(?<method>\\w+)`");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface) (\\w+)");

    @Test
    void everyAttack_namesATestThatExists() throws IOException {
        List<String> rows = rows();
        Map<String, String> sources = testSources();

        assertThat(rows).hasSizeGreaterThan(40);
        assertThat(rows)
                .as("each row ends with a test, or with `none` and why")
                .allMatch(row -> NAMED.matcher(row).find() || row.contains("| none: "));
        assertThat(rows.stream()
                        .flatMap(row -> NAMED.matcher(row).results())
                        .filter(named -> !exists(named, sources))
                        .map(MatchResult::group))
                .as("tests that SECURITY.md names and nobody has")
                .isEmpty();
    }

    /** The rows of the tables whose last column is the test. */
    private static List<String> rows() throws IOException {
        return Files.readString(HOUSE.resolve("SECURITY.md"))
                .lines()
                .dropWhile(line -> !line.equals("## Attacks"))
                .takeWhile(line -> !line.startsWith("## ") || line.equals("## Attacks"))
                .filter(line -> line.startsWith("| "))
                .filter(Predicate.not(line -> line.startsWith("| Attack |")))
                .toList();
    }

    private static boolean exists(MatchResult named, Map<String, String> sources) {
        return sources.getOrDefault(named.group(1), "").contains(" " + named.group(2) + "(");
    }

    private static Map<String, String> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(HOUSE)) {
            return files.filter(SecurityTest::mayHoldTests)
                    .map(SecurityTest::text)
                    .flatMap(text -> TYPE.matcher(text).results().limit(1).map(type -> Map.entry(type.group(1), text)))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, String::concat));
        }
    }

    /** The contract cases of every adapter are main code of the testkit. */
    private static boolean mayHoldTests(Path file) {
        String path = HOUSE.relativize(file).toString().replace('\\', '/');
        return path.endsWith(".java")
                && (path.contains("src/test/java/") || path.startsWith("payout-testkit/src/main/java/"))
                && !path.contains("/target/");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
