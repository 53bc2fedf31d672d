package org.unipayout.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Payout;
import org.unipayout.PayoutAdapter;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/** Every provider is found by what runs over all of them, and is what it says it is. */
class ProvidersTest {
    private static final Path HOUSE = Path.of("..");
    private static final String PREFIX = "payout-";
    private static final Pattern VARIABLE = Pattern.compile("environment\\.(pem|textOrFile)?\\w*\\(\"([A-Z0-9_]+)\"");

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

    @Test
    void adapters_areThoseThatAreTried() {
        assertThat(PayoutAdapter.all())
                .extracting(PayoutAdapter::provider)
                .contains("tinypay")
                .filteredOn(name -> !name.equals("tinypay"))
                .containsExactlyElementsOf(
                        all().stream().map(ProviderUnderTest::provider).toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void adapter_bySettingsAlone_opensWhatIsTried(ProviderUnderTest provider) {
        PayoutAdapter adapter = adapter(provider);
        try (Simulator simulator = provider.start();
                PayoutClient client = adapter.open(simulator.credentials())) {
            assertThat(client.capabilities().provider()).isEqualTo(provider.provider());
            assertThat(adapter.settings()).containsAll(simulator.credentials().keySet());
            assertThat(adapter.webhooks(simulator.credentials()).isPresent())
                    .isEqualTo(provider.webhooks(simulator.credentials()).isPresent());
        }
    }

    /** Who adds a variable to {@code fromEnv} adds a setting. */
    @ParameterizedTest
    @MethodSource("all")
    void adapter_settings_areTheVariablesOfItsOptions(ProviderUnderTest provider) throws IOException {
        Path sources = HOUSE.resolve(PREFIX + provider.simulator()).resolve("src/main/java");
        Set<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path options : files.filter(file -> file.toString().endsWith("Options.java"))
                    .toList()) {
                VARIABLE.matcher(Files.readString(options)).results().forEach(variable -> {
                    read.add(variable.group(2));
                    if (variable.group(1) != null) {
                        read.add(variable.group(2) + "_FILE");
                    }
                });
            }
        }

        assertThat(adapter(provider).settings()).isNotEmpty().hasSameElementsAs(read);
        assertThat(read).allMatch(name -> name.startsWith(provider.simulator().toUpperCase(Locale.ROOT) + "_"));
    }

    private static PayoutAdapter adapter(ProviderUnderTest provider) {
        return PayoutAdapter.all().stream()
                .filter(one -> one.provider().equals(provider.provider()))
                .findFirst()
                .orElseThrow();
    }
}
