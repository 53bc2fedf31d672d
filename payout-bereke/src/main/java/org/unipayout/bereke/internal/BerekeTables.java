package org.unipayout.bereke.internal;

import java.util.Map;
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

    /** The operation that pays the recipient. The others, such as the debit of a corporate card, have no known names. */
    static final String CREDIT = "P2P_CREDIT";

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

    /** What {@code orderStatus} means for a kind of recipient. */
    public static PayoutStatus status(String orderStatus, RecipientKind recipientKind) {
        return orderStatus.equals(REGISTERED) && recipientKind == RecipientKind.HOSTED_FORM
                ? PayoutStatus.AWAITING_RECIPIENT
                : STATUSES.getOrDefault(orderStatus, PayoutStatus.UNKNOWN);
    }
}
