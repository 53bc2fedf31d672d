package org.unipayout.examples.cashierweb;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.journal.Actor;
import org.unipayout.journal.PayoutConflictException;

/** The form to pay by. Whatever is sent twice carries the same reference, so it is paid once. */
@Controller
class PayPage {
    private final Payments payments;
    private final Shop shop;
    private final Clock clock;

    PayPage(Payments payments, Shop shop, Clock clock) {
        this.payments = payments;
        this.shop = shop;
        this.clock = clock;
    }

    @GetMapping("/pay")
    ModelAndView form(@RequestParam(defaultValue = "SAVED_CARD") Way way) {
        return page(way, PayForm.empty(way.accounts().get(0), newReference()), new Refusals());
    }

    @PostMapping("/pay")
    ModelAndView pay(
            @RequestParam Way way,
            @ModelAttribute("form") PayForm form,
            Authentication cashier,
            RedirectAttributes next) {
        Refusals refusals = new Refusals();
        Payment.of(way, form, shop, refusals)
                .ifPresent(payment -> pay(payment, new Actor(cashier.getName()), refusals, next));
        if (!refusals.isEmpty()) {
            return page(way, form.shown(), refusals);
        }
        next.addAttribute("reference", form.reference());
        return new ModelAndView("redirect:/payout");
    }

    private void pay(Payment payment, Actor actor, Refusals refusals, RedirectAttributes next) {
        try {
            next.addFlashAttribute("said", payments.pay(payment, actor) ? "said.stored" : "said.repeated");
        } catch (PayoutConflictException | Payments.OtherRecipientException e) {
            refusals.add("reference", "refused.taken");
        } catch (UnsupportedPayoutException e) {
            refusals.add(Refusals.FORM, "refused.library", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            refusals.add(e);
        }
    }

    private ModelAndView page(Way way, PayForm form, Refusals refusals) {
        ModelAndView page = new ModelAndView("pay");
        page.setStatus(refusals.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY);
        return page.addObject("way", way)
                .addObject("ways", Way.values())
                .addObject("form", form)
                .addObject("refusals", refusals)
                .addObject("cards", shop.cards());
    }

    /** In real life the number of an order or invoice: then nobody pays it a second time from a second form either. */
    private String newReference() {
        String random = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        return "P-" + LocalDate.now(clock.withZone(shop.zone())) + "-" + random;
    }
}
