package org.unipayout.ioka.internal;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.ioka.IokaExtras;
import org.unipayout.ioka.internal.wire.AccountParams;
import org.unipayout.ioka.internal.wire.CardParams;
import org.unipayout.ioka.internal.wire.ErrorObject;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.ioka.internal.wire.PayoutOrderRequest;

/** Payout orders: our words into ioka's and back. Pure functions; what ioka's words mean stands in a table. */
public final class PayoutOrderMapping {
    private static final String TWO_STEP = "MANUAL";

    /** KBE of a resident person; ioka's default is the one of a company. */
    private static final String PERSON = "19";

    /**
     * What an order status means, as far as it is one thing; a word that is not here is {@link PayoutStatus#UNKNOWN}.
     * PENDING and ON_HOLD are looked at more closely.
     */
    private static final Map<String, PayoutStatus> STATUSES = Map.of(
            "PENDING", PayoutStatus.PROCESSING,
            "ON_HOLD", PayoutStatus.PROCESSING,
            "COMPLETED", PayoutStatus.SUCCEEDED,
            "FAILED", PayoutStatus.FAILED,
            "EXPIRED", PayoutStatus.EXPIRED);

    private PayoutOrderMapping() {}

    // ---------------------------------------------------------------- ours into ioka's

    /**
     * Whether an order is created before its card is known, so that creating it moves no money: ioka takes a card number
     * only afterwards.
     */
    public static boolean isCreatedFirst(RecipientKind kind) {
        return kind == RecipientKind.HOSTED_FORM || kind == RecipientKind.CARD_NUMBER;
    }

    /** The order of a request; a card number is never part of it. */
    public static PayoutOrderRequest order(PayoutRequest request, boolean twoStep) {
        return new PayoutOrderRequest(
                request.amount().minorUnits(),
                recipient(request),
                IokaExtras.of(request).acquirer().orElse(null),
                twoStep ? TWO_STEP : "AUTO",
                request.reference(),
                request.metadata().isEmpty() ? null : request.metadata(),
                request.amount().currency().getCurrencyCode());
    }

    private static PayoutOrderRequest.Recipient recipient(PayoutRequest request) {
        if (request.recipient() instanceof Recipient.KazakhAccount account) {
            return new PayoutOrderRequest.Recipient("ACCOUNT", account(account, request));
        }
        if (request.recipient() instanceof Recipient.SavedCard card) {
            SavedCardToken token = SavedCardToken.of(card);
            return new PayoutOrderRequest.Recipient(
                    "CARD", new CardParams(token.customerId().orElse(null), token.cardId()));
        }
        return new PayoutOrderRequest.Recipient("CARD", null);
    }

    private static AccountParams account(Recipient.KazakhAccount account, PayoutRequest request) {
        return new AccountParams(
                account.iin(),
                account.iban(),
                account.holderName(),
                account.purposeCode().orElse(null),
                account.beneficiaryCode().orElse(account.legalEntity() ? null : PERSON),
                request.description().orElse(null),
                account.legalEntity());
    }

    // ---------------------------------------------------------------- ioka's into ours

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
        PayoutStatus status = STATUSES.getOrDefault(String.valueOf(order.status()), PayoutStatus.UNKNOWN);
        if ("ON_HOLD".equals(order.status()) && TWO_STEP.equals(order.captureMethod())) {
            return PayoutStatus.AWAITING_CONFIRMATION;
        }
        if (!"PENDING".equals(order.status()) || order.payout() != null || !isCreatedFirst(kind)) {
            return status;
        }
        return kind == RecipientKind.HOSTED_FORM ? PayoutStatus.AWAITING_RECIPIENT : PayoutStatus.PREPARED;
    }

    /** Whether only the history of a failed order can say who ended it and why. */
    public static boolean leavesReasonOpen(PayoutOrder order) {
        return error(order) == null || TWO_STEP.equals(order.captureMethod());
    }

    /** Why the payout of an order was declined, as far as the order says. */
    private static @Nullable ErrorObject error(PayoutOrder order) {
        ErrorObject error = order.payout() == null ? null : order.payout().error();
        return error == null || error.code() == null ? null : error;
    }
}
