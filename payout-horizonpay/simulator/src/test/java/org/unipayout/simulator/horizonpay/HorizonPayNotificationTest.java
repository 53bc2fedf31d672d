package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.payout;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.WebhookOutbox.Notification;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

class HorizonPayNotificationTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private static final String HOOK = "https://merchant.example/hook";
    private final Merchant merchant = new Merchant(gateway);

    @Test
    void paid_notification_isSignedOverItsRawBytes() throws GeneralSecurityException {
        merchant.pay(payout(100, "order-1").put("notification_url", HOOK));

        Notification notification = only();
        assertThat(isSigned(notification.headers().getOrDefault("Content-Signature", ""), notification.body()))
                .isTrue();
        byte[] changed = notification.body();
        changed[changed.length - 1] = ' ';
        assertThat(isSigned(notification.headers().getOrDefault("Content-Signature", ""), changed))
                .isFalse();
    }

    @Test
    void paid_notification_carriesCredentialsAndV2Body() {
        merchant.pay(payout(100, "order-1").put("notification_url", HOOK));

        String pair = gateway.shopId() + ":" + gateway.secretKey();
        assertThat(only().headers().get("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        assertThat(body(only()).at("/transaction/status").asText()).isEqualTo("successful");
        assertThat(body(only()).at("/transaction/tracking_id").asText()).isEqualTo("order-1");
    }

    @Test
    void paid_notification_reachesTheMerchant() {
        try (LocalServer hook = new LocalServer(200, body -> "")) {
            gateway.webhooks().deliverTo(hook.url());

            merchant.pay(payout(100, "order-1").put("notification_url", HOOK));
            gateway.webhooks().flush();

            assertThat(hook.calls()).hasSize(1);
            assertThat(hook.calls().get(0).text()).isEqualTo(new String(only().body(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void declined_isNotifiedToo() {
        merchant.pay(payout(Scenario.DECLINED.amount(100), "order-1").put("notification_url", HOOK));

        assertThat(body(only()).at("/transaction/status").asText()).isEqualTo("failed");
    }

    @Test
    void serverErrorPaid_isNotified() {
        merchant.pay(payout(Scenario.SERVER_ERROR_PAID.amount(100), "order-1").put("notification_url", HOOK));

        assertThat(body(only()).at("/transaction/status").asText()).isEqualTo("successful");
    }

    @Test
    void slow_isNotifiedWhenSettled() {
        merchant.pay(payout(Scenario.SLOW.amount(100), "order-1").put("notification_url", HOOK));
        assertThat(gateway.webhooks().created()).isEmpty();

        gateway.settle();

        assertThat(body(only()).at("/transaction/status").asText()).isEqualTo("successful");
    }

    @Test
    void incomplete_isNotifiedWhenTheRecipientHasActed() {
        Answer created =
                merchant.pay(payout(Scenario.UNSURE.amount(100), "order-1").put("notification_url", HOOK));
        assertThat(gateway.webhooks().created()).isEmpty();

        merchant.submitForm(created.at("/redirect_url"), "decision=confirm");

        assertThat(body(only()).at("/transaction/status").asText()).isEqualTo("successful");
    }

    @Test
    void processingTimePassed_isNotifiedOnce() {
        gateway.switches().processingTime = Duration.ofMinutes(1);
        merchant.pay(payout(100, "order-1").put("notification_url", HOOK));
        gateway.clock().advance(Duration.ofMinutes(1));

        merchant.byTrackingId("order-1");
        merchant.byTrackingId("order-1");

        assertThat(gateway.webhooks().created()).hasSize(1);
    }

    @Test
    void noNotificationUrl_nothingIsSentUnlessSwitched() {
        merchant.pay(payout(100, "order-1"));
        assertThat(gateway.webhooks().created()).isEmpty();

        gateway.switches().notifyWithoutUrl = true;
        merchant.pay(payout(200, "order-2"));
        assertThat(gateway.webhooks().created()).hasSize(1);
    }

    @Test
    void notifyIncomplete_switched_isNotified() {
        gateway.switches().notifyIncomplete = true;
        merchant.pay(payout(Scenario.UNSURE.amount(100), "order-1").put("notification_url", HOOK));

        assertThat(body(only()).at("/transaction/status").asText()).isEqualTo("incomplete");
    }

    @Test
    void webhookEnvelope_v3_isFlat() {
        gateway.switches().webhookEnvelope = Envelope.V3;
        merchant.pay(payout(100, "order-1").put("notification_url", HOOK));

        assertThat(body(only()).path("code").asText()).isEqualTo("S.0000");
    }

    @Test
    void notificationsSigned_off_leavesBasicAlone() {
        gateway.switches().notificationsSigned = false;
        merchant.pay(payout(100, "order-1").put("notification_url", HOOK));

        assertThat(only().headers()).containsKey("Authorization").doesNotContainKey("Content-Signature");
    }

    @Test
    void verification_accepted_paysAfterASignedQuestion() throws GeneralSecurityException {
        try (LocalServer merchantServer = new LocalServer(200, body -> confirmation(body, 0))) {
            Answer answer = merchant.pay(verified(merchantServer));

            assertThat(answer.at("/status")).isEqualTo("successful");
            gateway.ledger().assertPaidExactlyOnce("order-1");
            LocalServer.Call call = merchantServer.calls().get(0);
            assertThat(isSigned(call.header("Content-signature"), call.text().getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
            assertThat(call.header("Authorization")).startsWith("Basic ");
        }
    }

    @Test
    void verification_refused_declinesWithTheMerchantsWords() {
        try (LocalServer merchantServer = new LocalServer(200, body -> confirmation(body, 7))) {
            Answer answer = merchant.pay(verified(merchantServer));

            assertThat(answer.at("/status")).isEqualTo("failed");
            assertThat(answer.at("/code")).isEqualTo("F.7001");
            assertThat(answer.at("/message")).isEqualTo("as told");
            gateway.ledger().assertNotPaid("order-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":0,\"uid\":\"other\",\"amount\":100}", "{\"code\":\"0\"}", "{}"})
    void verification_answerThatDoesNotMatch_declines(String reply) {
        try (LocalServer merchantServer = new LocalServer(200, body -> reply)) {
            assertThat(merchant.pay(verified(merchantServer)).at("/code")).isEqualTo("F.7001");
        }
    }

    @Test
    void verification_otherAmount_declines() {
        try (LocalServer merchantServer =
                new LocalServer(200, body -> confirmation(body, 0).replace(":100", ":101"))) {
            assertThat(merchant.pay(verified(merchantServer)).at("/code")).isEqualTo("F.7001");
        }
    }

    @Test
    void verification_notAnswered_declinesUnlessSwitched() {
        try (LocalServer merchantServer = new LocalServer(500, body -> confirmation(body, 0))) {
            assertThat(merchant.pay(verified(merchantServer)).at("/code")).isEqualTo("F.7001");

            gateway.switches().verificationFailureDeclines = false;
            assertThat(merchant.pay(verified(merchantServer).put("amount", 200)).at("/status"))
                    .isEqualTo("successful");
        }
    }

    @Test
    void verification_slowerThanTheTimeout_declines() {
        CountDownLatch answered = new CountDownLatch(1);
        try (LocalServer merchantServer = new LocalServer(200, body -> {
            await(answered);
            return confirmation(body, 0);
        })) {
            gateway.switches().verificationTimeout = Duration.ofMillis(200);

            assertThat(merchant.pay(verified(merchantServer)).at("/code")).isEqualTo("F.7001");
            answered.countDown();
        }
    }

    /** Another spelling of this machine: it would answer if it were called. */
    @Test
    void verification_anyOtherHost_isNotCalled() {
        try (LocalServer merchantServer = new LocalServer(200, body -> confirmation(body, 0))) {
            String url = merchantServer.url().toString().replace("127.0.0.1", "LOCALHOST");

            Answer answer = merchant.pay(payout(100, "order-1").put("verification_url", url));

            assertThat(answer.at("/code")).isEqualTo("F.7001");
            assertThat(merchantServer.calls()).isEmpty();
        }
    }

    @Test
    void verification_otherMachine_declines() {
        Answer answer = merchant.pay(payout(100, "order-1").put("verification_url", "https://merchant.example/ask"));

        assertThat(answer.at("/code")).isEqualTo("F.7001");
        gateway.ledger().assertNotPaid("order-1");
    }

    private static ObjectNode verified(LocalServer server) {
        return payout(100, "order-1").put("verification_url", server.url().toString());
    }

    private static String confirmation(String question, int code) {
        JsonNode asked = Merchant.read(question).path("transaction");
        return "{\"code\":%d,\"uid\":%s,\"amount\":%s,\"message\":\"as told\"}"
                .formatted(code, asked.path("uid"), asked.path("amount"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Notification only() {
        assertThat(gateway.webhooks().created()).hasSize(1);
        return gateway.webhooks().created().get(0);
    }

    private static JsonNode body(Notification notification) {
        return Merchant.read(new String(notification.body(), StandardCharsets.UTF_8));
    }

    /** Written from the provider's description, with the key as the back office shows it. */
    private static boolean isSigned(String header, byte[] body) throws GeneralSecurityException {
        byte[] key = Base64.getMimeDecoder().decode(gateway.notificationPublicKey());
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
        verifier.update(body);
        return verifier.verify(Base64.getDecoder().decode(header));
    }
}
