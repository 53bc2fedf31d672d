package org.unipayout.simulator.tinypay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.testkit.Scenario;

/** The simulator does what the page says, without any adapter. */
class TinypaySimulatorTest {
    @RegisterExtension
    static final TinypaySimulator TINYPAY = TinypaySimulator.start();

    @ParameterizedTest
    @CsvSource({
        "PAID, 201, paid, 1",
        "DECLINED, 201, card_refused, 0",
        "INSUFFICIENT_FUNDS, 201, insufficient_funds, 0",
        "SLOW, 201, pending, 1",
        "UNSURE, 201, pending, 0",
        "UNDOCUMENTED_STATUS, 201, on_hold, 1",
        "RETURNED, 201, paid, 1",
        "SERVER_ERROR_PAID, 500, internal_error, 1",
        "SERVER_ERROR_NOT_PAID, 500, internal_error, 0",
        "RATE_LIMITED, 429, too_many_requests, 0",
        "UNDOCUMENTED_CODE, 400, queue_jam, 1"
    })
    void pay_scenario_answersAndMovesMoney(Scenario scenario, int status, String word, int movements) {
        HttpResponse<String> answer = pay("payout-1", scenario.amount(150));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains('"' + word + '"');
        assertThat(TINYPAY.ledger().movements()).hasSize(movements);
    }

    @Test
    void pay_sameReferenceAgain_isTakenAndPaidOnce() {
        pay("payout-1", 15000);

        assertThat(pay("payout-1", 15000).statusCode()).isEqualTo(409);
        assertThat(TINYPAY.ledger().movements()).hasSize(1);
    }

    @Test
    void find_byReferenceWhileHidden_isNotFoundUntilItShows() {
        TINYPAY.hideFor(Duration.ofSeconds(30));
        pay("payout-1", 15000);
        assertThat(find("payout-1").statusCode()).isEqualTo(404);

        TINYPAY.clock().advance(Duration.ofSeconds(30));

        assertThat(find("payout-1").body()).contains("\"paid\"");
    }

    @Test
    void settle_pendingPayout_showsItPaid() {
        pay("payout-1", Scenario.UNSURE.amount(150));

        TINYPAY.settle();

        assertThat(find("payout-1").body()).contains("\"paid\"");
        assertThat(TINYPAY.ledger().movements()).hasSize(1);
    }

    @Test
    void pay_wrongKey_isRefused() {
        HttpRequest.Builder call = HttpRequest.newBuilder(TINYPAY.baseUrl().resolve("/payouts"))
                .header("API-KEY", "wrong")
                .POST(BodyPublishers.noBody());

        assertThat(send(call).statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> pay(String reference, long amount) {
        String body = "{\"reference\":\"" + reference + "\",\"amount\":" + amount
                + ",\"currency\":\"KZT\",\"card_token\":\"" + TinypaySimulator.CARD_TOKEN + "\"}";
        return send(call("/payouts").POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> find(String reference) {
        return send(call("/payouts?reference=" + reference));
    }

    private static HttpRequest.Builder call(String path) {
        return HttpRequest.newBuilder(TINYPAY.baseUrl().resolve(path)).header("API-KEY", TINYPAY.apiKey());
    }

    private static HttpResponse<String> send(HttpRequest.Builder call) {
        try {
            return HttpClient.newHttpClient().send(call.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
