package org.unipayout.examples.cashierweb;

import java.util.Set;
import java.util.function.Consumer;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.unipayout.PayoutException;
import org.unipayout.journal.Actor;
import org.unipayout.journal.PayoutOrders;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.Settlement;

/** What people order for a payout. The journal keeps who did, and refuses what is not open any more. */
@Controller
class OrderPages {
    private static final Set<String> ENDS = Set.of("paid", "returned", "notPaid");

    private final Payouts payouts;

    OrderPages(Payouts payouts) {
        this.payouts = payouts;
    }

    @PostMapping("/payout/confirm")
    String confirm(@RequestParam String reference, Authentication who, RedirectAttributes next) {
        return ordered(reference, who, next, orders -> orders.confirm(reference));
    }

    @PostMapping("/payout/cancel")
    String cancel(@RequestParam String reference, Authentication who, RedirectAttributes next) {
        return ordered(reference, who, next, orders -> orders.cancel(reference));
    }

    /** Only who says to have looked into the provider's statement. */
    @PostMapping("/payout/resubmit")
    String resubmit(
            @RequestParam String reference,
            @RequestParam(defaultValue = "false") boolean looked,
            Authentication who,
            RedirectAttributes next) {
        return looked
                ? ordered(reference, who, next, orders -> orders.resubmit(reference))
                : refused(reference, next, "refused.looked", "");
    }

    @PostMapping("/payout/settle")
    String settle(
            @RequestParam String reference,
            @RequestParam(defaultValue = "") String end,
            @RequestParam(defaultValue = "") String why,
            @RequestParam(defaultValue = "false") boolean overrule,
            Authentication who,
            RedirectAttributes next) {
        if (!ENDS.contains(end)) {
            return refused(reference, next, "refused.end", "");
        }
        if (why.isBlank() || CardLike.isIn(why)) {
            return refused(reference, next, why.isBlank() ? "refused.why" : "refused.card", "");
        }
        return ordered(reference, who, next, orders -> {
            Settlement settlement = switch (end) {
                case "paid" -> Settlement.paid(why.strip());
                case "returned" -> Settlement.returned(why.strip());
                default -> Settlement.notPaid(why.strip());
            };
            orders.settle(reference, overrule ? settlement.overruling() : settlement);
        });
    }

    private String ordered(
            String reference, Authentication who, RedirectAttributes next, Consumer<PayoutOrders> order) {
        try {
            order.accept(payouts.by(new Actor(who.getName())));
            next.addFlashAttribute("said", "said.ordered");
            return back(reference, next);
        } catch (IllegalStateException | IllegalArgumentException | PayoutException e) {
            return refused(reference, next, "refused.order", String.valueOf(e.getMessage()));
        }
    }

    private static String refused(String reference, RedirectAttributes next, String key, String detail) {
        next.addFlashAttribute("refused", new Refusals.Refusal(key, detail));
        return back(reference, next);
    }

    private static String back(String reference, RedirectAttributes next) {
        next.addAttribute("reference", reference);
        return "redirect:/payout";
    }
}
