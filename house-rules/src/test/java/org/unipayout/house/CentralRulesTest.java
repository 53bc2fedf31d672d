package org.unipayout.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.house.CentralRules.Finding;
import org.unipayout.house.CentralRules.Rule;

/** Each of Maven Central's rules is kept by a good release, and seen when it is broken. */
class CentralRulesTest {
    private static final Map<String, String> CHECKSUMS = Map.of(".md5", "MD5", ".sha1", "SHA-1");
    private static final String POM = """
            <project>
              <groupId>org.acme</groupId>
              <artifactId>pay</artifactId>
              <version>1.0.0</version>
              <name>Pay</name>
              <description>Pays.</description>
              <url>https://acme.example</url>
              <licenses><license><name>Apache-2.0</name><url>https://acme.example/license</url></license></licenses>
              <developers><developer><name>A</name><organization>Acme</organization></developer></developers>
              <scm><connection>scm:a</connection><developerConnection>scm:a</developerConnection><url>https://a</url></scm>
              <dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>2.1</version></dependency></dependencies>
            </project>
            """;

    @TempDir
    Path repository;

    @Test
    void of_goodRelease_keepsEveryRuleAndHoldsSomethingAgainstEach() throws Exception {
        release(POM);

        List<Finding> findings = CentralRules.of(repository);

        assertThat(findings).allMatch(Finding::kept);
        assertThat(findings).extracting(Finding::rule).contains(Rule.values());
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(Rule.COORDINATES, "<groupId>org.acme<", "<groupId>org.other<"),
                Arguments.of(Rule.COORDINATES, "<version>1.0.0<", "<version>1.0.1<"),
                Arguments.of(Rule.VERSION, "<version>1.0.0<", "<version>1.0.0-SNAPSHOT<"),
                Arguments.of(Rule.NAME, "<name>Pay</name>", ""),
                Arguments.of(Rule.DESCRIPTION, "<description>Pays.</description>", "<description> </description>"),
                Arguments.of(Rule.URL, "<url>https://acme.example</url>", ""),
                Arguments.of(Rule.LICENSES, "<url>https://acme.example/license</url>", ""),
                Arguments.of(Rule.LICENSES, "<licenses>.*</licenses>", ""),
                Arguments.of(Rule.DEVELOPERS, "<organization>Acme</organization>", ""),
                Arguments.of(Rule.SCM, "<developerConnection>scm:a</developerConnection>", ""),
                Arguments.of(Rule.DEPENDENCIES, "<version>2.1<", "<version>2.1-SNAPSHOT<"),
                Arguments.of(Rule.DEPENDENCIES, "<version>2.1</version>", ""),
                Arguments.of(Rule.DEPENDENCIES, "<version>2.1<", "<version>[2,)<"),
                Arguments.of(Rule.SELF_CONTAINED, "<name>Pay<", "<name>\\${project.artifactId}<"),
                Arguments.of(Rule.SELF_CONTAINED, "<name>Pay<", "<parent><groupId>g</groupId></parent><name>Pay<"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void of_pomThatBreaksARule_namesIt(Rule rule, String good, String bad) throws Exception {
        String pom = POM.replaceFirst(good, bad);
        assertThat(pom).isNotEqualTo(POM);
        release(pom);

        assertThat(brokenRules()).contains(rule);
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                Arguments.of(Rule.JAR, "pay-1.0.0.jar"),
                Arguments.of(Rule.SOURCES, "pay-1.0.0-sources.jar"),
                Arguments.of(Rule.JAVADOC, "pay-1.0.0-javadoc.jar"),
                Arguments.of(Rule.BILL_OF_MATERIALS, "pay-1.0.0-cyclonedx.json"),
                Arguments.of(Rule.SIGNATURES, "pay-1.0.0.pom.asc"),
                Arguments.of(Rule.CHECKSUMS, "pay-1.0.0.jar.md5"));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void of_fileThatIsMissing_breaksThatRuleAlone(Rule rule, String file) throws Exception {
        release(POM);
        Files.delete(home().resolve(file));

        assertThat(brokenRules()).containsExactly(rule);
    }

    @Test
    void of_checksumOfAnotherFile_isBroken() throws Exception {
        release(POM);
        Files.copy(home().resolve("pay-1.0.0.pom.sha1"), home().resolve("copy"));
        Files.move(home().resolve("copy"), home().resolve("pay-1.0.0.jar.sha1"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(brokenRules()).containsExactly(Rule.CHECKSUMS);
    }

    @Test
    void of_jarWithoutLicense_isBroken() throws Exception {
        release(POM);
        jar("pay-1.0.0-sources.jar", "README");

        assertThat(brokenRules()).containsExactly(Rule.LICENSE_FILE);
    }

    @Test
    void of_bomWithoutJars_needsNone() throws Exception {
        String bom = POM.replace("<name>Pay<", "<packaging>pom</packaging><name>Pay<");
        Files.createDirectories(home());
        write("pay-1.0.0.pom", bom.getBytes(StandardCharsets.UTF_8));

        assertThat(CentralRules.of(repository))
                .allMatch(Finding::kept)
                .extracting(Finding::rule)
                .doesNotContain(Rule.JAR, Rule.SOURCES, Rule.JAVADOC);
    }

    /** The page has a row for each rule. */
    @ParameterizedTest
    @EnumSource
    void releasing_hasARowForEachRule(Rule rule) throws IOException {
        List<String> rows = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
                .matcher(Files.readString(Path.of("..", "RELEASING.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();

        assertThat(rows).contains(rule.spelled()).hasSize(Rule.values().length);
    }

    private Path home() {
        return repository.resolve("org").resolve("acme").resolve("pay").resolve("1.0.0");
    }

    private List<Rule> brokenRules() throws IOException {
        return CentralRules.of(repository).stream()
                .filter(finding -> !finding.kept())
                .map(Finding::rule)
                .distinct()
                .toList();
    }

    private void release(String pom) throws Exception {
        Files.createDirectories(home());
        write("pay-1.0.0.pom", pom.getBytes(StandardCharsets.UTF_8));
        write("pay-1.0.0-cyclonedx.json", new byte[] {'{', '}'});
        for (String jar : List.of("pay-1.0.0.jar", "pay-1.0.0-sources.jar", "pay-1.0.0-javadoc.jar")) {
            jar(jar, "META-INF/LICENSE");
        }
    }

    private void jar(String name, String entry) throws IOException, GeneralSecurityException {
        Path file = home().resolve(name);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry(entry));
        }
        write(name, Files.readAllBytes(file));
    }

    private void write(String name, byte[] content) throws IOException, GeneralSecurityException {
        Files.write(home().resolve(name), content);
        Files.writeString(home().resolve(name + ".asc"), "-----BEGIN PGP SIGNATURE-----\n");
        for (Map.Entry<String, String> sum : CHECKSUMS.entrySet()) {
            byte[] digest = MessageDigest.getInstance(sum.getValue()).digest(content);
            Files.writeString(
                    home().resolve(name + sum.getKey()), HexFormat.of().formatHex(digest));
        }
    }
}
