package org.unipayout.simulator.ioka;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.unipayout.simulator.ioka.Merchant.Answer;

/** The mapping files work in a WireMock that knows nothing of the simulator. */
class WireMockMappingsTest {
    private static final WireMockServer server = start();

    private final Merchant merchant = new Merchant(URI.create(server.baseUrl()), "any");

    private static WireMockServer start() {
        WireMockServer server = new WireMockServer(options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .usingFilesUnderClasspath("org/unipayout/simulator/ioka/wiremock"));
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void create_echoesAmountAndReference() {
        Answer created =
                merchant.post("/v2/transfer-orders", "{'amount': 12300, 'type': 'PAYOUT', 'external_id': 'mine'}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().at("/order/amount").asLong()).isEqualTo(12300);
        assertThat(created.at("/order/external_id")).isEqualTo("mine");
    }

    @Test
    void create_withoutReference_showsNull() {
        Answer created = merchant.post("/v2/transfer-orders", "{'amount': 12300, 'type': 'PAYOUT'}");

        assertThat(created.json().at("/order/external_id").isNull()).isTrue();
    }

    @Test
    void create_withoutAmount_answers400() {
        assertThat(merchant.post("/v2/transfer-orders", "{'type': 'PAYOUT'}").at("/code"))
                .isEqualTo("InvalidRequest");
    }

    @Test
    void create_usedReference_answers409() {
        Answer refused = merchant.post(
                "/v2/transfer-orders", "{'amount': 12300, 'type': 'PAYOUT', 'external_id': 'already-used'}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/code")).isEqualTo("OrderExists");
    }

    @Test
    void payout_isApproved() {
        Answer paid = merchant.payout("tro_1234567890");

        assertThat(paid.status()).isEqualTo(201);
        assertThat(paid.at("/status")).isEqualTo("APPROVED");
    }

    @Test
    void payout_decliningCard_isDeclined() {
        assertThat(merchant.payout("tro_1234567890", "DECLINEDCARD").at("/error/code"))
                .isEqualTo("DECLINED_BY_ISSUER");
    }

    @Test
    void get_showsTheOrderWithAllAttempts() {
        Answer order = merchant.order("tro_1234567890");

        assertThat(order.at("/status")).isEqualTo("TRANSFERRED");
        assertThat(order.json().get("transfers")).hasSize(2);
        assertThat(order.header("x-trace-id")).hasSize(32);
    }

    @Test
    void get_declinedOrUnknownOrder_hasItsOwnAnswer() {
        assertThat(merchant.order("tro_DECLINED00").at("/status")).isEqualTo("NOT_TRANSFERRED");
        assertThat(merchant.order("tro_UNKNOWN000").status()).isEqualTo(404);
    }

    @Test
    void anyCall_withoutKey_answers401() {
        Answer refused =
                Merchant.send(HttpRequest.newBuilder(URI.create(server.baseUrl() + "/v2/transfer-orders/tro_1")));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.at("/code")).isEqualTo("Unauthorized");
    }
}
