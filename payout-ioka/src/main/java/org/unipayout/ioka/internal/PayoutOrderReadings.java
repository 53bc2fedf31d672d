package org.unipayout.ioka.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Balance;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.ioka.IokaPayoutOrderClient.Event;
import org.unipayout.ioka.IokaPayoutOrderClient.PaymentOrder;
import org.unipayout.ioka.internal.wire.BalanceItem;
import org.unipayout.ioka.internal.wire.ErrorObject;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.ioka.internal.wire.PayoutOrderEventItem;
import org.unipayout.ioka.internal.wire.UpcAnswer;

/** What ioka's answers about payout orders and balances say in our words. Pure functions over {@link IokaTables}. */
public final class PayoutOrderReadings {
    private PayoutOrderReadings() {}

    /**
     * What an order says about the payout of a handle; an order of another payout is {@link PayoutStatus#UNKNOWN}.
     *
     * @param reason why it failed, if the order itself does not say; null leaves that open
     */
    public static Payout payout(PayoutRef ref, PayoutOrder order, ErrorBook errorBook, @Nullable ErrorObject reason) {
        String words = String.valueOf(order.status());
        String id = order.uuid();
        Money amount = Values.money(order.amount(), order.currency());
        if (id == null || !IokaCall.isUsableId(id) || amount == null || order.status() == null) {
            return Payout.unknown(
                    ref,
                    "",
                    new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The order has no usable id, status or amount"));
        }
        Optional<String> contradiction = ref.contradiction(amount, order.externalId(), id);
        if (contradiction.isPresent()) {
            return Payout.unknown(
                    ref,
                    words,
                    new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + contradiction.get()));
        }
        PayoutStatus status = status(ref.recipientKind(), order);
        Payout.Builder payout = Payout.builder(ref.withProviderId(id), status, words)
                .createdAt(IokaTime.read(order.createdAt()))
                .finishedAt(status.isFinal() ? IokaTime.read(order.updatedAt()) : null);
        if (status == PayoutStatus.UNKNOWN) {
            payout.evidence(new Evidence(
                    Evidence.Kind.UNDOCUMENTED_ANSWER, "ioka's reference does not have this order status"));
        }
        if (status == PayoutStatus.FAILED) {
            payout.decline(Declines.of(Objects.requireNonNullElseGet(error(order), () -> without(reason)), errorBook));
        }
        PayoutOrder.Params params =
                order.recipient() == null ? null : order.recipient().params();
        if (params != null) {
            payout.recipientMask(Values.mask(params.panMasked()));
        }
        if (status == PayoutStatus.AWAITING_RECIPIENT && params != null) {
            payout.nextAction(Values.form(params.url(), null).orElse(null));
        }
        return payout.build();
    }

    private static ErrorObject without(@Nullable ErrorObject reason) {
        return reason == null ? new ErrorObject(Declines.WITHOUT_CODE, null) : reason;
    }

    private static PayoutStatus status(RecipientKind kind, PayoutOrder order) {
        PayoutStatus status =
                IokaTables.PAYOUT_ORDERS.getOrDefault(String.valueOf(order.status()), PayoutStatus.UNKNOWN);
        if ("ON_HOLD".equals(order.status()) && IokaTables.TWO_STEP.equals(order.captureMethod())) {
            return PayoutStatus.AWAITING_CONFIRMATION;
        }
        if (!"PENDING".equals(order.status()) || order.payout() != null || !IokaRules.isCreatedFirst(kind)) {
            return status;
        }
        return kind == RecipientKind.HOSTED_FORM ? PayoutStatus.AWAITING_RECIPIENT : PayoutStatus.PREPARED;
    }

    /** Whether only the history of a failed order can say who ended it and why. */
    public static boolean leavesReasonOpen(PayoutOrder order) {
        return error(order) == null || IokaTables.TWO_STEP.equals(order.captureMethod());
    }

    /** Why the payout of an order was declined, as far as the order says. */
    private static @Nullable ErrorObject error(PayoutOrder order) {
        ErrorObject error = order.payout() == null ? null : order.payout().error();
        return error == null || error.code() == null ? null : error;
    }

    // ---------------------------------------------------------------- what only payout orders have

    /** The entries of an order's history, in ioka's order. */
    public static List<Event> events(@Nullable PayoutOrderEventItem[] items) {
        return Arrays.stream(items)
                .filter(Objects::nonNull)
                .map(item -> new Event(
                        Optional.ofNullable(IokaTime.read(item.createdAt())),
                        Objects.requireNonNullElse(item.name(), ""),
                        Objects.requireNonNullElse(item.code(), ""),
                        Objects.requireNonNullElse(item.message(), "")))
                .toList();
    }

    /** The payment order of a payout to an account; empty if the answer has no number. */
    public static Optional<PaymentOrder> paymentOrder(UpcAnswer answer) {
        return Optional.ofNullable(answer.upc())
                .map(number -> new PaymentOrder(
                        number,
                        Objects.requireNonNullElse(answer.status(), ""),
                        answer.knp() == null ? "" : String.valueOf(answer.knp())));
    }

    /** The balances; empty if one of them cannot be read. */
    public static Optional<List<Balance>> balances(@Nullable BalanceItem[] items) {
        List<Balance> balances = new ArrayList<>();
        for (BalanceItem item : items) {
            Money available = item == null ? null : Values.money(item.availableAmount(), item.currency());
            if (item == null || available == null) {
                return Optional.empty();
            }
            balances.add(new Balance(Objects.requireNonNullElse(item.uuid(), ""), available));
        }
        return Optional.of(List.copyOf(balances));
    }
}
