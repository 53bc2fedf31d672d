package org.unipayout.examples.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.Simulators;

class AllSimulatorsTest {
    @Test
    void start_withoutWords_startsAllProviders() {
        try (Simulators simulators = Simulators.start()) {
            assertThat(simulators.running())
                    .extracting(Simulator::provider)
                    .containsExactly("bank131", "bereke", "horizonpay", "ioka");
            assertThat(simulators.running())
                    .allSatisfy(simulator -> assertThat(simulator.credentials()).isNotEmpty());
        }
    }
}
