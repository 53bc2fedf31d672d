package org.unipayout.ioka.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.Door;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.Shown;
import org.unipayout.ioka.IokaPayoutClient.Attempt;
import org.unipayout.ioka.internal.wire.ErrorObject;
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

    // ---------------------------------------------------------------- an order

    /**
     * What an order says about the payout of a handle; an order of another payout is {@link PayoutStatus#UNKNOWN}.
     *
     * @param door how the order was found: under our reference it may be another payout's
     * @param asked when ioka was asked, so that what it says is at least as new
     */
    public static Payout payout(PayoutRef ref, TransferOrder order, Door door, ErrorBook errorBook, Instant asked) {
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
        Instant createdAt = IokaTime.read(order.createdAt());
        Identity identity = identity(ref, order, door, createdAt);
        if (!identity.ours()) {
            return Payout.unknown(ref, words, identity.evidence());
        }
        PayoutRef named = ref.withProviderId(id);
        Reading reading = contradiction(named, order, amount, attempts)
                .map(text -> Reading.unknown(Evidence.Kind.CONTRADICTING_ANSWER, text))
                .orElseGet(() -> read(order, attempts, ref.recipientKind(), errorBook, asked));
        boolean stillPossible = reading.status() == PayoutStatus.AWAITING_RECIPIENT;
        Payout.Builder payout = Payout.builder(named, reading.status(), words)
                .evidence(reading.evidence())
                .decline(reading.status() == PayoutStatus.FAILED ? reading.decline() : null)
                .lastDecline(reading.status() == PayoutStatus.FAILED ? null : reading.decline())
                .nextAction(stillPossible ? form(order) : null)
                .createdAt(createdAt);
        telling(attempts).ifPresent(attempt -> describe(payout, attempt));
        return payout.build();
    }

    /** About which payout an order speaks. */
    public static Identity identity(PayoutRef ref, TransferOrder order, Door door) {
        return identity(ref, order, door, IokaTime.read(order.createdAt()));
    }

    private static Identity identity(PayoutRef ref, TransferOrder order, Door door, @Nullable Instant createdAt) {
        return shown(order, door, isCreation(ref, door), createdAt).against(ref);
    }

    /** Whether an answer made the order that it shows. */
    private static boolean isCreation(PayoutRef ref, Door door) {
        return door == Door.PROVIDER_ID && ref.providerId().isEmpty();
    }

    /** What a notification shows of its order. */
    public static Shown notified(TransferOrder order) {
        return shown(order, Door.NOTIFICATION, false, IokaTime.read(order.createdAt()));
    }

    /**
     * What tells an order from another one. An order that names a saved card is for that card, and one that says "none" is
     * for a form; only the answer to a creation may name a card that nobody sent, as ioka's sample does. The amount of an
     * order that has our id is no name: one that differs contradicts.
     */
    private static Shown shown(TransferOrder order, Door door, boolean creation, @Nullable Instant createdAt) {
        Shown.Builder shown = Shown.builder(order.externalId(), order.id())
                .token(order.receiver())
                .createdAt(createdAt);
        if (door != Door.PROVIDER_ID) {
            shown.amount(Values.money(order.amount(), order.currency()));
        }
        if (!creation) {
            kind(order).ifPresent(shown::kinds);
        }
        return shown.build();
    }

    private static Optional<RecipientKind> kind(TransferOrder order) {
        if (order.type() != null && !order.type().equals(IokaTables.PAYOUT)) {
            return Optional.of(IokaTables.NO_KIND_OF_OURS);
        }
        if (order.isForForm()) {
            return Optional.of(RecipientKind.HOSTED_FORM);
        }
        return order.receiver() == null ? Optional.empty() : Optional.of(RecipientKind.SAVED_CARD);
    }

    /** What of an order that is ours cannot be true. */
    private static Optional<String> contradiction(
            PayoutRef ref, TransferOrder order, Money amount, List<Transfer> attempts) {
        Optional<String> field = ref.contradiction(amount, null, null);
        if (field.isPresent() || isAnother(ref, order.transferredAmount())) {
            return Optional.of(Values.another(field.orElse("amount")));
        }
        if (attempts.stream()
                .anyMatch(attempt -> named(attempt).against(ref).about() == Identity.About.SOMEBODY_ELSE)) {
            return Optional.of("The order shows an attempt of another order");
        }
        return attempts.stream()
                .filter(attempt -> transfersAnother(ref, attempt))
                .findFirst()
                .map(attempt -> Values.another("amount"));
    }

    private static Reading read(
            TransferOrder order, List<Transfer> attempts, RecipientKind kind, ErrorBook errorBook, Instant asked) {
        List<PayoutStatus> meanings =
                attempts.stream().map(TransferReadings::meaning).toList();
        if (IokaTables.TRANSFERRED.equals(order.status())) {
            return paid(meanings);
        }
        if (!IokaTables.NOT_TRANSFERRED.equals(order.status())) {
            return Reading.unknown(Evidence.Kind.UNDOCUMENTED_STATUS, "ioka's pages do not explain this order status");
        }
        if (meanings.contains(PayoutStatus.UNKNOWN)) {
            return Reading.unknown(Evidence.Kind.UNDOCUMENTED_STATUS, "ioka's pages do not have this transfer status");
        }
        if (meanings.contains(PayoutStatus.SUCCEEDED)) {
            return Reading.unknown(
                    Evidence.Kind.CONTRADICTING_ANSWER, "An attempt is approved, the order does not show it");
        }
        if (meanings.contains(PayoutStatus.PROCESSING)) {
            return Reading.of(PayoutStatus.PROCESSING);
        }
        return unpaid(order, attempts, kind, errorBook, asked);
    }

    private static Reading paid(List<PayoutStatus> meanings) {
        long approved = meanings.stream().filter(PayoutStatus.SUCCEEDED::equals).count();
        if (approved > 1) {
            return new Reading(
                    PayoutStatus.SUCCEEDED,
                    null,
                    new Evidence(Evidence.Kind.PAID_TWICE, "The order shows " + approved + " approved attempts"));
        }
        return !meanings.isEmpty() && meanings.stream().allMatch(PayoutStatus.FAILED::equals)
                ? Reading.unknown(
                        Evidence.Kind.CONTRADICTING_ANSWER, "The order is paid, and every attempt is declined")
                : Reading.of(PayoutStatus.SUCCEEDED);
    }

    private static Reading unpaid(
            TransferOrder order, List<Transfer> attempts, RecipientKind kind, ErrorBook errorBook, Instant asked) {
        Transfer last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        Decline decline = last == null ? null : Declines.of(last.error(), errorBook);
        if (kind == RecipientKind.HOSTED_FORM) {
            return isOver(order, asked)
                    ? new Reading(
                            PayoutStatus.EXPIRED, decline == null ? null : Declines.settled(decline, errorBook), null)
                    : new Reading(PayoutStatus.AWAITING_RECIPIENT, decline, null);
        }
        return last == null || decline == null
                ? Reading.of(PayoutStatus.PREPARED)
                : declined(decline, IokaTime.read(last.createdAt()), errorBook, asked);
    }

    /** A recipient who began in time may be seen late, so the end of an order counts a while after its due date. */
    private static boolean isOver(TransferOrder order, Instant asked) {
        Instant due = IokaTime.read(order.dueDate());
        return due != null && asked.isAfter(due.plus(IokaTables.SETTLING));
    }

    // ---------------------------------------------------------------- an attempt

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
        Identity identity = named(attempt).against(ref);
        if (!identity.ours()) {
            return Payout.unknown(ref, words, identity.evidence());
        }
        Reading reading = transfersAnother(ref, attempt)
                ? Reading.unknown(Evidence.Kind.CONTRADICTING_ANSWER, Values.another("amount"))
                : read(attempt, errorBook, asked);
        Payout.Builder payout = Payout.builder(ref, reading.status(), words)
                .evidence(reading.evidence())
                .decline(reading.decline());
        describe(payout, attempt);
        return payout.build();
    }

    private static Reading read(Transfer attempt, ErrorBook errorBook, Instant asked) {
        PayoutStatus status = meaning(attempt);
        return switch (status) {
            case UNKNOWN ->
                Reading.unknown(Evidence.Kind.UNDOCUMENTED_STATUS, "ioka's pages do not have this transfer status");
            case FAILED ->
                declined(Declines.of(attempt.error(), errorBook), IokaTime.read(attempt.createdAt()), errorBook, asked);
            default -> Reading.of(status);
        };
    }

    private static PayoutStatus meaning(Transfer attempt) {
        return IokaTables.ATTEMPTS.getOrDefault(String.valueOf(attempt.status()), PayoutStatus.UNKNOWN);
    }

    private static Reading declined(Decline decline, @Nullable Instant attempted, ErrorBook errorBook, Instant asked) {
        return Declines.isUnsettled(decline, attempted, errorBook, asked)
                ? Reading.unknown(Evidence.Kind.PROVIDER_UNSURE, "A decline that may hide a success; ask again later")
                : new Reading(PayoutStatus.FAILED, Declines.settled(decline, errorBook), null);
    }

    /** An attempt is named by its order; one that stands inside it need not say so. */
    private static Shown named(Transfer attempt) {
        return Shown.builder(null, attempt.orderId()).build();
    }

    private static boolean transfersAnother(PayoutRef ref, Transfer attempt) {
        boolean nothing = meaning(attempt) != PayoutStatus.SUCCEEDED
                && attempt.transferredAmount() != null
                && attempt.transferredAmount() == 0;
        return !nothing && (isAnother(ref, attempt.transferredAmount()) || isAnother(ref, attempt.amount()));
    }

    private static boolean isAnother(PayoutRef ref, @Nullable Long minorUnits) {
        return minorUnits != null && minorUnits != ref.amount().minorUnits();
    }

    // ---------------------------------------------------------------- what describes it

    private static String words(TransferOrder order, List<Transfer> attempts) {
        String status = String.valueOf(order.status());
        return attempts.isEmpty()
                ? status
                : status + '/' + attempts.get(attempts.size() - 1).status();
    }

    /** The attempt that succeeded, else the last one. */
    private static Optional<Transfer> telling(List<Transfer> attempts) {
        return attempts.stream()
                .filter(attempt -> meaning(attempt) == PayoutStatus.SUCCEEDED)
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

    /** All attempts to pay an order. */
    public static List<Attempt> attempts(TransferOrder order) {
        return order.attempts().stream().map(TransferReadings::attempt).toList();
    }

    private static Attempt attempt(Transfer attempt) {
        Transfer.Acquirer acquirer = attempt.acquirer();
        Transfer.Sender sender = attempt.sender();
        ErrorObject error = attempt.error();
        return new Attempt(
                Values.text(attempt.id()),
                Optional.ofNullable(IokaTime.read(attempt.createdAt())),
                Values.text(attempt.status()),
                Values.text(error == null ? null : error.code()),
                Values.text(error == null ? null : error.message()),
                Values.text(acquirer == null ? null : acquirer.reference()),
                Values.text(sender == null ? null : Values.mask(sender.panMasked())),
                Values.text(Values.mask(attempt.receiverPanMasked())),
                Optional.ofNullable(attempt.processingFee()));
    }
}
