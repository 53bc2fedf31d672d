package org.unipayout.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** docs/spring-boot.md has every property and every meter, and the defaults that hold. */
class DocumentTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    private final String document = read(Path.of("..", "docs", "spring-boot.md"));

    @Test
    void properties_allStandInTheTable_withTheirDefaults() {
        String metadata = read(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json"));
        Object properties = JsonParserFactory.getJsonParser().parseMap(metadata).getOrDefault("properties", List.of());
        int found = 0;
        for (Object one : (List<?>) properties) {
            Map<?, ?> property = (Map<?, ?>) one;
            String name = String.valueOf(property.get("name"));
            if (name.startsWith("unipayout.") && !name.equals("unipayout.accounts")) {
                found++;
                Object unset = property.get("defaultValue");
                assertThat(row(name)).as(name).contains(unset == null ? "| random |" : "| `" + unset + "` |");
            }
        }
        assertThat(found).isGreaterThan(10);
    }

    private String row(String property) {
        return document.lines()
                .filter(line -> line.startsWith("| `" + property.substring("unipayout.".length()) + "` |"))
                .findFirst()
                .orElse("");
    }

    @Test
    void meters_allStandInTheTable() throws IOException {
        List<String> meters;
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            meters = sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> Pattern.compile("builder\\(\\s*\"(unipayout\\.[a-z.]+)\"")
                            .matcher(read(file))
                            .results())
                    .map((MatchResult meter) -> meter.group(1))
                    .toList();
        }

        assertThat(meters).hasSize(6).allMatch(meter -> document.contains("| `" + meter + "` | "));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
