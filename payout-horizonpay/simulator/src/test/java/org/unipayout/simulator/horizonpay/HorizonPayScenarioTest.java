package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.payout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import org.unipayout.testkit.Scenario;

class HorizonPayScenarioTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private final Merchant merchant = new Merchant(gateway);

    @ParameterizedTest
    @CsvSource({
        "PAID,successful,S.0000,1",
        "DECLINED,failed,F.0105,0",
        "INSUFFICIENT_FUNDS,failed,F.0114,0",
        "SLOW,pending,P.0001,1",
        "UNSURE,incomplete,P.9998,0",
        "UNDOCUMENTED_STATUS,under_review,P.9999,1",
        "WRONG_ECHO,successful,S.0000,1",
        "RETURNED,successful,S.0000,1"
    })
    void pay_scenarioByAmount_showsOnTheWireAndInTheLedger(
            Scenario scenario, String status, String code, int timesPaid) {
        Answer answer = merchant.pay(payout(scenario.amount(100), "order-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/status")).isEqualTo(status);
        assertThat(answer.at("/code")).isEqualTo(code);
        assertThat(merchant.get("/transactions/" + answer.at("/uid"), "3").at("/status"))
                .isEqualTo(status);
        assertThat(gateway.ledger().timesPaid("order-1")).isEqualTo(timesPaid);
    }

    @Test
    void pay_declined_hasNoPaymentTimeAndTellsTheBanksWords() {
        Answer answer = merchant.pay(payout(Scenario.DECLINED.amount(100), "order-1"));

        assertThat(answer.json().path("paid_at").isNull()).isTrue();
        assertThat(answer.json().at("/transaction/auth_code").isNull()).isTrue();
        assertThat(answer.at("/transaction/message")).isEqualTo("Do not honor");
    }

    @Test
    void settle_slow_becomesSuccessfulWithoutPayingAgain() {
        Answer answer = merchant.pay(payout(Scenario.SLOW.amount(100), "order-1"));
        assertThat(answer.json().path("paid_at").isNull()).isTrue();

        gateway.settle();

        Answer later = merchant.get("/transactions/" + answer.at("/uid"), "3");
        assertThat(later.at("/status")).isEqualTo("successful");
        assertThat(later.json().path("paid_at").isNull()).isFalse();
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void settle_undocumentedStatus_staysUndocumented() {
        Answer answer = merchant.pay(payout(Scenario.UNDOCUMENTED_STATUS.amount(100), "order-1"));

        gateway.settle();

        assertThat(merchant.get("/transactions/" + answer.at("/uid"), "3").at("/status"))
                .isEqualTo("under_review");
    }

    @Test
    void pay_wrongEcho_showsOneUnitTooMuchButBooksTheRealAmount() {
        long amount = Scenario.WRONG_ECHO.amount(100);

        Answer answer = merchant.pay(payout(amount, "order-1"));

        assertThat(answer.json().path("amount").longValue()).isEqualTo(amount + 1);
        assertThat(answer.json().at("/transaction/amount").longValue()).isEqualTo(amount + 1);
        assertThat(merchant.byTrackingId("order-1")
                        .json()
                        .at("/transactions/0/amount")
                        .longValue())
                .isEqualTo(amount + 1);
        assertThat(gateway.ledger().total("KZT")).isEqualTo(amount);
    }

    @Test
    void pay_serverErrorPaid_answersHtmlAndIsFoundLater() {
        Answer answer = merchant.pay(payout(Scenario.SERVER_ERROR_PAID.amount(100), "order-1"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(merchant.byTrackingId("order-1").at("/transactions/0/status"))
                .isEqualTo("successful");
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void pay_serverErrorNotPaid_answersHtmlAndIsNeverFound() {
        Answer answer = merchant.pay(payout(Scenario.SERVER_ERROR_NOT_PAID.amount(100), "order-1"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).isEmpty();
        gateway.ledger().assertNotPaid("order-1");
    }

    @Test
    void pay_rateLimited_executesNothing() {
        Answer answer = merchant.pay(payout(Scenario.RATE_LIMITED.amount(100), "order-1"));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).isEmpty();
        gateway.ledger().assertNotPaid("order-1");
    }

    @Test
    void pay_undocumentedCode_refusesInWordsButPays() {
        Answer answer = merchant.pay(payout(Scenario.UNDOCUMENTED_CODE.amount(100), "order-1"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/code")).isEqualTo("E.1999");
        assertThat(merchant.byTrackingId("order-1").at("/transactions/0/status"))
                .isEqualTo("successful");
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void pay_forcedScenario_overridesTheAmount() {
        gateway.force(Scenario.DECLINED);

        assertThat(merchant.pay(payout(10_000, "order-1")).at("/status")).isEqualTo("failed");
    }

    @Test
    void refuseNext_countsDownOverAllCalls() {
        gateway.refuseNext(2);

        assertThat(merchant.byTrackingId("order-1").status()).isEqualTo(429);
        assertThat(merchant.pay(payout(100, "order-1")).status()).isEqualTo(429);
        assertThat(merchant.pay(payout(100, "order-1")).status()).isEqualTo(200);
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }
}
