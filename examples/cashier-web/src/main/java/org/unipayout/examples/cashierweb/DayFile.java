package org.unipayout.examples.cashierweb;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.unipayout.Money;
import org.unipayout.journal.StatusChange;

/** A day's ends as CSV for a spreadsheet: UTF-8 with a mark, and no cell that a spreadsheet would calculate. */
final class DayFile {
    private static final List<String> COLUMNS = List.of(
            "reference",
            "recipient",
            "purpose",
            "account",
            "status",
            "amount",
            "currency",
            "fee",
            "returned",
            "rrn",
            "providerId",
            "recordedAt",
            "finishedAt",
            "word");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String CALCULATES = "=+-@\t\r\n＝＋－＠";

    private final StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
    private final CSVPrinter printer;
    private final ZoneId zone;

    DayFile(ZoneId zone, UnaryOperator<String> titles) throws IOException {
        this.zone = zone;
        this.printer = new CSVPrinter(text, CSVFormat.RFC4180);
        printer.printRecord(COLUMNS.stream().map(titles));
    }

    void add(Ledger.End end) {
        StatusChange change = end.change();
        Payments.Kept kept = end.kept();
        print(
                change.reference(),
                kept == null ? null : kept.recipient(),
                kept == null ? null : kept.purpose(),
                change.provider(),
                change.to().name(),
                major(change.amount()),
                change.amount().currency().getCurrencyCode(),
                major(change.fee()),
                major(change.returned()),
                change.rrn(),
                change.providerId(),
                time(change.at()),
                time(change.finishedAt()),
                change.word().name());
    }

    /** What cannot be read is in the file all the same, so that nobody takes it for whole. */
    void addLeftOut(String reference) {
        print(reference, "", "", "", "UNREADABLE");
    }

    private void print(@Nullable String... cells) {
        try {
            for (String cell : cells) {
                printer.print(cell == null ? "" : harmless(cell));
            }
            printer.println();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cell that begins like a formula is text in every spreadsheet once an apostrophe stands before it. */
    static String harmless(String cell) {
        return !cell.isEmpty() && CALCULATES.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    private static @Nullable String major(@Nullable Money money) {
        return money == null ? null : money.major().toPlainString();
    }

    private @Nullable String time(@Nullable Instant at) {
        return at == null
                ? null
                : ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
