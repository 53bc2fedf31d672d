package org.unipayout.examples.cashierweb;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A day in numbers, and as a file: how payouts ended on it, by when the journal recorded their ends. */
@Controller
class BookPages {
    private final Ledger ledger;
    private final Shop shop;
    private final MessageSource texts;

    BookPages(Ledger ledger, Shop shop, MessageSource texts) {
        this.ledger = ledger;
        this.shop = shop;
        this.texts = texts;
    }

    @GetMapping("/books")
    ModelAndView day(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day) {
        LocalDate shown = day == null ? ledger.today() : day;
        Totals totals = new Totals();
        List<String> leftOut = ledger.ends(shown, end -> totals.add(end.change()));
        return new ModelAndView("books")
                .addObject("day", shown)
                .addObject("lines", totals.lines())
                .addObject("leftOut", leftOut);
    }

    @GetMapping("/books.csv")
    ResponseEntity<byte[]> file(
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day, Locale locale)
            throws IOException {
        DayFile file = new DayFile(shop.zone(), column -> texts.getMessage("csv." + column, null, locale));
        List<String> leftOut = ledger.ends(day, file::add);
        leftOut.forEach(file::addLeftOut);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"payouts-" + day + ".csv\"")
                .body(file.bytes());
    }
}
