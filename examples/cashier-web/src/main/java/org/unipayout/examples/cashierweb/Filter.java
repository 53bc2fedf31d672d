package org.unipayout.examples.cashierweb;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;

/**
 * Which payouts the list shows.
 *
 * @param day those that were asked for on this day of the shop, or null for all
 * @param status the name of a status, {@link #OPEN}, or empty for all
 */
record Filter(@Nullable LocalDate day, String status) {
    /** What has not ended. */
    static final String OPEN = "OPEN";

    /**
     * The statuses that it lets through.
     *
     * @return none for all
     * @throws IllegalArgumentException if there is no such status
     */
    PayoutStatus[] statuses() {
        if (status.isEmpty()) {
            return new PayoutStatus[0];
        }
        return status.equals(OPEN)
                ? Arrays.stream(PayoutStatus.values())
                        .filter(one -> !one.isFinal())
                        .toArray(PayoutStatus[]::new)
                : new PayoutStatus[] {PayoutStatus.valueOf(status)};
    }
}
