package org.unipayout.journal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;

/**
 * How many payouts are where, for dashboards and alarms.
 *
 * @param open the open ones by status; unmodifiable, without those that none has
 * @param attention the flagged ones by why; unmodifiable, without those that none has
 * @param oldestUnknown when the oldest one that is {@link PayoutStatus#UNKNOWN} was asked for, UTC, or null if none is
 */
public record PayoutCounts(
        Map<PayoutStatus, Long> open,
        Map<Attention, Long> attention,
        @Nullable Instant oldestUnknown) {
    /**
     * Copies the maps.
     *
     * @param open the open ones by status
     * @param attention the flagged ones by why
     * @param oldestUnknown when the oldest one that is unknown was asked for, UTC, or null if none is
     */
    public PayoutCounts {
        open = Map.copyOf(open);
        attention = Map.copyOf(attention);
    }
}
