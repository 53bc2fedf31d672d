package org.unipayout.tinypay;

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

/** The published WireMock stubs, used as a merchant without the simulator would: through the adapter. */
class WireMockStubsTest {
    private static final WireMockServer STUBS = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderClasspath("org/unipayout/simulator/tinypay/wiremock"));

    private final TinypayPayoutClient client =
            TinypayPayoutClient.open(TinypayOptions.of(URI.create(STUBS.baseUrl()), Secret.of("stub-key")));

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
    @CsvSource({"15000, SUCCEEDED", "987600, SUCCEEDED", "15051, FAILED", "987651, FAILED"})
    void savedCard_stubs_endAsTheirReadmeSays(long amount, PayoutStatus expected) {
        Payout created = client.create(request(amount));

        assertThat(created.status()).isEqualTo(expected);
        assertThat(client.get(created.ref()).status()).isEqualTo(expected);
    }

    @Test
    void get_stubByReference_isAbsent() {
        Payout found = client.get(PayoutRef.of(TinypayPayoutClient.PROVIDER, request(15000)));

        assertThat(found.hasEvidence(Evidence.Kind.ABSENT)).isTrue();
    }

    private static PayoutRequest request(long minorUnits) {
        return new TinypayUnderTest().request("payout-1", minorUnits).build();
    }
}
