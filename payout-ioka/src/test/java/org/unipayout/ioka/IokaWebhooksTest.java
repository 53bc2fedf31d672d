package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.http.CanonicalJson;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.simulator.ioka.IokaSwitches.SignatureForm;
import org.unipayout.testkit.WebhookOutbox;

class IokaWebhooksTest {
    private static final Secret KEY = Secret.of("0f".repeat(32));

    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @ParameterizedTest
    @EnumSource(SignatureForm.class)
    void receive_eitherSignedForm_isBelieved(SignatureForm form) {
        IOKA.switches().signatureForm = form;
        try (Shop shop = new Shop(IOKA)) {
            Payout paid = shop.transfers.create(Shop.toSavedCard("w-1", 15000).build());

            WebhookEvent event = receiver().receive(onlyNotification());

            assertThat(event.trust()).isEqualTo(WebhookEvent.Trust.HINT);
            assertThat(event.providerId()).isEqualTo(paid.ref().providerId());
            assertThat(event.reference()).contains("w-1");
            assertThat(event.amount()).contains(Shop.tenge(15000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRANSFER_APPROVED", "TRANFER_APPROVED"})
    void receive_eitherSpelling_leadsToThePayout(String name) {
        IOKA.switches().approvedEvent = name;
        try (Shop shop = new Shop(IOKA)) {
            Payout paid = shop.transfers.create(Shop.toSavedCard("w-1", 15000).build());

            WebhookEvent event = receiver().receive(onlyNotification());

            assertThat(event.type()).isEqualTo(name);
            assertThat(event.providerId()).isEqualTo(paid.ref().providerId());
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"transfer", "payout"})
    void receive_transferAnywhere_leadsToThePayout(String key) {
        IOKA.switches().transferKey = key;
        try (Shop shop = new Shop(IOKA)) {
            Payout paid = shop.transfers.create(Shop.toSavedCard("w-1", 15000).build());

            assertThat(receiver().receive(onlyNotification()).providerId())
                    .isEqualTo(paid.ref().providerId());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void receive_payoutOrder_belongsToTheOtherFlow(boolean withStatus) {
        IOKA.switches().payoutEventHasStatus = withStatus;
        try (Shop shop = new Shop(IOKA)) {
            Payout paid = shop.orders.create(Shop.toSavedCard("w-1", 15000).build());

            WebhookEvent event = receiver().receive(onlyNotification());

            assertThat(event.provider()).isEqualTo(IokaPayoutOrderClient.PROVIDER);
            assertThat(event.type()).isEqualTo("PAYOUT_APPROVED");
            assertThat(event.providerId()).isEqualTo(paid.ref().providerId());
            assertThat(event.status()).isEmpty();
        }
    }

    @Test
    void receive_payoutOrderOfAnotherRecipient_isNotOurs() {
        try (Shop shop = new Shop(IOKA)) {
            PayoutRequest paid = Shop.toSavedCard("w-1", 15000).build();
            shop.orders.create(paid);
            PayoutRequest other = PayoutRequest.builder(
                            "w-1", Shop.tenge(15000), new Recipient.SavedCard(IokaSimulator.SAVED_MASTERCARD_ID))
                    .build();

            WebhookEvent event = receiver().receive(onlyNotification());

            assertThat(event.against(PayoutRef.of(IokaPayoutOrderClient.PROVIDER, paid))
                            .ours())
                    .isTrue();
            assertThat(event.against(PayoutRef.of(IokaPayoutOrderClient.PROVIDER, other))
                            .collides())
                    .isTrue();
        }
    }

    @Test
    void receive_oneSignatureOverTenThousandSpacings_isOneNotification() {
        String signed = "{\"event\":\"PAYOUT_APPROVED\",\"order\":{\"amount\":15000,\"currency\":\"KZT\"}}";
        String signature = hmac(signed);
        IokaWebhooks receiver = IokaWebhooks.of(List.of(KEY));

        Set<String> keys = IntStream.range(0, 10_000)
                .mapToObj(run -> "{" + " ".repeat(run % 100) + "\"order\":{\"currency\":\"\\u004bZT\","
                        + "\t".repeat(run / 100) + "\"amount\":15000},\"event\":\"PAYOUT_APPROVED\"}")
                .map(body -> receiver.receive(request(body, signature)).dedupeKey())
                .collect(Collectors.toSet());

        assertThat(keys).hasSize(1);
        String other = signed.replace("15000", "15001");
        assertThat(keys)
                .doesNotContain(receiver.receive(request(other, hmac(other))).dedupeKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X\\r\\nY", "\\u0000", "TRANSFER_\\u001b[2J", "PAYOUT_\\n", "CARD_\\u2028"})
    void receive_eventThatDoesNotPrint_isRejected(String event) {
        assertThatThrownBy(() -> signed("{\"event\":\"" + event + "\"}")).isInstanceOf(WebhookRejectedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRANSFER_APPROVED", "PAYOUT_APPROVED"})
    void receive_namesThatDoNotPrint_areRejected(String event) {
        for (String bad : List.of("a\\r\\nb", "\\u0000", "x".repeat(100_000))) {
            for (String name : List.of("id", "external_id")) {
                String order = "{\"" + name + "\":\"" + bad + "\"}";
                assertThatThrownBy(() -> signed("{\"event\":\"" + event + "\",\"order\":" + order + "}"))
                        .isInstanceOf(WebhookRejectedException.class);
            }
        }
        assertThat(signed("{\"event\":\"CARD_APPROVED\",\"card\":{\"id\":\"\\u0000\"}}")
                        .providerId())
                .isEmpty();
        assertThatThrownBy(() -> signed("{\"event\":\"" + "x".repeat(256) + "\"}"))
                .isInstanceOf(WebhookRejectedException.class);
    }

    @Test
    void receive_numberWithAHugeExponent_isNoMoreThanUnreadable() {
        String order = "{\"id\":\"o-1\",\"external_id\":\"v-1\",\"capture_method\":1E-999999999}";

        WebhookEvent event = signed("{\"event\":\"PAYOUT_APPROVED\",\"order\":" + order + "}");

        assertThat(event.reference()).contains("v-1");
    }

    private static WebhookEvent signed(String body) {
        String canonical = compact(body);
        return IokaWebhooks.of(List.of(KEY)).receive(request(body, hmac(canonical)));
    }

    @Test
    void receive_keyRotation_bothKeysAreTrusted() {
        try (Shop shop = new Shop(IOKA)) {
            shop.transfers.create(Shop.toSavedCard("w-1", 15000).build());
            WebhookRequest notification = onlyNotification();
            Secret current = Secret.of(IOKA.webhookKey());

            assertThat(IokaWebhooks.of(List.of(KEY, current)).receive(notification))
                    .isNotNull();
            assertThatThrownBy(() -> IokaWebhooks.of(List.of(KEY)).receive(notification))
                    .isInstanceOf(WebhookRejectedException.class);
        }
    }

    @Test
    void of_noKey_isRefused() {
        assertThatThrownBy(() -> IokaWebhooks.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("keys");
    }

    @Test
    void receive_escapedUnsortedBody_isVerifiedOverItsCanonicalText() {
        String body = "{\"event\": \"X\", \"b\": 1, \"a\": {\"d\": null, \"c\": 0.0, \"e\": \"\\u041e\"}}";
        String signed = "{\"a\": {\"c\": 0.0, \"d\": null, \"e\": \"О\"}, \"b\": 1, \"event\": \"X\"}";

        WebhookEvent event = IokaWebhooks.of(List.of(KEY)).receive(request(body, hmac(signed)));

        assertThat(event.type()).isEqualTo("X");
        assertThat(event.providerId()).isEmpty();
    }

    @Test
    void receive_upperCaseSignature_isRejected() {
        String body = "{\"event\":\"X\"}";

        assertThatThrownBy(() -> IokaWebhooks.of(List.of(KEY))
                        .receive(request(body, hmac(body).toUpperCase(java.util.Locale.ROOT))))
                .isInstanceOf(WebhookRejectedException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"b\":1.10,\"a\":1e5}; {\"a\": 1e5, \"b\": 1.10}; {\"a\":1e5,\"b\":1.10}",
                "{\"a\":123456789012345678901234567890}; {\"a\": 123456789012345678901234567890};"
                        + " {\"a\":123456789012345678901234567890}",
                "{\"b\":[3,1,{\"z\":true,\"y\":false}],\"B\":null};"
                        + " {\"B\": null, \"b\": [3, 1, {\"y\": false, \"z\": true}]};"
                        + " {\"B\":null,\"b\":[3,1,{\"y\":false,\"z\":true}]}",
                "{\"a\":\"\\u0001\\/\\n\\\"\\u007f\"}; {\"a\": \"\\u0001/\\n\\\"\u007f\"}; {\"a\":\"\\u0001/\\n\\\"\u007f\"}",
                "{\"\\ud83d\\ude00\":1,\"\\uffee\":2}; {\"\uffee\": 2, \"\ud83d\ude00\": 1}; {\"\uffee\":2,\"\ud83d\ude00\":1}",
                "{}; {}; {}"
            })
    void canonical_text_isPythons(String body, String spaced, String compact) {
        assertThat(spaced(body)).isEqualTo(spaced);
        assertThat(compact(body)).isEqualTo(compact);
    }

    private static IokaWebhooks receiver() {
        return IokaWebhooks.of(List.of(Secret.of(IOKA.webhookKey())));
    }

    private static WebhookRequest onlyNotification() {
        List<WebhookOutbox.Notification> created = IOKA.webhooks().created();
        assertThat(created).hasSize(1);
        WebhookOutbox.Notification notification = created.get(0);
        Map<String, List<String>> headers = new java.util.HashMap<>();
        notification.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return new WebhookRequest(notification.body(), headers);
    }

    private static WebhookRequest request(String body, String signature) {
        return new WebhookRequest(body.getBytes(StandardCharsets.UTF_8), Map.of("x-signature", List.of(signature)));
    }

    private static String compact(String body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        canonical(body).compact(text::write);
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String spaced(String body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        canonical(body).spaced(text::write);
        return text.toString(StandardCharsets.UTF_8);
    }

    private static CanonicalJson canonical(String body) {
        return CanonicalJson.of(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
