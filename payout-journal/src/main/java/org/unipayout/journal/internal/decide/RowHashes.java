package org.unipayout.journal.internal.decide;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * How rows are hashed: under the merchant's present key if there is one, else with SHA-256. A row under an older key says so.
 */
public final class RowHashes {
    /** For whoever has no key. */
    public static final RowHashes PLAIN = new RowHashes(null, Map.of(), true);

    private final @Nullable String presentKey;
    private final Map<String, SecretKey> keys;
    private final boolean unkeyedToo;

    /**
     * Keeps the keys.
     *
     * @param presentKey the name of the key that new rows are hashed under; null for none
     * @param unkeyedToo whether a history is believed that no key was ever used for
     */
    public RowHashes(@Nullable String presentKey, Map<String, SecretKey> keys, boolean unkeyedToo) {
        this.presentKey = presentKey;
        this.keys = Map.copyOf(keys);
        this.unkeyedToo = unkeyedToo || presentKey == null;
    }

    /** The name of the key of new rows; null for none. */
    public @Nullable String presentKey() {
        return presentKey;
    }

    /** Whether a history is believed although its newest row is under no key. */
    public boolean believesUnkeyed() {
        return unkeyedToo;
    }

    boolean knows(@Nullable String key) {
        return key == null || keys.containsKey(key);
    }

    /** The hash of texts in their order, none of which can be taken for a part of another. */
    String hash(@Nullable String key, @Nullable String... texts) {
        return key == null ? plain(texts) : keyed(key, texts);
    }

    /** What vouches for texts under the present key, with its name; null if there is none. */
    public @Nullable String mark(@Nullable String... texts) {
        return presentKey == null ? null : presentKey + ":" + keyed(presentKey, texts);
    }

    /** What vouches, until a row of the history does, for the transaction that the fence let through. */
    public @Nullable String markOfPassing(String reference, String id) {
        return mark("let through", reference, id);
    }

    boolean vouchesForPassing(@Nullable String mark, String reference, String id) {
        return vouchesFor(mark, "let through", reference, id);
    }

    /** Whether the texts are vouched for; without a key, or while what no key was used for is believed, all are. */
    public boolean vouchesFor(@Nullable String mark, @Nullable String... texts) {
        if (mark == null) {
            return unkeyedToo;
        }
        int colon = mark.indexOf(':');
        String key = colon < 0 ? "" : mark.substring(0, colon);
        return presentKey == null || (keys.containsKey(key) && same(keyed(key, texts), mark.substring(colon + 1)));
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    public static String plain(@Nullable String... texts) {
        MessageDigest digest = sha256();
        feed(digest::update, texts);
        return HexFormat.of().formatHex(digest.digest());
    }

    private String keyed(String key, @Nullable String... texts) {
        SecretKey secret = keys.get(key);
        if (secret == null) {
            throw new IllegalArgumentException("history key " + key + ": is not known here");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            feed(mac::update, texts);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("history key " + key + ": cannot be used", e);
        }
    }

    private static void feed(Consumer<byte[]> sink, @Nullable String... texts) {
        for (String text : texts) {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            sink.accept(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(text == null ? -1 : bytes.length)
                    .array());
            sink.accept(bytes);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "RowHashes[" + presentKey + " of " + keys.keySet() + "]";
    }
}
