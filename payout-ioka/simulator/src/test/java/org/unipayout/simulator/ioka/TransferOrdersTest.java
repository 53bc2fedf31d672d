package org.unipayout.simulator.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.ioka.Merchant.Answer;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

class TransferOrdersTest {
    @RegisterExtension
    static final IokaSimulator ioka = IokaSimulator.start();

    private final Merchant merchant = new Merchant(ioka);

    @Test
    void create_minimalOrder_answersEveryMemberWithNullsForAbsentOnes() {
        Answer created = merchant.post("/v2/transfer-orders", "{'amount': 15000, 'type': 'PAYOUT'}");

        assertThat(created.status()).isEqualTo(201);
        JsonNode order = created.json().get("order");
        assertThat(order.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "status",
                        "created_at",
                        "shop_id",
                        "type",
                        "amount",
                        "currency",
                        "external_id",
                        "description",
                        "extra_info",
                        "due_date",
                        "corp_card_id",
                        "receiver_id",
                        "back_url",
                        "success_url",
                        "failure_url",
                        "template",
                        "checkout_url");
        assertThat(order.get("id").asText()).matches("tro_[A-Za-z0-9]{10}");
        assertThat(order.get("status").asText()).isEqualTo("NOT_TRANSFERRED");
        assertThat(order.get("created_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
        assertThat(order.get("amount").asLong()).isEqualTo(15000);
        assertThat(order.get("external_id").isNull()).isTrue();
        assertThat(created.at("/order_access_token")).matches(order.get("id").asText() + "_secret_[0-9a-f]{64}");
        assertThat(created.header("x-trace-id")).matches("[0-9a-f]{32}");
        assertThat(ioka.ledger().movements()).isEmpty();
    }

    @Test
    void create_everyMember_echoesThem() {
        Answer created = merchant.post("/v2/transfer-orders", """
                {'amount': 100, 'type': 'PAYOUT', 'currency': 'KZT', 'external_id': 'all', 'description': 'Зарплата',
                 'extra_info': {'n': 1.10}, 'due_date': '2099-08-24 14:15:22', 'corp_account_id': 't3i2tPViLK',
                 'receiver_id': 'TESTCARDID', 'back_url': 'https://back.kz', 'success_url': 'https://success.kz',
                 'failure_url': 'https://failure.kz', 'template': 'dark'}
                """);

        assertThat(created.at("/order/description")).isEqualTo("Зарплата");
        assertThat(created.text()).contains("{\"n\":1.10}");
        assertThat(created.at("/order/due_date")).isEqualTo("2099-08-24T14:15:22.000000");
        assertThat(created.at("/order/corp_card_id")).isEqualTo("t3i2tPViLK");
        assertThat(created.at("/order/failure_url")).isEqualTo("https://failure.kz");
        assertThat(created.at("/order/template")).isEqualTo("dark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'PAYOUT'}",
                "{'amount': null, 'type': 'PAYOUT'}",
                "{'amount': '100', 'type': 'PAYOUT'}",
                "{'amount': 100.5, 'type': 'PAYOUT'}",
                "{'amount': -1, 'type': 'PAYOUT'}",
                "{'amount': 99999999999999999999, 'type': 'PAYOUT'}",
                "{'amount': 100}",
                "{'amount': 100, 'type': 'GIFT'}",
                "{'amount': 100, 'type': 'TOPUP'}",
                "{'amount': 100, 'type': 'PAYOUT', 'currency': 'USD'}",
                "{'amount': 100, 'type': 'PAYOUT', 'external_id': ''}",
                "{'amount': 100, 'type': 'PAYOUT', 'external_id': 7}",
                "{'amount': 100, 'type': 'PAYOUT', 'extra_info': [1]}",
                "{'amount': 100, 'type': 'PAYOUT', 'due_date': 'tomorrow'}",
                "{'amount': 100, 'type': 'PAYOUT', 'back_url': 'back'}",
                "{'amount': 100, 'type': 'PAYOUT', 'success_url': 'https://a b'}",
                "[]",
                "{'amount': 100",
                ""
            })
    void create_brokenRule_answers400(String body) {
        Answer refused = merchant.post("/v2/transfer-orders", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code")).isEqualTo("InvalidRequest");
        assertThat(refused.at("/message")).isNotEmpty();
        assertThat(merchant.get("/v2/transfer-orders").header("x-count")).isEqualTo("0");
    }

    @Test
    void create_urlLongerThanAllowed_answers400() {
        String url = "https://a.kz/" + "x".repeat(2083);

        Answer refused = merchant.post(
                "/v2/transfer-orders", "{'amount': 100, 'type': 'PAYOUT', 'failure_url': '%s'}".formatted(url));

        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void create_knownExternalId_answers409AndKeepsTheFirst() {
        String first = merchant.createOrder(100, "twice");

        Answer second =
                merchant.post("/v2/transfer-orders", "{'amount': 200, 'type': 'PAYOUT', 'external_id': 'twice'}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.at("/code")).isEqualTo("OrderExists");
        Answer found = merchant.get("/v2/transfer-orders?external_id=twice");
        assertThat(found.header("x-count")).isEqualTo("1");
        assertThat(found.at("/0/id")).isEqualTo(first);
        assertThat(found.json().get(0).has("transfers")).isFalse();
    }

    @Test
    void list_withoutFilter_showsAllAndWithUnknownReferenceNone() {
        merchant.createOrder(100, "a");
        merchant.createOrder(100, "b");

        assertThat(merchant.get("/v2/transfer-orders").json()).hasSize(2);
        assertThat(merchant.get("/v2/transfer-orders?external_id=c").text()).isEqualTo("[]");
    }

    @Test
    void payout_savedCard_paysOnceAndShowsIt() {
        String id = merchant.createOrder(15000, "salary-1");

        Answer paid = merchant.payout(id, IokaSimulator.SAVED_MASTERCARD_ID);

        assertThat(paid.status()).isEqualTo(201);
        assertThat(paid.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "order_id",
                        "status",
                        "created_at",
                        "transferred_amount",
                        "processing_fee",
                        "acquirer",
                        "tds",
                        "receiver_pan_masked");
        assertThat(paid.at("/status")).isEqualTo("APPROVED");
        assertThat(paid.at("/transferred_amount")).isEqualTo("15000");
        assertThat(paid.text()).contains("\"processing_fee\":0.0");
        assertThat(paid.at("/receiver_pan_masked")).isEqualTo("552204******6736");
        Answer order = merchant.order(id);
        assertThat(order.status()).isEqualTo(200);
        assertThat(order.at("/status")).isEqualTo("TRANSFERRED");
        assertThat(order.at("/transfers/0/id")).isEqualTo(paid.at("/id"));
        assertThat(order.at("/transfers/0/acquirer/reference")).isEqualTo(paid.at("/acquirer/reference"));
        assertThat(order.json().at("/transfers/0/transferred_amount").isNull()).isTrue();
        assertThat(order.at("/transfers/0/sender/pan_masked")).isEqualTo("440563******5096");
        Ledger.Movement movement = ioka.ledger().movements().get(0);
        assertThat(movement.reference()).isEqualTo("salary-1");
        assertThat(movement.providerId()).isEqualTo(id);
        assertThat(movement.minorUnits()).isEqualTo(15000);
        assertThat(movement.recipient()).isEqualTo("552204******6736");
        ioka.ledger().assertPaidExactlyOnce("salary-1");
    }

    @Test
    void payout_withoutExternalId_isBookedUnderTheOrderId() {
        String id = merchant.post("/v2/transfer-orders", "{'amount': 100, 'type': 'PAYOUT'}")
                .at("/order/id");

        merchant.payout(id);

        ioka.ledger().assertPaidExactlyOnce(id);
    }

    @Test
    void payout_paidOrder_isRefusedAndMoneyMovesOnce() {
        String id = merchant.createOrder(100, "once");
        merchant.payout(id);

        Answer again = merchant.payout(id);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/code")).isEqualTo("OrderHasApprovedPayment");
        ioka.ledger().assertPaidExactlyOnce("once");
    }

    @ParameterizedTest
    @CsvSource({
        "tro_nothere000, TESTCARDID, 404, OrderNotFound",
        ", nocard, 404, CardNotFound",
        ", '', 400, InvalidRequest"
    })
    void payout_unknownOrderOrCard_isRefused(String orderId, String cardId, int status, String code) {
        String id = orderId == null ? merchant.createOrder(100, "refused") : orderId;

        Answer refused = merchant.payout(id, cardId);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.at("/code")).isEqualTo(code);
        assertThat(ioka.ledger().movements()).isEmpty();
    }

    @Test
    void payout_topupOrder_isRefused() {
        String id = merchant.post(
                        "/v2/transfer-orders", "{'amount': 100, 'type': 'TOPUP', 'receiver_id': 'TESTCARDID'}")
                .at("/order/id");

        assertThat(merchant.payout(id).status()).isEqualTo(400);
    }

    @Test
    void payout_afterDueDate_isRefusedAndOrderStaysNotTransferred() {
        Instant due = ioka.clock().instant().plus(Duration.ofMinutes(10));
        String id = merchant.post(
                        "/v2/transfer-orders",
                        "{'amount': 100, 'type': 'PAYOUT', 'external_id': 'late', 'due_date': '%s'}".formatted(due))
                .at("/order/id");
        ioka.clock().advance(Duration.ofMinutes(11));

        Answer refused = merchant.payout(id);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code")).isEqualTo("OrderExpired");
        assertThat(merchant.order(id).at("/status")).isEqualTo("NOT_TRANSFERRED");
        ioka.ledger().assertNotPaid("late");
    }

    @Test
    void payout_beforeDueDate_pays() {
        String due = "2999-08-24T14:15:22";
        String id = merchant.post(
                        "/v2/transfer-orders",
                        "{'amount': 100, 'type': 'PAYOUT', 'external_id': 'early', 'due_date': '%s'}".formatted(due))
                .at("/order/id");

        merchant.payout(id);

        ioka.ledger().assertPaidExactlyOnce("early");
    }

    static Stream<List<Object>> scenarios() {
        return Stream.of(
                List.of(Scenario.PAID, 201, "APPROVED", "TRANSFERRED", 1, 1),
                List.of(Scenario.RETURNED, 201, "APPROVED", "TRANSFERRED", 1, 1),
                List.of(Scenario.DECLINED, 201, "DECLINED", "NOT_TRANSFERRED", 0, 1),
                List.of(Scenario.INSUFFICIENT_FUNDS, 201, "DECLINED", "NOT_TRANSFERRED", 0, 1),
                List.of(Scenario.SLOW, 201, "PENDING", "NOT_TRANSFERRED", 1, 1),
                List.of(Scenario.UNSURE, 201, "REQUIRES_ACTION", "REGISTERED", 0, 1),
                List.of(Scenario.UNDOCUMENTED_STATUS, 201, "ROUTED", "ROUTED", 1, 1),
                List.of(Scenario.WRONG_ECHO, 201, "APPROVED", "TRANSFERRED", 1, 1),
                List.of(Scenario.SERVER_ERROR_PAID, 504, "", "TRANSFERRED", 1, 1),
                List.of(Scenario.SERVER_ERROR_NOT_PAID, 500, "", "NOT_TRANSFERRED", 0, 0),
                List.of(Scenario.RATE_LIMITED, 429, "", "NOT_TRANSFERRED", 0, 0),
                List.of(Scenario.UNDOCUMENTED_CODE, 400, "", "TRANSFERRED", 1, 1));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void payout_scenario_showsAndPaysAsTheTableSays(List<Object> row) {
        Scenario scenario = (Scenario) row.get(0);
        String reference = "scenario-" + scenario;
        String id = merchant.createOrder(scenario.amount(100), reference);

        Answer answer = merchant.payout(id);
        Answer order = merchant.order(id);

        assertThat(List.of(
                        scenario,
                        answer.status(),
                        answer.at("/status"),
                        order.at("/status"),
                        ioka.ledger().timesPaid(reference),
                        order.json().get("transfers").size()))
                .isEqualTo(row);
    }

    @Test
    void scenarios_table_coversEveryScenario() {
        assertThat(scenarios().map(row -> row.get(0))).hasSameElementsAs(List.of((Object[]) Scenario.values()));
    }

    @ParameterizedTest
    @CsvSource({"DECLINED, DECLINED_BY_ISSUER", "INSUFFICIENT_FUNDS, NOT_ENOUGH_MONEY"})
    void payout_declined_namesTheReasonAndAllowsAnotherTry(Scenario scenario, String code) {
        String id = merchant.createOrder(scenario.amount(1), "declined");

        Answer first = merchant.payout(id);
        Answer second = merchant.payout(id);

        assertThat(first.at("/error/code")).isEqualTo(code);
        assertThat(first.json().get("acquirer").isNull()).isTrue();
        assertThat(second.at("/id")).isNotEqualTo(first.at("/id"));
        Answer order = merchant.order(id);
        assertThat(order.at("/transfers/0/id")).isEqualTo(first.at("/id"));
        assertThat(order.at("/transfers/1/error/code")).isEqualTo(code);
        ioka.ledger().assertNotPaid("declined");
    }

    @Test
    void payout_slowOrder_isPendingUntilSettled() {
        String id = merchant.createOrder(Scenario.SLOW.amount(1), "slow");
        Answer first = merchant.payout(id);

        Answer again = merchant.payout(id);
        Answer before = merchant.order(id);
        ioka.settle();
        Answer after = merchant.order(id);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/code")).isEqualTo("PaymentStarted");
        assertThat(again.at("/payment_id")).isEqualTo(first.at("/id"));
        assertThat(before.at("/transfers/0/status")).isEqualTo("PENDING");
        assertThat(after.at("/status")).isEqualTo("TRANSFERRED");
        assertThat(after.at("/transfers/0/status")).isEqualTo("APPROVED");
        ioka.ledger().assertPaidExactlyOnce("slow");
    }

    @Test
    void payout_unsureOrder_staysUnsureAndOffersAnAction() {
        String id = merchant.createOrder(Scenario.UNSURE.amount(1), "unsure");

        Answer answer = merchant.payout(id);
        ioka.settle();

        assertThat(answer.at("/action/url")).startsWith("http");
        assertThat(merchant.payout(id).at("/code")).isEqualTo("PaymentStarted");
        assertThat(merchant.order(id).at("/status")).isEqualTo("REGISTERED");
        ioka.ledger().assertNotPaid("unsure");
    }

    @Test
    void payout_wrongEcho_namesAnotherAmountButPaysTheRightOne() {
        long amount = Scenario.WRONG_ECHO.amount(1);
        String id = merchant.createOrder(amount, "echo");

        Answer answer = merchant.payout(id);

        assertThat(answer.json().get("transferred_amount").asLong()).isEqualTo(amount + 1);
        assertThat(merchant.order(id).json().get("amount").asLong()).isEqualTo(amount + 1);
        assertThat(ioka.ledger().total("KZT")).isEqualTo(amount);
    }

    @Test
    void payout_undocumentedCode_isNotInTheErrorList() {
        String id = merchant.createOrder(Scenario.UNDOCUMENTED_CODE.amount(1), "code");

        assertThat(merchant.payout(id).at("/code")).isEqualTo("RoutedElsewhere");
    }

    @Test
    void force_scenario_overridesTheAmount() {
        ioka.force(Scenario.DECLINED);

        assertThat(merchant.payout(merchant.createOrder(100, "forced")).at("/status"))
                .isEqualTo("DECLINED");
    }

    @ParameterizedTest
    @CsvSource({"4444444444446666, CARD_LIMITATIONS_EXCEEDED", "4444444411111111, NOT_ENOUGH_MONEY"})
    void payout_decliningTestCard_isDeclined(String pan, String code) {
        String id = merchant.createOrder(100, "bad-card");

        Answer declined = merchant.payout(id, ioka.addSavedCard(pan));
        Answer paid = merchant.payout(id);

        assertThat(declined.at("/error/code")).isEqualTo(code);
        assertThat(paid.at("/status")).isEqualTo("APPROVED");
        ioka.ledger().assertPaidExactlyOnce("bad-card");
    }

    @Test
    void corporateAccount_get_hasAnIdAndAnEmitter() {
        Answer account = merchant.get("/v2/corp-accounts");

        assertThat(account.at("/id")).isEqualTo(IokaSimulator.CORPORATE_ACCOUNT_ID);
        assertThat(account.at("/emitter_code")).isEqualTo("halykbank");
    }
}
