package org.unipayout.ioka.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.ioka.internal.wire.Transfer;
import org.unipayout.ioka.internal.wire.TransferOrder;

/** What ioka's answers about transfer orders say in our words. Pure functions over {@link IokaTables}. */
public final class TransferReadings {
    private TransferReadings() {}

    private record Reading(
            PayoutStatus status,
            @Nullable Decline decline,
            @Nullable Evidence evidence) {
        static Reading of(PayoutStatus status) {
            return new Reading(status, null, null);
        }

        static Reading unknown(Evidence.Kind kind, String text) {
            return new Reading(PayoutStatus.UNKNOWN, null, new Evidence(kind, text));
        }
    }

    /**
     * What an order says about the payout of a handle; an order of another payout is {@link PayoutStatus#UNKNOWN}.
     *
     * @param asked when ioka was asked, so that what it says is at least as new
     */
    public static Payout payout(PayoutRef ref, TransferOrder order, ErrorBook errorBook, Instant asked) {
        List<Transfer> attempts = order.attempts();
        String words = words(order, attempts);
        String id = order.id();
        Money amount = Values.money(order.amount(), order.currency());
        if (id == null || !IokaCall.isUsableId(id) || amount == null || order.status() == null) {
            return Payout.unknown(
                    ref,
                    words,
                    new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The order has no usable id, status or amount"));
        }
        Optional<String> contradiction = ref.contradiction(amount, order.externalId(), id)
                .or(() -> attempts.stream()
                        .map(attempt -> contradiction(ref, id, attempt))
                        .flatMap(Optional::stream)
                        .findFirst());
        if (contradiction.isPresent()) {
            return Payout.unknown(ref, words, contradicting(contradiction.get()));
        }
        Reading reading = read(order, attempts, ref.recipientKind(), errorBook, asked);
        boolean stillPossible = reading.status() == PayoutStatus.AWAITING_RECIPIENT;
        Payout.Builder payout = Payout.builder(ref.withProviderId(id), reading.status(), words)
                .evidence(reading.evidence())
                .decline(reading.status() == PayoutStatus.FAILED ? reading.decline() : null)
                .lastDecline(reading.status() == PayoutStatus.FAILED ? null : reading.decline())
                .nextAction(stillPossible ? form(order) : null)
                .createdAt(IokaTime.read(order.createdAt()));
        telling(attempts).ifPresent(attempt -> describe(payout, attempt));
        return payout.build();
    }

    private static Reading read(
            TransferOrder order, List<Transfer> attempts, RecipientKind kind, ErrorBook errorBook, Instant asked) {
        if (IokaTables.TRANSFERRED.equals(order.status())) {
            return Reading.of(PayoutStatus.SUCCEEDED);
        }
        if (!IokaTables.NOT_TRANSFERRED.equals(order.status())) {
            return Reading.unknown(Evidence.Kind.UNDOCUMENTED_ANSWER, "ioka's pages do not explain this order status");
        }
        List<PayoutStatus> meanings = attempts.stream()
                .map(attempt ->
                        IokaTables.ATTEMPTS.getOrDefault(String.valueOf(attempt.status()), PayoutStatus.UNKNOWN))
                .toList();
        if (meanings.contains(PayoutStatus.UNKNOWN)) {
            return Reading.unknown(Evidence.Kind.UNDOCUMENTED_ANSWER, "ioka's pages do not have this transfer status");
        }
        if (meanings.contains(PayoutStatus.SUCCEEDED)) {
            return Reading.unknown(Evidence.Kind.PROVIDER_UNSURE, "An attempt is approved, the order does not show it");
        }
        if (meanings.contains(PayoutStatus.PROCESSING)) {
            return Reading.of(PayoutStatus.PROCESSING);
        }
        Transfer last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        Decline decline = last == null ? null : Declines.of(last.error(), errorBook);
        if (kind == RecipientKind.HOSTED_FORM) {
            return new Reading(
                    isOver(order, asked) ? PayoutStatus.EXPIRED : PayoutStatus.AWAITING_RECIPIENT, decline, null);
        }
        return last == null || decline == null
                ? Reading.of(PayoutStatus.PREPARED)
                : declined(decline, IokaTime.read(last.createdAt()), asked);
    }

    private static Reading declined(Decline decline, @Nullable Instant attempted, Instant asked) {
        return Declines.isUnsettled(decline, attempted, asked)
                ? Reading.unknown(
                        Evidence.Kind.PROVIDER_UNSURE, "A technical decline may hide a success; ask again later")
                : new Reading(PayoutStatus.FAILED, decline, null);
    }

    /** A recipient who began in time may be seen late, so the end of an order counts a while after its due date. */
    private static boolean isOver(TransferOrder order, Instant asked) {
        Instant due = IokaTime.read(order.dueDate());
        return due != null && asked.isAfter(due.plus(IokaTables.SETTLING));
    }

    /**
     * What the answer to {@code .../payout} says about the payout of a handle.
     *
     * @param asked when the call was made
     */
    public static Payout payout(PayoutRef ref, Transfer attempt, ErrorBook errorBook, Instant asked) {
        String words = String.valueOf(attempt.status());
        if (attempt.status() == null || attempt.id() == null) {
            return Payout.unknown(
                    ref, "", new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The transfer has no id or no status"));
        }
        Optional<String> contradiction = contradiction(ref, ref.providerId().orElse(null), attempt);
        if (contradiction.isPresent()) {
            return Payout.unknown(ref, words, contradicting(contradiction.get()));
        }
        Reading reading = read(attempt, errorBook, asked);
        Payout.Builder payout = Payout.builder(ref, reading.status(), words)
                .evidence(reading.evidence())
                .decline(reading.decline());
        describe(payout, attempt);
        return payout.build();
    }

    private static Reading read(Transfer attempt, ErrorBook errorBook, Instant asked) {
        PayoutStatus status = IokaTables.ATTEMPTS.get(String.valueOf(attempt.status()));
        if (status == null) {
            return Reading.unknown(Evidence.Kind.UNDOCUMENTED_ANSWER, "ioka's pages do not have this transfer status");
        }
        return status == PayoutStatus.FAILED
                ? declined(Declines.of(attempt.error(), errorBook), IokaTime.read(attempt.createdAt()), asked)
                : Reading.of(status);
    }

    /**
     * Why an existing order under our reference is not the payout that is asked for.
     *
     * @return the field that differs, empty if it is ours
     */
    public static Optional<String> collision(PayoutRef ref, PayoutRequest request, TransferOrder order) {
        Optional<String> contradiction =
                ref.contradiction(Values.money(order.amount(), order.currency()), order.externalId(), order.id());
        if (contradiction.isPresent()) {
            return contradiction;
        }
        if (order.type() != null && !order.type().equals(IokaTables.PAYOUT)) {
            return Optional.of("type");
        }
        boolean anotherCard = IokaRequests.receiverId(request.recipient())
                .filter(wanted -> order.receiverId() != null && !wanted.equals(order.receiverId()))
                .isPresent();
        return anotherCard ? Optional.of("recipient") : Optional.empty();
    }

    private static Optional<String> contradiction(PayoutRef ref, @Nullable String orderId, Transfer attempt) {
        Long transferred = attempt.transferredAmount();
        if (transferred != null && transferred != ref.amount().minorUnits()) {
            return Optional.of("amount");
        }
        boolean anotherOrder = attempt.orderId() != null && orderId != null && !orderId.equals(attempt.orderId());
        return anotherOrder ? Optional.of("provider id") : Optional.empty();
    }

    private static Evidence contradicting(String field) {
        return new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + field);
    }

    private static String words(TransferOrder order, List<Transfer> attempts) {
        String status = String.valueOf(order.status());
        return attempts.isEmpty()
                ? status
                : status + '/' + attempts.get(attempts.size() - 1).status();
    }

    /** The attempt that succeeded, else the last one. */
    private static Optional<Transfer> telling(List<Transfer> attempts) {
        return attempts.stream()
                .filter(attempt -> "APPROVED".equals(attempt.status()))
                .findFirst()
                .or(() -> attempts.stream().reduce((former, latter) -> latter));
    }

    private static void describe(Payout.Builder payout, Transfer attempt) {
        payout.recipientMask(Values.mask(attempt.receiverPanMasked()));
        if (attempt.acquirer() != null) {
            payout.rrn(attempt.acquirer().reference());
        }
    }

    private static @Nullable NextAction form(TransferOrder order) {
        return Values.form(order.checkoutUrl(), IokaTime.read(order.dueDate())).orElse(null);
    }
}
