package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private final Redaction redaction = Redaction.showing("status", "ids").within("names", "order");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"paid\",\"pan\":\"4111\"} | {\"status\":\"paid\",\"***\":\"***\"}",
                "{\"a\":1,\"b\":true,\"c\":null} | {\"***\":\"***\"}",
                "{\"ids\":[1,2],\"names\":[\"x\",[\"y\"]]} | {\"ids\":[1,2],\"names\":[\"***\",[\"***\"]]}",
                "{\"status\":{\"text\":\"secret\"}} | {\"status\":{\"***\":\"***\"}}",
                "{\"ids\":[{\"pan\":\"4111\",\"status\":2}]} | {\"ids\":[{\"***\":\"***\",\"status\":2}]}",
                "{\"order\":{\"status\":1,\"order\":\"o\"}} | {\"order\":{\"status\":1,\"order\":\"***\"}}",
                "{\"metadata\":{\"4111\":\"a\",\"status\":\"b\"}} | {\"***\":\"***\"}",
                "{\"4111\":{\"status\":2},\"status\":3} | {\"***\":\"***\",\"status\":3}",
                "\"4111\" | \"***\"",
                "[4111] | [\"***\"]",
            })
    void redact_json_showsAllowedScalarsOnly(String body, String shown) {
        assertThat(redact(body)).isEqualTo(shown);
    }

    @Test
    void redact_fieldInOtherCase_isHidden() {
        assertThat(redact("{\"Status\":\"paid\"}")).isEqualTo("{\"***\":\"***\"}");
    }

    @Test
    void redact_unreadable_isEmpty() {
        assertThat(redact("<html>4111</html>")).isEmpty();
        assertThat(redact("{\"status\":\"4111\"")).isEmpty();
        assertThat(redact("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e10000", "-1e999999999", "1e-999999999"})
    void redact_numberThatCannotBeWritten_isEmpty(String number) {
        assertThat(redact("{\"status\":" + number + "}")).isEmpty();
        assertThat(redact("{\"other\":" + number + ",\"status\":1}")).isEqualTo("{\"***\":\"***\",\"status\":1}");
    }

    @Test
    void redact_fieldHiddenInThisCall_isHidden() {
        String redacted =
                redaction.redact("{\"ids\":[1],\"status\":\"t\"}".getBytes(StandardCharsets.UTF_8), Set.of("ids"));

        assertThat(redacted).isEqualTo("{\"ids\":[\"***\"],\"status\":\"t\"}");
    }

    private String redact(String body) {
        return redaction.redact(body.getBytes(StandardCharsets.UTF_8), Set.of());
    }
}
