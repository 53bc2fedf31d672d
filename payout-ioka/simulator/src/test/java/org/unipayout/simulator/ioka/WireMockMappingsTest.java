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
    void payout_anyAmount_isApprovedAndShown() {
        String order = merchant.createOrder(12300, "mine");

        Answer paid = merchant.payout(order);

        assertThat(paid.status()).isEqualTo(201);
        assertThat(paid.at("/status")).isEqualTo("APPROVED");
        assertThat(paid.at("/transferred_amount")).isEqualTo("12300");
        assertThat(merchant.order(order).at("/status")).isEqualTo("TRANSFERRED");
        assertThat(merchant.order(order).at("/external_id")).isEqualTo("mine");
        assertThat(merchant.order(order).header("x-trace-id")).hasSize(32);
        assertThat(merchant.payout(order).status()).isEqualTo(409);
    }

    @Test
    void payout_decliningCardOrAmount_isDeclinedAndShown() {
        String order = merchant.createOrder(12300, "mine");
        assertThat(merchant.payout(order, "DECLINEDCARD").at("/error/code")).isEqualTo("DECLINED_BY_ISSUER");
        assertThat(merchant.order(order).at("/status")).isEqualTo("NOT_TRANSFERRED");
        assertThat(merchant.order(order).at("/transfers/0/status")).isEqualTo("DECLINED");

        assertThat(merchant.payout(merchant.createOrder(12351, "mine")).at("/status"))
                .isEqualTo("DECLINED");
    }

    @Test
    void get_unpaidOrUnknownOrder_hasItsOwnAnswer() {
        assertThat(merchant.order(merchant.createOrder(12300, "mine")).json().get("transfers"))
                .isEmpty();
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
