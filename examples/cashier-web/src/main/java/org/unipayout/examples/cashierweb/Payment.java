package org.unipayout.examples.cashierweb;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.journal.Confirmation;

/**
 * A form that was found right: what is to be paid, and what the shop keeps beside it.
 *
 * @param request what to pay
 * @param account the shop's account that pays
 * @param confirmation who lets it go
 * @param recipient the person's name
 */
record Payment(PayoutRequest request, String account, Confirmation confirmation, String recipient) {
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,10}([.,][0-9]{1,9})?");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final int LONGEST = 120;

    /**
     * Checks a form.
     *
     * @return the payment; empty if {@code refusals} says why not
     */
    static Optional<Payment> of(Way way, PayForm form, Shop shop, Refusals refusals) {
        check(way, form, shop, refusals);
        if (!refusals.isEmpty()) {
            return Optional.empty();
        }
        try {
            PayoutRequest request = PayoutRequest.builder(
                            form.reference(), Money.ofMajor(major(form), way.currency()), recipient(way, form, shop))
                    .description(form.purpose())
                    .build();
            return Optional.of(new Payment(request, form.account(), way.confirmation(), form.recipient()));
        } catch (IllegalArgumentException e) {
            refusals.add(e);
            return Optional.empty();
        }
    }

    private static void check(Way way, PayForm form, Shop shop, Refusals refusals) {
        if (!way.accounts().contains(form.account())) {
            refusals.add("account", "refused.choose");
        }
        if (way == Way.SAVED_CARD && !shop.cards().containsKey(form.card())) {
            refusals.add("card", "refused.choose");
        }
        if (way == Way.ACCOUNT) {
            figures("bik", form.bik(), 9, refusals);
            figures("number", form.number(), 20, refusals);
        }
        text("recipient", form.recipient(), refusals);
        amount(form, refusals);
        text("purpose", form.purpose(), refusals);
        text("reference", form.reference(), refusals);
        if (!REFERENCE.matcher(form.reference()).matches()) {
            refusals.add("reference", "refused.reference");
        }
    }

    private static void text(String field, String typed, Refusals refusals) {
        if (typed.isEmpty()) {
            refusals.add(field, "refused.empty");
        } else if (typed.length() > LONGEST) {
            refusals.add(field, "refused.long", String.valueOf(LONGEST));
        } else if (CardLike.isIn(typed)) {
            refusals.add(field, "refused.card");
        }
    }

    private static void figures(String field, String typed, int count, Refusals refusals) {
        if (!typed.matches("[0-9]{" + count + "}")) {
            refusals.add(field, "refused.figures", String.valueOf(count));
        }
    }

    /** A point and a comma are the same, there is nothing between thousands, and nothing is rounded. */
    private static void amount(PayForm form, Refusals refusals) {
        if (!AMOUNT.matcher(form.amount()).matches()) {
            refusals.add("amount", "refused.amount");
        } else if (major(form).stripTrailingZeros().scale() > 2) {
            refusals.add("amount", "refused.digits");
        } else if (major(form).signum() == 0) {
            refusals.add("amount", "refused.zero");
        }
    }

    private static BigDecimal major(PayForm form) {
        return new BigDecimal(form.amount().replace(',', '.'));
    }

    private static Recipient recipient(Way way, PayForm form, Shop shop) {
        return switch (way) {
            case SAVED_CARD ->
                new Recipient.SavedCard(
                        Objects.requireNonNull(shop.cards().get(form.card())).token());
            case HOSTED_PAGE -> new Recipient.HostedForm(shop.publicUrl().resolve("/thanks"));
            case ACCOUNT ->
                Recipient.RussianAccount.builder(form.bik(), form.number(), form.recipient())
                        .build();
        };
    }
}
