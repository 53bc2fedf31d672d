package org.unipayout.simulator.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.bank131.Partner.Reply;

/** Who may speak to the bank, and with which bytes. */
class Bank131SignaturesTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private final Partner partner = new Partner(BANK);

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{\"metadata\":\"a\\/b\"}", "{\"metadata\":\"Выплата\"}", "{\"metadata\": 1.50 }"})
    void signature_overRawBytes_isAccepted(String body) {
        assertThat(partner.post("/api/v1/session/create", body).status()).isEqualTo(200);
    }

    @Test
    void signature_oneByteChanged_isRefused() {
        String signature = Partner.sign(BANK.partnerPrivateKeyPem(), "{\"metadata\":\"a\"}");

        Reply refused = partner.send("POST", "/api/v1/session/create", "{\"metadata\":\"b\"}", signature);

        assertThat(refused.error()).isEqualTo("authentication_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "AAAA"})
    void signature_malformed_isRefused(String signature) {
        Reply refused = partner.send("POST", "/api/v1/session/create", "{}", signature);

        assertThat(refused.error()).isEqualTo("authentication_error");
    }

    @Test
    void project_missing_isRefused() {
        Reply refused = Partner.exchange(HttpRequest.newBuilder(BANK.baseUrl().resolve("/api/v1/session/create"))
                .header("X-PARTNER-SIGN", Partner.sign(BANK.partnerPrivateKeyPem(), "{}"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());

        assertThat(refused.error()).isEqualTo("authorization_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[1]", "{} {}", "{\"metadata\":1,\"metadata\":2}"})
    void body_notOneObject_isRefused(String body) {
        assertThat(partner.post("/api/v1/session/create", body).error()).isEqualTo("invalid_request");
    }

    @Test
    void request_withSubmerchantAndSdkVersion_isTaken() {
        Reply created = partner.post(
                "/api/v1/session/create", "[]", "x-partner-submerchant", "payer-1", "X-SDK-VERSION", "bank131/php-sdk");

        assertThat(created.status()).isEqualTo(200);
    }

    @Test
    void builder_ownPartnerKey_verifiesWithIt() {
        KeyPair keys = RsaKeys.generate();
        try (Bank131Simulator bank = Bank131Simulator.builder()
                .projectId("mine")
                .partnerPublicKey(RsaKeys.pem("PUBLIC KEY", keys.getPublic()))
                .webhookSigningKeys(keys)
                .start()) {
            String signature = Partner.sign(RsaKeys.pem("PRIVATE KEY", keys.getPrivate()), "{}");

            assertThat(new Partner(bank)
                            .send("POST", "/api/v1/session/create", "{}", signature)
                            .status())
                    .isEqualTo(200);
            assertThatThrownBy(bank::partnerPrivateKeyPem).isInstanceOf(IllegalStateException.class);
            assertThat(bank.bankPublicKeyPem()).isEqualTo(RsaKeys.pem("PUBLIC KEY", keys.getPublic()));
        }
    }

    @Test
    void builder_noPem_isRefused() {
        assertThatThrownBy(() -> Bank131Simulator.builder().partnerPublicKey("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partnerPublicKey");
    }
}
