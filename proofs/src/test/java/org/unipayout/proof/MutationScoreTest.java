package org.unipayout.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationScoreTest {
    @TempDir
    private Path house;

    private void report(String module, int killed, int survived) throws IOException {
        Path folder = Files.createDirectories(house.resolve(module).resolve("target/pit-reports"));
        Files.writeString(
                folder.resolve("mutations.xml"),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mutations partial=\"true\">\n"
                        + "<mutation detected='true' status='KILLED'><mutatedClass>A</mutatedClass></mutation>\n"
                                .repeat(killed)
                        + "<mutation detected='false' status='NO_COVERAGE'><mutatedClass>A</mutatedClass></mutation>\n"
                                .repeat(survived)
                        + "</mutations>\n");
    }

    @Test
    void line_reportsOfSeveralModules_areAddedUp() throws Exception {
        report("payout-api", 6, 0);
        report("payout-http", 12, 2);
        Files.createDirectories(house.resolve("docs"));

        MutationScore score = MutationScore.under(house);

        assertThat(score.line()).isEqualTo("mutation score=90.0 mutants=20 killed=18");
        assertThat(score.isEnough()).isTrue();
    }

    @Test
    void isEnough_belowNineTenths_isNot() throws Exception {
        report("payout-api", 8999, 1001);

        MutationScore score = MutationScore.under(house);

        assertThat(score.line()).isEqualTo("mutation score=89.9 mutants=10000 killed=8999");
        assertThat(score.isEnough()).isFalse();
    }

    @Test
    void isEnough_nothingWasTried_isNot() throws Exception {
        assertThat(MutationScore.under(house).isEnough()).isFalse();
    }
}
