package org.unipayout.bereke.internal;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Balance;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.OperationItem;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.OrderTarget;
import org.unipayout.bereke.internal.wire.RegisteredPayout;

/** The bank's words into ours. Pure functions; what the words mean stands in {@link BerekeTables}. */
public final class BerekeReadings {
    private static final Pattern USABLE_ID = Pattern.compile("[!-~]{1,64}");
    private static final Pattern MASK = Pattern.compile("([0-9]{4,8})[^0-9]+([0-9]{4})");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{13}");

    private BerekeReadings() {}

    /** What an order says about the payout of a handle, after the echo check. */
    public static Payout payout(PayoutRef ref, Order order, ErrorBook errorBook) {
        String words = order.status();
        Optional<String> another = contradiction(ref, order);
        if (another.isPresent()) {
            return Payout.unknown(
                    ref,
                    words,
                    new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer speaks of another " + another.get()));
        }
        String orderId = order.orderId();
        PayoutRef named = orderId != null && isUsableId(orderId) ? ref.withProviderId(orderId) : ref;
        if (words.isEmpty()) {
            // The table says "absent if the order was not found", the table of errors has an error for that: not proof.
            return Payout.unknown(
                    named, "", new Evidence(Evidence.Kind.PROVIDER_UNSURE, "The answer has no orderStatus"));
        }
        PayoutStatus status = BerekeTables.status(words, ref.recipientKind());
        return status == PayoutStatus.UNKNOWN
                ? Payout.unknown(
                        named,
                        words,
                        new Evidence(
                                Evidence.Kind.UNDOCUMENTED_STATUS,
                                "The orderStatus is not one that the bank documents"))
                : described(Payout.builder(named, status, words), status, order, errorBook);
    }

    private static Payout described(Payout.Builder payout, PayoutStatus status, Order order, ErrorBook errorBook) {
        OperationItem telling = telling(order, status);
        Decline decline = new Decline(
                errorBook.entry(BerekeTables.DECLINED), telling == null ? null : telling.resultCodeDescription());
        boolean refusedOnForm = status == PayoutStatus.AWAITING_RECIPIENT && telling != null;
        OrderTarget target = order.target();
        String mask = mask(order);
        return payout.decline(status == PayoutStatus.FAILED ? decline : null)
                .lastDecline(refusedOnForm ? decline : null)
                .fee(order.fee() == null ? null : Money.ofMinor(order.fee(), BerekeTables.KZT))
                .rrn(telling == null || telling.failed() ? null : telling.refNum())
                .recipientMask(mask)
                .recipientToken(target == null ? null : target.bindingId())
                .createdAt(instant(order.creationDate()))
                .finishedAt(status.isFinal() && telling != null ? instant(telling.date()) : null)
                .build();
    }

    /**
     * The operation that explains the status: the last credit that worked, or else the last that failed. Other
     * operations, such as the debit of a corporate card, have no documented names and are passed over.
     */
    private static @Nullable OperationItem telling(Order order, PayoutStatus status) {
        boolean worked = status == PayoutStatus.SUCCEEDED || status == PayoutStatus.RETURNED;
        List<OperationItem> credits = order.operations().stream()
                .filter(item ->
                        item.operationType() == null || item.operationType().equals(BerekeTables.CREDIT))
                .filter(item -> item.failed() != worked)
                .toList();
        return credits.isEmpty() ? null : credits.get(credits.size() - 1);
    }

    /** The masked card, wherever the answer has it. */
    private static @Nullable String mask(Order order) {
        OrderTarget target = order.target();
        if (target != null && target.maskedPan() != null) {
            return target.maskedPan();
        }
        return order.operations().stream()
                .map(OperationItem::mask)
                .filter(Objects::nonNull)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    /** The field in which an order differs from a handle: the echo check. */
    public static Optional<String> contradiction(PayoutRef ref, Order order) {
        if (order.currency() != null && !isTenge(order.currency())) {
            return Optional.of("currency");
        }
        Money amount = order.amount() == null ? null : Money.ofMinor(order.amount(), BerekeTables.KZT);
        return ref.contradiction(amount, order.orderNumber(), order.orderId());
    }

    /** Whether an order went to another card than the request names, as far as the mask shows. */
    public static boolean paysAnotherCard(PayoutRequest request, Order order) {
        String mask = mask(order);
        Matcher digits = MASK.matcher(mask == null ? "" : mask);
        if (!(request.recipient() instanceof Recipient.Card card) || !digits.matches()) {
            return false;
        }
        String pan = card.number().reveal();
        return !pan.startsWith(digits.group(1)) || !pan.endsWith(digits.group(2));
    }

    /** The address of the form, if the answer has a usable one. */
    public static Optional<URI> formUrl(RegisteredPayout registered) {
        try {
            return Optional.ofNullable(registered.formUrl())
                    .map(URI::create)
                    .filter(url -> url.isAbsolute() && url.getHost() != null);
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
