package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.payout;
import static org.unipayout.simulator.horizonpay.Merchant.payoutToToken;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

class HorizonPayLookUpTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private final Merchant merchant = new Merchant(gateway);

    @Test
    void pay_sameAmountAndCardWithinThirtySeconds_isRefusedAsDuplicate() {
        merchant.pay(payout(100, "order-1"));
        gateway.clock().advance(Duration.ofSeconds(25));

        Answer second = merchant.pay(payout(100, "order-2"));

        assertThat(second.status()).isEqualTo(422);
        assertThat(second.at("/code")).isEqualTo("E.1018");
        assertThat(second.at("/errors/base/0")).contains("Duplicate transaction");
        gateway.ledger().assertNotPaid("order-2");
    }

    @Test
    void pay_sameTokenWithinThirtySeconds_isRefusedAsDuplicate() {
        merchant.pay(payoutToToken(100, "order-1", HorizonPaySimulator.SAMPLE_TOKEN));

        assertThat(merchant.pay(payoutToToken(100, "order-1", HorizonPaySimulator.SAMPLE_TOKEN))
                        .at("/code"))
                .isEqualTo("E.1018");
    }

    @Test
    void pay_resentAfterThirtySeconds_paysTwice() {
        merchant.pay(payout(100, "order-1"));
        gateway.clock().advance(Duration.ofSeconds(30));

        merchant.pay(payout(100, "order-1"));

        assertThat(gateway.ledger().timesPaid("order-1")).isEqualTo(2);
    }

    @Test
    void pay_sameTrackingIdWithOtherAmount_paysTwice() {
        merchant.pay(payout(100, "order-1"));

        merchant.pay(payout(200, "order-1"));

        assertThat(gateway.ledger().timesPaid("order-1")).isEqualTo(2);
    }

    @Test
    void pay_duplicateCheckOff_paysTwice() {
        merchant.pay(payout(100, "order-1"));

        merchant.pay(payout(100, "order-1").put("duplicate_check", false));

        assertThat(gateway.ledger().timesPaid("order-1")).isEqualTo(2);
    }

    @Test
    void pay_resentAfterServerErrorThatPaid_isRefusedAsDuplicate() {
        ObjectNode request = payout(Scenario.SERVER_ERROR_PAID.amount(100), "order-1");
        merchant.pay(request);

        assertThat(merchant.pay(request).at("/code")).isEqualTo("E.1018");
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void byUid_inBothEnvelopes_showsThePayout() {
        String uid = merchant.pay(payout(100, "order-1")).at("/uid");

        assertThat(merchant.get("/transactions/" + uid, "3").at("/uid")).isEqualTo(uid);
        assertThat(merchant.get("/transactions/" + uid, "2").at("/transaction/uid"))
                .isEqualTo(uid);
    }

    @Test
    void byUid_unknown_isNotFound() {
        assertThat(merchant.get("/transactions/nothing", "3").status()).isEqualTo(404);
        assertThat(merchant.get("/transactions/nothing", "3").at("/message")).isEqualTo("Record not found");
        assertThat(merchant.get("/transactions/nothing", "2").at("/response/message"))
                .isEqualTo("Record not found");
    }

    @Test
    void byTrackingId_unknown_isAnEmptyArray() {
        Answer answer = merchant.byTrackingId("order-1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"transactions\":[]}");
    }

    @Test
    void byTrackingId_elevenPayouts_showsTheTenMostRecentNewestFirst() {
        for (int amount = 100; amount < 111; amount++) {
            merchant.pay(payout(amount, "order-1"));
        }

        List<String> amounts =
                merchant.byTrackingId("order-1").json().path("transactions").findValuesAsText("amount");
        Answer answer = merchant.byTrackingId("order-1");

        assertThat(answer.json().path("transactions")).hasSize(10);
        assertThat(answer.at("/transactions/0/amount")).isEqualTo("110");
        assertThat(answer.at("/transactions/9/amount")).isEqualTo("101");
        assertThat(amounts).doesNotContain("100");
    }

    @Test
    void byTrackingId_asksForV3_getsV2ElementsByDefault() {
        merchant.pay(payout(100, "order-1"));

        Answer answer = merchant.byTrackingId("order-1");

        assertThat(answer.at("/transactions/0/payout/bank_code")).isEqualTo("00");
        assertThat(answer.json().at("/transactions/0").has("code")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one;two;three", "a/b", "a b+c", "заказ-1", "50%"})
    void byTrackingId_percentEncoded_isFound(String trackingId) {
        merchant.pay(payout(100, trackingId));

        assertThat(merchant.byTrackingId(trackingId).at("/transactions/0/tracking_id"))
                .isEqualTo(trackingId);
    }

    @Test
    void byTrackingId_barePlusInThePath_staysAPlus() {
        merchant.pay(payout(100, "a+b"));

        assertThat(merchant.get("/v2/transactions/tracking_id/a+b", "3").json().path("transactions"))
                .hasSize(1);
    }

    @Test
    void byTrackingIdLegacy_showsOneTransactionOrNotFound() {
        assertThat(merchant.get("/transactions/tracking_id/order-1", "2").status())
                .isEqualTo(404);
        merchant.pay(payout(100, "order-1"));

        assertThat(merchant.get("/transactions/tracking_id/order-1", "2").at("/transaction/tracking_id"))
                .isEqualTo("order-1");
    }

    @Test
    void hideFor_newPayout_appearsWhenTheTimeHasPassed() {
        gateway.hideFor(Duration.ofMinutes(2));
        String uid = merchant.pay(payout(100, "order-1")).at("/uid");

        assertThat(merchant.get("/transactions/" + uid, "3").status()).isEqualTo(404);
        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).isEmpty();
        gateway.ledger().assertPaidExactlyOnce("order-1");

        gateway.clock().advance(Duration.ofMinutes(2));
        assertThat(merchant.get("/transactions/" + uid, "3").at("/status")).isEqualTo("successful");
        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).hasSize(1);
    }

    @Test
    void processingTime_payout_isPendingUntilItHasPassed() {
        gateway.switches().processingTime = Duration.ofMinutes(5);

        Answer created = merchant.pay(payout(Scenario.DECLINED.amount(100), "order-1"));
        assertThat(created.at("/status")).isEqualTo("pending");

        gateway.clock().advance(Duration.ofMinutes(5));
        assertThat(merchant.get("/transactions/" + created.at("/uid"), "3").at("/status"))
                .isEqualTo("failed");
    }

    @Test
    void invisibleWhileProcessing_payout_isFoundOnlyAfterwards() {
        gateway.switches().processingTime = Duration.ofMinutes(5);
        gateway.switches().invisibleWhileProcessing = true;
        merchant.pay(payout(100, "order-1"));

        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).isEmpty();
        gateway.clock().advance(Duration.ofMinutes(5));
        assertThat(merchant.byTrackingId("order-1").at("/transactions/0/status"))
                .isEqualTo("successful");
    }

    @Test
    void async_payout_isHandedOutWhenReady() {
        Answer accepted = merchant.post("/async/transactions/payouts", "3", payout(100, "order-1"));
        String result = pathOf(accepted.at("/response_url"));
        String status = pathOf(accepted.at("/status_url"));

        assertThat(accepted.at("/status")).isEqualTo("processing");
        assertThat(accepted.at("/request_id")).isNotEqualTo("absent");
        assertThat(merchant.get(result, "3").status()).isEqualTo(425);
        assertThat(merchant.get(status, "3").at("/status")).isEqualTo("processing");

        gateway.clock().advance(Duration.ofSeconds(5));
        assertThat(merchant.get(status, "3").at("/status")).isEqualTo("completed");
        Answer ready = merchant.get(result, "3");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.at("/status")).isEqualTo("successful");
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void async_settle_makesTheResultReady() {
        gateway.switches().asyncTime = Duration.ofDays(1);
        Answer accepted = merchant.post("/async/transactions/payouts", "3", payout(0, "order-1"));

        gateway.settle();

        assertThat(merchant.get(pathOf(accepted.at("/response_url")), "3").at("/code"))
                .isEqualTo("E.1025");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/async/status/nothing", "/async/result/nothing"})
    void async_unknownJob_isNotFound(String path) {
        assertThat(merchant.get(path, "3").status()).isEqualTo(404);
        assertThat(merchant.get(path, "3").at("/status")).isEqualTo("unknown");
    }

    private static String pathOf(String url) {
        return url.substring(gateway.baseUrl().toString().length());
    }
}
