package org.unipayout.examples.cashierweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Money;
import org.unipayout.PayoutStatus;
import org.unipayout.Word;
import org.unipayout.journal.StatusChange;

/** A day in numbers and as a file. */
class BooksTest {
    private static StatusChange end(String account, PayoutStatus to, long minor, @Nullable Long fee) {
        return new StatusChange(
                "order-1",
                account,
                "id-1",
                5,
                PayoutStatus.PROCESSING,
                to,
                Instant.parse("2026-11-27T19:30:00.5Z"),
                Word.PROVIDER,
                Money.ofMinor(minor, "KZT"),
                fee == null ? null : Money.ofMinor(fee, "KZT"),
                to == PayoutStatus.RETURNED ? Money.ofMinor(minor, "KZT") : null,
                "123456789012",
                null,
                "0".repeat(64));
    }

    private static List<CSVRecord> read(DayFile file) throws IOException {
        String text = new String(file.bytes(), StandardCharsets.UTF_8);
        assertThat(text).startsWith("\uFEFF");
        return CSVFormat.RFC4180.parse(new StringReader(text.substring(1))).getRecords();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"})
    void file_cellThatASpreadsheetWouldCalculate_isText(String typed) throws IOException {
        DayFile file = new DayFile(ZoneId.of("Asia/Almaty"), column -> column);
        file.add(new Ledger.End(
                end("ioka", PayoutStatus.SUCCEEDED, 150_050, null), new Payments.Kept("order-1", typed, typed)));

        CSVRecord row = read(file).get(1);
        assertThat(row.get(1)).isEqualTo("'" + typed);
        assertThat(row.get(2)).isEqualTo("'" + typed);
    }

    @Test
    void file_hasAmountsFeesAndTimesOfTheShop_andNamesWhatIsLeftOut() throws IOException {
        DayFile file = new DayFile(ZoneId.of("Asia/Almaty"), column -> column);
        file.add(new Ledger.End(
                end("ioka", PayoutStatus.SUCCEEDED, 150_050, 1_500L),
                new Payments.Kept("order-1", "Name, \"with\" quotes", "Refund")));
        file.add(new Ledger.End(end("ioka", PayoutStatus.RETURNED, 150_050, null), null));
        file.addLeftOut("order-9");

        List<CSVRecord> rows = read(file);
        assertThat(rows).hasSize(4);
        assertThat(rows.get(1).toList())
                .containsExactly(
                        "order-1",
                        "Name, \"with\" quotes",
                        "Refund",
                        "ioka",
                        "SUCCEEDED",
                        "1500.50",
                        "KZT",
                        "15.00",
                        "",
                        "123456789012",
                        "id-1",
                        "2026-11-28T00:30:00+05:00",
                        "",
                        "PROVIDER");
        assertThat(rows.get(2).toList())
                .startsWith("order-1", "", "", "ioka", "RETURNED")
                .contains("1500.50");
        assertThat(rows.get(3).toList()).startsWith("order-9").contains("UNREADABLE");
    }

    @Test
    void totals_areOfEachAccountCurrencyAndEnd_andSayForHowManyAFeeWasTold() {
        Totals totals = new Totals();
        totals.add(end("ioka", PayoutStatus.SUCCEEDED, 100_00, 50L));
        totals.add(end("ioka", PayoutStatus.SUCCEEDED, 250_01, null));
        totals.add(end("ioka", PayoutStatus.FAILED, 900_00, null));
        totals.add(end("bereke", PayoutStatus.RETURNED, 10_00, null));

        assertThat(totals.lines())
                .extracting(
                        line -> line.of().account(),
                        line -> line.of().status(),
                        Totals.Line::count,
                        line -> line.sum().toString(),
                        line -> line.fees().toString(),
                        line -> line.returned().toString(),
                        Totals.Line::told)
                .containsExactly(
                        tuple("bereke", PayoutStatus.RETURNED, 1L, "10.00 KZT", "0.00 KZT", "10.00 KZT", 0L),
                        tuple("ioka", PayoutStatus.SUCCEEDED, 2L, "350.01 KZT", "0.50 KZT", "0.00 KZT", 1L),
                        tuple("ioka", PayoutStatus.FAILED, 1L, "900.00 KZT", "0.00 KZT", "0.00 KZT", 0L));
    }
}
