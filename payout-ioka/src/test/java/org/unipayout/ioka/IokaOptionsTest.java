package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.http.Environment;

class IokaOptionsTest {
    private static final String OLD_KEY = "01".repeat(32);
    private static final String NEW_KEY = "ab".repeat(32);

    @Test
    void fromEnv_hostAndApiKey_areEnough() {
        IokaOptions options = IokaOptions.fromEnv(
                        Environment.of(Map.of("IOKA_BASE_URL", "https://api.ioka.kz", "IOKA_API_KEY", "test-key")))
                .build();

        assertThat(options.baseUrl()).isEqualTo(IokaOptions.LIVE);
        assertThat(options.credentials()).isEqualTo(new IokaOptions.Credentials.ApiKey(Secret.of("test-key")));
        assertThat(options.webhookKeys()).isEmpty();
    }

    @Test
    void fromEnv_everyVariable_isRead() {
        IokaOptions options = IokaOptions.fromEnv(Environment.of(Map.of(
                        "IOKA_BASE_URL", "https://stage-api.ioka.kz",
                        "IOKA_CLIENT_ID", "client",
                        "IOKA_CLIENT_SECRET", "test-secret",
                        "IOKA_WEBHOOK_KEY", OLD_KEY + ", " + NEW_KEY,
                        "IOKA_CORP_ACCOUNT_ID", "act_1")))
                .build();

        assertThat(options.baseUrl()).isEqualTo(IokaOptions.STAGE);
        assertThat(options.credentials())
                .isEqualTo(new IokaOptions.Credentials.Client("client", Secret.of("test-secret")));
        assertThat(options.webhookKeys()).containsExactly(Secret.of(OLD_KEY), Secret.of(NEW_KEY));
        assertThat(options.corpAccountId()).contains("act_1");
    }

    @ParameterizedTest
    @CsvSource({
        "IOKA_OTHER, x, IOKA_API_KEY",
        "IOKA_API_KEY, ' ', IOKA_API_KEY",
        "IOKA_CLIENT_ID, client, IOKA_CLIENT_SECRET",
        "IOKA_BASE_URL, 'https://user:p%ss@host', IOKA_BASE_URL"
    })
    void fromEnv_unusable_namesTheVariableAndNotItsValue(String name, String value, String named) {
        Map<String, String> environment = new HashMap<>(Map.of("IOKA_BASE_URL", "https://stage-api.ioka.kz"));
        environment.put(name, value);

        assertThatThrownBy(() -> IokaOptions.fromEnv(Environment.of(environment)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named)
                .hasMessageNotContaining("p%ss");
    }

    @Test
    void fromEnv_bothCredentials_areRefused() {
        assertThatThrownBy(() -> IokaOptions.fromEnv(Environment.of(Map.of(
                        "IOKA_BASE_URL", "https://stage-api.ioka.kz",
                        "IOKA_API_KEY", "test-key",
                        "IOKA_CLIENT_ID", "client"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not both");
    }

    @Test
    void webhookKey_tooShort_isRefusedAndNotRepeated() {
        IokaOptions.Builder options = IokaOptions.builder(IokaOptions.STAGE, Secret.of("test-key"));

        assertThatThrownBy(() -> options.webhookKey(Secret.of("short-" + "x".repeat(25))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("webhookKey")
                .hasMessageContaining("32")
                .hasMessageNotContaining("short-");
        assertThatThrownBy(() -> IokaWebhooks.of(List.of(Secret.of("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("keys");
    }

    @Test
    void toString_anything_holdsNoSecret() {
        IokaOptions options = IokaOptions.builder(IokaOptions.STAGE, "client", Secret.of("test-secret"))
                .webhookKey(Secret.of(NEW_KEY))
                .build();

        assertThat(options + " " + options.credentials() + " " + options.webhookKeys())
                .contains("stage-api.ioka.kz")
                .doesNotContain("test-secret", NEW_KEY, "client");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, null, null, 'back.kz', recipient.failureUrl",
                "null, null, '/success', null, recipient.successUrl",
                "null, 'back', null, null, recipient.returnUrl",
                "'card/of/somebody', null, null, null, recipient.token",
                "'card id', null, null, null, recipient.token"
            })
    void prepare_badField_isRefusedBeforeAnyCallWithItsName(
            @Nullable String token,
            @Nullable String returnUrl,
            @Nullable String successUrl,
            @Nullable String failureUrl,
            String field) {
        Recipient recipient = token != null
                ? new Recipient.SavedCard(token)
                : new Recipient.HostedForm(uri(returnUrl), uri(successUrl), uri(failureUrl));
        try (IokaPayoutClient client =
                IokaPayoutClient.open(IokaOptions.builder(URI.create("https://provider.invalid"), Secret.of("test-key"))
                        .build())) {
            PayoutRequest request =
                    PayoutRequest.builder("r-1", Shop.tenge(15000), recipient).build();

            assertThatThrownBy(() -> client.prepare(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(field);
        }
    }

    private static @Nullable URI uri(@Nullable String value) {
        return value == null ? null : URI.create(value);
    }
}
