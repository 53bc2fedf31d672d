package org.unipayout.examples.proveyourown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/testing.md is fresh: its Java is compiled, its artifacts are in the BOM, and what it points at exists. */
class TestingGuideTest {
    private static final Path HOUSE = Path.of("..", "..");
    private static final Path GUIDE = HOUSE.resolve("docs").resolve("testing.md");
    private static final List<Path> SOURCES =
            List.of(Path.of("src", "test", "java"), Path.of("..", "new-provider", "src", "test", "java"));

    @Test
    void snippets_areTheCompiledOnes() throws IOException {
        String sources = sources();

        assertThat(found("```java\n(.*?)```", Files.readString(GUIDE)))
                .hasSizeGreaterThan(3)
                .allSatisfy(snippet -> assertThat(sources).contains(withoutIndent(snippet.group(1))));
    }

    @Test
    void artifacts_areInTheBillOfVersions() throws IOException {
        String versions = Files.readString(HOUSE.resolve("payout-bom").resolve("pom.xml"));

        assertThat(found("<artifactId>[^<]+</artifactId>", Files.readString(GUIDE)))
                .isNotEmpty()
                .allSatisfy(artifact -> assertThat(versions).contains(artifact.group()));
    }

    @Test
    void links_leadToFiles() throws IOException {
        assertThat(found("\\]\\(([^)#]+)(?:#[^)]*)?\\)", Files.readString(GUIDE)))
                .isNotEmpty()
                .allSatisfy(
                        link -> assertThat(GUIDE.resolveSibling(link.group(1))).exists());
    }

    private static List<MatchResult> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results().toList();
    }

    private static String sources() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path folder : SOURCES) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> text.append(read(file)));
            }
        }
        return withoutIndent(text.toString());
    }

    private static String withoutIndent(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
