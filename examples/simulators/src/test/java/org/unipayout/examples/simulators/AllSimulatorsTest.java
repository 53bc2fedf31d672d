package org.unipayout.examples.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.Simulators;

class AllSimulatorsTest {
    private static final Path HOUSE = Path.of("..", "..");
    private static final String PREFIX = "payout-";

    @Test
    void start_withoutWords_startsAllProviders() throws IOException {
        try (Simulators simulators = Simulators.start()) {
            assertThat(simulators.running())
                    .extracting(Simulator::provider)
                    .hasSameElementsAs(wings())
                    .isNotEmpty();
            assertThat(simulators.running())
                    .allSatisfy(simulator -> assertThat(simulator.credentials()).isNotEmpty());
        }
    }

    private static List<String> wings() throws IOException {
        try (Stream<Path> folders = Files.list(HOUSE)) {
            return folders.filter(
                            folder -> Files.exists(folder.resolve("simulator").resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX))
                    .map(name -> name.substring(PREFIX.length()))
                    .toList();
        }
    }
}
