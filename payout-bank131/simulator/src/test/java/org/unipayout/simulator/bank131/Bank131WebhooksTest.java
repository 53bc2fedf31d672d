package org.unipayout.simulator.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.bank131.Partner.ACCOUNT;
import static org.unipayout.simulator.bank131.Partner.CARD;
import static org.unipayout.simulator.bank131.Partner.SENDER;
import static org.unipayout.simulator.bank131.Partner.amount;
import static org.unipayout.simulator.bank131.Partner.session;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.WebhookOutbox.Notification;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** Which webhooks go out, what they say, and that their signatures hold. */
class Bank131WebhooksTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private final Partner partner = new Partner(BANK);

    @Test
    void happyPath_eachStep_sendsOneSignedWebhook() throws GeneralSecurityException {
        partner.confirmed(CARD, 10000);

        assertThat(Webhooks.types(BANK)).containsExactly("ready_to_confirm", "payment_finished");
        for (Notification notification : BANK.webhooks().created()) {
            assertThat(verifies(notification, notification.body())).isTrue();
            byte[] changed = notification.body();
            changed[changed.length - 2] ^= 1;
            assertThat(verifies(notification, changed)).isFalse();
        }
    }

    @Test
    void readyToConfirm_content_showsAPendingPayout() {
        partner.started(CARD, 10000);

        JsonNode session = Webhooks.bodies(BANK).get(0).path("session");

        assertThat(session.path("next_action").asText()).isEqualTo("confirm");
        assertThat(session.at("/payout_list/0/status").asText()).isEqualTo("pending");
    }

    @Test
    void paymentFinished_startedInV1_isWrittenInV1() {
        String sessionId = partner.post(
                        "/api/v1/session/init/payout",
                        "{\"payment_method\":" + CARD + ",\"amount_details\":" + amount(10000) + "}")
                .sessionId();
        partner.post("/api/v1/session/confirm", session(sessionId));

        JsonNode session = Webhooks.bodies(BANK).get(1).path("session");

        assertThat(session.path("status").asText()).isEqualTo("accepted");
        assertThat(session.at("/payments/0/status").asText()).isEqualTo("succeeded");
        assertThat(session.at("/payments/0/payment_method/card/bin").asText()).isEqualTo("420080");
    }

    @Test
    void readyToConfirm_settlementAccount_carriesConfirmInformation() {
        String sessionId = partner.post(
                        "/api/v2/session/init/payout/rko",
                        "{\"payout_details\":" + ACCOUNT + ",\"amount_details\":" + amount(10000)
                                + ",\"participant_details\":" + SENDER + "}")
                .sessionId();

        JsonNode information = Webhooks.bodies(BANK).get(0).path("confirm_information");

        assertThat(information.at("/account_details/sender/account_number").asText())
                .isEqualTo("40702810300200000013");
        assertThat(information).isEqualTo(partner.status(sessionId).at("/confirm_information"));
    }

    @Test
    void insufficientFunds_started_sendsOnlyPaymentFinished() {
        partner.started(CARD, Scenario.INSUFFICIENT_FUNDS.amount(100));

        assertThat(Webhooks.types(BANK)).containsExactly("payment_finished");
    }

    @Test
    void cancel_pending_sendsPaymentFinishedWithTheReason() {
        partner.cancel(partner.started(CARD, 10000));

        JsonNode last = Webhooks.bodies(BANK).get(1);
        assertThat(last.path("type").asText()).isEqualTo("payment_finished");
        assertThat(last.at("/session/status").asText()).isEqualTo("cancelled");
        assertThat(last.at("/session/payout_list/0/error/code").asText()).isEqualTo("session_cancelled_by_partner");
    }

    @Test
    void confirmationWindow_passed_sendsPaymentFinishedOnce() {
        partner.started(CARD, 10000);
        BANK.clock().advance(Duration.ofHours(5));

        BANK.settle();
        BANK.settle();

        assertThat(Webhooks.types(BANK)).containsExactly("ready_to_confirm", "payment_finished");
    }

    @Test
    void returned_seenPaid_sendsPaymentRefunded() {
        String sessionId = partner.confirmed(ACCOUNT, Scenario.RETURNED.amount(100));
        assertThat(Webhooks.types(BANK)).doesNotContain("payment_refunded");

        partner.status(sessionId);

        assertThat(Webhooks.types(BANK)).endsWith("payment_refunded");
        assertThat(Webhooks.bodies(BANK)
                        .get(2)
                        .at("/session/payout_list/0/refunds/0/id")
                        .asText())
                .isEqualTo("rf_1");
    }

    @Test
    void slow_settled_sendsPaymentFinished() {
        partner.confirmed(CARD, Scenario.SLOW.amount(100));
        assertThat(Webhooks.types(BANK)).containsExactly("ready_to_confirm");

        BANK.settle();

        assertThat(Webhooks.types(BANK)).containsExactly("ready_to_confirm", "payment_finished");
    }

    @Test
    void deliverTo_address_postsBodyAndSignature() {
        WireMockServer receiver = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        receiver.start();
        try {
            receiver.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
            BANK.webhooks().deliverTo(URI.create("http://127.0.0.1:" + receiver.port() + "/hook"));

            partner.started(CARD, 10000);
            BANK.webhooks().flush();

            Notification sent = BANK.webhooks().created().get(0);
            receiver.verify(WireMock.postRequestedFor(WireMock.urlEqualTo("/hook"))
                    .withHeader("X-PARTNER-SIGN", WireMock.equalTo(signature(sent)))
                    .withRequestBody(WireMock.binaryEqualTo(sent.body())));
        } finally {
            receiver.stop();
        }
    }

    private static String signature(Notification notification) {
        return notification.headers().getOrDefault("X-PARTNER-SIGN", "");
    }

    private static boolean verifies(Notification notification, byte[] body) throws GeneralSecurityException {
        String base64 =
                BANK.bankPublicKeyPem().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64))));
        signature.update(body);
        return signature.verify(Base64.getDecoder().decode(signature(notification)));
    }
}
