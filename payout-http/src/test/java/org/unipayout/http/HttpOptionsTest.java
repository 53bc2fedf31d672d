package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Secret;

class HttpOptionsTest {
    @Test
    void defaults_areAsDocumented() {
        assertThat(HttpOptions.defaults())
                .hasToString("HttpOptions[connectTimeout PT10S, readTimeout PT1M, callDeadline PT1M30S, "
                        + "readDeadline PT30S, maxResponseBytes 1048576]");
    }

    @Test
    void toBuilder_changed_leavesTheOriginal() {
        HttpOptions original = HttpOptions.builder().maxResponseBytes(7).build();

        HttpOptions changed =
                original.toBuilder().readTimeout(Duration.ofSeconds(1)).build();

        assertThat(changed.maxResponseBytes()).isEqualTo(7);
        assertThat(changed.readTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(original.readTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void build_builderUsedAfterwards_staysAsBuilt() {
        HttpOptions.Builder builder = HttpOptions.builder().maxResponseBytes(7);
        HttpOptions built = builder.build();

        builder.maxResponseBytes(8);

        assertThat(built.maxResponseBytes()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0001S", "P25D"})
    void timeouts_outOfRange_areRefused(Duration value) {
        HttpOptions.Builder builder = HttpOptions.builder();

        assertThatThrownBy(() -> builder.connectTimeout(value)).hasMessageStartingWith("connectTimeout: ");
        assertThatThrownBy(() -> builder.readTimeout(value)).hasMessageStartingWith("readTimeout: ");
        assertThatThrownBy(() -> builder.callDeadline(value)).hasMessageStartingWith("callDeadline: ");
        assertThatThrownBy(() -> builder.readDeadline(value)).hasMessageStartingWith("readDeadline: ");
    }

    @Test
    void maxResponseBytes_none_isRefused() {
        HttpOptions.Builder builder = HttpOptions.builder();

        assertThatThrownBy(() -> builder.maxResponseBytes(0)).hasMessageStartingWith("maxResponseBytes: ");
    }

    @Test
    void proxyCredentials_withoutProxy_areRefused() {
        HttpOptions.Builder builder = HttpOptions.builder().proxyCredentials("user", Secret.of("password"));

        assertThatThrownBy(builder::build).hasMessageStartingWith("proxyCredentials: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void proxy_portOutOfRange_isRefused(int port) {
        HttpOptions.Builder builder = HttpOptions.builder();

        assertThatThrownBy(() -> builder.proxy("proxy.example", port)).hasMessageStartingWith("proxy: ");
    }
}
