package org.unipayout.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

class QuickstartTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void simulated_allProviders_agreeWithTheLedger() {
        assertThat(Quickstart.simulated(out))
                .as(printed.toString(StandardCharsets.UTF_8))
                .isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("lost and found")
                .contains(ProviderUnderTest.all().stream()
                        .map(ProviderUnderTest::provider)
                        .toList())
                .doesNotContain("WRONG");
    }

    /** The program has another class path than its tests. */
    @Test
    void main_onItsOwnClassPath_endsWell() throws Exception {
        String classPath = Path.of("target", "classes")
                + File.pathSeparator
                + Files.readString(Path.of("target", "runtime.classpath")).strip();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        classPath,
                        Quickstart.class.getName())
                .redirectErrorStream(true)
                .start();

        String told = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor()).as(told).isZero();
        assertThat(told).contains("lost and found");
    }

    @Test
    void story_thatEndsOtherwise_isSaidToDisagree() {
        ProviderUnderTest provider = ProviderUnderTest.all().get(0);
        try (Simulator simulator = provider.start()) {
            simulator.force(Scenario.DECLINED);

            Story.Ending ending = new Story(provider, simulator, "paid", out).paid();

            assertThat(ending.status()).isEqualTo(PayoutStatus.FAILED);
            assertThat(ending.disagreements()).hasSize(2);
        }
    }
}
