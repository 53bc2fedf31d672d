package org.unipayout.simulator.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.simulator.ioka.Merchant.Answer;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

class IokaSwitchesTest {
    private static final String ORDERS = "/v2/transfer-orders";

    @RegisterExtension
    static final IokaSimulator ioka = IokaSimulator.start();

    private final Merchant merchant = new Merchant(ioka);
    private final IokaSwitches switches = ioka.switches();

    @Test
    void reset_everySwitch_isBackAtItsDefault() throws IllegalAccessException {
        for (Field field : IokaSwitches.class.getFields()) {
            Object before = field.get(switches);
            Object other = other(field);
            field.set(switches, other);
            assertThat(field.get(switches)).as(field.getName()).isNotEqualTo(before);

            ioka.reset();

            assertThat(field.get(switches)).as(field.getName()).isEqualTo(before);
            assertThat(Modifier.isVolatile(field.getModifiers()))
                    .as(field.getName())
                    .isTrue();
        }
    }

    private Object other(Field field) throws IllegalAccessException {
        Class<?> type = field.getType();
        if (type == boolean.class) {
            return !field.getBoolean(switches);
        }
        if (type == int.class) {
            return 299;
        }
        if (type == long.class) {
            return 7L;
        }
        if (type == Duration.class) {
            return Duration.ofDays(7);
        }
        if (type == Map.class) {
            return Map.of("OrderNotFound", field.getName().equals("errorNames") ? "Other" : 499);
        }
        return type == String.class ? "OTHER" : IokaSwitches.SignatureForm.COMPACT;
    }

    @Test
    void productB_off_isUnknown() {
        switches.productB = false;

        assertThat(merchant.payoutOrder(100, "b").status()).isEqualTo(404);
        assertThat(merchant.get("/v2/balances").status()).isEqualTo(404);
        ioka.ledger().assertNotPaid("b");
    }

    @Test
    void transferOrderRoutes_off_leavesOnlyCreateAndList() {
        String id = merchant.createOrder(100, "routes");
        switches.transferOrderRoutes = false;

        assertThat(merchant.order(id).status()).isEqualTo(404);
        assertThat(merchant.payout(id).status()).isEqualTo(404);
        assertThat(merchant.get(ORDERS).json()).hasSize(1);
        ioka.ledger().assertNotPaid("routes");
    }

    @Test
    void corpAccountRequired_on_refusesAnOrderWithoutIt() {
        switches.corpAccountRequired = true;

        assertThat(merchant.post(ORDERS, "{'amount': 1, 'type': 'PAYOUT'}").status())
                .isEqualTo(400);
        assertThat(merchant.post(ORDERS, "{'amount': 1, 'type': 'PAYOUT', 'corp_account_id': 'x'}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void typeRequired_off_takesAnOrderWithoutItAsPayout() {
        switches.typeRequired = false;

        assertThat(merchant.post(ORDERS, "{'amount': 1}").at("/order/type")).isEqualTo("PAYOUT");
    }

    @Test
    void minimumsAndMaximum_areObeyed() {
        switches.minimumTransferAmount = 100;
        switches.minimumPayoutOrderAmount = 200;
        switches.maximumAmount = 300;

        assertThat(merchant.post(ORDERS, "{'amount': 99, 'type': 'PAYOUT'}").status())
                .isEqualTo(400);
        assertThat(merchant.payoutOrder(199, "b").status()).isEqualTo(400);
        assertThat(merchant.post(ORDERS, "{'amount': 301, 'type': 'PAYOUT'}").at("/code"))
                .isEqualTo("InvalidTransactionAmount");
        assertThat(merchant.post(ORDERS, "{'amount': 300, 'type': 'PAYOUT'}").status())
                .isEqualTo(201);
    }

    @Test
    void httpStatuses_areObeyed() {
        switches.getHttpStatus = 203;
        switches.payoutHttpStatus = 200;
        String id = merchant.createOrder(100, "status");

        assertThat(merchant.payout(id).status()).isEqualTo(200);
        assertThat(merchant.order(id).status()).isEqualTo(203);
    }

    @Test
    void declineAsError_on_answers400WithTheDeclineCode() {
        switches.declineAsError = true;
        switches.declineCode = "DECLINED_BY_FRAUD";
        String id = merchant.createOrder(Scenario.DECLINED.amount(1), "error");

        Answer declined = merchant.payout(id);

        assertThat(declined.status()).isEqualTo(400);
        assertThat(declined.at("/code")).isEqualTo("DECLINED_BY_FRAUD");
        assertThat(merchant.order(id).at("/transfers/0/status")).isEqualTo("DECLINED");
    }

    @Test
    void repeatedPayoutShowsTransfer_on_answersTheFirstTransferAndPaysOnce() {
        switches.repeatedPayoutShowsTransfer = true;
        String id = merchant.createOrder(100, "repeat");

        Answer first = merchant.payout(id);
        Answer second = merchant.payout(id);

        assertThat(second.text()).isEqualTo(first.text());
        ioka.ledger().assertPaidExactlyOnce("repeat");
    }

    @Test
    void paysAgain_on_movesMoneyTwice() {
        switches.paysAgain = true;
        String id = merchant.createOrder(100, "double");

        merchant.payout(id);
        merchant.payout(id);

        assertThat(ioka.ledger().timesPaid("double")).isEqualTo(2);
    }

    @Test
    void errorNamesAndStatuses_areObeyed() {
        switches.errorNames = Map.of("OrderNotFound", "TransferOrderNotFound");
        switches.errorStatus = Map.of("OrderNotFound", 410, "OrderHasApprovedPayment", 422);
        String id = merchant.createOrder(100, "names");
        merchant.payout(id);

        Answer unknown = merchant.order("tro_unknown");

        assertThat(unknown.status()).isEqualTo(410);
        assertThat(unknown.at("/code")).isEqualTo("TransferOrderNotFound");
        assertThat(merchant.payout(id).status()).isEqualTo(422);
    }

    @Test
    void searchMissIs404_on_answers404OnlyWithoutHit() {
        switches.searchMissIs404 = true;
        merchant.createOrder(100, "hit");

        assertThat(merchant.get(ORDERS + "?external_id=miss").status()).isEqualTo(404);
        assertThat(merchant.get(ORDERS + "?external_id=hit").status()).isEqualTo(200);
    }

    @Test
    void registeredFirst_on_isShownToTheFirstLookUpOnly() {
        switches.registeredFirst = true;
        String id = merchant.createOrder(100, "registered");
        merchant.payout(id);

        assertThat(merchant.order(id).at("/status")).isEqualTo("REGISTERED");
        assertThat(merchant.order(id).at("/status")).isEqualTo("TRANSFERRED");
        ioka.ledger().assertPaidExactlyOnce("registered");
    }

    @ParameterizedTest
    @CsvSource({"PENDING", "REQUIRES_ACTION"})
    void firstTransferStatus_notFinal_isShownUntilTheSecondLookUp(String word) {
        switches.firstTransferStatus = word;
        String id = merchant.createOrder(100, "first");

        assertThat(merchant.payout(id).at("/status")).isEqualTo(word);
        assertThat(merchant.payout(id).at("/code")).isEqualTo("PaymentStarted");
        assertThat(ioka.webhooks().created()).isEmpty();
        assertThat(merchant.order(id).at("/transfers/0/status")).isEqualTo(word);
        assertThat(merchant.order(id).at("/transfers/0/status")).isEqualTo("APPROVED");
        assertThat(ioka.webhooks().created()).hasSize(1);
        ioka.ledger().assertPaidExactlyOnce("first");
    }

    @Test
    void transferredAmountInOrder_on_fillsLookUps() {
        switches.transferredAmountInOrder = true;
        String id = merchant.createOrder(100, "amount");
        merchant.payout(id);

        assertThat(merchant.order(id)
                        .json()
                        .at("/transfers/0/transferred_amount")
                        .asLong())
                .isEqualTo(100);
    }

    @Test
    void integerUuid_on_givesNumbersThatCanBeLookedUp() {
        switches.integerUuid = true;

        JsonNode uuid = merchant.payoutOrder(100, "int").json().get("uuid");

        assertThat(uuid.isIntegralNumber()).isTrue();
        assertThat(merchant.get("/v2/payouts/orders/" + uuid.asText()).status()).isEqualTo(200);
    }

    @Test
    void approvedEvent_misspelled_isSent() {
        switches.approvedEvent = "TRANFER_APPROVED";

        assertThat(notified("typo").get("event").asText()).isEqualTo("TRANFER_APPROVED");
    }

    @Test
    void transferEvents_off_sendsNone() {
        switches.transferEvents = false;
        merchant.payout(merchant.createOrder(100, "silent"));

        assertThat(ioka.webhooks().created()).isEmpty();
    }

    @Test
    void transferKey_otherOrNone_changesThePayload() {
        switches.transferKey = "payment";
        JsonNode other = notified("other-key");
        ioka.webhooks().reset();
        switches.transferKey = null;
        JsonNode none = notified("no-key");

        assertThat(other.fieldNames()).toIterable().containsExactly("event", "order", "payment");
        assertThat(none.fieldNames()).toIterable().containsExactly("event", "order");
    }

    @Test
    void payoutEventHasStatus_off_leavesItOut() {
        switches.payoutEventHasStatus = false;
        merchant.payoutOrder(100, "no-status");

        assertThat(last().get("order").has("status")).isFalse();
    }

    @Test
    void rateLimited_on_answers429ToEverything() {
        String id = merchant.createOrder(100, "limited");
        switches.rateLimited = true;

        assertThat(merchant.payout(id).status()).isEqualTo(429);
        assertThat(merchant.order(id).status()).isEqualTo(429);
        ioka.ledger().assertNotPaid("limited");
    }

    @Test
    void unavailable_on_answers503AndExecutesNothing() {
        String id = merchant.createOrder(100, "down");
        switches.unavailable = true;

        assertThat(merchant.payout(id).status()).isEqualTo(503);
        assertThat(merchant.order(id).json().get("transfers")).isEmpty();
        ioka.ledger().assertNotPaid("down");
    }

    @Test
    void answerDelay_on_holdsTheAnswerBackAfterTheWork() {
        String id = merchant.createOrder(100, "delayed");
        switches.answerDelay = Duration.ofSeconds(30);
        HttpRequest impatient = merchant.request(ORDERS + "/" + id + "/payout")
                .timeout(Duration.ofSeconds(2))
                .POST(BodyPublishers.ofString("{\"receiver_id\":\"TESTCARDID\"}"))
                .build();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(impatient, BodyHandlers.discarding()))
                .isInstanceOf(HttpTimeoutException.class);
        ioka.ledger().assertPaidExactlyOnce("delayed");
    }

    private JsonNode notified(String reference) {
        merchant.payout(merchant.createOrder(100, reference));
        return last();
    }

    private static JsonNode last() {
        var created = ioka.webhooks().created();
        return Merchant.json(new String(created.get(created.size() - 1).body(), StandardCharsets.UTF_8));
    }
}
