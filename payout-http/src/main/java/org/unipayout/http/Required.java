package org.unipayout.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;

/**
 * What an adapter's settings must have, checked when they are set: every message names the field, says what would be right
 * and does not repeat the value.
 */
public final class Required {
    private static final int SHORTEST_HMAC_KEY = 32;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Required() {}

    /**
     * The provider's address: https, or http on this machine.
     *
     * @param value the address, or null if it was not given
     * @param example an address for the message
     * @return the address
     * @throws IllegalArgumentException if there is none, it is neither https nor on this machine, or has a user, query or
     *     fragment
     */
    public static URI baseUrl(@Nullable URI value, URI example) {
        if (value == null) {
            throw new IllegalArgumentException("baseUrl: is required, such as " + example);
        }
        if (!isHttps(value)) {
            throw new IllegalArgumentException(
                    "baseUrl: must be https and have a host, such as " + example + "; http is for this machine only");
        }
        if (value.getRawUserInfo() != null || value.getRawQuery() != null || value.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl: must have no user, query or fragment, such as " + example);
        }
        return value;
    }

    /**
     * A page to which a recipient's browser is sent: https, or http on this machine.
     *
     * @param value the address
     * @param field how the message names it
     * @return the address
     * @throws IllegalArgumentException if it has another scheme, no host or a user
     */
    public static URI page(URI value, String field) {
        if (!isHttps(value) || value.getRawUserInfo() != null) {
            throw new IllegalArgumentException(field
                    + ": must be https with a host and without a user, such as https://shop.example/back;"
                    + " http is for this machine only");
        }
        return value;
    }

    private static boolean isHttps(URI value) {
        String scheme = String.valueOf(value.getScheme()).toLowerCase(Locale.ROOT);
        String host = value.getHost();
        boolean loopback = host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
        return host != null && (scheme.equals("https") || (scheme.equals("http") && loopback));
    }

    /**
     * A key by which messages are authenticated (HMAC-SHA256): at least as long as its hash, since a shorter one can be
     * guessed from one captured message (RFC 2104, section 3).
     *
     * @param value the key as text, or null if it was not given
     * @param field how the message names it
     * @return the key
     * @throws IllegalArgumentException if it is missing or shorter than 32 bytes; one that is supplied is taken as it is
     */
    public static Secret hmacKey(@Nullable Secret value, String field) {
        Secret key = value(value, field);
        if (!key.isSupplied() && key.reveal().getBytes(StandardCharsets.UTF_8).length < SHORTEST_HMAC_KEY) {
            throw new IllegalArgumentException(field + ": a key of HMAC-SHA256 has at least " + SHORTEST_HMAC_KEY
                    + " characters; take the whole key as the provider gave it");
        }
        return key;
    }

    /**
     * A text that must be there.
     *
     * @param value the text, or null if it was not given
     * @param field how the message names it
     * @return the text
     * @throws IllegalArgumentException if it is missing or blank
     */
    public static String text(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + ": is required and not blank");
        }
        return value;
    }

    /**
     * A value that must be there.
     *
     * @param <T> its type
     * @param value the value, or null if it was not given
     * @param field how the message names it
     * @return the value
     * @throws IllegalArgumentException if it is missing
     */
    public static <T> T value(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": is required");
        }
        return value;
    }
}
