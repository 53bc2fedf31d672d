package org.unipayout.simulator.bereke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.simulator.bereke.Merchant.Answer;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Scenario;

class ScenarioTest {
    @RegisterExtension
    static final BerekeSimulator bank = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(bank);

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"DECLINED", "INSUFFICIENT_FUNDS"})
    void performPayout_declined_showsStatusSixAndPaysNothing(Scenario scenario) {
        Answer answer = perform(scenario);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("errorCode")).isEqualTo("0");
        assertThat(answer.field("orderStatus")).isEqualTo("6");
        assertThat(answer.json().at("/operationList/0/resultCode").intValue()).isEqualTo(1);
        assertThat(answer.field("operationList.0.resultCodeDescription"))
                .isEqualTo(scenario == Scenario.DECLINED ? "Issuer declined" : "Insufficient funds");
        assertThat(status()).isEqualTo("6");
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void performPayout_slow_showsStatusOneUntilSettled() {
        Answer answer = perform(Scenario.SLOW);

        assertThat(answer.field("orderStatus")).isEqualTo("1");
        assertThat(answer.json().has("operationList")).isFalse();
        assertThat(status()).isEqualTo("1");
        bank.ledger().assertPaidExactlyOnce("payout_1");

        bank.settle();

        assertThat(status()).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void performPayout_unsure_showsStatusFiveAndPaysWhenSettled() {
        Answer answer = perform(Scenario.UNSURE);

        assertThat(answer.field("orderStatus")).isEqualTo("5");
        assertThat(status()).isEqualTo("5");
        bank.ledger().assertNotPaid("payout_1");

        bank.settle();
        bank.settle();

        assertThat(status()).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void performPayout_undocumentedStatus_paysAndShowsEight() {
        Answer answer = perform(Scenario.UNDOCUMENTED_STATUS);

        assertThat(answer.field("orderStatus")).isEqualTo("8");
        assertThat(status()).isEqualTo("8");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void performPayout_wrongEcho_paysTheRightAmountAndShowsAnother() {
        Answer answer = perform(Scenario.WRONG_ECHO);

        long wrong = Scenario.WRONG_ECHO.amount(101);
        assertThat(answer.json().get("amount").longValue()).isEqualTo(wrong);
        assertThat(answer.json().at("/operationList/0/amount").longValue()).isEqualTo(wrong);
        assertThat(merchant.status("payout_1").json().get("amount").longValue()).isEqualTo(wrong);
        assertThat(bank.ledger().total("KZT")).isEqualTo(Scenario.WRONG_ECHO.amount(100));
    }

    @Test
    void getPayoutStatus_returned_showsPaidOnceThenReturned() {
        assertThat(perform(Scenario.RETURNED).field("orderStatus")).isEqualTo("2");
        assertThat(status()).isEqualTo("2");
        assertThat(bank.ledger().total("KZT")).isPositive();

        assertThat(status()).isEqualTo("4");
        assertThat(status()).isEqualTo("4");

        assertThat(bank.ledger().movements())
                .extracting(Ledger.Movement::kind)
                .containsExactly(Ledger.Kind.PAID, Ledger.Kind.RETURNED);
        assertThat(bank.ledger().total("KZT")).isZero();
    }

    @Test
    void performPayout_serverErrorPaid_answers504AndPays() {
        Answer answer = perform(Scenario.SERVER_ERROR_PAID);

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.field("errorCode")).isEqualTo("91");
        assertThat(answer.json().has("orderStatus")).isFalse();
        assertThat(status()).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void performPayout_serverErrorNotPaid_answers502AndKeepsNothing() {
        Answer answer = perform(Scenario.SERVER_ERROR_NOT_PAID);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.field("errorCode")).isEqualTo("99");
        assertThat(merchant.status("payout_1").status()).isEqualTo(400);
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void performPayout_againAfterServerErrorNotPaid_pays() {
        perform(Scenario.SERVER_ERROR_NOT_PAID);
        bank.force(Scenario.PAID);

        assertThat(perform(Scenario.SERVER_ERROR_NOT_PAID).field("orderStatus")).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void performPayout_rateLimited_answers429AndKeepsNothing() {
        Answer answer = perform(Scenario.RATE_LIMITED);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(merchant.status("payout_1").status()).isEqualTo(400);
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void performPayout_undocumentedCode_answersAnUnknownCodeAndPays() {
        Answer answer = perform(Scenario.UNDOCUMENTED_CODE);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field("errorCode")).isEqualTo("777");
        assertThat(status()).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    private Answer perform(Scenario scenario) {
        return merchant.payout("payout_1", scenario.amount(100)).perform();
    }

    private String status() {
        return merchant.status("payout_1").field("orderStatus");
    }
}
