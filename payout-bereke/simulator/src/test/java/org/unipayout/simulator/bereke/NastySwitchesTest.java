package org.unipayout.simulator.bereke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.bereke.BerekeSwitches.AnswerForm;
import org.unipayout.simulator.bereke.BerekeSwitches.NotFoundForm;
import org.unipayout.simulator.bereke.Merchant.Answer;

/** What no bank would do on purpose and its page does not rule out. */
class NastySwitchesTest {
    @RegisterExtension
    static final BerekeSimulator bank = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(bank);
    private final BerekeSwitches switches = bank.switches();

    @ParameterizedTest
    @CsvSource({"false, 400", "true, 200"})
    void orderIdsDoNotLag_hiddenOrder_isFoundByItsIdOnlyIfOn(boolean on, int http) {
        switches.answerForm = AnswerForm.TABLES;
        switches.orderIdsDoNotLag = on;
        bank.hideFor(Duration.ofMinutes(3));
        String orderId = merchant.payout("payout_1", 1234).perform().field("orderId");

        Answer byId = merchant.credentials().with("orderId", orderId).call("getPayoutStatus.do");

        assertThat(byId.status()).isEqualTo(http);
        assertThat(merchant.status("payout_1").status()).isEqualTo(400);
    }

    @Test
    void numberLifetime_over_letsTheNumberBePaidAgain() {
        switches.numberLifetime = Duration.ofDays(1);
        merchant.payout("payout_1", 1234).perform();
        assertThat(merchant.payout("payout_1", 1234).perform().field("errorCode"))
                .isEqualTo("1");

        bank.clock().advance(Duration.ofHours(25));

        assertThat(merchant.payout("payout_1", 1234).perform().field("orderStatus"))
                .isEqualTo("2");
        assertThat(bank.ledger().movements()).hasSize(2);
    }

    @Test
    void backlog_payout_isExecutedLongAfterItsAnswer() {
        switches.backlog = Duration.ofMinutes(5);

        assertThat(merchant.payout("payout_1", 1234).perform().status()).isEqualTo(504);
        assertThat(merchant.status("payout_1").status()).isEqualTo(400);
        bank.ledger().assertNotPaid("payout_1");

        bank.clock().advance(Duration.ofMinutes(6));
        assertThat(merchant.status("payout_1").field("orderStatus")).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void backlog_numberTakenMeanwhile_isNotPaidAgain() {
        switches.backlog = Duration.ofMinutes(5);
        merchant.payout("payout_1", 1234).perform();
        switches.backlog = Duration.ZERO;
        merchant.payout("payout_1", 1234).perform();

        bank.clock().advance(Duration.ofMinutes(6));
        merchant.status("payout_1");

        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void firewallStatus_anyCall_getsAPageAndNothingIsExecuted(int status) {
        switches.firewallStatus = status;

        Answer answer = merchant.payout("payout_1", 1234).perform();

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).startsWith("<html>");
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void junkDetails_answers_keepNumberAmountAndStatus() {
        switches.junkDetails = true;

        Answer answer = merchant.payout("payout_1", 1234).perform();

        assertThat(answer.field("orderNumber") + answer.field("amount") + answer.field("orderStatus"))
                .isEqualTo("payout_112342");
        assertThat(answer.field("fee")).isEqualTo("n/a");
        assertThat(answer.field("target")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"1234, 2, 1", "1251, 6, 0"})
    void contradictingResult_operation_saysTheOppositeOfTheStatus(long amount, String status, String resultCode) {
        switches.contradictingResult = true;

        Answer answer = merchant.payout("payout_1", amount).perform();

        assertThat(answer.field("orderStatus")).isEqualTo(status);
        assertThat(answer.field("operationList.0.resultCode")).isEqualTo(resultCode);
    }

    @Test
    void thinAnswers_orders_showOnlyTheirStatus() {
        switches.thinAnswers = true;
        merchant.payout("payout_1", 1234).perform();

        assertThat(merchant.status("payout_1").text()).isEqualTo("{\"errorCode\":\"0\",\"orderStatus\":\"2\"}");
    }

    @Test
    void unmaskedCards_answers_showTheWholeNumber() {
        switches.unmaskedCards = true;

        Answer answer = merchant.payout("payout_1", 1234).perform();

        assertThat(answer.field("target.maskedPan")).isEqualTo(Merchant.CARD);
        assertThat(answer.field("operationList.0.pan")).isEqualTo(Merchant.CARD);
    }

    @Test
    void showsOrderParams_off_leavesThemOut() {
        Answer shown =
                merchant.payout("payout_1", 1234).with("jsonParams.a", "b").perform();
        switches.showsOrderParams = false;
        Answer hidden =
                merchant.payout("payout_2", 1234).with("jsonParams.a", "b").perform();

        assertThat(shown.field("orderParams.a")).isEqualTo("b");
        assertThat(hidden.json().has("orderParams")).isFalse();
    }

    @Test
    void notFoundForm_withMandatoryFields_saysAmountZero() {
        switches.notFoundForm = NotFoundForm.ZERO_AMOUNT;

        Answer answer = merchant.status("payout_1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("amount")).isEqualTo("0");
        assertThat(answer.json().has("orderStatus")).isFalse();
    }

    @Test
    void addPaidOrder_ofAnotherSystem_takesItsNumberAndShowsItsCardAndDate() {
        bank.addPaidOrder("payout_1", 1234, "4444555511113333", Duration.ofDays(40));

        assertThat(merchant.payout("payout_1", 1234).perform().field("errorCode"))
                .isEqualTo("1");
        Answer found = merchant.status("payout_1");
        assertThat(found.field("target.maskedPan")).isEqualTo("444455XXXXXX3333");
        assertThat(Long.parseLong(found.field("operationList.0.datetime")))
                .isLessThan(bank.clock().instant().minus(Duration.ofDays(39)).toEpochMilli());
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }
}
