package org.unipayout.simulator.horizonpay;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.payout;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The mapping files in a WireMock of their own, without the simulator. */
class HorizonPayMappingsTest {
    private static final WireMockServer SERVER = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderClasspath("org/unipayout/simulator/horizonpay/wiremock"));

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void create_valid_echoesTheRequest() {
        Answer answer = pay(payout(12_300, "order-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/code")).isEqualTo("S.0000");
        assertThat(answer.json().path("amount").longValue()).isEqualTo(12_300);
        assertThat(answer.json().at("/transaction/amount").longValue()).isEqualTo(12_300);
        assertThat(answer.at("/currency")).isEqualTo("KZT");
        assertThat(answer.at("/tracking_id")).isEqualTo("order-1");
        assertThat(answer.at("/description")).isEqualTo("Test transaction ütf");
        assertThat(answer.requestId()).hasSize(36);
    }

    @Test
    void create_amountEndingIn51_isDeclined() {
        Answer answer = pay(payout(10_051, "order-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/status")).isEqualTo("failed");
        assertThat(answer.at("/code")).isEqualTo("F.0105");
        assertThat(answer.json().path("amount").longValue()).isEqualTo(10_051);
    }

    @Test
    void create_withoutAmount_isInvalid() {
        ObjectNode request = payout(100, "order-1");
        request.remove("amount");

        Answer answer = pay(request);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/amount/0")).isEqualTo("can't be blank");
    }

    @Test
    void statusByUid_ofAnAnswer_showsItsAmountCurrencyAndOutcome() {
        String paid = pay(payout(12_300, "order-1")).at("/uid");
        String declined = pay(payout(10_051, "order-2")).at("/uid");

        assertThat(get("/transactions/" + paid).at("/uid")).isEqualTo(paid);
        assertThat(get("/transactions/" + paid).at("/status")).isEqualTo("successful");
        assertThat(get("/transactions/" + paid).at("/amount")).isEqualTo("12300");
        assertThat(get("/transactions/" + paid).at("/currency")).isEqualTo("KZT");
        assertThat(get("/transactions/" + declined).at("/code")).isEqualTo("F.0105");
        assertThat(get("/transactions/" + declined).at("/amount")).isEqualTo("10051");
    }

    @Test
    void statusByUid_unknown_isNotFound() {
        assertThat(get("/transactions/00000000-0000-0000-0000-000000000000").status())
                .isEqualTo(404);
    }

    @Test
    void statusByTrackingId_isNothingUnlessTheReferenceSaysMore() {
        assertThat(get("/v2/transactions/tracking_id/order-1").json().path("transactions"))
                .isEmpty();
        assertThat(get("/v2/transactions/tracking_id/paid-12300-x").at("/transactions/0/tracking_id"))
                .isEqualTo("paid-12300-x");
        assertThat(get("/v2/transactions/tracking_id/paid-12300-x").at("/transactions/0/amount"))
                .isEqualTo("12300");
        assertThat(get("/v2/transactions/tracking_id/declined-12300").at("/transactions/0/status"))
                .isEqualTo("failed");
    }

    @Test
    void balance_showsMinorUnits() {
        ObjectNode body = Merchant.object();
        body.putObject("request").put("currency", "RUB");

        Answer answer = Merchant.send(request("/balance").POST(HttpRequest.BodyPublishers.ofString(body.toString())));

        assertThat(answer.at("/result/amount")).isEqualTo("6623871674");
    }

    @Test
    void anyCall_withoutCredentials_isUnauthorized() {
        Answer answer = Merchant.send(HttpRequest.newBuilder(URI.create(SERVER.baseUrl() + "/balance"))
                .GET());

        assertThat(answer.status()).isEqualTo(401);
    }

    private static Answer pay(ObjectNode request) {
        ObjectNode body = Merchant.object();
        body.set("request", request);
        return Merchant.send(request("/transactions/payouts")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static Answer get(String path) {
        return Merchant.send(request(path).GET());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(SERVER.baseUrl() + path))
                .header("X-API-Version", "3")
                .header("Authorization", "Basic MzYxOnNlY3JldA==");
    }
}
