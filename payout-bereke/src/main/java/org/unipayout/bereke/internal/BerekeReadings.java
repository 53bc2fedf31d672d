package org.unipayout.bereke.internal;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Balance;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.Shown;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.OperationItem;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.OrderTarget;
import org.unipayout.bereke.internal.wire.RegisteredPayout;
import org.unipayout.http.Required;

/** The bank's words into ours. Pure functions; what the words mean stands in {@link BerekeTables}. */
public final class BerekeReadings {
    private static final Pattern USABLE_ID = Pattern.compile("[!-~]{1,64}");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{13}");

    /** The page has six digits, as many X as are hidden, and four digits; the acquiring module has stars. */
    private static final Pattern MASK = Pattern.compile("[0-9]{0,6}[X*]+[0-9]{0,4}");

    /** Any card number, masked or whole, that shows enough to be compared. */
    private static final Pattern CARD = Pattern.compile("(?=(?:[^0-9]*[0-9]){4})[0-9]*[X*]*[0-9]*");

    private BerekeReadings() {}

    // ---------------------------------------------------------------- about which payout

    /** About which payout an answer speaks, for the request that meets it. */
    public static Identity identity(PayoutRef ref, PayoutRequest request, Order order) {
        Identity identity = identity(ref, order);
        OrderTarget target = order.target();
        // Of a form nothing else is known that tells recipients apart.
        boolean otherClient = ref.recipientKind() == RecipientKind.HOSTED_FORM
                && target != null
                && target.clientId() != null
                && BerekeRules.clientId(request)
                        .filter(ours -> !ours.equals(target.clientId()))
                        .isPresent();
        return identity.ours() && otherClient ? new Identity(Identity.About.COLLISION, "client") : identity;
    }

    /** About which payout an answer speaks. If its card numbers disagree, one that is ours makes it ours. */
    static Identity identity(PayoutRef ref, Order order) {
        List<String> cards = cards(order);
        Identity first = identity(ref, order, cards.isEmpty() ? null : cards.get(0));
        if (first.ours() || cards.size() < 2) {
            return first;
        }
        return cards.stream()
                .map(card -> identity(ref, order, card))
                .filter(Identity::ours)
                .findFirst()
                .orElse(first);
    }

    private static Identity identity(PayoutRef ref, Order order, @Nullable String card) {
        OrderTarget target = order.target();
        Shown.Builder shown = Shown.builder(order.orderNumber(), order.orderId())
                .amount(amount(order))
                .card(card)
                .token(target == null ? null : target.bindingId())
                .createdAt(earliest(order));
        BerekeTables.kind(order.parameter(BerekeTables.RECIPIENT_KIND)).ifPresent(shown::kinds);
        return shown.build().against(ref);
    }

    /** A currency that is not tenge is none of ours, whatever it is. */
    private static @Nullable Money amount(Order order) {
        boolean tenge = order.currency() == null || isTenge(order.currency());
        if (order.amount() == null && tenge) {
            return null;
        }
        return Money.ofMinor(
                Objects.requireNonNullElse(order.amount(), 0L), tenge ? BerekeTables.KZT : BerekeTables.NO_CURRENCY);
    }

    /** Answers to questions have no creation date, but what was finished was created before. */
    private static @Nullable Instant earliest(Order order) {
        Instant earliest = instant(order.creationDate());
        for (OperationItem item : order.operations()) {
            Instant finished = instant(item.date());
            if (earliest == null || (finished != null && finished.isBefore(earliest))) {
                earliest = finished;
            }
        }
        return earliest;
    }

    /** The different card numbers that the answer shows, in a form that can be compared. */
    private static List<String> cards(Order order) {
        List<String> cards = new ArrayList<>();
        for (String mask : masks(order)) {
            String card = mask.replace('X', '*');
            if (!cards.contains(card) && CARD.matcher(mask).matches()) {
                cards.add(card);
            }
        }
        return cards;
    }

    private static List<String> masks(Order order) {
        List<String> masks = new ArrayList<>();
        OrderTarget target = order.target();
        if (target != null && target.maskedPan() != null) {
            masks.add(target.maskedPan());
        }
        for (OperationItem credit : order.credits()) {
            String mask = credit.mask();
            if (mask != null) {
                masks.add(mask);
            }
        }
        return masks;
    }

    // ---------------------------------------------------------------- what happened to it

    /**
     * What the answer to the call that pays says. That call cannot have made a different payout, so what differs does
     * not free the merchant to pay under another reference.
     */
    public static Payout performed(PayoutRef ref, Order order, ErrorBook errorBook) {
        Identity identity = identity(ref, order);
        return identity.collides()
                ? contradicting(ref, order, "the answer to the call itself shows another " + identity.difference())
                : payout(ref, order, identity, errorBook);
    }

    /** What an order says about the payout of a handle. */
    public static Payout payout(PayoutRef ref, Order order, ErrorBook errorBook) {
        return payout(ref, order, identity(ref, order), errorBook);
    }

    private static Payout payout(PayoutRef ref, Order order, Identity identity, ErrorBook errorBook) {
        return identity.ours()
                ? ours(named(ref, order.orderId()), order, errorBook)
                : Payout.unknown(ref, order.status(), identity.evidence());
    }

    private static PayoutRef named(PayoutRef ref, @Nullable String orderId) {
        return orderId != null && isUsableId(orderId) ? ref.withProviderId(orderId) : ref;
    }

    private static Payout ours(PayoutRef ref, Order order, ErrorBook errorBook) {
        String words = order.status();
        if (words.isEmpty()) {
            return withoutStatus(ref, order);
        }
        PayoutStatus status = BerekeTables.status(words, ref.recipientKind());
        if (status == PayoutStatus.UNKNOWN) {
            return Payout.unknown(
                    ref,
                    words,
                    new Evidence(
                            Evidence.Kind.UNDOCUMENTED_STATUS, "The orderStatus is not one that the bank documents"));
        }
        return disagreement(ref, order, status)
                .map(parts -> contradicting(ref, order, parts))
                .orElseGet(() -> described(Payout.builder(ref, status, words), status, order, errorBook));
    }

    /** The table says "absent if the order was not found", which is no answer to a call that pays. */
    private static Payout withoutStatus(PayoutRef ref, Order order) {
        Evidence.Kind kind = isEmpty(order) ? Evidence.Kind.OPEN_CODE : Evidence.Kind.PROVIDER_UNSURE;
        return Payout.unknown(ref, "", new Evidence(kind, "The answer has no orderStatus"));
    }

    /** Whether an answer shows nothing that only an order has; its amount and currency are mandatory fields. */
    private static boolean isEmpty(Order order) {
        return order.status().isEmpty()
                && order.orderId() == null
                && order.operationList() == null
                && order.target() == null
                && (order.amount() == null || order.amount() == 0);
    }

    /** Whether the answer to a question says that there is no such order. */
    public static boolean isNotFound(PayoutRef ref, Order order) {
        return isEmpty(order)
                && (order.orderNumber() == null || order.orderNumber().equals(ref.reference()));
    }

    /** The parts of an answer about our payout that do not fit each other. */
    private static Optional<String> disagreement(PayoutRef ref, Order order, PayoutStatus status) {
        List<OperationItem> credits = order.credits();
        if (BerekeTables.UNPAID.contains(status) && credits.stream().anyMatch(OperationItem::worked)) {
            return Optional.of("a credit worked, and the orderStatus says that nothing was paid");
        }
        boolean failed = !credits.isEmpty() && credits.stream().allMatch(OperationItem::failed);
        if (failed && BerekeTables.PAID.contains(status)) {
            return Optional.of("no credit worked, and the orderStatus says that it was paid");
        }
        if (credits.stream().anyMatch(credit -> isAnother(ref, credit.amount()))) {
            return Optional.of("a credit has another amount");
        }
        List<String> cards = cards(order); // a single one was compared when the answer was found to be ours
        return cards.size() > 1
                        && cards.stream()
                                .anyMatch(card -> identity(ref, order, card).collides())
                ? Optional.of("a credit has another card")
                : Optional.empty();
    }

    private static boolean isAnother(PayoutRef ref, @Nullable Long minorUnits) {
        return minorUnits != null && minorUnits != ref.amount().minorUnits();
    }

    private static Payout contradicting(PayoutRef ref, Order order, String parts) {
        return Payout.builder(ref, PayoutStatus.UNKNOWN, order.status())
                .evidence(new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer contradicts itself: " + parts))
                .rrn(order.lastGood().map(OperationItem::refNum).orElse(null))
                .build();
    }

    private static Payout described(Payout.Builder payout, PayoutStatus status, Order order, ErrorBook errorBook) {
        boolean paid = BerekeTables.PAID.contains(status);
        OperationItem failed = order.lastFailed().orElse(null);
        OperationItem telling = paid ? order.lastGood().orElse(null) : failed;
        Decline decline = new Decline(
                errorBook.entry(BerekeTables.DECLINED), failed == null ? null : failed.resultCodeDescription());
        boolean refusedOnForm = status == PayoutStatus.AWAITING_RECIPIENT && failed != null;
        OrderTarget target = order.target();
        return payout.decline(status == PayoutStatus.FAILED ? decline : null)
                .lastDecline(refusedOnForm ? decline : null)
                .fee(order.fee() == null ? null : Money.ofMinor(order.fee(), BerekeTables.KZT))
                .rrn(paid && telling != null ? telling.refNum() : null)
                .recipientMask(mask(order))
                .recipientToken(target == null ? null : target.bindingId())
                .createdAt(instant(order.creationDate()))
                .finishedAt(status.isFinal() && telling != null ? instant(telling.date()) : null)
                .build();
    }

    /** The masked card, wherever the answer has it; what shows more than six and four digits is not passed on. */
    private static @Nullable String mask(Order order) {
        for (String mask : masks(order)) {
            if (MASK.matcher(mask).matches()) {
                return mask;
            }
        }
        return null;
    }

    // ---------------------------------------------------------------- other answers

    /** The address of the form, if the answer has a usable one. */
    public static Optional<URI> formUrl(RegisteredPayout registered) {
        try {
            return Optional.ofNullable(registered.formUrl()).map(url -> Required.page(URI.create(url), "formUrl"));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /** All balances; empty if there is none or one of them lacks amount, sign or currency. */
    public static Optional<List<Balance>> balances(AmountAnswer answer) {
        List<AmountAnswer.@Nullable Description> told =
                Objects.requireNonNullElse(answer.balanceDescriptionList(), List.of());
        List<Balance> balances = told.stream()
                .flatMap(description -> balance(description).stream())
                .toList();
        return balances.isEmpty() || balances.size() < told.size() ? Optional.empty() : Optional.of(balances);
    }

    /** A balance; empty if the answer lacks amount, sign or currency. */
    static Optional<Balance> balance(AmountAnswer.@Nullable Description description) {
        if (description == null
                || description.balanceAmount() == null
                || description.balanceCurrency() == null
                || !isTenge(description.balanceCurrency())
                || !("C".equals(description.balanceSign()) || "D".equals(description.balanceSign()))) {
            return Optional.empty();
        }
        long magnitude = Math.abs(description.balanceAmount());
        return Optional.of(new Balance(
                Objects.requireNonNullElse(description.balanceDescription(), ""),
                Money.ofMinor("D".equals(description.balanceSign()) ? -magnitude : magnitude, BerekeTables.KZT)));
    }

    /** Whether an id of the bank fits into a handle. */
    public static boolean isUsableId(String id) {
        return USABLE_ID.matcher(id).matches();
    }

    private static boolean isTenge(String currency) {
        return currency.equals(BerekeTables.KZT_DIGITS) || currency.equals(BerekeTables.KZT);
    }

    private static @Nullable Instant instant(@Nullable String millis) {
        return millis != null && MILLIS.matcher(millis).matches() ? Instant.ofEpochMilli(Long.parseLong(millis)) : null;
    }
}
