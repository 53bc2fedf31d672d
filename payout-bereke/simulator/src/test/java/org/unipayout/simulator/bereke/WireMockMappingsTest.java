package org.unipayout.simulator.bereke;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.unipayout.simulator.bereke.Merchant.Answer;

/** The mapping files in a WireMock that knows nothing of this project's classes. */
class WireMockMappingsTest {
    private static final String LOGIN = "\"userName\":\"u\",\"password\":\"p\"";
    private static final WireMockServer SERVER = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderClasspath("org/unipayout/simulator/bereke/wiremock"));

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void echo_stub_answersText() {
        Answer answer = Merchant.send(HttpRequest.newBuilder(url("echo")).build());

        assertThat(answer.text()).startsWith("Payout v2.3 is online");
    }

    @Test
    void getAmount_stub_answersThePagesBalance() {
        Answer answer = post("getAmount.do", LOGIN);

        assertThat(answer.json().at("/balanceDescriptionList/balanceAmount").longValue())
                .isEqualTo(49_925_200);
    }

    @Test
    void registerPayout_stub_copiesTheOrderNumber() {
        Answer answer = post("registerPayout.do", LOGIN + ",\"orderNumber\":\"payout_1\"");

        assertThat(answer.field("orderNumber")).isEqualTo("payout_1");
        assertThat(answer.field("formUrl")).startsWith(SERVER.baseUrl()).endsWith(answer.field("orderId"));
    }

    @Test
    void performPayout_stub_paysWhatWasAsked() {
        Answer answer = perform("4111111111111111");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("orderNumber")).isEqualTo("payout_1");
        assertThat(answer.json().get("amount").longValue()).isEqualTo(4321);
        assertThat(answer.field("errorMessage")).isEqualTo("Успешно");
        assertThat(answer.field("orderStatus")).isEqualTo("2");
    }

    @Test
    void performPayout_stubWithFailingCard_declines() {
        Answer answer = perform("5168494895055780");

        assertThat(answer.field("orderStatus")).isEqualTo("6");
        assertThat(answer.json().at("/operationList/0/resultCode").intValue()).isEqualTo(1);
    }

    @Test
    void getPayoutStatus_stub_saysPaid() {
        Answer answer = post("getPayoutStatus.do", LOGIN + ",\"orderNumber\":\"payout_1\"");

        assertThat(answer.field("orderStatus")).isEqualTo("2");
        assertThat(answer.field("orderNumber")).isEqualTo("payout_1");
    }

    @Test
    void getPayoutStatus_stubWithUnknownNumber_saysNotFound() {
        Answer answer = post("getPayoutStatus.do", LOGIN + ",\"orderNumber\":\"unknown-1\"");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field("errorMessage")).isEqualTo(BerekeError.ORDER_NOT_FOUND.text());
    }

    @Test
    void anyCall_stubWithoutCredentials_saysThatTheyAreMissing() {
        Answer answer = post("performPayout.do", "\"orderNumber\":\"payout_1\"");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field("errorMessage")).isEqualTo(BerekeError.CREDENTIALS_MISSING.text());
    }

    private static Answer perform(String pan) {
        return post(
                "performPayout.do",
                LOGIN + ",\"orderNumber\":\"payout_1\",\"amount\":4321,\"target\":{\"pan\":\"" + pan + "\"}");
    }

    private static Answer post(String method, String fields) {
        return Merchant.send(HttpRequest.newBuilder(url(method))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{" + fields + "}"))
                .build());
    }

    private static URI url(String method) {
        return URI.create(SERVER.baseUrl() + "/payouts/api/v2/" + method);
    }
}
