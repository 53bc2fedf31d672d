package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Operation;
import org.unipayout.Secret;

class HttpCallTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/a b",
                "/a?b",
                "/a#b",
                "/a\\b",
                "/%zz",
                "/é",
                "/../b",
                "/a/..",
                "/a/./b",
                "/%2e%2E/b",
                "/a/.%2e"
            })
    void builder_pathNotEncodedOrLeadingElsewhere_isRefused(String path) {
        assertThatThrownBy(() -> HttpCall.builder(Operation.GET, "GET", path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/b.do", "/a%2Fb/", "/a/...", "/v2/..x", "/a:b@c"})
    void builder_path_isTaken(String path) {
        assertThat(HttpCall.builder(Operation.GET, "GET", path).build().path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "CONNECT", "TRACE", "POST "})
    void builder_method_isRefused(String method) {
        assertThatThrownBy(() -> HttpCall.builder(Operation.GET, method, "/")).hasMessageStartingWith("method: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\r\nX: y", "secret\n", "secret\u0000", "secret\u007f", "sécret", "secret\t"})
    void header_valueNotPrintable_isRefusedWithoutRepeatingIt(String value) {
        HttpCall.Builder call = HttpCall.builder(Operation.GET, "GET", "/");

        assertThatThrownBy(() -> call.header("X-Key", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Key")
                .hasMessageNotContaining("cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Y", "X:", "X\r\n", "é"})
    void header_nameNoToken_isRefused(String name) {
        HttpCall.Builder call = HttpCall.builder(Operation.GET, "GET", "/");

        assertThatThrownBy(() -> call.header(name, "v")).hasMessageStartingWith("header: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Transfer-Encoding",
                "Content-Type",
                "Connection",
                "Proxy-Authorization"
            })
    void header_ofTheTransport_isRefused(String name) {
        HttpCall.Builder call = HttpCall.builder(Operation.GET, "GET", "/");

        assertThatThrownBy(() -> call.header(name, "v")).hasMessageContaining("is set by the transport");
    }

    @Test
    void header_twice_lastCountsInAnyCase() {
        HttpCall call = HttpCall.builder(Operation.GET, "GET", "/")
                .header("X-Key", "1")
                .secretHeader("x-key", Secret.of("2"))
                .build();

        assertThat(call.headers()).hasSize(1).containsValue("2");
    }

    @Test
    void build_getWithBody_isRefused() {
        HttpCall.Builder call = HttpCall.builder(Operation.GET, "GET", "/").body(new byte[] {1});

        assertThatThrownBy(call::build).hasMessageStartingWith("body: ");
    }

    @Test
    void body_changedAfterwards_staysAsGiven() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        HttpCall call = HttpCall.builder(Operation.GET, "POST", "/").body(body).build();

        body[0] = 'x';

        assertThat(call.body()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
    }
}
