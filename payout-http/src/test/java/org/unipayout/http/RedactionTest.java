package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    private final Redaction redaction = Redaction.showing("status", "ids");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"paid\",\"pan\":\"4111\"} | {\"status\":\"paid\",\"pan\":\"***\"}",
                "{\"a\":1,\"b\":true,\"c\":null} | {\"a\":\"***\",\"b\":\"***\",\"c\":\"***\"}",
                "{\"ids\":[1,2],\"names\":[\"x\",[\"y\"]]} | {\"ids\":[1,2],\"names\":[\"***\",[\"***\"]]}",
                "{\"status\":{\"text\":\"secret\"}} | {\"status\":{\"text\":\"***\"}}",
                "{\"ids\":[{\"pan\":\"4111\",\"status\":2}]} | {\"ids\":[{\"pan\":\"***\",\"status\":2}]}",
                "\"4111\" | \"***\"",
                "[4111] | [\"***\"]",
            })
    void redact_json_showsAllowedScalarsOnly(String body, String shown) {
        assertThat(redact(body)).isEqualTo(shown);
    }

    @Test
    void redact_fieldInOtherCase_isHidden() {
        assertThat(redact("{\"Status\":\"paid\"}")).isEqualTo("{\"Status\":\"***\"}");
    }

    @Test
    void redact_unreadable_isEmpty() {
        assertThat(redact("<html>4111</html>")).isEmpty();
        assertThat(redact("{\"status\":\"4111\"")).isEmpty();
        assertThat(redact("")).isEmpty();
    }

    private String redact(String body) {
        return redaction.redact(body.getBytes(StandardCharsets.UTF_8));
    }
}
