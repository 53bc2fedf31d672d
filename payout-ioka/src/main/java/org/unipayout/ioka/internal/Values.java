package org.unipayout.ioka.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Money;
import org.unipayout.NextAction;

/** Small values of ioka's answers. What is not usable becomes nothing: no answer may end a call that has moved money. */
public final class Values {
    private static final String CURRENCY = "KZT";

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

    /** A masked card number; null if it is not one, because what shows more than six and four digits is not passed on. */
    public static @Nullable String mask(@Nullable String mask) {
        return mask != null && mask.matches("\\d{0,6}\\*+\\d{0,4}") ? mask : null;
    }

    /** The address of a form; empty if the text is no web address. */
    public static Optional<NextAction> form(@Nullable String url, @Nullable Instant expiresAt) {
        return address(url).map(address -> new NextAction(address, expiresAt));
    }

    /** A web address; empty if the text is none. */
    public static Optional<URI> address(@Nullable String url) {
        try {
            return Optional.ofNullable(url == null ? null : new URI(url)).filter(address -> address.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
