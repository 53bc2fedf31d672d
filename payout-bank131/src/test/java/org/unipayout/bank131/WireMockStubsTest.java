package org.unipayout.bank131;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.bank131.Bank131Options.Dialect;

/** The published WireMock stubs, used as a merchant without the simulator would: through the adapter, flow by flow. */
class WireMockStubsTest {
    private static final WireMockServer STUBS = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderClasspath("org/unipayout/simulator/bank131/wiremock"));

    @BeforeAll
    static void start() {
        STUBS.start();
    }

    @AfterAll
    static void stop() {
        STUBS.stop();
    }

    static Stream<Arguments> payouts() {
        Recipient token = new Recipient.SavedCard(Samples.TOKEN);
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Stream.of(
                        Arguments.of(dialect, 15000, token, PayoutStatus.SUCCEEDED),
                        Arguments.of(dialect, 987600, Samples.card(), PayoutStatus.SUCCEEDED),
                        Arguments.of(dialect, 20000, Samples.account(), PayoutStatus.SUCCEEDED),
                        Arguments.of(dialect, 15051, token, PayoutStatus.FAILED),
                        Arguments.of(dialect, 987651, Samples.card(), PayoutStatus.FAILED)));
    }

    @ParameterizedTest
    @MethodSource("payouts")
    void confirm_stubs_endAsTheirReadmeSays(Dialect dialect, long amount, Recipient recipient, PayoutStatus expected) {
        PayoutRequest request = request(amount, recipient);
        try (Bank131PayoutClient client = client(dialect)) {
            PayoutRef prepared = client.prepare(request).ref();
            PayoutRef ref = client.submit(prepared, request).ref();
            assertThat(client.get(ref).status()).isEqualTo(PayoutStatus.PROCESSING);
            assertThat(client.get(ref).status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);

            assertThat(client.confirm(ref).status()).isEqualTo(PayoutStatus.PROCESSING);

            Payout end = client.get(ref);
            assertThat(end.status()).isEqualTo(expected);
            assertThat(end.decline().isPresent()).isEqualTo(expected == PayoutStatus.FAILED);
            assertThat(client.submit(ref, request).status()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void cancel_stubs_endAsTheirReadmeSays(Dialect dialect) {
        try (Bank131PayoutClient client = client(dialect)) {
            PayoutRequest request = request(15000, Samples.card());
            assertThat(client.cancel(client.prepare(request).ref()).status()).isEqualTo(PayoutStatus.CANCELED);

            PayoutRef started = client.create(request).ref();
            client.get(started);
            client.cancel(started);

            assertThat(client.get(started).status()).isEqualTo(PayoutStatus.CANCELED);
        }
    }

    private static PayoutRequest request(long amount, Recipient recipient) {
        return PayoutRequest.builder("order-1", Money.ofMinor(amount, "RUB"), recipient)
                .description("За услуги")
                .requestedAt(Instant.now())
                .build();
    }

    private static Bank131PayoutClient client(Dialect dialect) {
        Bank131Options.Builder options = Bank131Options.builder(
                URI.create(STUBS.baseUrl()),
                "stub-project",
                Samples.options().build().signer());
        return Bank131PayoutClient.open(options.dialect(dialect).build());
    }
}
