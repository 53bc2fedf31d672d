package org.unipayout.simulator.bank131;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.bank131.Partner.Reply;

/** The mapping files in the jar, served by a stock WireMock server. */
class Bank131MappingsTest {
    private static final WireMockServer SERVER = new WireMockServer(options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .usingFilesUnderClasspath("org/unipayout/simulator/bank131/wiremock"));

    private static final String SESSION = "{\"session_id\":\"ps_3230_10000\"}";

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void rewind() {
        SERVER.resetScenarios();
    }

    @ParameterizedTest
    @CsvSource({"v1,payment_method,payments", "v2,payout_details,payout_list"})
    void payout_stepByStep_isAccepted(String version, String instrument, String list) {
        Reply created = post(version + "/session/create", "{}");
        Reply started = start(version, instrument);
        Reply inProgress = post(version + "/session/status", SESSION);
        Reply pending = post(version + "/session/status", SESSION);
        Reply confirmed = post(version + "/session/confirm", SESSION);
        Reply accepted = post(version + "/session/status", SESSION);

        String payout = "/session/" + list + "/0/";
        assertThat(created.textAt("/session/status")).isEqualTo("created");
        assertThat(started.textAt(payout + instrument + "/type")).isEqualTo("card");
        assertThat(inProgress.textAt(payout + "status")).isEqualTo("in_progress");
        assertThat(pending.textAt("/session/next_action")).isEqualTo("confirm");
        assertThat(confirmed.textAt(payout + "status")).isEqualTo("pending");
        assertThat(accepted.textAt("/session/status")).isEqualTo("accepted");
        assertThat(accepted.textAt(payout + "status")).isEqualTo("succeeded");
    }

    @Test
    void cancel_pending_showsCancelledAfterwards() {
        post("v2/session/create", "{}");
        start("v2", "payout_details");
        post("v2/session/status", SESSION);
        post("v2/session/cancel", SESSION);

        Reply cancelled = post("v2/session/status", SESSION);

        assertThat(cancelled.textAt("/session/status")).isEqualTo("cancelled");
        assertThat(cancelled.textAt("/session/payout_list/0/error/code")).isEqualTo("session_cancelled_by_partner");
    }

    @Test
    void start_twice_isRefused() {
        start("v2", "payout_details");

        Reply second = start("v2", "payout_details");

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.error()).isEqualTo("session_wrong_state");
    }

    @Test
    void enquiries_balanceAndBanks_areAnswered() {
        Reply balance = post("v1/wallet/balance", "{\"request_datetime\":\"2026-05-27T02:03:00Z\"}");
        Reply banks = Partner.exchange(request("v1/fps/banks", "GET", "[]")
                .header("X-PARTNER-SIGN", "c2ln")
                .build());

        assertThat(balance.at("/wallets/0/amount_details/amount").asLong()).isEqualTo(10_000_000);
        assertThat(banks.textAt("/banks/0/id")).isEqualTo("100000000069");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1/session/confirm", "v2/session/cancel", "v1/nothing"})
    void request_thatFitsNoStub_isAnError(String path) {
        Reply refused = post(path, "{\"session_id\":\"ps_1\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
    }

    @Test
    void request_withoutSignature_isAnError() {
        Reply refused =
                Partner.exchange(request("v1/session/create", "POST", "{}").build());

        assertThat(refused.error()).isEqualTo("invalid_request");
    }

    private static Reply start(String version, String instrument) {
        return post(
                version + "/session/start/payout",
                "{\"session_id\":\"ps_3230_10000\",\"" + instrument + "\":" + Partner.CARD + "}");
    }

    private static Reply post(String path, String body) {
        return Partner.exchange(
                request(path, "POST", body).header("X-PARTNER-SIGN", "c2ln").build());
    }

    private static HttpRequest.Builder request(String path, String method, String body) {
        return HttpRequest.newBuilder(URI.create(SERVER.baseUrl() + "/api/" + path))
                .header("Content-Type", "application/json")
                .header("X-PARTNER-PROJECT", "unipayout_demo")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
}
