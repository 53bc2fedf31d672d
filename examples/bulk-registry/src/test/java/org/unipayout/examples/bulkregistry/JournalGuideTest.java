package org.unipayout.examples.bulkregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guides to the journal are fresh: their snippets are the compiled ones. */
class JournalGuideTest {
    private static final Path GUIDES = Path.of("..", "..", "docs");
    private static final Path SNIPPETS = Path.of("src", "test", "java", "org", "unipayout", "examples", "bulkregistry");

    @Test
    void snippetsOfTheJournal_areTheCompiledOnes() throws IOException {
        assertCompiled("journal.md", "JournalSnippets.java");
    }

    @Test
    void snippetsOfAccounting_areTheCompiledOnes() throws IOException {
        assertCompiled("accounting.md", "AccountingSnippets.java");
    }

    private static void assertCompiled(String guide, String snippets) throws IOException {
        List<String> compiled = found("// snippet: \\w+\n(.*?)\n *// end", SNIPPETS.resolve(snippets));
        List<String> shown = found("```java\n(.*?)\n```", GUIDES.resolve(guide));

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
