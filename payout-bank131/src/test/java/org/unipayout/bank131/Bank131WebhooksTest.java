package org.unipayout.bank131;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.PayoutStatus;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookEvent.Trust;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;

class Bank131WebhooksTest {
    private static final KeyPair BANK = Samples.keys();
    private static final KeyPair NEXT = Samples.keys();

    private final Bank131Webhooks webhooks = Bank131Webhooks.of(List.of(Samples.publicPem(BANK)));

    @Test
    void receive_webhookOfThePage_isAVerifiedEvent() {
        WebhookEvent event = webhooks.receive(signed(Samples.page("ready-to-confirm.json"), BANK));

        assertThat(event.trust()).isEqualTo(Trust.VERIFIED);
        assertThat(event.type()).isEqualTo("ready_to_confirm");
        assertThat(event.providerId()).contains("ps_3230");
        assertThat(event.reference()).isEmpty();
        assertThat(event.amount()).contains(Samples.AMOUNT);
        assertThat(event.status()).contains(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(event.dedupeKey()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource({
        "payment_finished,accepted,succeeded,SUCCEEDED",
        "payment_finished,cancelled,failed,FAILED",
        "payment_finished,error,failed,UNKNOWN",
        "payment_refunded,accepted,succeeded,SUCCEEDED",
        "confirmation_payout,accepted,succeeded,SUCCEEDED"
    })
    void receive_typeAboutPayouts_readsTheSession(String type, String session, String payout, PayoutStatus expected) {
        assertThat(webhooks.receive(signed(body(type, session, payout, ""), BANK))
                        .status())
                .contains(expected);
    }

    @Test
    void receive_metadataOfOurs_carriesTheReference() {
        byte[] body = body("payment_finished", "accepted", "succeeded", ",\"metadata\":{\"reference\":\"order-1\"}");

        assertThat(webhooks.receive(signed(body, BANK)).reference()).contains("order-1");
    }

    @Test
    void receive_refund_isReturnedAndHasItsOwnKey() {
        WebhookEvent first = webhooks.receive(signed(refunds("{\"id\":\"rf_1\",\"status\":\"accepted\"}"), BANK));
        WebhookEvent second = webhooks.receive(signed(
                refunds("{\"id\":\"rf_1\",\"status\":\"accepted\"},{\"id\":\"rf_2\",\"status\":\"accepted\"}"), BANK));

        assertThat(first.status()).contains(PayoutStatus.RETURNED);
        assertThat(second.dedupeKey()).isNotEqualTo(first.dedupeKey());
    }

    @Test
    void receive_sessionInErrorFirstAndDecidedLater_haveKeysOfTheirOwn() {
        WebhookEvent unsure = webhooks.receive(signed(body("payment_finished", "error", "failed", ""), BANK));
        WebhookEvent decided = webhooks.receive(signed(body("payment_finished", "cancelled", "failed", ""), BANK));

        assertThat(decided.dedupeKey()).isNotEqualTo(unsure.dedupeKey());
        assertThat(decided.status()).contains(PayoutStatus.FAILED);
    }

    @Test
    void receive_returnInProgressFirstAndDoneLater_haveKeysOfTheirOwn() {
        WebhookEvent going = webhooks.receive(signed(refunds("{\"id\":\"rf_1\",\"status\":\"in_progress\"}"), BANK));
        WebhookEvent done = webhooks.receive(signed(refunds("{\"id\":\"rf_1\",\"status\":\"accepted\"}"), BANK));

        assertThat(done.dedupeKey()).isNotEqualTo(going.dedupeKey());
    }

    @Test
    void receive_wordsThatDoNotPrint_areShownWithoutThem() {
        byte[] body = body("payment_finished", "in\\nprogress\\u0000", "failed", "");

        WebhookEvent event = webhooks.receive(signed(body, BANK));

        assertThat(event.status()).contains(PayoutStatus.UNKNOWN);
        assertThat(event.providerStatus().orElseThrow()).doesNotContain("\n", "\u0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order\\r\\n-1", "order-1\\u0000", "\\u001b[2J"})
    void receive_referenceThatDoesNotPrint_isRejected(String reference) {
        byte[] body = body(
                "payment_finished", "accepted", "succeeded", ",\"metadata\":{\"reference\":\"" + reference + "\"}");

        assertRejected(signed(body, BANK), "reference");
    }

    @Test
    void receive_partsWithoutEnd_areRejected() {
        String endless = "x".repeat(100_000);

        assertRejected(
                signed(
                        body(
                                "payment_finished",
                                "accepted",
                                "succeeded",
                                ",\"metadata\":{\"reference\":\"" + endless + "\"}"),
                        BANK),
                "reference");
        assertRejected(signed(body(endless, "accepted", "succeeded", ""), BANK), "type");
        assertThat(webhooks.receive(signed(body("payment_finished", endless, endless, ""), BANK))
                        .providerStatus()
                        .orElseThrow())
                .hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void receive_bodyWrittenInAnotherWay_isTheSameNotification() {
        String body = new String(body("payment_finished", "accepted", "succeeded", ""), UTF_8);
        String spaced = " " + body.replace(":{", " : {\n").replace(",\"", " ,\t\"");

        assertThat(spaced).isNotEqualTo(body);
        assertThat(webhooks.receive(signed(spaced.getBytes(UTF_8), BANK)).dedupeKey())
                .isEqualTo(webhooks.receive(signed(body.getBytes(UTF_8), BANK)).dedupeKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"action_required", "ready_to_capture", "transaction_registration", "a_type_of_tomorrow"})
    void receive_otherType_survivesWithoutAStatus(String type) {
        WebhookEvent event = webhooks.receive(signed(body(type, "accepted", "succeeded", ""), BANK));

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.status()).isEmpty();
    }

    @Test
    void receive_typeWithoutASession_survives() {
        byte[] body = "{\"type\":\"nominal_topup\",\"amount\":{\"sum\":1}}".getBytes(UTF_8);

        WebhookEvent event = webhooks.receive(signed(body, BANK));

        assertThat(event.providerId()).isEmpty();
        assertThat(event.dedupeKey()).matches("[0-9a-f]{64}");
    }

    @Test
    void receive_withConfirmInformation_isReadAllTheSame() {
        byte[] body = new String(Samples.page("ready-to-confirm.json"), UTF_8)
                .replaceFirst("\\{", "{\"confirm_information\":{\"transfer_details\":{\"purpose\":\"За услуги\"}},")
                .getBytes(UTF_8);

        assertThat(webhooks.receive(signed(body, BANK)).status()).contains(PayoutStatus.AWAITING_CONFIRMATION);
    }

    @Test
    void receive_oneByteChanged_isRejected() throws Exception {
        byte[] body = Samples.page("ready-to-confirm.json");
        String signature = sign(body, BANK);
        body[body.length - 2] ^= 1;

        assertRejected(new WebhookRequest(body, Map.of("X-PARTNER-SIGN", List.of(signature))), "signature");
    }

    @Test
    void receive_anotherKey_isRejected() {
        assertRejected(signed(Samples.page("ready-to-confirm.json"), NEXT), "signature");
    }

    @Test
    void receive_noSignature_isRejected() {
        assertRejected(new WebhookRequest(Samples.page("ready-to-confirm.json"), Map.of()), "signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "=%&"})
    void receive_signatureOfAnotherForm_isRejected(String signature) {
        assertRejected(
                new WebhookRequest(Samples.page("ready-to-confirm.json"), Map.of("X-PARTNER-SIGN", List.of(signature))),
                "signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not json",
                "{\"session\":{}}",
                "{\"type\":\" \"}",
                "{\"type\":\"a\"}}",
                "{\"type\":\"a\\nb\"}"
            })
    void receive_signedButUnreadable_isRejected(String body) {
        assertRejected(signed(body.getBytes(UTF_8), BANK), "the body is signed");
    }

    @Test
    void receive_duringARotation_takesBothKeys() {
        Bank131Webhooks rotating = Bank131Webhooks.of(List.of(Samples.publicPem(BANK), Samples.publicPem(NEXT)));

        assertThat(List.of(BANK, NEXT))
                .allSatisfy(keys -> assertThat(rotating.receive(signed(Samples.page("ready-to-confirm.json"), keys))
                                .trust())
                        .isEqualTo(Trust.VERIFIED));
    }

    @Test
    void of_noKey_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bank131Webhooks.of(List.of()))
                .withMessageStartingWith("bankPublicKeys:");
    }

    @Test
    void receive_signatureMadeByOpenssl_isVerified(@TempDir Path folder) throws Exception {
        assumeThat(run(folder, "version")).as("openssl on PATH").isTrue();
        Path key = Files.writeString(folder.resolve("bank.pem"), Samples.privatePem(BANK));
        byte[] body =
                "{\"type\":\"payment_finished\",\"url\":\"https:\\/\\/bank\",\"name\":\"Иванов\"}".getBytes(UTF_8);
        Path file = Files.write(folder.resolve("body.json"), body);
        Path signature = folder.resolve("sig.bin");

        assertThat(run(
                        folder,
                        "dgst",
                        "-sha256",
                        "-sign",
                        key.toString(),
                        "-out",
                        signature.toString(),
                        file.toString()))
                .isTrue();

        String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(signature));
        assertThat(webhooks.receive(new WebhookRequest(body, Map.of("x-partner-sign", List.of(base64))))
                        .type())
                .isEqualTo("payment_finished");
    }

    private static boolean run(Path folder, String... arguments) throws InterruptedException {
        try {
            ProcessBuilder openssl = new ProcessBuilder("openssl").directory(folder.toFile());
            openssl.command().addAll(List.of(arguments));
            return openssl.redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void assertRejected(WebhookRequest request, String reason) {
        assertThatThrownBy(() -> webhooks.receive(request))
                .isInstanceOf(WebhookRejectedException.class)
                .hasMessageContaining(reason);
    }

    private static WebhookRequest signed(byte[] body, KeyPair keys) {
        try {
            return new WebhookRequest(body, Map.of("X-PARTNER-SIGN", List.of(sign(body, keys))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(byte[] body, KeyPair keys) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private static byte[] refunds(String list) {
        return body("payment_refunded", "accepted", "succeeded", ",\"refunds\":[" + list + "]");
    }

    private static byte[] body(String type, String session, String payout, String more) {
        return ("{\"type\":\"" + type + "\",\"session\":{\"id\":\"ps_3230\",\"status\":\"" + session
                        + "\",\"payout_list\":[{\"id\":\"po_2018\",\"status\":\"" + payout + "\"" + more + "}]}}")
                .getBytes(UTF_8);
    }
}
