package org.unipayout.bereke;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;

/** The published WireMock stubs, used as a merchant without the simulator would: through the adapter, flow by flow. */
class WireMockStubsTest {
    private static final WireMockServer STUBS = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderClasspath("org/unipayout/simulator/bereke/wiremock"));

    private final BerekePayoutClient client = BerekePayoutClient.open(
            BerekeOptions.builder(URI.create(STUBS.baseUrl()), "stub-user", Secret.of("stub-password"))
                    .build());

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
        "15000, 4111111111111111, SUCCEEDED",
        "987600, 4444555511113333, SUCCEEDED",
        "15051, 4111111111111111, FAILED",
        "987651, 4444555511113333, FAILED",
        "15000, 5168494895055780, FAILED"
    })
    void card_stubs_endAsTheirReadmeSays(long amount, String card, PayoutStatus expected) {
        Payout payout = client.create(Merchant.toCard("payout-1", amount, card).build());

        assertEnds(payout, expected);
        assertThat(client.get(payout.ref()).recipientMask())
                .contains(card.substring(0, 6) + "XXXXXX" + card.substring(12));
    }

    @ParameterizedTest
    @CsvSource({"15000, SUCCEEDED", "987600, SUCCEEDED", "15051, FAILED", "987651, FAILED"})
    void savedCard_stubs_endAsTheirReadmeSays(long amount, PayoutStatus expected) {
        PayoutRequest request = Merchant.toSavedCard("payout-1", amount, "binding-1")
                .extras(BerekeExtras.builder().clientId("client-1").build())
                .build();

        assertEnds(client.create(request), expected);
    }

    @ParameterizedTest
    @CsvSource({"15000, SUCCEEDED", "987600, SUCCEEDED", "15051, FAILED", "987651, FAILED"})
    void form_stubs_waitForTheRecipientAndEndAsTheirReadmeSays(long amount, PayoutStatus expected) {
        Payout form = client.create(Merchant.toForm("payout-1", amount).build());
        assertThat(client.get(form.ref()).status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);

        HostedPage.payTo(Merchant.CARD, form.nextAction().orElseThrow().url());

        assertThat(client.get(form.ref()).status()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"payout-1, SUCCEEDED", "declined-1, FAILED"})
    void get_stubsByReferenceAlone_endAsTheirReadmeSays(String reference, PayoutStatus expected) {
        assertThat(client.get(ref(reference)).status()).isEqualTo(expected);
    }

    @Test
    void get_stubOfUnknownReference_isAbsent() {
        assertThat(client.get(ref("unknown-1")).hasEvidence(Evidence.Kind.ABSENT))
                .isTrue();
    }

    @Test
    void balanceAndEcho_stubs_areRead() {
        assertThat(client.balance()).hasSize(1);
        assertThat(client.echo()).startsWith("Payout v2.3 is online");
    }

    private void assertEnds(Payout created, PayoutStatus expected) {
        assertThat(created.status()).isEqualTo(expected);
        Payout found = client.get(created.ref());
        assertThat(found.status()).isEqualTo(expected);
        assertThat(found.decline().isPresent()).isEqualTo(expected == PayoutStatus.FAILED);
    }

    private static PayoutRef ref(String reference) {
        return PayoutRef.of(
                BerekePayoutClient.PROVIDER, Merchant.toCard(reference, 1200).build());
    }
}
