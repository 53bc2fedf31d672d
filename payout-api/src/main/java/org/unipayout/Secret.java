package org.unipayout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A credential: it never prints itself and cannot be serialized.
 *
 * <p>{@link #reveal} is the only way to the value, so that a search for that word finds every place that can leak it.
 * Compared in constant time. Thread-safe; immutable unless it is {@link #supplied}.
 */
public final class Secret {
    private final transient @Nullable String value; // so that no serializer of fields sees it
    private final transient @Nullable Supplier<Secret> source;

    private Secret(@Nullable String value, @Nullable Supplier<Secret> source) {
        this.value = value;
        this.source = source;
    }

    /**
     * A key, password or token on one line.
     *
     * @param value the credential
     * @return the secret
     * @throws IllegalArgumentException if it is blank or holds control characters, a line break at its end among them
     */
    public static Secret of(String value) {
        return new Secret(Checks.text(value, "secret"), null);
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
        return new Secret(value, null);
    }

    /**
     * A credential that may be exchanged while clients and the journal run.
     *
     * <p>The source is asked once for every call and every notification, which use that one value to their end, a
     * question's repetitions included. It runs within the call's deadline, in a thread of the client. If it throws, or
     * gives nothing, nothing was sent: a call that may move money ends in {@link PayoutNotSentException}, a question in
     * {@link PayoutReadException}, a notification in {@link WebhookRejectedException}. What names the merchant's account, a
     * login or a shop's number, is no {@code Secret} and cannot be exchanged: another account needs a client of its own.
     *
     * @param source gives the credential that holds now, made with {@link #of} or {@link #pem}; thread-safe and quick,
     *     so it reads what something else keeps up to date
     * @return the secret
     */
    public static Secret supplied(Supplier<Secret> source) {
        return new Secret(null, Objects.requireNonNull(source, "source"));
    }

    /** {@return whether the value may change, so that it must be asked for anew at every use} */
    public boolean isSupplied() {
        return source != null;
    }

    /**
     * The credential that holds now: itself unless it is supplied.
     *
     * @return a secret whose value does not change
     * @throws IllegalStateException if the source gives nothing, or something that is supplied itself; what else the
     *     source throws is thrown on
     */
    public Secret now() {
        if (source == null) {
            return this;
        }
        Secret present = source.get();
        if (present == null || present.isSupplied()) {
            throw new IllegalStateException("secret: its source must give a secret made with of or pem");
        }
        return present;
    }

    /**
     * The value that holds now.
     *
     * @return the value; pass it on at once and keep it nowhere
     * @throws IllegalStateException as for {@link #now}
     */
    public String reveal() {
        return Objects.requireNonNull(now().value);
    }

    /** Compares values in constant time; a supplied secret equals only itself, compare what {@link #now} gives. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Secret secret
                        && value != null
                        && secret.value != null
                        && MessageDigest.isEqual(
                                value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8)));
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
