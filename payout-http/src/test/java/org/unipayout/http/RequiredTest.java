package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Secret;

class RequiredTest {
    private static final URI EXAMPLE = URI.create("https://api.provider.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.provider.example/v1",
                "HTTPS://API.provider.example",
                "http://localhost:8080",
                "http://127.0.0.1",
                "http://[::1]:1"
            })
    void baseUrl_httpsOrThisMachine_isTaken(String url) {
        assertThat(Required.baseUrl(URI.create(url), EXAMPLE)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "http://secret.example",
                "ftp://localhost",
                "https://user:secret@provider.example",
                "https://provider.example?secret",
                "https://provider.example#secret",
                "https:/secret",
                "secret"
            })
    void baseUrl_anythingElse_isRefusedWithAnExampleAndWithoutTheValue(String url) {
        assertThatThrownBy(() -> Required.baseUrl(url == null ? null : URI.create(url), EXAMPLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("baseUrl: ")
                .hasMessageContaining(EXAMPLE.toString())
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example/back?order=7#end", "http://localhost:8080/back"})
    void page_httpsOrThisMachine_isTaken(String url) {
        assertThat(Required.page(URI.create(url), "recipient.returnUrl")).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://secret.example/back",
                "javascript://secret/%0Aalert(1)",
                "data:text/html,secret",
                "shop://secret/back",
                "https://user:secret@shop.example",
                "https:/secret",
                "/secret"
            })
    void page_anythingElse_isRefusedByNameAndWithoutTheValue(String url) {
        assertThatThrownBy(() -> Required.page(URI.create(url), "recipient.returnUrl"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("recipient.returnUrl: must be https")
                .hasMessageNotContaining("secret");
    }

    @Test
    void hmacKey_shorterThanItsHash_isRefusedByNameAndNotRepeated() {
        assertThat(Required.hmacKey(Secret.of("k".repeat(32)), "webhookKey")).isEqualTo(Secret.of("k".repeat(32)));
        assertThatThrownBy(() -> Required.hmacKey(Secret.of("short".repeat(6)), "webhookKey"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("webhookKey: a key of HMAC-SHA256 has at least 32 characters")
                .hasMessageNotContaining("short");
        assertThatThrownBy(() -> Required.hmacKey(null, "webhookKey"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("webhookKey: is required");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void text_missingOrBlank_isNamed(String value) {
        assertThatThrownBy(() -> Required.text(value, "shopId"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shopId: is required and not blank");
    }

    @Test
    void value_missing_isNamed() {
        assertThat(Required.text("7", "shopId")).isEqualTo("7");
        assertThat(Required.value(7, "shopId")).isEqualTo(7);
        assertThatThrownBy(() -> Required.value(null, "apiKey"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("apiKey: is required");
    }
}
