package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Decline;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookEvent.Trust;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.http.Json;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;

/** Notifications and the question before a payout: who is believed, and how far. */
class HorizonPayWebhooksTest {
    private static final KeyPair OURS = newKeys();
    private static final KeyPair STRANGE = newKeys();
    private static final String PAID = "{\"transaction\":{\"uid\":\"a\",\"status\":\"successful\",\"type\":\"payout\","
            + "\"amount\":15000,\"currency\":\"KZT\",\"tracking_id\":\"order-1\"}}";
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("361:secret".getBytes(StandardCharsets.UTF_8));

    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    @ParameterizedTest
    @EnumSource(Envelope.class)
    void receive_paidPayoutInEitherEnvelope_isVerifiedAndWhole(Envelope envelope) {
        HORIZONPAY.switches().webhookEnvelope = envelope;
        try (Shop shop = new Shop(HORIZONPAY)) {
            Payout paid = shop.client.create(Shop.request().build());
            HorizonPayWebhooks webhooks = HorizonPayWebhooks.of(shop.options);

            assertThat(shop.notifications()).isNotEmpty().allSatisfy(notification -> {
                WebhookEvent event = webhooks.receive(notification);
                assertThat(event.trust()).isEqualTo(Trust.VERIFIED);
                assertThat(event.status()).contains(PayoutStatus.SUCCEEDED);
                assertThat(event.type()).isEqualTo("payout");
                assertThat(event.providerId()).isEqualTo(paid.ref().providerId());
                assertThat(event.reference()).contains(Shop.REFERENCE);
                assertThat(event.amount()).contains(Money.ofMinor(Shop.AMOUNT, "KZT"));
                assertThat(event.dedupeKey()).matches("[0-9a-f]{64}");
            });
        }
    }

    @Test
    void receive_failureWithACode_isADecline() {
        WebhookEvent event = receive("{\"uid\":\"a\",\"code\":\"F.0111\",\"status\":\"failed\",\"type\":\"payout\"}");

        assertThat(event.status()).contains(PayoutStatus.FAILED);
        assertThat(event.decline().map(Decline::code)).contains("F.0111");
    }

    @Test
    void receive_failureWithoutACode_leavesTheStatusToGet() {
        WebhookEvent event = receive(PAID.replace("successful", "failed"));

        assertThat(event.trust()).isEqualTo(Trust.VERIFIED);
        assertThat(event.status()).isEmpty();
        assertThat(event.providerStatus()).contains("failed");
        assertThat(event.decline()).isEmpty();
    }

    @Test
    void receive_testPayoutInALiveShop_isAHintWithoutAStatus() {
        WebhookEvent event = receive(PAID.replace("\"uid\"", "\"test\":true,\"uid\""));

        assertThat(event.trust()).isEqualTo(Trust.HINT);
        assertThat(event.status()).isEmpty();
    }

    @Test
    void receive_anotherType_isAnEventWithoutAStatus() {
        WebhookEvent event = receive(PAID.replace("payout", "recipient_tokenization"));

        assertThat(event.type()).isEqualTo("recipient_tokenization");
        assertThat(event.trust()).isEqualTo(Trust.VERIFIED);
        assertThat(event.status()).isEmpty();
    }

    @Test
    void receive_anyOfSeveralKeys_isEnough() {
        HorizonPayOptions rotating =
                options().publicKey(base64(STRANGE)).publicKey(base64(OURS)).build();

        assertThat(HorizonPayWebhooks.of(rotating).receive(signed(OURS, PAID)).trust())
                .isEqualTo(Trust.VERIFIED);
        assertThat(HorizonPayWebhooks.of(rotating)
                        .receive(signed(STRANGE, PAID))
                        .trust())
                .isEqualTo(Trust.VERIFIED);
    }

    @Test
    void receive_signatureOfAStranger_isRejectedWhateverTheBasicCredentials() {
        HorizonPayOptions lenient =
                options().publicKey(base64(OURS)).acceptBasicNotifications().build();
        Map<String, List<String>> headers =
                Map.of("Content-Signature", List.of(sign(STRANGE, PAID)), "Authorization", List.of(BASIC));

        assertRejected(lenient, new WebhookRequest(PAID.getBytes(StandardCharsets.UTF_8), headers));
    }

    @Test
    void receive_basicAlone_isRejectedUnlessAskedForAndThenAHint() {
        WebhookRequest unsigned = basic(BASIC);
        HorizonPayOptions strict = options().publicKey(base64(OURS)).build();
        HorizonPayOptions lenient = options().acceptBasicNotifications().build();

        assertRejected(strict, unsigned);
        WebhookEvent event = HorizonPayWebhooks.of(lenient).receive(unsigned);

        assertThat(event.trust()).isEqualTo(Trust.HINT);
        assertThat(event.status()).isEmpty();
        assertThat(event.reference()).contains("order-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC "})
    void receive_basicInAnyCase_isAHint(String scheme) {
        HorizonPayOptions lenient = options().acceptBasicNotifications().build();

        assertThat(HorizonPayWebhooks.of(lenient)
                        .receive(basic(scheme + BASIC.substring("Basic ".length())))
                        .trust())
                .isEqualTo(Trust.HINT);
    }

    @ParameterizedTest
    @CsvSource({"'Basic MzYxOndyb25n'", "'Basic'", "' '", "'Bearer x'"})
    void receive_wrongBasicCredentials_isRejected(String header) {
        assertRejected(options().acceptBasicNotifications().build(), basic(header));
    }

    @Test
    void receive_signedBodyThatIsNoTransaction_isRejected() {
        HorizonPayOptions options = options().publicKey(base64(OURS)).build();

        assertRejected(options, signed(OURS, "{}"));
        assertRejected(options, signed(OURS, "not json"));
        assertRejected(options, signed(OURS, "{\"code\":\"S.0000\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uid", "status", "type", "tracking_id"})
    void receive_controlCharactersInANameOfThePayout_isRejected(String field) {
        HorizonPayOptions options = options().publicKey(base64(OURS)).build();

        assertRejected(options, signed(OURS, PAID.replaceFirst("\"" + field + "\":\"", "$0\\\\u0000\\\\r\\\\n")));
        assertRejected(options, signed(OURS, PAID.replaceFirst("\"" + field + "\":\"", "$0" + "x".repeat(256))));
    }

    @Test
    void receive_bodyWrittenInTenThousandWays_isOneNotification() {
        HorizonPayWebhooks lenient =
                HorizonPayWebhooks.of(options().acceptBasicNotifications().build());

        Set<String> keys = IntStream.range(0, 10_000)
                .mapToObj(run -> PAID.replaceFirst("\\{", "{" + " \n".repeat(run % 100) + "\t".repeat(run / 100)))
                .map(body -> lenient.receive(new WebhookRequest(
                                body.getBytes(StandardCharsets.UTF_8), Map.of("Authorization", List.of(BASIC))))
                        .dedupeKey())
                .collect(Collectors.toSet());

        assertThat(keys).hasSize(1);
        assertThat(keys)
                .doesNotContain(lenient.receive(new WebhookRequest(
                                PAID.replace("successful", "failed").getBytes(StandardCharsets.UTF_8),
                                Map.of("Authorization", List.of(BASIC))))
                        .dedupeKey());
    }

    @Test
    void of_noKeyAndNoBasic_isRefused() {
        assertThatThrownBy(() -> HorizonPayWebhooks.of(options().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("publicKey");
        assertThatThrownBy(() -> HorizonPayVerification.of(options().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("publicKey");
    }

    @Test
    void answer_merchantApproves_copiesIdAndAmount() throws Exception {
        assertThat(answer(
                        PAID.replace("\"uid\"", "\"created_at\":\"2026-01-01T00:00:00.000Z\",\"uid\""),
                        question -> true))
                .isEqualTo(json(
                        "{\"code\":0,\"uid\":\"a\",\"amount\":15000,\"created_at\":\"2026-01-01T00:00:00.000Z\"}"));
    }

    @Test
    void answer_merchantDecidesByReferenceAndAmount() throws Exception {
        Predicate<WebhookEvent> approval =
                question -> question.reference().filter("order-1"::equals).isPresent()
                        && question.amount()
                                .filter(Money.ofMinor(15_000, "KZT")::equals)
                                .isPresent();

        assertThat(answer(PAID, approval).get("code").intValue()).isZero();
        assertThat(answer(PAID.replace("15000", "15001"), approval).get("code").intValue())
                .isNotZero();
    }

    @Test
    void answer_merchantRefusesOrFails_declines() throws Exception {
        assertThat(answer(PAID, question -> false).get("code").intValue()).isNotZero();
        assertThat(answer(PAID, question -> {
                            throw new IllegalStateException("the database is down");
                        })
                        .get("code")
                        .intValue())
                .isNotZero();
    }

    @Test
    void answer_noAmountOrAnotherTestMark_declinesWithoutAsking() throws Exception {
        assertThat(answer(PAID.replace("\"amount\":15000,", ""), question -> true)
                        .get("code")
                        .intValue())
                .isNotZero();
        assertThat(answer(PAID.replace("\"uid\"", "\"test\":true,\"uid\""), question -> true)
                        .get("code")
                        .intValue())
                .isNotZero();
    }

    @Test
    void answer_signatureOfAStranger_isRejected() {
        HorizonPayVerification verification =
                HorizonPayVerification.of(options().publicKey(base64(OURS)).build());

        assertThatThrownBy(() -> verification.answer(signed(STRANGE, PAID), question -> true))
                .isInstanceOf(WebhookRejectedException.class);
    }

    @ParameterizedTest
    @CsvSource({"true, SUCCEEDED", "false, FAILED"})
    void answer_overTheWire_decidesThePayout(boolean approved, PayoutStatus expected) throws Exception {
        try (Shop shop = new Shop(HORIZONPAY)) {
            Predicate<WebhookEvent> approval = question -> approved
                    && question.reference().filter(Shop.REFERENCE::equals).isPresent();
            try (VerificationServer merchant =
                    new VerificationServer(HorizonPayVerification.of(shop.options), approval)) {
                Payout payout = shop.client.create(Shop.request()
                        .extras(HorizonPayExtras.builder()
                                .verificationUrl(merchant.url())
                                .build())
                        .build());

                assertThat(payout.status()).isEqualTo(expected);
            }
        }
    }

    private static JsonNode answer(String body, Predicate<WebhookEvent> approval) throws Exception {
        HorizonPayVerification verification =
                HorizonPayVerification.of(options().publicKey(base64(OURS)).build());
        PayoutFence.Answer answer = verification.answer(signed(OURS, body), approval);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        return Json.read(answer.body(), JsonNode.class);
    }

    private static JsonNode json(String text) throws Exception {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    private static WebhookEvent receive(String body) {
        return HorizonPayWebhooks.of(options().publicKey(base64(OURS)).build()).receive(signed(OURS, body));
    }

    private static void assertRejected(HorizonPayOptions options, WebhookRequest request) {
        assertThatThrownBy(() -> HorizonPayWebhooks.of(options).receive(request))
                .isInstanceOf(WebhookRejectedException.class);
    }

    private static HorizonPayOptions.Builder options() {
        return HorizonPayOptions.builder(HorizonPayOptions.LIVE, "361", Secret.of("secret"));
    }

    private static WebhookRequest basic(String header) {
        return new WebhookRequest(PAID.getBytes(StandardCharsets.UTF_8), Map.of("Authorization", List.of(header)));
    }

    private static WebhookRequest signed(KeyPair keys, String body) {
        return new WebhookRequest(
                body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Signature", List.of(sign(keys, body))));
    }

    private static String sign(KeyPair keys, String body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
