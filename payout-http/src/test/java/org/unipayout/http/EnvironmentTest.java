package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    private static final URI EXAMPLE = URI.create("https://provider.example");

    @Test
    void values_thatAreSet_areRead() {
        Environment environment = Environment.of(Map.of("A", "one", "URL", "https://host.example", "BLANK", " "));

        assertThat(environment.required("A")).isEqualTo("one");
        assertThat(environment.secret("A").reveal()).isEqualTo("one");
        assertThat(environment.text("A")).contains("one");
        assertThat(environment.text("BLANK")).isEmpty();
        assertThat(environment.url("URL", EXAMPLE)).isEqualTo(URI.create("https://host.example"));
        assertThat(environment.toString()).doesNotContain("one");
    }

    @Test
    void values_thatAreMissing_areNamed() {
        Environment environment = Environment.of(Map.of("BLANK", " "));

        assertThatThrownBy(() -> environment.required("BLANK")).hasMessageStartingWith("BLANK:");
        assertThatThrownBy(() -> environment.secret("A")).hasMessageStartingWith("A:");
        assertThatThrownBy(() -> environment.pem("A")).hasMessageStartingWith("A:");
        assertThatThrownBy(() -> environment.url("URL", EXAMPLE)).hasMessageStartingWith("URL:");
    }

    @Test
    void values_thatAreUnusable_areNamedAndNotRepeated() {
        Environment environment = Environment.of(Map.of(
                "URL", "https://user:pa ss@host", "KEY", "pass\nword", "PEM", "not-pem", "PEM2_FILE", "/no/file"));

        assertThatThrownBy(() -> environment.url("URL", EXAMPLE))
                .hasMessageStartingWith("URL:")
                .hasMessageNotContaining("pa ss")
                .hasNoCause();
        assertThatThrownBy(() -> environment.secret("KEY"))
                .hasMessageStartingWith("KEY:")
                .hasMessageNotContaining("word");
        assertThatThrownBy(() -> environment.pem("PEM"))
                .hasMessageStartingWith("PEM:")
                .hasMessageNotContaining("not-pem");
        assertThatThrownBy(() -> environment.pem("PEM2")).hasMessageStartingWith("PEM2_FILE:");
    }

    @Test
    void textOrFile_file_isReadAndBothAreRefused(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), "-----BEGIN TEST-----");

        assertThat(Environment.of(Map.of("KEY_FILE", file.toString())).textOrFile("KEY"))
                .contains("-----BEGIN TEST-----");
        assertThatThrownBy(() -> Environment.of(Map.of("KEY", "x", "KEY_FILE", file.toString()))
                        .textOrFile("KEY"))
                .hasMessageContaining("not both");
    }
}
