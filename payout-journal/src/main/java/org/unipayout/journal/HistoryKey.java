package org.unipayout.journal;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * A key of the merchant's own under which the histories are hashed (HMAC-SHA256), so that whoever can write to the database
 * cannot make a history that holds. Keep it where the database's users cannot read it.
 *
 * <p>Immutable and thread-safe; prints its name only.
 */
public final class HistoryKey {
    private static final int LEAST_BYTES = 32;

    private final String id;
    private final transient SecretKey key; // so that no serializer of fields sees it

    private HistoryKey(String id, SecretKey key) {
        this.id = id;
        this.key = key;
    }

    /**
     * Takes a key.
     *
     * @param id the name of the key, kept in every row of a history; letters, digits, dash, dot and underscore
     * @param key at least 32 random bytes, or a key for HMAC-SHA256 that its store does not give out
     * @return the key under its name
     * @throws IllegalArgumentException if the name has another form, or the key is shorter or cannot be used
     */
    public static HistoryKey of(String id, SecretKey key) {
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "history key id: must be 1 to 64 letters, digits, dashes, dots or underscores");
        }
        byte[] bytes = key.getEncoded();
        if (bytes != null && bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "history key " + id + ": must have at least " + LEAST_BYTES + " bytes, and has " + bytes.length);
        }
        try {
            Mac.getInstance("HmacSHA256").init(key);
        } catch (InvalidKeyException | NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("history key " + id + ": cannot be used for HMAC-SHA256", e);
        }
        return new HistoryKey(id, key);
    }

    /** {@return its name} */
    public String id() {
        return id;
    }

    SecretKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "HistoryKey[" + id + "]";
    }
}
