package org.unipayout.examples.bulkregistry;

import static org.assertj.core.api.Assertions.assertThat;

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

@Timeout(120)
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
    void run_stoppedGently_writesTotalsThatAddUpAndGoesOnLater() throws Exception {
        KillAndResume proof = new KillAndResume(150, 0, folder);
        SampleRegistry.write(proof.registry(), 150);
        Files.writeString(proof.registry(), "bad,many,KZT,card,,\r\n", StandardOpenOption.APPEND);
        try (SimulatedIoka ioka = SimulatedIoka.start(Duration.ofSeconds(1))) {
            Process payer = proof.payer(ioka);
            while (ioka.ledger().movements().size() < 20 && payer.isAlive()) {
                payer.waitFor(5, TimeUnit.MILLISECONDS);
            }
            payer.destroy();
            payer.waitFor();
            assertThat(proof.resultLines()).as(log()).hasSize(151);
            assertThat(sum(proof, State.OPEN)).isPositive();
            assertThat(log()).contains("rows 151 = ", "line 152, amount: must be a number", " 1 refused");

            proof.payer(ioka).waitFor();

            assertThat(sum(proof, State.OPEN)).as(log()).isZero();
            assertThat(sum(proof, State.PAID).movePointRight(2).longValueExact())
                    .isEqualTo(ioka.ledger().total("KZT"));
            assertThat(proof.resultLines().get(150).get("reason")).contains("Строка 152", "amount");
        }
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
