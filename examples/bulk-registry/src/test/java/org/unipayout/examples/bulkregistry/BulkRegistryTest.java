package org.unipayout.examples.bulkregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.unipayout.examples.bulkregistry.KillAndResume.Comparison;
import org.unipayout.examples.bulkregistry.Outcome.State;

@Timeout(240)
class BulkRegistryTest {
    @TempDir
    Path folder;

    @Test
    void run_killedThreeTimes_paysEveryRowOnceAndAgreesWithTheLedger() throws Exception {
        KillAndResume proof = new KillAndResume(300, 3, folder);

        Comparison found = proof.run();

        System.out.println(found.line());
        assertThat(found.isGood()).as(log()).isTrue();
        assertThat(found.kills()).as(log()).isEqualTo(3);
        assertThat(found.paid()).isGreaterThan(200);
        assertThat(proof.resultLines())
                .filteredOn(line -> line.get("status").equals(State.DECLINED.name()))
                .isNotEmpty()
                .allMatch(line -> line.get("reason").matches(".*[а-яА-Я].*"));
    }

    @Test
    void run_onPostgresql_agreesWithTheLedger() throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.builder().setServerConfig("fsync", "on").start()) {
            KillAndResume proof = new KillAndResume(60, 0, folder);

            Comparison found = proof.run("--postgres", postgres.getJdbcUrl("postgres", "postgres"));

            assertThat(found.isGood()).as(log()).isTrue();
            assertThat(found.paid()).isGreaterThan(40);
            assertThat(folder.resolve("result.csv.journal.mv.db")).doesNotExist();
        }
    }

    @Test
    void run_stoppedGently_writesTotalsThatAddUpAndGoesOnLater() throws Exception {
        KillAndResume proof = new KillAndResume(300, 0, folder);
        SampleRegistry.write(proof.registry(), 300);
        Files.writeString(proof.registry(), "bad,many,KZT,card,,\r\n", StandardOpenOption.APPEND);
        try (SimulatedIoka ioka = SimulatedIoka.start(Duration.ofSeconds(1))) {
            Process payer = proof.payer(ioka);
            while (ioka.ledger().movements().size() < 5 && payer.isAlive()) {
                payer.waitFor(5, TimeUnit.MILLISECONDS);
            }
            payer.destroy();
            payer.waitFor();
            assertThat(proof.resultLines()).as(log()).hasSize(301);
            assertThat(sum(proof, State.OPEN)).isPositive();
            assertThat(log()).contains("rows 301 = ", "line 302, amount: must be a number", " 1 refused");

            proof.payer(ioka).waitFor();

            assertThat(sum(proof, State.OPEN)).as(log()).isZero();
            assertThat(sum(proof, State.PAID).movePointRight(2).longValueExact())
                    .isEqualTo(ioka.ledger().total("KZT"));
            assertThat(proof.resultLines().get(300).get("reason")).contains("Строка 302", "amount");
        }
    }

    @Test
    void run_rowThatWasEditedAfterItWasPaid_isRefusedAndNotPaidAgain() throws Exception {
        KillAndResume proof = new KillAndResume(2, 0, folder);
        try (SimulatedIoka ioka = SimulatedIoka.start(Duration.ofSeconds(1))) {
            String header = "reference,amount,currency,token,name,description\r\n";
            String other = "b,20.00,KZT,TESTCARDID,,\r\n";
            Files.writeString(proof.registry(), header + "a,10.00,KZT,TESTCARDID,,\r\n" + other);
            assertThat(proof.payer(ioka).waitFor()).as(log()).isZero();
            Files.writeString(proof.registry(), header + "a,11.00,KZT,TESTCARDID,,\r\n" + other);

            int exit = proof.payer(ioka).waitFor();

            assertThat(exit).as(log()).isEqualTo(1);
            assertThat(log()).contains("line 2, amount");
            assertThat(proof.resultLines()).map(line -> line.get("status")).containsExactly("REFUSED", "PAID");
            assertThat(ioka.ledger().total("KZT")).isEqualTo(3000);
        }
    }

    @Test
    void run_withoutAnAccount_couldNotStart_andSaysWhatIsMissing() throws Exception {
        Path said = folder.resolve("said.log");
        ProcessBuilder payer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        BulkRegistry.class.getName(),
                        "registry.csv")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        payer.environment().keySet().removeIf(name -> name.startsWith("IOKA_"));

        assertThat(payer.start().waitFor()).isEqualTo(2);
        assertThat(Files.readString(said)).contains("IOKA_BASE_URL").doesNotContain("Exception");
    }

    private static BigDecimal sum(KillAndResume proof, State state) throws IOException {
        return proof.resultLines().stream()
                .filter(line -> line.get("status").equals(state.name()))
                .map(BulkRegistryTest::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(CSVRecord line) {
        return new BigDecimal(line.get("amount"));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("payer.log"), StandardCharsets.UTF_8);
    }
}
