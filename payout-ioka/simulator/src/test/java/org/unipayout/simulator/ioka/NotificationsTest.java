package org.unipayout.simulator.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.ioka.IokaSwitches.SignatureForm.COMPACT;
import static org.unipayout.simulator.ioka.IokaSwitches.SignatureForm.SPACED;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.simulator.ioka.Merchant.Answer;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.WebhookOutbox.Notification;
import wiremock.com.fasterxml.jackson.core.JsonGenerator;
import wiremock.com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import wiremock.com.fasterxml.jackson.databind.DeserializationFeature;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;
import wiremock.com.fasterxml.jackson.databind.SerializationFeature;

class NotificationsTest {
    @RegisterExtension
    static final IokaSimulator ioka = IokaSimulator.start();

    private final Merchant merchant = new Merchant(ioka);

    @ParameterizedTest
    @EnumSource(IokaSwitches.SignatureForm.class)
    void signature_coversTheCanonicalTextNotTheBody(IokaSwitches.SignatureForm form) {
        ioka.switches().signatureForm = form;
        String id = merchant.post("/v2/transfer-orders", """
                {'amount': 100, 'type': 'PAYOUT', 'description': 'Зарплата / Ж\\t\\\\',
                 'extra_info': {'я': 1, 'b': 1.10, 'a': [2, {'z': null, 'y': true}], '\\ud83d\\ude00': 0, '\\uffee': 0}}
                """).at("/order/id");
        merchant.payout(id);

        Notification notification = only();
        String body = new String(notification.body(), StandardCharsets.UTF_8);
        String other = form == SPACED ? canonical(body, COMPACT) : canonical(body, SPACED);

        assertThat(body).matches("\\p{ASCII}*").contains("\\u0417");
        assertThat(body.indexOf("\"event\"")).isLessThan(body.indexOf("\"amount\""));
        assertThat(notification.headers().get("X-Signature"))
                .matches("[0-9a-f]{64}")
                .isEqualTo(hmac(canonical(body, form)))
                .isNotEqualTo(hmac(other))
                .isNotEqualTo(hmac(body));
    }

    @Test
    void canonical_illustrationOfTheReference_comesOutInBothForms() {
        JsonNode body = Json.read("{\"b\": 1, \"a\": {\"d\": null, \"c\": 0.0, \"e\": \"\\u041e\"}}");

        assertThat(Json.canonical(body, SPACED))
                .isEqualTo("{\"a\": {\"c\": 0.0, \"d\": null, \"e\": \"О\"}, \"b\": 1}");
        assertThat(Json.canonical(body, COMPACT)).isEqualTo("{\"a\":{\"c\":0.0,\"d\":null,\"e\":\"О\"},\"b\":1}");
        assertThat(Json.wire(body)).isEqualTo("{\"b\": 1, \"a\": {\"d\": null, \"c\": 0.0, \"e\": \"\\u041e\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "SPACED, 240332af745b7278b19903a940503103e3d1a8afe8c29b331b3a3018befd5385",
        "COMPACT, 5649a23babc88d6d12efacb1d137b7910c94ca8363f80c3b4f720204262b7c9b"
    })
    void sign_illustrationOfTheReference_equalsWhatPythonComputes(IokaSwitches.SignatureForm form, String expected) {
        JsonNode body = Json.read("{\"b\": 1, \"a\": {\"d\": null, \"c\": 0.0, \"e\": \"\\u041e\"}}");

        assertThat(Notifier.sign("0123456789abcdef".repeat(4), Json.canonical(body, form)))
                .isEqualTo(expected);
    }

    @Test
    void canonical_sortsByCodePointAndEscapesOnlyWhatPythonDoes() {
        JsonNode body = Json.read("{\"\\ud83d\\ude00\": \"/\\u0001\\b\\f\\n\\r\\t\\\"\\\\\\u007f\", \"\\uffee\": []}");

        assertThat(Json.canonical(body, COMPACT))
                .isEqualTo("{\"\uffee\":[],\"\ud83d\ude00\":\"/\\u0001\\b\\f\\n\\r\\t\\\"\\\\\u007f\"}");
    }

    @Test
    void transfer_approved_tellsOrderAndTransfer() {
        String id = merchant.createOrder(100, "hook");
        Answer paid = merchant.payout(id);

        JsonNode payload = payload(only());

        assertThat(payload.get("event").asText()).isEqualTo("TRANSFER_APPROVED");
        assertThat(payload.at("/order/status").asText()).isEqualTo("TRANSFERRED");
        assertThat(payload.get("order").has("transfers")).isFalse();
        assertThat(payload.at("/transfer/id").asText()).isEqualTo(paid.at("/id"));
        assertThat(payload.at("/transfer/sender/pan_masked").asText()).isEqualTo("440563******5096");
        assertThat(only().headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
    }

    @Test
    void transfer_declined_tellsTheReason() {
        merchant.payout(merchant.createOrder(Scenario.DECLINED.amount(1), "hook"));

        JsonNode payload = payload(only());

        assertThat(payload.get("event").asText()).isEqualTo("TRANSFER_DECLINED");
        assertThat(payload.at("/transfer/error/code").asText()).isEqualTo("DECLINED_BY_ISSUER");
        assertThat(payload.at("/order/status").asText()).isEqualTo("NOT_TRANSFERRED");
    }

    @ParameterizedTest
    @CsvSource({
        "SLOW, 0, 1",
        "UNSURE, 0, 0",
        "SERVER_ERROR_PAID, 1, 1",
        "SERVER_ERROR_NOT_PAID, 0, 0",
        "UNDOCUMENTED_STATUS, 1, 1"
    })
    void transfer_scenario_tellsWhenItIsKnown(Scenario scenario, int atOnce, int settled) {
        merchant.payout(merchant.createOrder(scenario.amount(1), "hook"));
        int before = ioka.webhooks().created().size();
        ioka.settle();

        assertThat(List.of(before, ioka.webhooks().created().size())).containsExactly(atOnce, settled);
    }

    @Test
    void payout_completed_tellsOrderByIdAndReference() {
        Answer order = merchant.payoutOrder(100, "hook-b");

        JsonNode payload = payload(only());

        assertThat(payload.get("event").asText()).isEqualTo("PAYOUT_APPROVED");
        assertThat(payload.at("/order/id").asText()).isEqualTo(order.at("/uuid"));
        assertThat(payload.at("/order").has("uuid")).isFalse();
        assertThat(payload.at("/order/status").asText()).isEqualTo("COMPLETED");
        assertThat(payload.at("/order/balance_id").asText())
                .isEqualTo(merchant.get("/v2/balances").at("/items/0/uuid"));
        assertThat(payload.at("/payout").fieldNames())
                .toIterable()
                .containsExactly("reference", "transaction_id", "register_id");
    }

    @Test
    void payout_failed_isTold() {
        merchant.payoutOrder(Scenario.DECLINED.amount(1), "hook-b");

        assertThat(payload(only()).get("event").asText()).isEqualTo("PAYOUT_DECLINED");
    }

    @Test
    void payout_slow_isToldOnceSettled() {
        merchant.payoutOrder(Scenario.SLOW.amount(1), "hook-b");
        assertThat(ioka.webhooks().created()).isEmpty();

        ioka.settle();
        ioka.settle();

        assertThat(payload(only()).at("/order/status").asText()).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @CsvSource({"4111111111111111, CARD_APPROVED, APPROVED, READY", "4444444444446666, CARD_DECLINED, DECLINED, PENDING"
    })
    void card_typed_tellsCustomerAndCard(String pan, String event, String cardStatus, String customerStatus) {
        String url = merchant.post("/v2/customers", "{}").at("/customer/checkout_url");
        Merchant.submit(url, "pan", pan, "exp", "12/26", "cvc", "123");

        JsonNode payload = payload(only());

        assertThat(payload.get("event").asText()).isEqualTo(event);
        assertThat(payload.at("/card/status").asText()).isEqualTo(cardStatus);
        assertThat(payload.at("/customer/status").asText()).isEqualTo(customerStatus);
        assertThat(payload.toString()).doesNotContain(pan);
    }

    @Test
    void registration_createdChangedAndDeleted_answersAsDocumented() {
        Answer created = merchant.post("/v2/webhooks", "{'url': 'http://127.0.0.1:9/', 'events': ['CARD_APPROVED']}");
        String path = "/v2/webhooks/" + created.at("/id");

        Answer changed = merchant.send("PATCH", path, "{'active': false, 'events': ['TRANSFER_APPROVED']}");
        Answer list = merchant.get("/v2/webhooks");
        Answer deleted = merchant.send("DELETE", path, "");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/id")).startsWith("whk_");
        assertThat(created.at("/key")).isEqualTo(ioka.webhookKey());
        assertThat(created.at("/active")).isEqualTo("true");
        assertThat(changed.at("/active")).isEqualTo("false");
        assertThat(list.at("/0/events/0")).isEqualTo("TRANSFER_APPROVED");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(merchant.get(path).at("/code")).isEqualTo("WebhookNotFound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'events': ['A']}",
                "{'url': 'here', 'events': ['A']}",
                "{'url': 'http://127.0.0.1/'}",
                "{'url': 'http://127.0.0.1/', 'events': []}",
                "{'url': 'http://127.0.0.1/', 'events': [1]}"
            })
    void registration_brokenRule_answers400(String body) {
        assertThat(merchant.post("/v2/webhooks", body).status()).isEqualTo(400);
    }

    @Test
    void registration_active_receivesTheEventsItNamed() {
        try (IokaSimulator sender = IokaSimulator.start();
                IokaSimulator receiver = IokaSimulator.start()) {
            Merchant shop = new Merchant(sender);
            shop.post(
                    "/v2/webhooks",
                    "{'url': '%s/hook', 'events': ['TRANSFER_APPROVED']}".formatted(receiver.baseUrl()));

            shop.payout(shop.createOrder(Scenario.DECLINED.amount(1), "unwanted"));
            shop.payout(shop.createOrder(100, "wanted"));
            sender.webhooks().flush();

            assertThat(receiver.requests()).hasSize(1);
            ReceivedRequest delivered = receiver.requests().get(0);
            assertThat(delivered.path()).isEqualTo("/hook");
            assertThat(delivered.header("x-signature")).isPresent();
            assertThat(delivered.text()).contains("wanted");
        }
    }

    @Test
    void registration_switchedOff_receivesNothing() {
        String id = merchant.post("/v2/webhooks", "{'url': 'http://127.0.0.1:9/', 'events': ['TRANSFER_APPROVED']}")
                .at("/id");
        merchant.send("PATCH", "/v2/webhooks/" + id, "{'active': false}");

        merchant.payout(merchant.createOrder(100, "silent"));

        assertThat(ioka.webhooks().created()).isEmpty();
    }

    private static Notification only() {
        assertThat(ioka.webhooks().created()).hasSize(1);
        return ioka.webhooks().created().get(0);
    }

    private static JsonNode payload(Notification notification) {
        return Merchant.json(new String(notification.body(), StandardCharsets.UTF_8));
    }

    /** Written with Jackson's own generator, so that it shares nothing with the simulator's writer. */
    private static String canonical(String body, IokaSwitches.SignatureForm form) {
        ObjectMapper mapper = new ObjectMapper()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        try {
            Object tree = mapper.readValue(body, Object.class);
            String text = form == SPACED
                    ? mapper.writer(new Spaced()).writeValueAsString(tree)
                    : mapper.writeValueAsString(tree);
            // Jackson sorts by UTF-16 unit; the two keys of this test that differ stand in the other order.
            return swap(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String swap(String text) {
        return text.replaceFirst("(\"\ud83d\ude00\":\\s?0)(,\\s?)(\"\uffee\":\\s?0)", "$3$2$1");
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(ioka.webhookKey().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Spaced extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator generator) throws IOException {
            generator.writeRaw(", ");
        }
    }
}
