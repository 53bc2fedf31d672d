package org.unipayout.ioka.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;

/** What ioka's words mean, as data. A status that is not here is {@link PayoutStatus#UNKNOWN}. */
final class IokaTables {
    /** The type of a transfer order that pays out. */
    static final String PAYOUT = "PAYOUT";

    /** The capture method of a payout order that waits for the merchant. */
    static final String TWO_STEP = "MANUAL";

    /** Transfer order: paid. */
    static final String TRANSFERRED = "TRANSFERRED";

    /** Transfer order: not paid so far; its attempts say more. */
    static final String NOT_TRANSFERRED = "NOT_TRANSFERRED";

    /** One attempt of a transfer order. PENDING and REQUIRES_ACTION are documented for payments only. */
    static final Map<String, PayoutStatus> ATTEMPTS = Map.of(
            "APPROVED", PayoutStatus.SUCCEEDED,
            "DECLINED", PayoutStatus.FAILED,
            "PENDING", PayoutStatus.PROCESSING,
            "REQUIRES_ACTION", PayoutStatus.PROCESSING);

    /** A payout order, as far as its word is one thing; PENDING and ON_HOLD are looked at more closely. */
    static final Map<String, PayoutStatus> PAYOUT_ORDERS = Map.of(
            "PENDING", PayoutStatus.PROCESSING,
            "ON_HOLD", PayoutStatus.PROCESSING,
            "COMPLETED", PayoutStatus.SUCCEEDED,
            "FAILED", PayoutStatus.FAILED,
            "EXPIRED", PayoutStatus.EXPIRED);

    /** What a payout order's history calls an end that the merchant chose. */
    static final String CANCELED = "PAYOUT_CANCELLED";

    /** Entries of a payout order's history that no failed order has. */
    static final Set<String> PAID_EVENTS = Set.of("PAYOUT_APPROVED", "ORDER_COMPLETED");

    /** Entries of a payout order's history after which ioka goes on by itself: the failure may still be paid. */
    static final Set<String> GOES_ON_EVENTS =
            Set.of("PAYOUT_POSTPONED", "PAYOUT_REWIRED", "PAYOUT_PENDING_PAY", "PAYOUT_IN_PROCESS");

    /** Stands for an order of another trade, such as a tax payment or a top-up: no payout here pays a wallet. */
    static final RecipientKind NO_KIND_OF_OURS = RecipientKind.WALLET;

    /**
     * How long we doubt what may still change behind ioka's back: a failure whose code leaves the outcome open, after the
     * attempt; an order without a payment, after its {@code due_date}. Our own choice; ioka gives no number.
     */
    static final Duration SETTLING = Duration.ofMinutes(15);

    private IokaTables() {}
}
