package org.unipayout.ioka;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.CardNumber;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.simulator.ioka.IokaSimulator;

/** The published WireMock stubs, used as a merchant without the simulator would: through both clients, flow by flow. */
class WireMockStubsTest {
    private static final WireMockServer STUBS = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderClasspath("org/unipayout/simulator/ioka/wiremock"));

    private final IokaOptions merchant =
            IokaOptions.builder(URI.create(STUBS.baseUrl()), Secret.of("any")).build();
    private final IokaPayoutClient transfers = IokaPayoutClient.open(merchant);
    private final IokaPayoutOrderClient orders = IokaPayoutOrderClient.open(merchant);

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
        transfers.close();
        orders.close();
    }

    @ParameterizedTest
    @CsvSource({
        "15000, TESTCARDID, SUCCEEDED",
        "987600, TESTCARDID, SUCCEEDED",
        "15051, TESTCARDID, FAILED",
        "987651, TESTCARDID, FAILED",
        "15000, DECLINEDCARD, FAILED"
    })
    void savedCard_stubs_endAsTheirReadmeSays(long amount, String card, PayoutStatus expected) {
        for (PayoutClient client : new PayoutClient[] {transfers, orders}) {
            assertEnds(client, new Recipient.SavedCard(card), amount, expected);
        }
        assertThat(transfers.attempts(transfers
                        .create(request("order-2", amount, new Recipient.SavedCard(card)))
                        .ref()))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"15000, SUCCEEDED", "987600, SUCCEEDED", "15051, FAILED", "987651, FAILED"})
    void accountAndCardNumber_stubs_endAsTheirReadmeSays(long amount, PayoutStatus expected) {
        assertEnds(orders, new Recipient.Card(CardNumber.of(IokaSimulator.RECEIVER_CARD)), amount, expected);
        assertEnds(
                orders,
                Recipient.KazakhAccount.builder("KZ000000000000000000", "000000000000", "Testov Test")
                        .build(),
                amount,
                expected);
    }

    @Test
    void form_stubs_waitForTheRecipient() {
        for (PayoutClient client : new PayoutClient[] {transfers, orders}) {
            Payout waiting = client.create(request("order-1", 15000, new Recipient.HostedForm(null, null, null)));

            assertThat(waiting.nextAction()).isPresent();
            assertThat(client.get(waiting.ref()).status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        }
    }

    @Test
    void create_referenceThatIsTaken_isRejected() {
        assertThatThrownBy(
                        () -> transfers.create(request("already-used", 15000, new Recipient.SavedCard("TESTCARDID"))))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("another amount");
    }

    @Test
    void get_unknown_isAbsent() {
        for (PayoutClient client : new PayoutClient[] {transfers, orders}) {
            PayoutRef ref = PayoutRef.of(
                    client.capabilities().provider(), request("order-1", 15000, new Recipient.SavedCard("TESTCARDID")));

            assertThat(client.get(ref).hasEvidence(Evidence.Kind.ABSENT)).isTrue();
            assertThat(client.get(ref.withProviderId("tro_UNKNOWN000")).hasEvidence(Evidence.Kind.ABSENT))
                    .isTrue();
        }
    }

    @Test
    void balance_stub_isRead() {
        assertThat(orders.balance()).hasSize(1);
    }

    private static void assertEnds(PayoutClient client, Recipient recipient, long amount, PayoutStatus expected) {
        Payout created = client.create(request("order-1", amount, recipient));

        assertThat(created.status()).isEqualTo(expected);
        Payout found = client.get(created.ref());
        assertThat(found.status()).as(found.toString()).isEqualTo(expected);
        assertThat(found.decline().isPresent()).isEqualTo(expected == PayoutStatus.FAILED);
    }

    private static PayoutRequest request(String reference, long minorUnits, Recipient recipient) {
        return PayoutRequest.builder(reference, Shop.tenge(minorUnits), recipient)
                .build();
    }
}
