package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.fullPayout;
import static org.unipayout.simulator.horizonpay.Merchant.payout;
import static org.unipayout.simulator.horizonpay.Merchant.payoutToToken;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

class HorizonPayPayoutTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private final Merchant merchant = new Merchant(gateway);

    @Test
    void pay_cardInV3_answersFlatAndBooksOnce() {
        Answer answer = merchant.pay(fullPayout(100, "order-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/status")).isEqualTo("successful");
        assertThat(answer.at("/code")).isEqualTo("S.0000");
        assertThat(answer.at("/friendly_message")).isEqualTo("The operation is successful.");
        assertThat(answer.at("/message")).isEqualTo("Successfully processed");
        assertThat(answer.at("/type")).isEqualTo("payout");
        assertThat(answer.json().path("amount").isIntegralNumber()).isTrue();
        assertThat(answer.at("/amount")).isEqualTo("100");
        assertThat(answer.at("/description")).isEqualTo("Test transaction ütf");
        assertThat(answer.at("/tracking_id")).isEqualTo("order-1");
        assertThat(answer.at("/language")).isEqualTo("en");
        assertThat(answer.at("/redirect_url")).isEqualTo(gateway.baseUrl() + "/process/" + answer.at("/uid"));
        assertThat(answer.at("/customer/birth_date")).isEqualTo("1990-10-20");
        assertThat(answer.at("/recipient/customer/city")).isEqualTo("Denver");
        assertThat(answer.at("/recipient/payment_method/bin_8")).isEqualTo("42000000");
        assertThat(answer.at("/recipient/payment_method/issuer_name")).isEqualTo("VISA Demo Bank");
        assertThat(answer.at("/recipient/payment_method/type")).isEqualTo("credit_card");
        assertThat(answer.json().at("/recipient/payment_method/token").isNull()).isTrue();
        assertThat(answer.at("/links/receipt_url")).contains(answer.at("/uid"));
        assertThat(answer.at("/transaction/status")).isEqualTo("successful");
        assertThat(answer.at("/transaction/rrn")).matches("\\d{12}");
        assertThat(answer.at("/transaction/message")).isEqualTo("Payout was approved");
        assertThat(answer.requestId()).isNotEmpty();
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void pay_cardInV2_answersWrappedWithPayoutSection() {
        Answer answer = merchant.post("/transactions/payouts", "2", fullPayout(100, "order-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("uid")).isFalse();
        assertThat(answer.at("/transaction/status")).isEqualTo("successful");
        assertThat(answer.at("/transaction/id")).isEqualTo(answer.at("/transaction/uid"));
        assertThat(answer.json().path("transaction").has("code")).isFalse();
        assertThat(answer.at("/transaction/payout/auth_code")).isEqualTo("654321");
        assertThat(answer.at("/transaction/recipient_credit_card/last_4")).isEqualTo("0000");
        assertThat(answer.at("/transaction/additional_data/document/type")).isEqualTo("PASSPORT");
        assertThat(answer.at("/transaction/receipt_url")).contains(answer.at("/transaction/uid"));
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void pay_sampleToken_paysTheCardBehindIt(String version) {
        Answer answer = merchant.post(
                "/transactions/payouts", version, payoutToToken(100, "order-1", HorizonPaySimulator.SAMPLE_TOKEN));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.ledger().movements())
                .extracting(Ledger.Movement::recipient)
                .containsExactly("420000******0000");
    }

    @Test
    void pay_tokenOfSavedCard_actsLikeTheCard() {
        String token = gateway.saveCard("4005550000000019");

        assertThat(merchant.pay(payoutToToken(100, "order-1", token)).at("/status"))
                .isEqualTo("failed");
    }

    @Test
    void pay_withoutTrackingId_booksUnderUid() {
        ObjectNode request = payout(100, "unused");
        request.remove("tracking_id");

        Answer answer = merchant.pay(request);

        gateway.ledger().assertPaidExactlyOnce(answer.at("/uid"));
    }

    @Test
    void pay_testTransaction_isBookedAndMarked() {
        Answer answer = merchant.pay(payout(100, "order-1").put("test", true));

        assertThat(answer.json().path("test").booleanValue()).isTrue();
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void pay_times_comeFromTheMovableClock() {
        gateway.clock().advance(Duration.ofDays(400));

        Answer answer = merchant.pay(payout(100, "order-1"));

        assertThat(OffsetDateTime.parse(answer.at("/paid_at")).toInstant())
                .isAfter(java.time.Instant.now().plus(Duration.ofDays(399)));
    }

    @Test
    void pay_sameCardTwice_stampIsStable() {
        String first = merchant.pay(payout(100, "order-1")).at("/recipient/payment_method/stamp");
        String second = merchant.pay(payout(200, "order-2")).at("/recipient/payment_method/stamp");

        assertThat(first).hasSize(64).isEqualTo(second);
    }

    @Test
    void pay_declinedTestCard_failsWithoutMoney() {
        ObjectNode request = payout(100, "order-1");
        request.putObject("recipient_credit_card").put("number", "4005550000000019");

        Answer answer = merchant.pay(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/code")).isEqualTo("F.0105");
        gateway.ledger().assertNotPaid("order-1");
    }

    @Test
    void pay_testCardThatNeedsHolder_failsWithoutOneAndPaysWithOne() {
        ObjectNode request = payout(100, "order-1");
        request.putObject("recipient_credit_card").put("number", "4012001037484447");
        assertThat(merchant.pay(request).at("/message")).isEqualTo("Missed recipient card fields: holder.");

        ObjectNode withHolder = payout(200, "order-2");
        withHolder
                .putObject("recipient_credit_card")
                .put("number", "4012001037484447")
                .put("holder", "John Doe");
        assertThat(merchant.pay(withHolder).at("/status")).isEqualTo("successful");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5555555555554444:master:55555555",
                "6759649826438453:maestro:67596498",
                "378282246310005:amex:null"
            })
    void pay_brand_decidesLongBin(String example) {
        String[] parts = example.split(":", -1);
        ObjectNode request = payout(100, "order-1");
        request.putObject("recipient_credit_card").put("number", parts[0]);

        Answer answer = merchant.pay(request);

        assertThat(answer.at("/recipient/payment_method/brand")).isEqualTo(parts[1]);
        assertThat(answer.at("/recipient/payment_method/bin_8")).isEqualTo(parts[2]);
    }

    @Test
    void anyCall_wrongSecret_isRefused() {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.baseUrl().resolve("/transactions/x"))
                .header("Authorization", "Basic d3Jvbmc6d3Jvbmc=")
                .header("X-API-Version", "3")
                .GET();

        Answer answer = Merchant.send(request);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.at("/code")).isEqualTo("E.1021");
    }

    @Test
    void anyCall_noCredentialsInV2_isRefusedInTheRecordedForm() {
        Answer answer = Merchant.send(HttpRequest.newBuilder(gateway.baseUrl().resolve("/transactions/x"))
                .GET());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.at("/response/message")).isEqualTo("Access denied");
    }

    @Test
    void get_withContentType_isRefused() {
        Answer answer = Merchant.send(merchant.request("/transactions/x", "3")
                .header("Content-Type", "application/json")
                .GET());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/response/message")).isEqualTo("'Content-type' HEADER is not allowed for GET request.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/beyag/payments/x", "/beyag/transactions/x", "/unknown", "/"})
    void get_otherProducts_areNotFound(String path) {
        assertThat(merchant.get(path, "2").status()).isEqualTo(404);
    }

    @Test
    void reset_forgetsPayoutsSwitchesAndHiding() {
        merchant.pay(payout(100, "order-1"));
        gateway.switches().validationStatusV3 = 400;
        gateway.hideFor(Duration.ofHours(1));
        gateway.force(Scenario.DECLINED);

        gateway.reset();

        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).isEmpty();
        assertThat(gateway.switches().validationStatusV3).isEqualTo(422);
        merchant.pay(payout(100, "order-2"));
        assertThat(merchant.byTrackingId("order-2").at("/transactions/0/status"))
                .isEqualTo("successful");
    }

    @Test
    void builder_givenCredentialsAndPort_areUsed() {
        try (HorizonPaySimulator own = HorizonPaySimulator.builder()
                .port(0)
                .shopId("361")
                .secretKey("own secret")
                .start()) {
            assertThat(own.provider()).isEqualTo("horizonpay");
            assertThat(own.shopId()).isEqualTo("361");
            assertThat(new Merchant(own).pay(payout(100, "order-1")).status()).isEqualTo(200);
            assertThat(own.toString()).doesNotContain("own secret");
        }
    }
}
