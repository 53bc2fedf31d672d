package org.unipayout.tinypay.internal;

import java.util.Map;
import org.unipayout.PayoutStatus;

/** What Tinypay's words mean, as data. Source: tinypay-api.md. */
public final class TinypayTables {
    /** The row of the error book for a look-up that finds nothing. */
    static final String NOT_FOUND = "404/payout_not_found";

    /** A word that is not here is {@link PayoutStatus#UNKNOWN}, never a failure. */
    public static final Map<String, PayoutStatus> STATUSES = Map.of(
            "pending", PayoutStatus.PROCESSING,
            "paid", PayoutStatus.SUCCEEDED,
            "declined", PayoutStatus.FAILED);

    private TinypayTables() {}
}
