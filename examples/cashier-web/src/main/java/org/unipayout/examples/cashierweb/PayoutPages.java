package org.unipayout.examples.cashierweb;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.unipayout.NextAction;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;

/** The list, one payout with its steps, and the inbox. They read what is stored; only {@link #ask} asks a provider. */
@Controller
class PayoutPages {
    private final Payouts payouts;
    private final Ledger ledger;
    private final Times times;

    PayoutPages(Payouts payouts, Ledger ledger, Times times) {
        this.payouts = payouts;
        this.ledger = ledger;
        this.times = times;
    }

    @GetMapping("/")
    String start() {
        return "redirect:/payouts";
    }

    @GetMapping("/login")
    String login() {
        return "login";
    }

    /** Where recipients come back to; it tells nothing. */
    @GetMapping("/thanks")
    String thanks() {
        return "thanks";
    }

    @GetMapping("/payouts")
    ModelAndView list(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate day,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(required = false) @Nullable String after) {
        try {
            Filter filter = new Filter(day, status);
            return new ModelAndView("payouts")
                    .addObject("filter", filter)
                    .addObject("statuses", PayoutStatus.values())
                    .addObject("page", ledger.page(filter, after));
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "no such page", e);
        }
    }

    @GetMapping("/inbox")
    ModelAndView inbox() {
        return new ModelAndView("inbox")
                .addObject("attention", ledger.needingAttention())
                .addObject("waiting", ledger.awaitingConfirmation())
                .addObject("unreadable", payouts.unreadable());
    }

    @GetMapping("/payout")
    ModelAndView payout(@RequestParam String reference, Locale locale) {
        PayoutRecord record = stored(reference);
        return new ModelAndView("payout")
                .addObject("row", ledger.row(record))
                .addObject("link", link(record))
                .addObject("steps", steps(reference, locale));
    }

    /** A person wants to know now: the provider is asked, and the payout carried on. */
    @PostMapping("/payout/ask")
    String ask(@RequestParam String reference, RedirectAttributes next) {
        stored(reference);
        payouts.find(reference);
        next.addFlashAttribute("said", "said.asked");
        next.addAttribute("reference", reference);
        return "redirect:/payout";
    }

    private PayoutRecord stored(String reference) {
        return payouts.stored(reference).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Below the title, which the page has itself. */
    private List<String> steps(String reference, Locale locale) {
        return payouts.explain(reference, CashierWeb.spoken(locale))
                .orElse("")
                .lines()
                .skip(1)
                .map(times::step)
                .toList();
    }

    /** Where the recipient types the card; whoever has this address gets the money. */
    private static @Nullable URI link(PayoutRecord record) {
        return record.status() != PayoutStatus.AWAITING_RECIPIENT
                ? null
                : record.payout()
                        .nextAction()
                        .map(NextAction::url)
                        .filter(url -> List.of("http", "https").contains(url.getScheme()))
                        .orElse(null);
    }
}
