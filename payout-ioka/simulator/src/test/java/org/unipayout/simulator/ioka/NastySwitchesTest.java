package org.unipayout.simulator.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.ioka.Merchant.Answer;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** The legal nastiness: what ioka's pages do not forbid. */
class NastySwitchesTest {
    private static final String PAYOUT_ORDERS = "/v2/payouts/orders";
    private static final String[] KEY = {"idempotency-key", "one"};

    @RegisterExtension
    static final IokaSimulator ioka = IokaSimulator.start();

    private final Merchant merchant = new Merchant(ioka);
    private final IokaSwitches switches = ioka.switches();

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 2"})
    void executionDelay_transferSentTwiceMeanwhile_isPaidAsOftenAsThePagesAllow(boolean paysAgain, int times) {
        switches.executionDelay = Duration.ofSeconds(90);
        switches.paysAgain = paysAgain;
        String order = merchant.createOrder(100, "n-1");
        String body = "{'receiver_id': 'TESTCARDID'}";

        Answer first = merchant.post("/v2/transfer-orders/" + order + "/payout", body, KEY);
        Answer second = merchant.post("/v2/transfer-orders/" + order + "/payout", body, KEY);
        Answer meanwhile = merchant.order(order);
        ioka.clock().advance(Duration.ofSeconds(90));

        assertThat(first.status()).isEqualTo(504);
        assertThat(second.status()).isEqualTo(504);
        assertThat(meanwhile.json().get("transfers")).isEmpty();
        assertThat(merchant.order(order).at("/status")).isEqualTo("TRANSFERRED");
        assertThat(ioka.ledger().timesPaid("n-1")).isEqualTo(times);
    }

    @Test
    void executionDelay_payoutOrderSentTwiceMeanwhile_isPaidOnce() {
        switches.executionDelay = Duration.ofMinutes(5);

        assertThat(merchant.payoutOrder(100, "n-1").status()).isEqualTo(504);
        assertThat(merchant.payoutOrder(100, "n-1").status()).isEqualTo(504);
        assertThat(merchant.get(PAYOUT_ORDERS + "?external_id=n-1").at("/total"))
                .isEqualTo("0");
        ioka.settle();

        assertThat(merchant.get(PAYOUT_ORDERS + "?external_id=n-1").at("/items/0/status"))
                .isEqualTo("COMPLETED");
        ioka.ledger().assertPaidExactlyOnce("n-1");
    }

    @Test
    void executionDelay_confirmation_isExecutedLater() {
        switches.executionDelay = Duration.ofMinutes(5);
        String path = PAYOUT_ORDERS + "/"
                + merchant.post(PAYOUT_ORDERS, "{'amount': 100, 'external_id': 'n-1', 'recipient': {'type': 'CARD'}}")
                        .at("/uuid");

        Answer confirmed = merchant.post(path + "/confirm", "{'pan': '5522042705066736'}");

        assertThat(confirmed.status()).isEqualTo(504);
        assertThat(merchant.get(path).at("/payout")).isEqualTo("null");
        ioka.clock().advance(Duration.ofMinutes(5));
        assertThat(merchant.get(path).at("/status")).isEqualTo("COMPLETED");
        ioka.ledger().assertPaidExactlyOnce("n-1");
    }

    @Test
    void paysAgain_secondConfirmation_paysAgain() {
        switches.paysAgain = true;
        String path = PAYOUT_ORDERS + "/"
                + merchant.post(PAYOUT_ORDERS, "{'amount': 100, 'external_id': 'n-1', 'recipient': {'type': 'CARD'}}")
                        .at("/uuid");

        merchant.post(path + "/confirm", "{'pan': '5522042705066736'}");
        merchant.post(path + "/confirm", "{'pan': '5522042705066736'}");

        assertThat(ioka.ledger().timesPaid("n-1")).isEqualTo(2);
    }

    @Test
    void answersKept_none_executesARepeatedKeyAgain() {
        switches.answersKept = Duration.ZERO;
        String body = "{'amount': 100, 'type': 'PAYOUT', 'external_id': 'n-1'}";

        assertThat(merchant.post("/v2/transfer-orders", body, KEY).status()).isEqualTo(201);
        assertThat(merchant.post("/v2/transfer-orders", body, KEY).status()).isEqualTo(409);
    }

    @Test
    void failedIsPaidLater_declinedPayoutOrder_isCompletedOnceSettled() {
        switches.failedIsPaidLater = true;
        Answer failed = merchant.payoutOrder(Scenario.DECLINED.amount(1), "n-1");
        String path = PAYOUT_ORDERS + "/" + failed.at("/uuid");
        assertThat(failed.at("/status")).isEqualTo("FAILED");
        assertThat(merchant.get(path + "/events").text()).contains("PAYOUT_REWIRED");
        ioka.ledger().assertNotPaid("n-1");

        ioka.settle();

        assertThat(merchant.get(path).at("/status")).isEqualTo("COMPLETED");
        assertThat(merchant.get(path).at("/payout/error")).isEqualTo("null");
        ioka.ledger().assertPaidExactlyOnce("n-1");
    }

    @Test
    void failedIsPaidAfter_declinedPayoutOrder_isPaidOnceWhicheverComesFirst() {
        switches.failedIsPaidAfter = Duration.ofMinutes(5);
        merchant.payoutOrder(Scenario.DECLINED.amount(1), "n-1");
        ioka.clock().advance(Duration.ofMinutes(6));
        merchant.get(PAYOUT_ORDERS);
        merchant.payoutOrder(Scenario.DECLINED.amount(1), "n-3");

        ioka.settle();
        ioka.clock().advance(Duration.ofMinutes(6));
        merchant.get(PAYOUT_ORDERS);

        ioka.ledger().assertPaidExactlyOnce("n-1");
        ioka.ledger().assertPaidExactlyOnce("n-3");
    }

    @Test
    void searchLag_youngOrder_isMissingInTheSearchOnly() {
        switches.searchLag = Duration.ofMinutes(5);
        String transfer = merchant.createOrder(100, "n-1");
        String payout = merchant.payoutOrder(100, "n-1").at("/uuid");

        assertThat(merchant.get("/v2/transfer-orders?external_id=n-1").json()).isEmpty();
        assertThat(merchant.get(PAYOUT_ORDERS + "?external_id=n-1").at("/total"))
                .isEqualTo("0");
        assertThat(merchant.order(transfer).status()).isEqualTo(200);
        assertThat(merchant.get(PAYOUT_ORDERS + "/" + payout).status()).isEqualTo(200);
        ioka.clock().advance(Duration.ofMinutes(5));
        assertThat(merchant.get("/v2/transfer-orders?external_id=n-1").json()).hasSize(1);
        assertThat(merchant.get(PAYOUT_ORDERS + "?external_id=n-1").at("/total"))
                .isEqualTo("1");
    }

    @Test
    void junkDescriptions_paidTransfer_keepsWhatDecides() {
        switches.junkDescriptions = true;
        String order = merchant.createOrder(100, "n-1");

        Answer paid = merchant.payout(order);
        JsonNode shown = merchant.order(order).json();

        assertThat(paid.at("/status")).isEqualTo("APPROVED");
        assertThat(paid.at("/processing_fee")).isEqualTo("n/a");
        assertThat(shown.at("/transfers/0/error").isArray()).isTrue();
        assertThat(shown.get("amount").asLong()).isEqualTo(100);
    }

    @Test
    void balances_moreThanOnePage_areGivenOutPageByPage() {
        switches.balances = 120;

        Answer first = merchant.get("/v2/balances");
        Answer third = merchant.get("/v2/balances?page=3");

        assertThat(first.json().get("items")).hasSize(50);
        assertThat(first.at("/total")).isEqualTo("120");
        assertThat(first.at("/page")).isEqualTo("1");
        assertThat(first.at("/size")).isEqualTo("50");
        assertThat(third.json().get("items")).hasSize(20);
        assertThat(first.json().at("/items/0/uuid")).isNotEqualTo(third.json().at("/items/0/uuid"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void customers_search_findsByExternalId(boolean page) {
        switches.customersAsPage = page;
        merchant.post("/v2/customers", "{'external_id': 'person-1'}");

        JsonNode found = merchant.get("/v2/customers?external_id=person-1").json();
        JsonNode none = merchant.get("/v2/customers?external_id=person-2").json();

        assertThat(page ? found.get("items") : found).hasSize(1);
        assertThat(page ? none.get("items") : none).isEmpty();
    }

    @Test
    void transferEventsUnlisted_mixedRegistration_isRefusedAsAWhole() {
        switches.transferEventsUnlisted = true;

        Answer mixed = merchant.post(
                "/v2/webhooks",
                "{'url': 'https://shop.example/hook', 'events': ['PAYOUT_APPROVED', 'TRANFER_APPROVED']}");

        assertThat(mixed.status()).isEqualTo(400);
        assertThat(merchant.get("/v2/webhooks").json()).isEmpty();
        assertThat(merchant.post("/v2/webhooks", "{'url': 'https://shop.example/hook', 'events': ['PAYOUT_APPROVED']}")
                        .status())
                .isEqualTo(201);
    }
}
