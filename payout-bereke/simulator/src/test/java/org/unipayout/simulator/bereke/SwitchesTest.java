package org.unipayout.simulator.bereke;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.bereke.BerekeSwitches.AnswerForm;
import org.unipayout.simulator.bereke.BerekeSwitches.DeclineForm;
import org.unipayout.simulator.bereke.BerekeSwitches.Funding;
import org.unipayout.simulator.bereke.BerekeSwitches.NotFoundForm;
import org.unipayout.simulator.bereke.BerekeSwitches.PanForm;
import org.unipayout.simulator.bereke.Merchant.Answer;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

class SwitchesTest {
    @RegisterExtension
    static final BerekeSimulator bank = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(bank);
    private final BerekeSwitches switches = bank.switches();

    @ParameterizedTest
    @CsvSource({"false, 400", "true, 200"})
    void acceptUsername_lowerCaseName_isTakenOnlyIfOn(boolean on, int http) {
        switches.acceptUsername = on;

        Answer answer = merchant.credentials()
                .without("userName")
                .with("username", bank.userName())
                .call("getAmount.do");

        assertThat(answer.status()).isEqualTo(http);
    }

    @ParameterizedTest
    @CsvSource({"TARGET_PAN, target.pan, target.card.pan", "TARGET_CARD_PAN, target.card.pan, target.pan"})
    void panForm_oneForm_refusesTheOther(PanForm form, String taken, String refused) {
        switches.panForm = form;

        Answer good =
                merchant.order("payout_1", 1234).with(taken, Merchant.CARD).perform();
        Answer bad =
                merchant.order("payout_2", 1234).with(refused, Merchant.CARD).perform();

        assertThat(good.field("orderStatus")).isEqualTo("2");
        assertThat(bad.field("errorMessage")).isEqualTo(taken + " is а required parameter");
    }

    @Test
    void statusField_asInTheTables_isNamedSo() {
        switches.statusField = "OrderStatus";
        switches.integerStatus = true;

        JsonNode answer = merchant.payout("payout_1", 1234).perform().json();

        assertThat(answer.get("OrderStatus").isInt()).isTrue();
        assertThat(answer.get("OrderStatus").intValue()).isEqualTo(2);
        assertThat(answer.has("orderStatus")).isFalse();
    }

    @Test
    void answerForm_asInTheTables_usesTheTablesFields() {
        switches.answerForm = AnswerForm.TABLES;

        JsonNode performed = merchant.payout("payout_1", 1234).perform().json();
        JsonNode status = merchant.status("payout_1").json();

        assertThat(performed.get("creationDate").isIntegralNumber()).isTrue();
        assertThat(status.has("creationDate")).isFalse();
        for (JsonNode answer : new JsonNode[] {performed, status}) {
            JsonNode operation = answer.at("/operationList/0");
            assertThat(operation.get("panMaskedTo").textValue()).isEqualTo("411111XXXXXX1111");
            assertThat(operation.has("pan")).isFalse();
            assertThat(operation.get("operationDate").isIntegralNumber()).isTrue();
            assertThat(operation.get("currency").intValue()).isEqualTo(398);
            assertThat(operation.get("orderId")).isEqualTo(answer.get("orderId"));
            assertThat(operation.get("orderNumber").textValue()).isEqualTo("payout_1");
        }
    }

    @Test
    void clientNameRequired_on_refusesAPayoutWithoutIt() {
        switches.clientNameRequired = true;

        assertThat(merchant.payout("payout_1", 1234).perform().field("errorMessage"))
                .isEqualTo("client.name is а required parameter");
    }

    @Test
    void clientIdLength_thirty_refusesThePagesOwnExample() {
        switches.clientIdLength = 30;

        Answer answer = merchant.payout("payout_1", 1234)
                .with("client.clientId", Merchant.CLIENT)
                .perform();

        assertThat(answer.field("errorMessage")).startsWith("client.clientId does not match");
    }

    @Test
    void orderNumberLength_asInAcquiring_takesThirtySix() {
        switches.orderNumberLength = 36;

        assertThat(merchant.payout("x".repeat(36), 1234).perform().field("orderStatus"))
                .isEqualTo("2");
        assertThat(merchant.payout("x".repeat(37), 1234).perform().status()).isEqualTo(400);
    }

    @Test
    void balanceArray_on_answersAList() {
        switches.balanceArray = true;

        assertThat(merchant.balance()
                        .json()
                        .at("/balanceDescriptionList/0/balanceSign")
                        .textValue())
                .isEqualTo("C");
    }

    @Test
    void openingBalance_negative_isShownAsMagnitudeWithSign() {
        switches.openingBalance = -500;

        Answer answer = merchant.balance();

        assertThat(answer.json().at("/balanceDescriptionList/balanceAmount").longValue())
                .isEqualTo(500);
        assertThat(answer.field("balanceDescriptionList.balanceSign")).isEqualTo("D");
    }

    @Test
    void balanceLimits_on_declinesWhatExceedsTheBalance() {
        switches.balanceLimits = true;
        switches.openingBalance = 2000;

        assertThat(merchant.payout("payout_1", 2000).perform().field("orderStatus"))
                .isEqualTo("2");
        assertThat(merchant.payout("payout_2", 100).perform().field("operationList.0.resultCodeDescription"))
                .isEqualTo("Insufficient funds");
        bank.ledger().assertNotPaid("payout_2");
    }

    @Test
    void requiredHeaders_missing_isAnInvalidRequest() {
        switches.requiredHeaders = Set.of("X-Channel");

        Answer without = merchant.balance();
        Answer with = Merchant.send(merchant.request("getAmount.do")
                .header("Content-Type", "application/json")
                .header("X-Channel", "payouts")
                .POST(BodyPublishers.ofString(merchant.credentials().toString()))
                .build());

        assertThat(without.field("errorMessage")).isEqualTo("Invalid request");
        assertThat(with.status()).isEqualTo(200);
    }

    @Test
    void signatureCheck_failing_isNotAuthenticated() {
        switches.signatureCheck = request -> request.header("X-Signature").isPresent();

        Answer answer = merchant.payout("payout_1", 1234).perform();

        assertThat(answer.status()).isEqualTo(401);
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void duplicateHttpStatus_changed_isTheStatusOfARepeat() {
        switches.duplicateHttpStatus = 400;
        merchant.payout("payout_1", 1234).perform();

        Answer repeat = merchant.payout("payout_1", 1234).perform();

        assertThat(repeat.status()).isEqualTo(400);
        assertThat(repeat.field("errorCode")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"DECLINED, 103, Issuer declined", "INSUFFICIENT_FUNDS, 116, Insufficient funds"})
    void declineForm_errorCode_answersAnActionCode(Scenario scenario, String code, String text) {
        switches.declineForm = DeclineForm.ERROR_CODE;
        switches.insufficientFundsForm = DeclineForm.ERROR_CODE;

        Answer answer = merchant.payout("payout_1", scenario.amount(100)).perform();

        assertThat(answer.field("errorCode")).isEqualTo(code);
        assertThat(answer.field("errorMessage")).isEqualTo(text);
        assertThat(answer.json().has("orderStatus")).isFalse();
        assertThat(merchant.status("payout_1").field("orderStatus")).isEqualTo("6");
    }

    @Test
    void declineForm_errorCode_leavesInsufficientFundsAlone() {
        switches.declineForm = DeclineForm.ERROR_CODE;

        assertThat(merchant.payout("payout_1", Scenario.INSUFFICIENT_FUNDS.amount(100))
                        .perform()
                        .field("orderStatus"))
                .isEqualTo("6");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void interimStatus_forAMinute_isShownBeforeTheFinalOne(int interim) {
        switches.interimStatus = interim;
        switches.interimTime = Duration.ofMinutes(1);

        Answer performed = merchant.payout("payout_1", 1234).perform();
        bank.clock().advance(Duration.ofMinutes(1));

        assertThat(performed.field("orderStatus")).isEqualTo(Integer.toString(interim));
        assertThat(performed.json().has("operationList")).isFalse();
        assertThat(merchant.status("payout_1").field("orderStatus")).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void interimStatus_settled_ends() {
        switches.interimTime = Duration.ofMinutes(1);
        merchant.payout("payout_1", 1234).perform();

        bank.settle();

        assertThat(merchant.status("payout_1").field("orderStatus")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    void expiredStatus_afterTheHostedPageExpired_isShown(int expired) {
        switches.expiredStatus = expired;
        merchant.order("payout_1", 1234).register();
        String before = merchant.status("payout_1").field("orderStatus");

        bank.clock().advance(Duration.ofMinutes(20));

        assertThat(before).isEqualTo("0");
        assertThat(merchant.status("payout_1").field("orderStatus")).isEqualTo(Integer.toString(expired));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, -1})
    void paidStatus_changed_isShownAlthoughPaid(int status) {
        switches.paidStatus = status;

        Answer answer = merchant.payout("payout_1", 1234).perform();

        assertThat(answer.field("orderStatus")).isEqualTo(Integer.toString(status));
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void notFoundForm_withoutStatus_answersABodyWithoutStatus() {
        switches.notFoundForm = NotFoundForm.WITHOUT_STATUS;

        Answer answer = merchant.status("never-sent");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("errorCode")).isEqualTo("0");
        assertThat(answer.field("orderNumber")).isEqualTo("never-sent");
        assertThat(answer.json().has("orderStatus")).isFalse();
    }

    @Test
    void debitLeg_on_precedesTheCredit() {
        switches.debitLeg = true;

        JsonNode operations = merchant.payout("payout_1", 1234).perform().json().get("operationList");

        assertThat(operations).hasSize(2);
        assertThat(operations.at("/0/operationType").textValue()).isEqualTo("P2P_DEBIT");
        assertThat(operations.at("/1/operationType").textValue()).isEqualTo("P2P_CREDIT");
    }

    @Test
    void callbacks_off_nothingIsSent() {
        merchant.payout("payout_1", 1234).perform();

        bank.ledger().assertPaidExactlyOnce("payout_1");
        assertThat(bank.webhooks().created()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PAID, deposited, 1", "DECLINED, deposited, 0"})
    void callbacks_on_tellTheFinalState(Scenario scenario, String operation, String status) throws Exception {
        switches.callbacks = true;

        merchant.payout("payout_1", scenario.amount(100)).perform();

        Map<String, String> parameters = onlyCallback();
        assertThat(parameters)
                .containsEntry("orderNumber", "payout_1")
                .containsEntry("operation", operation)
                .containsEntry("status", status)
                .containsEntry("amount", Long.toString(scenario.amount(100)));
        String checksum = parameters.remove("checksum");
        assertThat(checksum).isEqualTo(checksum(parameters));
    }

    @Test
    void callbacks_slowPayout_areSentWhenSettled() {
        switches.callbacks = true;
        merchant.payout("payout_1", Scenario.SLOW.amount(100)).perform();
        assertThat(bank.webhooks().created()).isEmpty();

        bank.settle();

        assertThat(onlyCallback()).containsEntry("operation", "deposited");
    }

    @ParameterizedTest
    @EnumSource(
            value = BerekeError.class,
            names = {"GATEWAY_TIMEOUT", "SERVICE_TIMEOUT", "HESSIAN_CALL", "REST_CALL", "REST_RESPONSE"})
    void executedBehindError_openOutcome_paysBehindTheError(BerekeError error) {
        switches.executedBehindError = true;
        bank.failNext(error);

        Answer answer = merchant.payout("payout_1", 1234).perform();

        assertThat(answer.status()).isEqualTo(error.httpStatus());
        assertThat(merchant.status("payout_1").field("orderStatus")).isEqualTo("2");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void executedBehindError_sureRefusal_paysNothing() {
        switches.executedBehindError = true;
        bank.failNext(BerekeError.THREE_D_SECURE);

        Answer answer = merchant.payout("payout_1", 1234).perform();

        assertThat(answer.status()).isEqualTo(502);
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void rateLimited_on_refusesEveryCall() {
        switches.rateLimited = true;

        assertThat(merchant.payout("payout_1", 1234).perform().status()).isEqualTo(429);
        assertThat(merchant.status("payout_1").status()).isEqualTo(429);
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void responseDelay_set_holdsTheAnswerBack() {
        switches.responseDelay = Duration.ofSeconds(1);
        assertThat(millisOfABalanceCall()).isGreaterThanOrEqualTo(1000);

        switches.responseDelay = Duration.ZERO;
        assertThat(millisOfABalanceCall()).isLessThan(1000);
    }

    @Test
    void funding_corporateCard_asksPerformPayoutForTheSource() {
        switches.funding = Funding.CORPORATE_CARD;

        assertThat(merchant.payout("payout_1", 1234).perform().field("errorMessage"))
                .startsWith("Source is not specified");
    }

    @Test
    void funding_corporateCard_paysTheHostedPageFromTheDefaultCard() {
        switches.funding = Funding.CORPORATE_CARD;
        merchant.order("payout_1", 1234).register();

        assertThat(merchant.status("payout_1").field("source.bindingId")).isEqualTo(BerekeSimulator.CORPORATE_BINDING);
    }

    @Test
    void funding_transitAccount_refusesASource() {
        switches.funding = Funding.TRANSIT_ACCOUNT;

        Answer answer = merchant.payout("payout_1", 1234)
                .with("source.bindingId", BerekeSimulator.CORPORATE_BINDING)
                .perform();

        assertThat(answer.field("errorMessage")).startsWith("Source is not specified");
    }

    @Test
    void allowedBins_changed_decideWhichCardsAreReached() {
        switches.allowedBins = Set.of("444455");

        assertThat(merchant.payout("payout_1", 1234).perform().status()).isEqualTo(400);
        assertThat(merchant.order("payout_2", 1234)
                        .with("target.pan", "4444555511113333")
                        .perform()
                        .field("orderStatus"))
                .isEqualTo("2");
    }

    private long millisOfABalanceCall() {
        long start = System.nanoTime();
        merchant.balance();
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private static Map<String, String> onlyCallback() {
        assertThat(bank.webhooks().created()).hasSize(1);
        String form = new String(bank.webhooks().created().get(0).body(), StandardCharsets.UTF_8);
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : form.split("&", -1)) {
            parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return parameters;
    }

    private static String checksum(Map<String, String> sorted) throws Exception {
        StringBuilder text = new StringBuilder();
        sorted.forEach(
                (name, value) -> text.append(name).append(';').append(value).append(';'));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bank.callbackSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of()
                .withUpperCase()
                .formatHex(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
