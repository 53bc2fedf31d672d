package org.unipayout.ioka.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.http.Required;

/** Small values of ioka's answers. What is not usable becomes nothing: no answer may end a call that has moved money. */
public final class Values {
    private static final String CURRENCY = "KZT";
    private static final Pattern MASK = Pattern.compile("\\d{0,6}\\*+\\d{0,4}");

    private Values() {}

    /** An amount in minor units, in tenge unless it says otherwise; null if there is none or in no currency that exists. */
    public static @Nullable Money money(@Nullable Long minorUnits, @Nullable String currency) {
        if (minorUnits == null) {
            return null;
        }
        try {
            return Money.ofMinor(minorUnits, Objects.requireNonNullElse(currency, CURRENCY));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Why an answer about our own payout is not believed. */
    static String another(String field) {
        return "The answer has another " + field;
    }

    /** A text, empty if there is none. */
    static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    /** A masked card number; null if it is not one, because what shows more than six and four digits is not passed on. */
    public static @Nullable String mask(@Nullable String mask) {
        return mask != null && MASK.matcher(mask).matches() ? mask : null;
    }

    /** The address of a form; empty if it is no page that a browser may be sent to. */
    public static Optional<NextAction> form(@Nullable String url, @Nullable Instant expiresAt) {
        return page(url).map(address -> new NextAction(address, expiresAt));
    }

    private static Optional<URI> page(@Nullable String url) {
        try {
            return url == null ? Optional.empty() : Optional.of(Required.page(new URI(url), "url"));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
