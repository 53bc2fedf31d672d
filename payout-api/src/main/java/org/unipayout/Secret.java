package org.unipayout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A credential: it never prints itself and cannot be serialized.
 *
 * <p>{@link #reveal} is the only way to the value, so that a search for that word finds every place that can leak it.
 * Compared in constant time. Immutable and thread-safe.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * A key, password or token on one line.
     *
     * @param value the credential
     * @return the secret
     * @throws IllegalArgumentException if it is blank or holds control characters, a line break at its end among them
     */
    public static Secret of(String value) {
        return new Secret(Checks.text(value, "secret"));
    }

    /**
     * A key of several lines in PEM form.
     *
     * @param value the PEM text
     * @return the secret
     * @throws IllegalArgumentException if it is blank or has no PEM header
     */
    public static Secret pem(String value) {
        if (value == null || !value.contains("-----BEGIN ")) {
            throw new IllegalArgumentException(
                    "secret: a PEM text starts with a line such as -----BEGIN PRIVATE KEY-----");
        }
        return new Secret(value);
    }

    /** {@return the value; pass it on at once and keep it nowhere} */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0; // a hash of a credential is a part of the credential
    }

    /** {@return always {@code Secret[***]}} */
    @Override
    public String toString() {
        return "Secret[***]";
    }
}
