package org.unipayout.bank131.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Money;
import org.unipayout.bank131.internal.wire.AmountDetails;

/** Single values of the bank, read with care. Pure functions. */
public final class Values {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_WORD = 40;

    private Values() {}

    /** An amount of the bank; empty if it is absent or in no currency that exists. */
    public static Optional<Money> money(@Nullable AmountDetails amount) {
        if (amount == null || amount.amount() == null || amount.currency() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Money.ofMinor(amount.amount(), amount.currency().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A time of the bank; null if it is absent or in another form than ISO 8601 with an offset. */
    static @Nullable Instant time(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A word of the bank as it may be shown: without control characters, and short. */
    public static String printable(String word) {
        String clean = CONTROL.matcher(word).replaceAll("?");
        return clean.length() > LONGEST_WORD ? clean.substring(0, LONGEST_WORD) : clean;
    }
}
