package org.unipayout.simulator.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.bereke.Merchant.Answer;

class PayoutFlowTest {
    @RegisterExtension
    static final BerekeSimulator bank = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(bank);

    @Test
    void echo_get_answersPlainText() {
        Answer answer = merchant.get("/payouts/api/v2/echo");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/plain");
        assertThat(answer.text()).startsWith("Payout v2.3 is online in channel");
    }

    @Test
    void performPayout_toCard_paysAndAnswersLikeThePagesExample() {
        Answer answer = merchant.payout("payout_1", 1234)
                .with("description", "Decent payout")
                .with("client.clientId", Merchant.CLIENT)
                .with("client.name", "Cardholder Name")
                .with("jsonParams.paramname1", "paramvalue1")
                .perform();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("errorCode")).isEqualTo("0");
        assertThat(answer.field("errorMessage")).isEqualTo("Успешно");
        assertThat(answer.json().get("amount").longValue()).isEqualTo(1234);
        assertThat(answer.json().get("fee").longValue()).isZero();
        assertThat(answer.field("currency")).isEqualTo("398");
        assertThat(answer.field("orderNumber")).isEqualTo("payout_1");
        assertThat(answer.field("description")).isEqualTo("Decent payout");
        assertThat(answer.json().get("orderStatus").textValue()).isEqualTo("2");
        assertThat(answer.json().get("operationList")).hasSize(1);
        assertThat(answer.json().at("/operationList/0/operationDate").longValue())
                .isBetween(bank.clock().millis() - 60_000, bank.clock().millis());
        assertThat(answer.field("operationList.0.operationType")).isEqualTo("P2P_CREDIT");
        assertThat(answer.json().at("/operationList/0/resultCode").intValue()).isZero();
        assertThat(answer.field("operationList.0.resultCodeDescription")).isEqualTo("Перевод исполнен");
        assertThat(answer.field("operationList.0.refNum")).hasSize(12);
        assertThat(answer.field("operationList.0.pan")).isEqualTo("411111XXXXXX1111");
        assertThat(answer.field("operationList.0.cardholderName")).isEqualTo("CARDHOLDER NAME");
        assertThat(answer.field("target.clientId")).isEqualTo(Merchant.CLIENT);
        assertThat(answer.field("target.maskedPan")).isEqualTo("411111XXXXXX1111");
        assertThat(answer.field("orderParams.paramname1")).isEqualTo("paramvalue1");
        assertThat(answer.json().has("orderId")).isFalse();
        assertThat(answer.json().has("source")).isFalse();
    }

    @Test
    void performPayout_toCard_booksOneMovement() {
        merchant.payout("payout_1", 1234).perform();

        assertThat(bank.ledger().movements()).singleElement().satisfies(movement -> {
            assertThat(movement.reference()).isEqualTo("payout_1");
            assertThat(movement.minorUnits()).isEqualTo(1234);
            assertThat(movement.currency()).isEqualTo("KZT");
            assertThat(movement.recipient()).isEqualTo("411111XXXXXX1111");
        });
    }

    @Test
    void performPayout_cardInTheTablesPlace_pays() {
        merchant.order("payout_1", 1234).with("target.card.pan", Merchant.CARD).perform();

        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void performPayout_toSavedCard_pays() {
        Answer first = merchant.payout("payout_1", 1234)
                .with("client.clientId", Merchant.CLIENT)
                .perform();
        String binding = first.field("target.bindingId");

        Answer second = merchant.order("payout_2", 4321)
                .with("client.clientId", Merchant.CLIENT)
                .with("target.bindingId", binding)
                .perform();

        assertThat(second.field("orderStatus")).isEqualTo("2");
        assertThat(second.field("target.bindingId")).isEqualTo(binding);
        bank.ledger().assertPaidExactlyOnce("payout_2");
    }

    @Test
    void performPayout_withoutClientId_savesNoCard() {
        Answer answer = merchant.payout("payout_1", 1234).perform();

        assertThat(answer.json().get("target").has("bindingId")).isFalse();
    }

    @Test
    void performPayout_savedCardOfAnotherClient_isRefused() {
        Answer first = merchant.payout("payout_1", 1234)
                .with("client.clientId", Merchant.CLIENT)
                .perform();

        Answer second = merchant.order("payout_2", 4321)
                .with("client.clientId", "somebody-else")
                .with("target.bindingId", first.field("target.bindingId"))
                .perform();

        assertThat(second.status()).isEqualTo(502);
        bank.ledger().assertNotPaid("payout_2");
    }

    @Test
    void performPayout_fromCorporateCard_paysAndNamesTheSource() {
        Answer answer = merchant.payout("payout_1", 1234)
                .with("source.bindingId", BerekeSimulator.CORPORATE_BINDING)
                .perform();

        assertThat(answer.field("source.bindingId")).isEqualTo(BerekeSimulator.CORPORATE_BINDING);
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void performPayout_repeatedOrderNumber_saysDuplicateAndPaysOnce() {
        merchant.payout("payout_1", 1234).perform();

        Answer repeat = merchant.payout("payout_1", 1234).perform();

        assertThat(repeat.status()).isEqualTo(200);
        assertThat(repeat.field("errorCode")).isEqualTo("1");
        assertThat(repeat.field("errorMessage"))
                .isEqualTo("Order number is duplicated, order with given order number is processed already");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void performPayout_orderNumberOfAHostedPage_saysDuplicate() {
        merchant.order("payout_1", 1234).register();

        assertThat(merchant.payout("payout_1", 1234).perform().field("errorCode"))
                .isEqualTo("1");
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void performPayout_failingTestCard_isDeclined() {
        Answer answer = merchant.order("payout_1", 1234)
                .with("target.pan", BerekeSimulator.DECLINED_CARD)
                .perform();

        assertThat(answer.field("orderStatus")).isEqualTo("6");
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void getPayoutStatus_ofPaidOrder_answersLikeThePagesExample() {
        merchant.payout("payout_1", 1234).perform();

        Answer answer = merchant.status("payout_1");

        assertThat(answer.field("orderStatus")).isEqualTo("2");
        assertThat(answer.json().at("/operationList/0/datetime").textValue()).matches("[0-9]{13}");
        assertThat(answer.json().at("/operationList/0/currency").textValue()).isEqualTo("398");
    }

    @Test
    void getPayoutStatus_byOrderId_findsTheOrder() {
        Answer registered = merchant.order("payout_1", 1234).register();

        Answer answer = merchant.credentials()
                .with("orderId", registered.field("orderId"))
                .call("getPayoutStatus.do");

        assertThat(answer.field("orderNumber")).isEqualTo("payout_1");
        assertThat(answer.field("orderStatus")).isEqualTo("0");
    }

    @Test
    void getPayoutStatus_orderIdOfAnotherOrder_findsNothing() {
        Answer registered = merchant.order("payout_1", 1234).register();
        merchant.order("payout_2", 1234).register();

        Answer answer = merchant.credentials()
                .with("orderId", registered.field("orderId"))
                .with("orderNumber", "payout_2")
                .call("getPayoutStatus.do");

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void getAmount_afterAPayout_isLowerByItsAmount() {
        merchant.payout("payout_1", 1234).perform();

        Answer answer = merchant.balance();

        assertThat(answer.json().at("/balanceDescriptionList/balanceAmount").longValue())
                .isEqualTo(49_925_200 - 1234);
        assertThat(answer.field("balanceDescriptionList.balanceCurrency")).isEqualTo("398");
        assertThat(answer.field("balanceDescriptionList.balanceSign")).isEqualTo("C");
    }

    @Test
    void hideFor_paidOrder_isNotFoundUntilTheTimeIsOver() {
        bank.hideFor(Duration.ofMinutes(2));
        merchant.payout("payout_1", 1234).perform();

        Answer early = merchant.status("payout_1");
        bank.clock().advance(Duration.ofMinutes(2));
        Answer late = merchant.status("payout_1");

        assertThat(early.status()).isEqualTo(400);
        assertThat(early.field("errorMessage"))
                .isEqualTo("Order not found in payout proxy. Check orderId or orderNumber");
        assertThat(late.field("orderStatus")).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void hideFor_hiddenOrder_stillRefusesARepeat() {
        bank.hideFor(Duration.ofMinutes(2));
        merchant.payout("payout_1", 1234).perform();

        merchant.payout("payout_1", 1234).perform();

        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void reset_afterChanges_restoresEverything() {
        bank.hideFor(Duration.ofMinutes(2));
        bank.switches().integerStatus = true;
        bank.failNext(BerekeError.REST_CALL);
        merchant.order("payout_1", 1234).register();

        bank.reset();

        assertThat(merchant.payout("payout_1", 1234)
                        .perform()
                        .json()
                        .get("orderStatus")
                        .isTextual())
                .isTrue();
        assertThat(merchant.status("payout_1").status()).isEqualTo(200);
    }

    @Test
    void builder_ownCredentials_areTheOnesTaken() {
        try (BerekeSimulator other = BerekeSimulator.builder()
                .userName("merchant")
                .password("test-only")
                .start()) {
            assertThat(new Merchant(other).balance().status()).isEqualTo(200);
            assertThat(other.userName()).isEqualTo("merchant");
            assertThat(other.password()).isEqualTo("test-only");
            assertThat(other.provider()).isEqualTo("bereke");
            assertThat(other.toString()).doesNotContain("test-only");
        }
    }

    @Test
    void builder_longUserName_isRefused() {
        var builder = BerekeSimulator.builder();
        assertThatThrownBy(() -> builder.userName("x".repeat(31))).hasMessageContaining("userName");
    }
}
