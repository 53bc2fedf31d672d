package org.unipayout.examples.bulkregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/journal.md is fresh: its snippets are the compiled ones. */
class JournalGuideTest {
    private static final Path GUIDE = Path.of("..", "..", "docs", "journal.md");
    private static final Path SNIPPETS =
            Path.of("src", "test", "java", "org", "unipayout", "examples", "bulkregistry", "JournalSnippets.java");

    @Test
    void snippets_areTheCompiledOnes() throws IOException {
        List<String> compiled = found("// snippet: \\w+\n(.*?)\n *// end", SNIPPETS);
        List<String> shown = found("```java\n(.*?)\n```", GUIDE);

        assertThat(shown).isNotEmpty().isEqualTo(compiled);
    }

    private static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1).stripIndent())
                .toList();
    }
}
