package org.unipayout.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.MayChange;

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

    /** What may still move is known to whoever reads the promise, and nothing that is not marked. */
    @Test
    void versioning_namesWhatMayChange() throws IOException {
        List<String> named = Files.readString(HOUSE.resolve("VERSIONING.md"))
                .lines()
                .filter(line -> line.startsWith("| what `@MayChange` marks:"))
                .flatMap(line -> Pattern.compile("`([A-Z]\\w*)`").matcher(line).results())
                .map(name -> name.group(1))
                .toList();

        assertThat(new ClassFileImporter()
                        .importPackages("org.unipayout").stream()
                                .filter(type -> type.isAnnotatedWith(MayChange.class))
                                .map(JavaClass::getSimpleName))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(named);
    }

    /** The CI's files run what the README says, on the JDKs that are promised, and hold no secret. */
    @Test
    void workflows_runTheReadmesCommandOnWhatIsPromised() throws IOException {
        Path workflows = HOUSE.resolve(".github").resolve("workflows");
        String build = read(workflows.resolve("build.yml"));
        String promised = texts(
                        "JDK",
                        read(HOUSE.resolve("VERSIONING.md"))
                                .replaceFirst("\\| JDK \\| ([0-9, ]+) \\|", "<JDK>$1</JDK>"))
                .get(0);

        assertThat(build).contains("- run: .ci/run\n").contains("java: [" + promised + "]");
        assertThat(read(workflows.resolve("release.yml")))
                .contains("- run: ./check-release\n")
                .contains("- run: ./check-api\n");
        try (Stream<Path> files = Files.list(workflows)) {
            assertThat(files.map(ReleaseTest::read))
                    .allSatisfy(workflow ->
                            assertThat(workflow).contains("contents: read").doesNotContain("secrets."));
        }
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
