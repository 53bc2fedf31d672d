package org.unipayout.examples.bulkregistry;

import java.io.Console;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The command line. */
record Words(
        Path registry,
        Path result,
        @Nullable String postgres,
        Duration callDeadline,
        Duration patience,
        boolean terminal) {
    private static final String USAGE = """
            bulk-registry <registry.csv> [options]
              --result <file>        one line for each row; <registry.csv>.result.csv if not given
              --postgres <jdbc-url>  keeps the journal in PostgreSQL; in an H2 file beside the result if not given
              --deadline <duration>  how long one call to the provider may take; PT90S if not given
              --patience <duration>  how long to wait for the last answers; PT1H if not given
              --plain                lines instead of a bar, in a terminal too""";

    static Words of(String... given) {
        Path registry = null;
        Path result = null;
        String postgres = null;
        Duration callDeadline = Duration.ofSeconds(90);
        Duration patience = Duration.ofHours(1);
        boolean terminal = isTerminal();
        Iterator<String> words = List.of(given).iterator();
        try {
            while (words.hasNext()) {
                String word = words.next();
                switch (word) {
                    case "--result" -> result = Path.of(words.next());
                    case "--postgres" -> postgres = words.next();
                    case "--deadline" -> callDeadline = Duration.parse(words.next());
                    case "--patience" -> patience = Duration.parse(words.next());
                    case "--plain" -> terminal = false;
                    default -> {
                        if (word.startsWith("-") || registry != null) {
                            throw new MisusedException(word);
                        }
                        registry = Path.of(word);
                    }
                }
            }
        } catch (NoSuchElementException | DateTimeException e) {
            throw new MisusedException("a value is missing or is not a duration such as PT30S");
        }
        if (registry == null) {
            throw new MisusedException("the registry file is missing");
        }
        Path file = result == null ? registry.resolveSibling(registry.getFileName() + ".result.csv") : result;
        return new Words(registry, file, postgres, callDeadline, patience, terminal);
    }

    /** Up to JDK 21 a console is a terminal; later ones have to be asked, by a method that JDK 17 does not have. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** A command line that means nothing. */
    static final class MisusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MisusedException(String what) {
            super(what + System.lineSeparator() + USAGE);
        }
    }
}
