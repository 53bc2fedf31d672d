package org.unipayout.examples.bulkregistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.unipayout.Capabilities;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.UnsupportedPayoutException;

/**
 * Reads a registry: CSV in UTF-8 with a header row, fields in quotes where they need them.
 *
 * <p>A bad row is refused and the others go on. A file whose rows cannot be told apart, because it is not UTF-8, lacks a
 * column or has a stray quote, is refused as a whole before anything is paid.
 */
final class Registry {
    static final List<String> COLUMNS = List.of("reference", "amount", "currency", "token", "name", "description");

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(false) // they are skipped below, or they would not count as lines
            .get();
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,3})?");

    private final Capabilities capabilities;
    private final Map<String, Long> lines = new HashMap<>();

    private Registry(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /**
     * Reads all rows.
     *
     * @throws UnreadableRegistryException if rows cannot be told apart; the message says where
     */
    static List<Row> read(Path file, Capabilities capabilities) {
        return new Registry(capabilities).rows(text(file));
    }

    /** What is wrong with the file as a whole. */
    static final class UnreadableRegistryException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableRegistryException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text; // spreadsheets mark UTF-8 so
        } catch (CharacterCodingException e) {
            throw new UnreadableRegistryException("the file is not UTF-8", e);
        } catch (IOException e) {
            throw new UnreadableRegistryException("the file cannot be read", e);
        }
    }

    private List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        long line = 1;
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            requireColumns(parser.getHeaderNames());
            line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord values : parser) {
                if (values.size() > 1 || !values.get(0).isEmpty()) {
                    rows.add(row(values, line));
                }
                line = parser.getCurrentLineNumber() + 1;
            }
            return rows;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new UnreadableRegistryException(
                    "from line " + line + " on rows cannot be told apart; look for a quote that is not closed", e);
        }
    }

    private static void requireColumns(List<String> header) {
        List<String> missing =
                COLUMNS.stream().filter(column -> !header.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new UnreadableRegistryException(
                    "line 1 must name the columns " + String.join(",", COLUMNS) + "; missing are "
                            + String.join(",", missing),
                    null);
        }
    }

    private Row row(CSVRecord values, long line) {
        String reference = values.isSet("reference") ? values.get("reference") : "";
        if (!values.isConsistent()) {
            return new Row.Refused(
                    line,
                    reference,
                    null,
                    "columns",
                    "has " + values.size() + " fields, not as many as" + " the header");
        }
        Money money = null;
        try {
            money = money(values);
            Row.Payable row = new Row.Payable(line, request(values, money));
            Long earlier = lines.putIfAbsent(reference, line);
            return earlier == null ? row : row.refused("reference", "is on line " + earlier + " already");
        } catch (UnsupportedPayoutException e) {
            return new Row.Refused(line, reference, money, "currency", "is not paid by " + capabilities.provider());
        } catch (IllegalArgumentException e) {
            return refused(line, reference, money, e);
        }
    }

    /** Every message of the API about a field is "field: what it must be", and quotes no value. */
    private static Row.Refused refused(
            long line, String reference, @Nullable Money money, IllegalArgumentException reason) {
        String message = Objects.requireNonNullElse(reason.getMessage(), "row: is not valid");
        int colon = message.indexOf(": ");
        return colon < 0
                ? new Row.Refused(line, reference, money, "row", message)
                : new Row.Refused(line, reference, money, message.substring(0, colon), message.substring(colon + 2));
    }

    private static Money money(CSVRecord values) {
        String amount = values.get("amount");
        if (!AMOUNT.matcher(amount).matches()) {
            throw new IllegalArgumentException("amount: must be a number such as 1500.50");
        }
        return Money.ofMajor(new BigDecimal(amount), values.get("currency"));
    }

    private PayoutRequest request(CSVRecord values, Money money) {
        PayoutRequest.Builder request =
                PayoutRequest.builder(values.get("reference"), money, new Recipient.SavedCard(values.get("token")));
        if (!values.get("name").isBlank()) {
            request.recipientDetails(
                    Participant.builder().fullName(values.get("name")).build());
        }
        if (!values.get("description").isBlank()) {
            request.description(values.get("description"));
        }
        PayoutRequest built = request.build();
        capabilities.check(built);
        return built;
    }
}
