package org.unipayout.bereke.internal;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;

/** What the bank's words mean, as data. Source: payouts page, table of performPayout.do. */
public final class BerekeTables {
    /** The only currency of the payouts module. */
    static final String KZT = "KZT";

    /** The same in ISO 4217 digits, as the bank writes it. */
    static final String KZT_DIGITS = "398";

    /** The error book's row of a declined order; the bank gives no code with it. */
    static final String DECLINED = "orderStatus 6";

    /** Stands for every currency that is not tenge. */
    static final String NO_CURRENCY = "XXX";

    /**
     * The parameter of an order that says to which kind of recipient it goes: no other field tells a form from a card.
     * The bank keeps {@code jsonParams} and gives them back as {@code orderParams}.
     */
    static final String RECIPIENT_KIND = "unipayoutRecipient";

    /** Statuses that say that the recipient was paid. */
    static final Set<PayoutStatus> PAID = Set.of(PayoutStatus.SUCCEEDED, PayoutStatus.RETURNED);

    /** Statuses that say that nothing was paid, so far or for good. */
    static final Set<PayoutStatus> UNPAID =
            Set.of(PayoutStatus.AWAITING_RECIPIENT, PayoutStatus.CANCELED, PayoutStatus.FAILED);

    private static final Map<String, RecipientKind> KINDS =
            Arrays.stream(RecipientKind.values()).collect(Collectors.toUnmodifiableMap(Enum::name, kind -> kind));

    private static final String REGISTERED = "0";

    /** A value that is not here is {@link PayoutStatus#UNKNOWN}: 7, 8 and -1 of related instances too. */
    private static final Map<String, PayoutStatus> STATUSES = Map.of(
            REGISTERED,
            PayoutStatus.PROCESSING,
            "1",
            PayoutStatus.PROCESSING,
            "2",
            PayoutStatus.SUCCEEDED,
            "3",
            PayoutStatus.CANCELED,
            "4",
            PayoutStatus.RETURNED,
            "5",
            PayoutStatus.PROCESSING,
            "6",
            PayoutStatus.FAILED);

    private BerekeTables() {}

    /** The kind of recipient that a parameter names; empty if it names none that we know. */
    static Optional<RecipientKind> kind(@Nullable String name) {
        return Optional.ofNullable(name).map(KINDS::get);
    }

    /** What {@code orderStatus} means for a kind of recipient. */
    public static PayoutStatus status(String orderStatus, RecipientKind recipientKind) {
        return orderStatus.equals(REGISTERED) && recipientKind == RecipientKind.HOSTED_FORM
                ? PayoutStatus.AWAITING_RECIPIENT
                : STATUSES.getOrDefault(orderStatus, PayoutStatus.UNKNOWN);
    }
}
