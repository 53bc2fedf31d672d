package org.unipayout.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.PayoutRequest;
import org.unipayout.Secret;
import org.unipayout.http.Environment;

/** Settings: where they come from, what is missing, and that none prints. */
class BerekeOptionsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "BEREKE_BASE_URL", "https://securepayments.berekebank.kz",
            "BEREKE_USER_NAME", "payout_api_username",
            "BEREKE_PASSWORD", "payout_api_password");

    @Test
    void fromEnv_everyVariable_isRead() {
        BerekeOptions options =
                BerekeOptions.fromEnv(Environment.of(ENVIRONMENT)).build();

        assertThat(options.baseUrl()).isEqualTo(BerekeOptions.LIVE);
        assertThat(options.userName()).isEqualTo("payout_api_username");
        assertThat(options.password()).isEqualTo(Secret.of("payout_api_password"));
    }

    @Test
    void fromEnv_withAddress_takesIt() {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("BEREKE_BASE_URL", "https://3dsec.berekebank.kz");

        assertThat(BerekeOptions.fromEnv(Environment.of(environment)).build().baseUrl())
                .isEqualTo(BerekeOptions.TEST);
    }

    @ParameterizedTest
    @CsvSource({
        "BEREKE_USER_NAME, ' '",
        "BEREKE_PASSWORD, ''",
        "BEREKE_BASE_URL, https://a b",
        "BEREKE_BASE_URL, ' '",
        "BEREKE_PASSWORD, 'ends-with-line-break\n'"
    })
    void fromEnv_unusableVariable_isNamedAndNotRepeated(String name, String value) {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put(name, value);

        assertThatThrownBy(() -> BerekeOptions.fromEnv(Environment.of(environment)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name)
                .message()
                .doesNotContain("ends-with");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/payouts", "mailto:bank"})
    void builder_addressWithoutHost_isRefused(String address) {
        assertThatThrownBy(() -> BerekeOptions.builder(URI.create(address), "user", Secret.of("pass")))
                .hasMessageStartingWith("baseUrl:");
    }

    @Test
    void toString_ofOptionsAndExtras_showsNoCredentialAndNoId() {
        BerekeExtras extras = BerekeExtras.builder()
                .clientId("client-1")
                .sourceBindingId("binding-1")
                .build();

        assertThat(BerekeOptions.fromEnv(Environment.of(ENVIRONMENT)).build() + " " + extras)
                .doesNotContain("payout_api", "client-1", "binding-1");
    }

    @Test
    void extras_throughARequest_comeBack() {
        PayoutRequest request = Merchant.toForm("payout-1", 1200)
                .extras(BerekeExtras.builder()
                        .clientId("client-1")
                        .sourceBindingId("binding-1")
                        .sessionTimeout(Duration.ofMinutes(5))
                        .build())
                .build();

        BerekeExtras extras = BerekeExtras.of(request);

        assertThat(extras.clientId()).contains("client-1");
        assertThat(extras.sourceBindingId()).contains("binding-1");
        assertThat(extras.sessionTimeout()).contains(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1000, 1500, 1_000_000_000_000L})
    void sessionTimeout_notWholeSecondsInRange_isRefused(long millis) {
        assertThatThrownBy(() -> BerekeExtras.builder().sessionTimeout(Duration.ofMillis(millis)))
                .hasMessageStartingWith("extras.sessionTimeoutSecs:");
    }
}
