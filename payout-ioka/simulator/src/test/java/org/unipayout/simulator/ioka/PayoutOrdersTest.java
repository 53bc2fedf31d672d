package org.unipayout.simulator.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.ioka.Merchant.Answer;
import org.unipayout.testkit.Scenario;

class PayoutOrdersTest {
    private static final String ROOT = "/v2/payouts/orders";
    private static final String IBAN = "KZ000000000000000000";

    @RegisterExtension
    static final IokaSimulator ioka = IokaSimulator.start();

    private final Merchant merchant = new Merchant(ioka);

    @Test
    void create_savedCard_isCompletedAndPaid() {
        Answer created = merchant.payoutOrder(5000, "b-card");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "uuid",
                        "created_at",
                        "updated_at",
                        "acquirer",
                        "capture_method",
                        "external_id",
                        "amount",
                        "extra_info",
                        "currency",
                        "recipient",
                        "shop_id",
                        "status",
                        "payout");
        assertThat(created.at("/status")).isEqualTo("COMPLETED");
        assertThat(created.at("/acquirer")).isEqualTo("bcc");
        assertThat(created.at("/capture_method")).isEqualTo("AUTO");
        assertThat(created.at("/recipient/params/pan_masked")).isEqualTo("440563******0013");
        assertThat(created.json().at("/payout/error").isNull()).isTrue();
        assertThat(merchant.get(ROOT + "/" + created.at("/uuid")).json()).isEqualTo(created.json());
        ioka.ledger().assertPaidExactlyOnce("b-card");
    }

    @Test
    void create_account_fillsDefaultsAndPays() {
        Answer created = account("b-account", "");

        assertThat(created.at("/recipient/params/knp")).isEqualTo("859");
        assertThat(created.at("/recipient/params/kbe")).isEqualTo("17");
        assertThat(created.at("/recipient/params/is_juridical")).isEqualTo("true");
        assertThat(created.at("/recipient/params/country")).isEqualTo("KZ");
        ioka.ledger().assertPaidExactlyOnce("b-account");
        assertThat(ioka.ledger().movements().get(0).recipient()).isEqualTo("KZ00************0000");
    }

    @Test
    void create_tax_pays() {
        Answer created = merchant.post(
                ROOT,
                "{'amount': 10, 'external_id': 'b-tax', 'recipient': {'type': 'TAX', 'params': {'service_code': '141'}}}");

        assertThat(created.at("/status")).isEqualTo("COMPLETED");
        ioka.ledger().assertPaidExactlyOnce("b-tax");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'recipient': {'type': 'CARD'}}",
                "{'amount': 9, 'recipient': {'type': 'CARD'}}",
                "{'amount': 100}",
                "{'amount': 100, 'recipient': 'CARD'}",
                "{'amount': 100, 'recipient': {}}",
                "{'amount': 100, 'recipient': {'type': 'CASH'}}",
                "{'amount': 100, 'recipient': {'type': 'CARD'}, 'currency': 'RUB'}",
                "{'amount': 100, 'recipient': {'type': 'CARD'}, 'acquirer': 'bank'}",
                "{'amount': 100, 'recipient': {'type': 'CARD'}, 'capture_method': 'LATER'}",
                "{'amount': 100, 'recipient': {'type': 'CARD'}, 'extra_info': 'text'}",
                "{'amount': 100, 'recipient': {'type': 'CARD', 'params': {'card_id': 'nocard'}}}",
                "{'amount': 100, 'recipient': {'type': 'ACCOUNT'}}",
                "{'amount': 100, 'recipient': {'type': 'TAX', 'params': {}}}",
                "{'amount': 100, 'recipient': {'type': 'TAX', 'params': {'service_code': '999'}}}"
            })
    void create_brokenRule_answers400(String body) {
        assertThat(merchant.post(ROOT, body).status()).isEqualTo(400);
        assertThat(ioka.ledger().movements()).isEmpty();
        assertThat(merchant.get(ROOT).at("/total")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'iin': '123'",
                "'iin': null",
                "'iban': 'KZ00'",
                "'iban': 'RU000000000000000000'",
                "'name': ''",
                "'name': null",
                "'name': '0123456789012345678901234567890123456789012345678901234567890'",
                "'knp': '85'",
                "'kbe': '13'",
                "'description': ''",
                "'is_juridical': 'yes'"
            })
    void create_accountWithBrokenRule_answers400(String member) {
        assertThat(account("broken", ", " + member).status()).isEqualTo(400);
        ioka.ledger().assertNotPaid("broken");
    }

    @Test
    void create_knownExternalId_answers409AndPaysOnce() {
        merchant.payoutOrder(100, "b-twice");

        Answer second = merchant.payoutOrder(100, "b-twice");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.at("/code")).isEqualTo("OrderExists");
        ioka.ledger().assertPaidExactlyOnce("b-twice");
    }

    static Stream<List<Object>> scenarios() {
        return Stream.of(
                List.of(Scenario.PAID, 201, "COMPLETED", 1),
                List.of(Scenario.RETURNED, 201, "COMPLETED", 1),
                List.of(Scenario.DECLINED, 201, "FAILED", 0),
                List.of(Scenario.INSUFFICIENT_FUNDS, 201, "FAILED", 0),
                List.of(Scenario.SLOW, 201, "PENDING", 1),
                List.of(Scenario.UNSURE, 201, "PENDING", 0),
                List.of(Scenario.UNDOCUMENTED_STATUS, 201, "ROUTED", 1),
                List.of(Scenario.WRONG_ECHO, 201, "COMPLETED", 1),
                List.of(Scenario.SERVER_ERROR_PAID, 504, "COMPLETED", 1),
                List.of(Scenario.SERVER_ERROR_NOT_PAID, 500, "", 0),
                List.of(Scenario.RATE_LIMITED, 429, "", 0),
                List.of(Scenario.UNDOCUMENTED_CODE, 400, "COMPLETED", 1));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void create_scenario_showsAndPaysAsTheTableSays(List<Object> row) {
        Scenario scenario = (Scenario) row.get(0);

        Answer created = merchant.payoutOrder(scenario.amount(100), "b-scenario");
        Answer found = merchant.get(ROOT + "?external_id=b-scenario");

        assertThat(List.of(
                        scenario,
                        created.status(),
                        found.at("/items/0/status"),
                        ioka.ledger().timesPaid("b-scenario")))
                .isEqualTo(row);
    }

    @Test
    void scenarios_table_coversEveryScenario() {
        assertThat(scenarios().map(row -> row.get(0))).hasSameElementsAs(List.of((Object[]) Scenario.values()));
    }

    @Test
    void create_slow_isCompletedOnceSettled() {
        Answer created = merchant.payoutOrder(Scenario.SLOW.amount(1), "b-slow");
        ioka.settle();

        assertThat(merchant.get(ROOT + "/" + created.at("/uuid")).at("/status")).isEqualTo("COMPLETED");
        ioka.ledger().assertPaidExactlyOnce("b-slow");
    }

    @Test
    void create_unsure_staysPendingAfterSettling() {
        Answer created = merchant.payoutOrder(Scenario.UNSURE.amount(1), "b-unsure");
        ioka.settle();

        assertThat(merchant.get(ROOT + "/" + created.at("/uuid")).at("/status")).isEqualTo("PENDING");
    }

    @Test
    void create_wrongEcho_namesAnotherAmount() {
        long amount = Scenario.WRONG_ECHO.amount(1);

        assertThat(merchant.payoutOrder(amount, "b-echo").json().get("amount").asLong())
                .isEqualTo(amount + 1);
        assertThat(ioka.ledger().total("KZT")).isEqualTo(amount);
    }

    @Test
    void create_insufficientFunds_namesTheReason() {
        Answer created = merchant.payoutOrder(Scenario.INSUFFICIENT_FUNDS.amount(1), "b-poor");

        assertThat(created.at("/payout/error/code")).isEqualTo("NOT_ENOUGH_MONEY");
    }

    @Test
    void confirm_cardNumber_paysAnOrderCreatedWithoutCard() {
        Answer created = withoutCard("b-confirm", "AUTO");
        String path = ROOT + "/" + created.at("/uuid");

        Answer confirmed = merchant.post(path + "/confirm", "{'pan': '5522042705066736'}");

        assertThat(created.at("/status")).isEqualTo("PENDING");
        assertThat(created.at("/recipient/params/url"))
                .startsWith(ioka.baseUrl().toString());
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.at("/status")).isEqualTo("COMPLETED");
        assertThat(merchant.post(path + "/confirm", "{'pan': '5522042705066736'}")
                        .status())
                .isEqualTo(422);
        ioka.ledger().assertPaidExactlyOnce("b-confirm");
    }

    @Test
    void confirm_refusedUnexecuted_canBeRepeated() {
        String path = ROOT + "/" + withoutCard("b-again", "AUTO").at("/uuid") + "/confirm";
        ioka.force(Scenario.RATE_LIMITED);
        assertThat(merchant.post(path, "{'pan': '5522042705066736'}").status()).isEqualTo(429);

        ioka.force(Scenario.PAID);

        assertThat(merchant.post(path, "{'pan': '5522042705066736'}").at("/status"))
                .isEqualTo("COMPLETED");
        ioka.ledger().assertPaidExactlyOnce("b-again");
    }

    @Test
    void confirm_savedCard_pays() {
        String path = ROOT + "/" + withoutCard("b-confirm-card", "AUTO").at("/uuid");

        merchant.post(path + "/confirm", "{'customer_id': '8vcatBnudg', 'card_id': 'e5KLDQmQTQ'}");

        assertThat(ioka.ledger().movements().get(0).recipient()).isEqualTo("552204******6736");
    }

    @Test
    void confirm_withSaving_keepsTheCard() {
        String path = ROOT + "/" + withoutCard("b-save", "AUTO").at("/uuid");

        merchant.post(path + "/confirm", "{'pan': '4111111111111111', 'customer_id': '8vcatBnudg', 'is_save': true}");

        assertThat(merchant.get("/v2/customers/8vcatBnudg/cards").text()).contains("411111******1111");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{}; 422", "{'pan': '12'}; 400", "{'card_id': 'nocard'}; 400"})
    void confirm_unusableCard_isRefused(String body, int status) {
        String path = ROOT + "/" + withoutCard("b-bad", "AUTO").at("/uuid");

        assertThat(merchant.post(path + "/confirm", body).status()).isEqualTo(status);
        ioka.ledger().assertNotPaid("b-bad");
    }

    @Test
    void form_cardNumber_paysAnOrderCreatedWithoutCard() {
        String url = withoutCard("b-form", "AUTO").at("/recipient/params/url");

        assertThat(Merchant.browse(url).text()).contains("name=\"pan\"");
        assertThat(Merchant.submit(url, "pan", "5522042705066736").status()).isEqualTo(303);

        assertThat(Merchant.browse(url).text()).contains("COMPLETED");
        ioka.ledger().assertPaidExactlyOnce("b-form");
    }

    @Test
    void accept_twoStepOrder_paysOnlyThen() {
        Answer created = manual("b-manual");
        String path = ROOT + "/" + created.at("/uuid");
        ioka.ledger().assertNotPaid("b-manual");
        assertThat(created.at("/status")).isEqualTo("ON_HOLD");

        assertThat(merchant.post(path + "/accept", "").at("/status")).isEqualTo("COMPLETED");
        assertThat(merchant.post(path + "/accept", "").status()).isEqualTo(422);

        ioka.ledger().assertPaidExactlyOnce("b-manual");
    }

    @Test
    void decline_twoStepOrder_failsWithoutPaying() {
        String path = ROOT + "/" + manual("b-cancel").at("/uuid");

        Answer declined = merchant.post(path + "/decline", "");

        assertThat(declined.at("/status")).isEqualTo("FAILED");
        assertThat(merchant.post(path + "/accept", "").status()).isEqualTo(422);
        ioka.ledger().assertNotPaid("b-cancel");
    }

    @Test
    void events_completedOrder_tellTheStory() {
        String uuid = merchant.payoutOrder(100, "b-events").at("/uuid");

        Answer events = merchant.get(ROOT + "/" + uuid + "/events");

        assertThat(events.json().findValuesAsText("name"))
                .containsExactly("ORDER_CREATED", "PAYOUT_CREATED", "PAYOUT_APPROVED", "ORDER_COMPLETED");
    }

    @Test
    void events_declinedOrder_nameTheReason() {
        String uuid =
                merchant.payoutOrder(Scenario.DECLINED.amount(1), "b-events").at("/uuid");

        Answer events = merchant.get(ROOT + "/" + uuid + "/events");

        assertThat(events.json().findValuesAsText("code")).containsOnly("DECLINED_BY_ISSUER");
    }

    @Test
    void upc_account_namesPayerAndPurpose() {
        String uuid = account("b-upc", "").at("/uuid");

        Answer upc = merchant.get(ROOT + "/" + uuid + "/upc");

        assertThat(upc.json().get("knp").asInt()).isEqualTo(859);
        assertThat(upc.json().get("upc").isInt()).isTrue();
        assertThat(upc.at("/nib")).isEqualTo("000000000000");
        assertThat(upc.at("/external_id")).isEqualTo("b-upc");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 3, 1",
        "external_id=l-2, 1, 1",
        "amount=101, 1, 1",
        "capture_method=MANUAL, 0, 0",
        "acquirer=epay, 0, 0",
        "currency=KZT, 3, 1",
        "from_dt=2999-01-01T00:00:00, 0, 0",
        "to_dt=2999-01-01T00:00:00, 3, 1",
        "size=2, 3, 2"
    })
    void list_filter_selects(String query, int total, int pages) {
        merchant.payoutOrder(101, "l-1");
        merchant.payoutOrder(102, "l-2");
        merchant.payoutOrder(103, "l-3");

        Answer list = merchant.get(ROOT + "?" + query);

        assertThat(list.json().get("total").asInt()).isEqualTo(total);
        assertThat(list.json().get("pages").asInt()).isEqualTo(pages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=x", "size=101", "from_dt=never"})
    void list_badParameter_answers422(String query) {
        merchant.payoutOrder(100, "l");

        assertThat(merchant.get(ROOT + "?" + query).status()).isEqualTo(422);
    }

    @Test
    void get_unknownOrder_answers404() {
        assertThat(merchant.get(ROOT + "/unknown").status()).isEqualTo(404);
    }

    @Test
    void balance_payoutsAndHolds_changeIt() {
        long before = available();

        merchant.payoutOrder(1000, "bal-1");
        manual("bal-2");

        Answer balance = merchant.get("/v2/balances");
        assertThat(available()).isEqualTo(before - 1000 - 100);
        assertThat(balance.json().at("/items/0/pending_amount").asLong()).isEqualTo(100);
        assertThat(balance.json().at("/items/0/total_amount").asLong()).isEqualTo(before - 1000);
    }

    @Test
    void balance_operations_creditOnceAndDebitUntilEmpty() {
        String path = "/v2/balances/" + merchant.get("/v2/balances").at("/items/0/uuid");
        long before = available();

        Answer credit = merchant.post(path + "/operations", "{'type': 'CREDIT', 'amount': 5, 'external_id': 'op'}");
        Answer again = merchant.post(path + "/operations", "{'type': 'CREDIT', 'amount': 5, 'external_id': 'op'}");
        assertThat(credit.status()).isEqualTo(201);
        assertThat(credit.at("/updated_at")).isNotEmpty();
        assertThat(again.status()).isEqualTo(409);
        assertThat(merchant.get(path).json().get("available_amount").asLong()).isEqualTo(before + 5);

        merchant.post(path + "/operations", "{'type': 'DEBIT', 'amount': %d}".formatted(before + 5));
        assertThat(merchant.get(path + "/operations").json().get("items")).hasSize(2);
        assertThat(merchant.payoutOrder(100, "empty").at("/payout/error/code")).isEqualTo("NOT_ENOUGH_MONEY");
        ioka.ledger().assertNotPaid("empty");
    }

    private long available() {
        return merchant.get("/v2/balances")
                .json()
                .at("/items/0/available_amount")
                .asLong();
    }

    private Answer manual(String externalId) {
        return merchant.post(ROOT, """
                {'amount': 100, 'external_id': '%s', 'capture_method': 'MANUAL',
                 'recipient': {'type': 'CARD', 'params': {'card_id': 'TESTCARDID'}}}
                """.formatted(externalId));
    }

    private Answer withoutCard(String externalId, String captureMethod) {
        return merchant.post(ROOT, """
                {'amount': 100, 'external_id': '%s', 'capture_method': '%s', 'recipient': {'type': 'CARD'}}
                """.formatted(externalId, captureMethod));
    }

    /** A later member of the same name wins, so a broken one can be appended to a good body. */
    private Answer account(String externalId, String more) {
        return merchant.post(ROOT, """
                {'amount': 100, 'external_id': '%s', 'recipient': {'type': 'ACCOUNT', 'params':
                 {'iin': '000000000000', 'iban': '%s', 'name': 'TEST'%s}}}
                """.formatted(externalId, IBAN, more));
    }
}
