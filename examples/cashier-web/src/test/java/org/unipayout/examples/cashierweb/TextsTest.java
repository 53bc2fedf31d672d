package org.unipayout.examples.cashierweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.unipayout.PayoutStatus;
import org.unipayout.Word;
import org.unipayout.journal.Attention;

/** Whatever a page may say is there in both languages. */
class TextsTest {
    private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");

    private final Properties english = texts("/messages.properties");
    private final Properties russian = texts("/messages_ru.properties");

    private static Properties texts(String name) {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(TextsTest.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return texts;
    }

    @Test
    void texts_areThereInBothLanguages_withTheSamePlaces() {
        assertThat(russian.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(places(russian.getProperty(key)))
                        .as(key)
                        .isEqualTo(places(english.getProperty(key))));
    }

    private static List<String> places(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    @Test
    void texts_haveEveryStatusReasonAndWord() {
        assertThat(english.stringPropertyNames())
                .containsAll(names("status.", PayoutStatus.values()))
                .containsAll(names("attention.", Attention.values()))
                .containsAll(names("word.", Word.values()))
                .containsAll(names("way.", Way.values()));
    }

    private static List<String> names(String prefix, Enum<?>[] values) {
        return Stream.of(values).map(value -> prefix + value.name()).toList();
    }

    @Test
    void templates_nameNoTextThatIsMissing() throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            List<String> named = files.map(TextsTest::read)
                    .flatMap(text -> Pattern.compile("#\\{([a-zA-Z.]+)[(}]")
                            .matcher(text)
                            .results())
                    .map(match -> match.group(1))
                    .toList();
            assertThat(named).hasSizeGreaterThan(50).allMatch(english::containsKey);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
