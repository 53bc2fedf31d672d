package org.unipayout.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what a {@link PayoutQuery} finds, in its order. Immutable and thread-safe.
 *
 * @param found what was found; unmodifiable, and may be empty though another page follows
 * @param leftOut references of payouts that belong here by the database's word, but cannot be read here or do not fit their histories:
 *     nothing is summed up without looking at them; unmodifiable
 * @param next where the next page begins ({@link PayoutQuery#after}); null if nothing follows
 * @param <T> what is listed
 */
public record PayoutPage<T>(
        List<T> found, List<String> leftOut, @Nullable String next) {
    /**
     * Copies the lists.
     *
     * @param found what was found
     * @param leftOut references of payouts that could not be listed
     * @param next where the next page begins; null if nothing follows
     */
    public PayoutPage {
        found = List.copyOf(found);
        leftOut = List.copyOf(leftOut);
    }
}
