package org.unipayout.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/** Every provider is found by what runs over all of them, and is what it says it is. */
class ProvidersTest {
    private static final Path HOUSE = Path.of("..");
    private static final String PREFIX = "payout-";

    static List<ProviderUnderTest> all() {
        return ProviderUnderTest.all();
    }

    @Test
    void all_areTheFoldersWithASimulator() throws IOException {
        try (Stream<Path> folders = Files.list(HOUSE)) {
            Set<String> wings = folders.filter(
                            folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .filter(folder -> Files.exists(folder.resolve("simulator").resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString().substring(PREFIX.length()))
                    .collect(Collectors.toSet());

            assertThat(all()).extracting(ProviderUnderTest::simulator).hasSameElementsAs(wings);
            assertThat(wings).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void provider_underTest_isWhatItSaysItIs(ProviderUnderTest provider) {
        try (Simulator simulator = provider.start();
                PayoutClient client =
                        provider.client(simulator.credentials(), Clock.systemUTC(), Duration.ofSeconds(60))) {
            Capabilities capabilities = client.capabilities();
            assertThat(capabilities.provider()).isEqualTo(provider.provider());
            assertThat(capabilities.has(Feature.CONFIRM)).isEqualTo(provider.waitsForMerchant());
            assertThat(capabilities.webhooks() != Capabilities.Webhooks.NONE)
                    .isEqualTo(provider.webhooks(simulator.credentials()).isPresent());

            Payout payout = client.create(
                    provider.request("order-1", Scenario.PAID.amount(150)).build());

            assertThat(payout.status()).isNotIn(PayoutStatus.FAILED, PayoutStatus.UNKNOWN);
            assertThat(simulator.requests())
                    .filteredOn(call -> provider.submits(call.method(), call.path()))
                    .hasSize(1);
        }
    }
}
