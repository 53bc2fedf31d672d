package org.unipayout.ioka.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Balance;
import org.unipayout.Decline;
import org.unipayout.Door;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.Shown;
import org.unipayout.ioka.IokaPayoutOrderClient.Event;
import org.unipayout.ioka.IokaPayoutOrderClient.PaymentOrder;
import org.unipayout.ioka.internal.wire.BalanceItem;
import org.unipayout.ioka.internal.wire.BalancePage;
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
     * @param door how the order was found: under our reference it may be another payout's
     * @param asked when ioka was asked, so that what it says is at least as new
     */
    public static Payout payout(PayoutRef ref, PayoutOrder order, Door door, ErrorBook errorBook, Instant asked) {
        String words = String.valueOf(order.status());
        String id = order.uuid();
        Money amount = Values.money(order.amount(), order.currency());
        if (id == null || !IokaCall.isUsableId(id) || amount == null || order.status() == null) {
            return Payout.unknown(
                    ref,
                    "",
                    new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The order has no usable id, status or amount"));
        }
        Identity identity = identity(ref, order, door);
        if (!identity.ours()) {
            return Payout.unknown(ref, words, identity.evidence());
        }
        PayoutRef named = ref.withProviderId(id);
        return contradiction(named, order, amount)
                .map(text -> unknown(named, order, Evidence.Kind.CONTRADICTING_ANSWER, text))
                .orElseGet(() -> read(named, order, errorBook, asked));
    }

    /** About which payout an order speaks. */
    public static Identity identity(PayoutRef ref, PayoutOrder order, Door door) {
        return shown(order, door).against(ref);
    }

    /** What a notification shows of its order. */
    public static Shown notified(PayoutOrder order) {
        return shown(order, Door.NOTIFICATION);
    }

    /**
     * What tells an order from another one. The amount of an order that has our id, or that our call made, is no name: one
     * that differs contradicts.
     */
    private static Shown shown(PayoutOrder order, Door door) {
        Shown.Builder shown =
                Shown.builder(order.externalId(), order.uuid()).createdAt(IokaTime.read(order.createdAt()));
        params(order)
                .ifPresent(params ->
                        shown.account(params.iban()).token(params.cardId()).card(params.panMasked()));
        if (door != Door.PROVIDER_ID) {
            shown.amount(Values.money(order.amount(), order.currency()));
        }
        kinds(order, shown);
        return shown.build();
    }

    private static void kinds(PayoutOrder order, Shown.Builder shown) {
        String type = order.recipient() == null ? null : order.recipient().type();
        if (type == null) {
            return;
        }
        switch (type) {
            case "ACCOUNT" -> shown.kinds(RecipientKind.KAZAKH_ACCOUNT);
            case "CARD" -> params(order).ifPresent(params -> kindsOfCards(params, shown));
            default -> shown.kinds(IokaTables.NO_KIND_OF_OURS);
        }
    }

    /** An order for a saved card names it; one that was created without a card looks the same for a form and a number. */
    private static void kindsOfCards(PayoutOrder.Params params, Shown.Builder shown) {
        if (params.cardId() != null) {
            shown.kinds(RecipientKind.SAVED_CARD);
        } else if (params.url() != null || params.panMasked() != null) {
            shown.kinds(RecipientKind.HOSTED_FORM, RecipientKind.CARD_NUMBER);
        }
    }

    /** What of an order that is ours cannot be true. */
    private static Optional<String> contradiction(PayoutRef ref, PayoutOrder order, Money amount) {
        Optional<String> field = ref.contradiction(amount, null, null);
        boolean anotherAmount = Stream.of(
                        order.transferredAmount(),
                        attempt(order).map(PayoutOrder.Payout::amount).orElse(null))
                .anyMatch(shown -> shown != null && shown != ref.amount().minorUnits());
        if (field.isPresent() || anotherAmount) {
            return Optional.of(Values.another(field.orElse("amount")));
        }
        return status(ref.recipientKind(), order) == PayoutStatus.SUCCEEDED && error(order) != null
                ? Optional.of("The order is paid, and its payout has an error")
                : Optional.empty();
    }

    private static Payout read(PayoutRef ref, PayoutOrder order, ErrorBook errorBook, Instant asked) {
        PayoutStatus status = status(ref.recipientKind(), order);
        return switch (status) {
            case UNKNOWN ->
                unknown(
                        ref,
                        order,
                        Evidence.Kind.UNDOCUMENTED_STATUS,
                        "ioka's reference does not have this order status");
            case FAILED -> failed(ref, order, error(order), errorBook, asked);
            case EXPIRED -> expired(ref, order, asked);
            case AWAITING_RECIPIENT ->
                described(ref, order, status)
                        .nextAction(params(order)
                                .flatMap(params -> Values.form(params.url(), null))
                                .orElse(null))
                        .build();
            default -> described(ref, order, status).build();
        };
    }

    private static Payout failed(
            PayoutRef ref, PayoutOrder order, @Nullable ErrorObject reason, ErrorBook errorBook, Instant asked) {
        Decline decline = Declines.of(reason, errorBook);
        if (Declines.isUnsettled(decline, changedAt(order), errorBook, asked)) {
            return unknown(
                    ref, order, Evidence.Kind.PROVIDER_UNSURE, "A failure that may hide a success; ask again later");
        }
        return described(ref, order, PayoutStatus.FAILED)
                .decline(Declines.settled(decline, errorBook))
                .build();
    }

    /** An attempt without an error in an order that ran out of time may still be paid. */
    private static Payout expired(PayoutRef ref, PayoutOrder order, Instant asked) {
        boolean open = order.payout() != null && error(order) == null && Declines.isFresh(changedAt(order), asked);
        return open
                ? unknown(
                        ref,
                        order,
                        Evidence.Kind.PROVIDER_UNSURE,
                        "The order expired with an attempt under way; ask again later")
                : described(ref, order, PayoutStatus.EXPIRED).build();
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

    // ---------------------------------------------------------------- how an order failed

    /** Whether only the history of a failed order, as it was read, can say who ended it and why. */
    public static boolean leavesReasonOpen(Payout payout, PayoutOrder order) {
        boolean failed = status(payout.ref().recipientKind(), order) == PayoutStatus.FAILED
                && (payout.status() == PayoutStatus.FAILED || payout.hasEvidence(Evidence.Kind.PROVIDER_UNSURE));
        return failed && (error(order) == null || IokaTables.TWO_STEP.equals(order.captureMethod()));
    }

    /** What a failed order and its history say together: ioka's order has no word for a payout that the merchant ended. */
    public static Payout ended(
            PayoutRef ref, PayoutOrder order, List<Event> history, ErrorBook errorBook, Instant asked) {
        if (history.stream().map(Event::name).anyMatch(IokaTables.PAID_EVENTS::contains)) {
            return unknown(
                    ref,
                    order,
                    Evidence.Kind.CONTRADICTING_ANSWER,
                    "The order failed, and its history shows a payment");
        }
        if (history.stream().map(Event::name).anyMatch(IokaTables.CANCELED::equals)) {
            return described(ref, order, PayoutStatus.CANCELED).build();
        }
        boolean lags = history.isEmpty() && IokaTables.TWO_STEP.equals(order.captureMethod());
        if ((lags || goesOn(history)) && Declines.isFresh(changedAt(order), asked)) {
            return unknown(
                    ref,
                    order,
                    Evidence.Kind.PROVIDER_UNSURE,
                    "The order failed, and its history " + (lags ? "is empty" : "goes on") + "; ask again later");
        }
        return failed(ref, order, reason(order, history), errorBook, asked);
    }

    /** A failed order whose history could not be read: of a two-step order nobody knows who ended it. */
    public static Payout endedForUnknownReasons(PayoutRef ref, PayoutOrder order, ErrorBook errorBook, Instant asked) {
        return IokaTables.TWO_STEP.equals(order.captureMethod()) || Declines.isFresh(changedAt(order), asked)
                ? unknown(
                        ref,
                        order,
                        Evidence.Kind.PROVIDER_UNSURE,
                        "The order failed, and its history, which says why, could not be read; ask again later")
                : failed(ref, order, error(order), errorBook, asked);
    }

    /** Whether the last that happened to the payout is not its end. */
    private static boolean goesOn(List<Event> history) {
        return history.stream()
                .map(Event::name)
                .filter(name -> name.startsWith("PAYOUT_"))
                .reduce((former, latter) -> latter)
                .filter(IokaTables.GOES_ON_EVENTS::contains)
                .isPresent();
    }

    private static @Nullable ErrorObject reason(PayoutOrder order, List<Event> history) {
        ErrorObject error = error(order);
        return error != null
                ? error
                : history.stream()
                        .filter(event -> !event.code().isEmpty())
                        .map(event -> new ErrorObject(event.code(), event.message()))
                        .reduce((former, latter) -> latter)
                        .orElse(null);
    }

    // ---------------------------------------------------------------- what describes it

    private static Payout unknown(PayoutRef ref, PayoutOrder order, Evidence.Kind kind, String text) {
        return described(ref, order, PayoutStatus.UNKNOWN)
                .evidence(new Evidence(kind, text))
                .build();
    }

    private static Payout.Builder described(PayoutRef ref, PayoutOrder order, PayoutStatus status) {
        return Payout.builder(ref, status, String.valueOf(order.status()))
                .createdAt(IokaTime.read(order.createdAt()))
                .finishedAt(status.isFinal() ? IokaTime.read(order.updatedAt()) : null)
                .recipientMask(params(order)
                        .map(params -> Values.mask(params.panMasked()))
                        .orElse(null));
    }

    /** When anything of an order changed last; null if ioka does not say. */
    private static @Nullable Instant changedAt(PayoutOrder order) {
        return Stream.of(
                        order.createdAt(),
                        order.updatedAt(),
                        attempt(order).map(PayoutOrder.Payout::updatedAt).orElse(null))
                .map(IokaTime::read)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static Optional<PayoutOrder.Params> params(PayoutOrder order) {
        return Optional.ofNullable(order.recipient()).map(PayoutOrder.Recipient::params);
    }

    private static Optional<PayoutOrder.Payout> attempt(PayoutOrder order) {
        return Optional.ofNullable(order.payout());
    }

    /** Why the payout of an order was declined, as far as the order says. */
    private static @Nullable ErrorObject error(PayoutOrder order) {
        return attempt(order)
                .map(PayoutOrder.Payout::error)
                .filter(error -> error.code() != null)
                .orElse(null);
    }

    // ---------------------------------------------------------------- what only payout orders have

    /** The entries of an order's history, in ioka's order. */
    public static List<Event> events(@Nullable PayoutOrderEventItem[] items) {
        return Arrays.stream(items)
                .filter(Objects::nonNull)
                .map(item -> new Event(
                        Optional.ofNullable(IokaTime.read(item.createdAt())),
                        Values.text(item.name()),
                        Values.text(item.code()),
                        Values.text(item.message())))
                .toList();
    }

    /** The payment order of a payout to an account; empty if the answer has no number. */
    public static Optional<PaymentOrder> paymentOrder(UpcAnswer answer) {
        return Optional.ofNullable(answer.upc())
                .map(number -> new PaymentOrder(
                        number,
                        Values.text(answer.status()),
                        answer.knp() == null ? "" : String.valueOf(answer.knp())));
    }

    /** The balances of a page; empty if this is no page or one of them cannot be read. */
    public static Optional<List<Balance>> balances(BalancePage page) {
        if (page.items() == null) {
            return Optional.empty();
        }
        List<Balance> balances = new ArrayList<>();
        for (BalanceItem item : page.items()) {
            Money available = item == null ? null : Values.money(item.availableAmount(), item.currency());
            if (item == null || available == null) {
                return Optional.empty();
            }
            balances.add(new Balance(Values.text(item.uuid()), available));
        }
        return Optional.of(balances);
    }
}
