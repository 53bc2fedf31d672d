package org.unipayout.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is published can be published: poms as Maven Central takes them, and the licence in every jar. */
class ReleaseTest {
    private static final Path HOUSE = Path.of("..");

    static List<Path> published() throws IOException {
        return Pattern.compile("<module>(.*?)</module>")
                .matcher(Files.readString(HOUSE.resolve("pom.xml")))
                .results()
                .map(module -> HOUSE.resolve(module.group(1)))
                .filter(module -> !read(module.resolve("pom.xml")).contains("<maven.deploy.skip>true<"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("published")
    void pom_asItIsPublished_saysAllThatCentralAsksFor(Path module) {
        String pom = read(module.resolve(".flattened-pom.xml"));

        assertThat(List.of("name", "description", "url", "licenses", "developers", "scm"))
                .allSatisfy(element -> assertThat(pom).containsPattern("<" + element + "[ >]"));
        assertThat(texts("url", pom)).contains("https://github.com/unipayout/unipayout-java");
        assertThat(pom).doesNotContain("<parent>").doesNotContain("${revision}");
    }

    @ParameterizedTest
    @MethodSource("published")
    void jar_holdsTheLicense(Path module) {
        if (!read(module.resolve("pom.xml")).contains("<packaging>pom<")) {
            assertThat(module.resolve("target")
                            .resolve("classes")
                            .resolve("META-INF")
                            .resolve("LICENSE"))
                    .hasSameTextualContentAs(HOUSE.resolve("LICENSE"));
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void billOfVersions_hasEachLibrary(Path module) {
        String artifact = texts("artifactId", read(module.resolve("pom.xml"))).get(1); // after its parent's
        String versions = read(HOUSE.resolve("payout-bom").resolve("pom.xml"));

        assertThat(versions.contains("<artifactId>" + artifact + "</artifactId>"))
                .isEqualTo(!artifact.endsWith("-archetype"));
    }

    private static List<String> texts(String element, String pom) {
        return Pattern.compile("<" + element + ">(.*?)</" + element + ">")
                .matcher(pom)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
