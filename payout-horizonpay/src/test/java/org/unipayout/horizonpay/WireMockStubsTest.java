package org.unipayout.horizonpay;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;

/** The published WireMock stubs, used as a merchant without the simulator would: through the adapter, flow by flow. */
class WireMockStubsTest {
    private static final WireMockServer STUBS = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderClasspath("org/unipayout/simulator/horizonpay/wiremock"));

    private final HorizonPayPayoutClient client = client(false);

    @BeforeAll
    static void start() {
        STUBS.start();
    }

    @AfterAll
    static void stop() {
        STUBS.stop();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "15000, 4200000000000000, SUCCEEDED",
        "987600, 5555555555554444, SUCCEEDED",
        "15051, 4200000000000000, FAILED",
        "987651, 5555555555554444, FAILED",
        "15000, 4005550000000019, FAILED",
    })
    void card_stubs_endAsTheirReadmeSays(long amount, String card, PayoutStatus expected) {
        Payout created = client.create(
                Shop.request("order-1", amount, card).requestedAt(Instant.now()).build());

        assertEnds(client, created, expected);
        assertThat(created.recipientMask()).contains(card.substring(0, 6) + "****" + card.substring(12));
    }

    @ParameterizedTest
    @CsvSource({"15000, KZT, SUCCEEDED", "987600, USD, SUCCEEDED", "15051, KZT, FAILED"})
    void savedCard_stubs_endAsTheirReadmeSays(long amount, String currency, PayoutStatus expected) {
        Recipient saved = new Recipient.SavedCard(HorizonPaySimulator.SAMPLE_TOKEN);
        PayoutRequest request = PayoutRequest.builder("order-2", Money.ofMinor(amount, currency), saved)
                .description("Payout to a card")
                .build();

        assertEnds(client, client.create(request), expected);
    }

    @Test
    void testMode_stubs_areTests() {
        try (HorizonPayPayoutClient testing = client(true)) {
            Payout created = testing.create(Shop.request().build());

            assertThat(created.test()).isTrue();
            assertEnds(testing, created, PayoutStatus.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @CsvSource({"paid-15000, SUCCEEDED", "paid-15000-a, SUCCEEDED", "declined-15000, FAILED"})
    void get_stubsByReferenceAlone_endAsTheirReadmeSays(String reference, PayoutStatus expected) {
        assertThat(client.get(ref(reference)).status()).isEqualTo(expected);
    }

    @Test
    void get_stubOfAnyOtherReference_isAbsent() {
        assertThat(client.get(ref("order-3")).hasEvidence(Evidence.Kind.ABSENT)).isTrue();
    }

    @Test
    void create_referenceThatTheStubsKnowWithAnotherAmount_isRejected() {
        assertThatThrownBy(
                        () -> client.create(Shop.request("paid-15000", 15_100).build()))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("amount");
    }

    @Test
    void balance_stub_isOfTheCurrencyThatWasAskedFor() {
        assertThat(client.balance())
                .singleElement()
                .satisfies(balance -> assertThat(balance.available()).isEqualTo(Money.ofMinor(6_623_871_674L, "KZT")));
    }

    private static void assertEnds(HorizonPayPayoutClient client, Payout created, PayoutStatus expected) {
        assertThat(created.status()).isEqualTo(expected);
        Payout found = client.get(created.ref());
        assertThat(found.status()).isEqualTo(expected);
        assertThat(found.decline().isPresent()).isEqualTo(expected == PayoutStatus.FAILED);
        assertThat(found.evidence()).isEmpty();
    }

    private static HorizonPayPayoutClient client(boolean test) {
        HorizonPayOptions.Builder shop = HorizonPayOptions.builder(
                        URI.create(STUBS.baseUrl()), "361", Secret.of("secret"))
                .balanceOfCurrency("KZT");
        return HorizonPayPayoutClient.open(test ? shop.testMode().build() : shop.build());
    }

    private static PayoutRef ref(String reference) {
        return PayoutRef.of("horizonpay", Shop.request(reference, 15_000).build());
    }
}
