package org.unipayout.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the modules use is locked, and nothing is known against it. */
class SupplyChainTest {
    private static final Path FOLDER = Path.of("").toAbsolutePath();
    private static final String PLANTED = "org.postgresql:postgresql:jar:42.7.1";

    @Test
    void list_saysNothingAgainstWhatIsUsed() throws IOException {
        assertThat(KnownVulnerabilities.againstDependencies(FOLDER)).isEmpty();
        assertThat(LocalDate.parse(KnownVulnerabilities.date(FOLDER))).isAfter(LocalDate.of(2026, 11, 1));
    }

    @Test
    void list_oldVersion_isFound(@TempDir Path planted) throws IOException {
        String lock = Files.readString(FOLDER.resolve("dependencies-lock.json"));
        Files.copy(FOLDER.resolve("known-vulnerabilities.tsv"), planted.resolve("known-vulnerabilities.tsv"));
        Files.writeString(
                planted.resolve("dependencies-lock.json"),
                lock.replaceAll("org\\.postgresql:postgresql:jar:[0-9.]+", PLANTED));

        assertThat(KnownVulnerabilities.againstDependencies(planted))
                .singleElement()
                .asString()
                .startsWith("CVE-2024-1597 org.postgresql:postgresql 42.7.1");
    }

    @Test
    void list_billOfAnApplication_isHeldAgainstIt(@TempDir Path folder) throws IOException {
        Path bill = Files.writeString(folder.resolve("bom.json"), """
                {"components" : [
                  {"group" : "org.postgresql", "purl" : "pkg:maven/org.postgresql/postgresql@42.7.1?type=jar"},
                  {"group" : "com.h2database", "purl" : "pkg:maven/com.h2database/h2@2.4.240?type=jar"}]}""");

        assertThat(KnownVulnerabilities.againstBill(FOLDER, bill))
                .singleElement()
                .asString()
                .startsWith("CVE-2024-1597 org.postgresql:postgresql 42.7.1");
    }

    @ParameterizedTest
    @CsvSource({"1.5.38,1.5.19,1", "2.13.4,2.13.4.2,-1", "1.10,1.9,1", "42.7.0,42.7,0", "9.4.58.v20250814,9.4.58,1"})
    void compare_versions_byTheirNumbers(String one, String other, int expected) {
        assertThat(KnownVulnerabilities.compare(one, other)).isEqualTo(expected);
    }

    /** The bill of materials of the whole house is written before this module is built, unless Maven is offline. */
    @Test
    void billOfMaterials_everyComponent_isLockedWithTheSameChecksum() throws IOException {
        Path bill = FOLDER.resolve("../target/bom.json");
        assumeThat(bill).exists();
        ObjectMapper json = new ObjectMapper();
        JsonNode locked =
                json.readTree(FOLDER.resolve("dependencies-lock.json").toFile()).path("artifacts");
        Map<String, String> missing = new TreeMap<>();
        for (JsonNode component : json.readTree(bill.toFile()).path("components")) {
            String name = component.path("group").asText()
                    + ':'
                    + component.path("name").asText();
            String version = component.path("version").asText();
            if (!name.startsWith("org.unipayout:") && !isLocked(locked, name, version, sha512(component))) {
                missing.put(name, version);
            }
        }

        assertThat(missing)
                .as("used by a module and not in supply-chain/dependencies-lock.json, or with another checksum")
                .isEmpty();
    }

    private static boolean isLocked(JsonNode locked, String name, String version, String checksum) {
        for (JsonNode artifact : locked) {
            String lockedName = artifact.path("groupId").asText()
                    + ':'
                    + artifact.path("artifactId").asText();
            if (lockedName.equals(name)
                    && artifact.path("version").asText().equals(version)
                    && artifact.path("integrity").asText().equals(checksum)) {
                return true;
            }
        }
        return false;
    }

    private static String sha512(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-512")) {
                byte[] bytes = HexFormat.of().parseHex(hash.path("content").asText());
                return "sha512:" + Base64.getEncoder().encodeToString(bytes);
            }
        }
        return "";
    }
}
