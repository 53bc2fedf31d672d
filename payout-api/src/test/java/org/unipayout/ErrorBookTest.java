package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorBookTest {
    private static final String ROW =
            "card_expired\tDECLINED\tCARD_EXPIRED\tRECIPIENT\tNEW_PAYOUT_AFTER_FIX\tThe card has expired.\tСрок карты истёк.\n";

    @Test
    void find_listedCode_isTold() {
        ErrorEntry entry = read("# heading\n\n" + ROW).find("card_expired").orElseThrow();

        assertThat(entry.category()).isEqualTo(ErrorCategory.CARD_EXPIRED);
        assertThat(entry.text(Locale.forLanguageTag("kk-KZ"))).isEqualTo("Срок карты истёк.");
        assertThat(entry.text(Locale.FRENCH)).isEqualTo("The card has expired.");
    }

    @Test
    void entry_unlistedCode_provesNothingAndIsCounted() {
        ErrorBook book = read(ROW);

        assertThat(book.entry("new_code").proves()).isEqualTo(ErrorEntry.Proves.NOTHING);
        book.entry("new_code");
        book.entry("card_expired");

        assertThat(book.unlisted()).isEqualTo(Map.of("new_code", 2L));
    }

    @Test
    void entry_endlessNewCodes_doNotFillTheMemory() {
        ErrorBook book = read(ROW);
        for (int i = 0; i < 1000; i++) {
            book.entry("code-" + i);
        }

        assertThat(book.unlisted()).hasSize(500);
    }

    @Test
    void read_malformedOrRepeatedRow_isRefused() {
        assertThatThrownBy(() -> read(ROW + ROW)).hasMessageContaining("stands twice");
        assertThatThrownBy(() -> read("a\tb")).hasMessageContaining("seven columns");
        assertThatThrownBy(() -> read(ROW.replace("DECLINED", "REFUSED"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void advice_ofADecline_neverInvitesAResend() {
        ErrorEntry later = new ErrorEntry(
                "x",
                ErrorEntry.Proves.DECLINED,
                ErrorCategory.LIMIT_EXCEEDED,
                ErrorEntry.Actor.MERCHANT,
                Advice.SAME_REFERENCE_LATER,
                "e",
                "р");

        assertThat(new Decline(later, "raw").advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
        assertThat(new Decline(later, "Ivanov").toString()).doesNotContain("Ivanov");
    }

    private static ErrorBook read(String table) {
        return ErrorBook.read(new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)));
    }
}
