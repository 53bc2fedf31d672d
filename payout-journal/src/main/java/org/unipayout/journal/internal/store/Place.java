package org.unipayout.journal.internal.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a listing.
 *
 * @param at its time
 * @param reference its payout
 * @param number the row of the payout's history; 0 where payouts are listed themselves
 */
public record Place(Instant at, String reference, long number) {
    /** For a URL, as it is. */
    public String text() {
        String plain = at + " " + number + " " + reference;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The exact opposite of {@link #text}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Place parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = plain.split(" ", 3);
            Place place = new Place(Instant.parse(parts[0]), parts[2], Long.parseLong(parts[1]));
            if (place.text().equals(text)) {
                return place;
            }
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw notOurs(e);
        }
        throw notOurs(null);
    }

    private static IllegalArgumentException notOurs(@Nullable RuntimeException e) {
        return new IllegalArgumentException("after: must be the next of a page of this journal", e);
    }
}
