package org.unipayout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A provider's error codes as data.
 *
 * <p>A code that the book does not have is never read as a decline: it proves nothing, keeps its raw text and is counted
 * ({@link #unlisted}), so that somebody can add it. Thread-safe.
 */
public final class ErrorBook {
    private static final int COUNTED_CODES = 500;

    private final Map<String, ErrorEntry> entries;
    private final Map<String, LongAdder> unlisted = new ConcurrentHashMap<>();

    private ErrorBook(Map<String, ErrorEntry> entries) {
        this.entries = entries;
    }

    /**
     * Reads a book: UTF-8, one row a line, seven tab-separated columns as in {@link ErrorEntry}; lines that start with
     * {@code #} and empty lines do not count.
     *
     * @param source the table; is closed
     * @return the book
     * @throws IllegalArgumentException if a row is malformed or a code stands twice
     */
    public static ErrorBook read(InputStream source) {
        Map<String, ErrorEntry> entries = new LinkedHashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                ErrorEntry entry = row(line);
                if (entries.put(entry.code(), entry) != null) {
                    throw new IllegalArgumentException("error book: code " + entry.code() + " stands twice");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ErrorBook(Collections.unmodifiableMap(entries));
    }

    private static ErrorEntry row(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 7) {
            throw new IllegalArgumentException("error book: a row has seven columns, but not this one: " + line);
        }
        return new ErrorEntry(
                columns[0],
                ErrorEntry.Proves.valueOf(columns[1]),
                ErrorCategory.valueOf(columns[2]),
                ErrorEntry.Actor.valueOf(columns[3]),
                Advice.valueOf(columns[4]),
                Checks.text(columns[5], "error book: english of " + columns[0]),
                Checks.text(columns[6], "error book: russian of " + columns[0]));
    }

    /**
     * Looks a code up without counting it.
     *
     * @param code the provider's code, or null
     * @return its row, empty if the book does not have it
     */
    public Optional<ErrorEntry> find(@Nullable String code) {
        return code == null ? Optional.empty() : Optional.ofNullable(entries.get(code));
    }

    /**
     * The row of a code that a provider sent.
     *
     * @param code the provider's code; empty if it sent an error without one
     * @return its row; for a code that the book does not have, a row that proves nothing, and the code is counted
     */
    public ErrorEntry entry(String code) {
        return find(code).orElseGet(() -> {
            count(ProviderText.word(code));
            return new ErrorEntry(
                    code,
                    ErrorEntry.Proves.NOTHING,
                    ErrorCategory.UNLISTED,
                    ErrorEntry.Actor.PROVIDER,
                    Advice.ASK_STATUS,
                    "The provider gave a reason that is not known here. Ask it with the code and the payout's id.",
                    "Провайдер назвал причину, которой нет в справочнике. Обратитесь к нему с кодом и номером выплаты.");
        });
    }

    private void count(String code) {
        if (unlisted.size() < COUNTED_CODES || unlisted.containsKey(code)) {
            unlisted.computeIfAbsent(code, any -> new LongAdder()).increment();
        }
    }

    /** {@return all rows; unmodifiable} */
    public Collection<ErrorEntry> entries() {
        return entries.values();
    }

    /** {@return how often each code came that the book does not have; at most 500 different codes are counted} */
    public Map<String, Long> unlisted() {
        return unlisted.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, count -> count.getValue().sum()));
    }
}
