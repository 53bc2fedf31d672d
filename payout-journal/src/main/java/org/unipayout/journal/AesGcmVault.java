package org.unipayout.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts with AES-GCM under the merchant's own key.
 *
 * <p>Every sealed text names its key, so a key is rotated by making a vault with a new key and the old one as
 * {@link Builder#oldKey}: new payouts use the new key, stored ones stay readable. An old key can go when no payout that
 * was stored under it has to be read any more. Thread-safe; prints the names of its keys only.
 */
public final class AesGcmVault implements RecipientVault {
    private static final String FORM = "aes-gcm:1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String keyId;
    private final transient SecretKey key; // so that no serializer of fields sees it
    private final transient Map<String, SecretKey> keys;
    private final SecureRandom random;

    private AesGcmVault(Builder builder) {
        keyId = builder.keyId;
        key = builder.key;
        keys = Map.copyOf(builder.keys);
        random = builder.random;
    }

    /**
     * Starts a vault.
     *
     * @param keyId the name of the key, kept beside every sealed text; letters, digits, dash, dot and underscore
     * @param key an AES key of 16, 24 or 32 bytes
     * @return a builder
     * @throws IllegalArgumentException if the name or the key has another form
     */
    public static Builder builder(String keyId, SecretKey key) {
        return new Builder(keyId, key);
    }

    @Override
    public String seal(String clear, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, keyId, context);
            byte[] hidden = cipher.doFinal(clear.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + hidden.length)
                    .put(nonce)
                    .put(hidden)
                    .array();
            return FORM + ":" + keyId + ":" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("vault: cannot encrypt under key " + keyId, e);
        }
    }

    @Override
    public String open(String sealed, String context) {
        String[] parts = sealed.split(":", -1);
        if (parts.length != 4 || !sealed.startsWith(FORM + ":")) {
            throw new IllegalArgumentException("vault: the text is not in the form " + FORM);
        }
        String usedKeyId = parts[2];
        SecretKey usedKey = keys.get(usedKeyId);
        if (usedKey == null) {
            throw new IllegalArgumentException("vault: key " + usedKeyId + " is missing; add it with oldKey");
        }
        try {
            byte[] all = Base64.getDecoder().decode(parts[3]);
            ByteBuffer buffer = ByteBuffer.wrap(all);
            byte[] nonce = new byte[NONCE_BYTES];
            buffer.get(nonce);
            byte[] hidden = new byte[buffer.remaining()];
            buffer.get(hidden);
            byte[] clear = cipher(Cipher.DECRYPT_MODE, usedKey, nonce, usedKeyId, context)
                    .doFinal(hidden);
            return new String(clear, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("vault: the text was changed or belongs to another payout", e);
        }
    }

    @Override
    public boolean isPresent(String sealed) {
        return sealed.startsWith(FORM + ":" + keyId + ":");
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String keyId, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((FORM + ":" + keyId + ":" + context).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "AesGcmVault[" + keyId + " of " + keys.keySet() + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final String keyId;
        private final transient SecretKey key;
        private final transient Map<String, SecretKey> keys = new HashMap<>();
        private SecureRandom random = new SecureRandom();

        private Builder(String keyId, SecretKey key) {
            this.keyId = keyId;
            this.key = key;
            add(keyId, key);
        }

        /**
         * Adds a key that only reads.
         *
         * @param id the name it was used under
         * @param oldKey the key
         * @return this builder
         * @throws IllegalArgumentException if the name or the key has another form, or the name stands twice
         */
        public Builder oldKey(String id, SecretKey oldKey) {
            add(id, oldKey);
            return this;
        }

        /**
         * Sets where nonces come from.
         *
         * @param value a strong source
         * @return this builder
         */
        public Builder random(SecureRandom value) {
            random = value;
            return this;
        }

        private void add(String id, SecretKey newKey) {
            if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
                throw new IllegalArgumentException(
                        "vault key id: must be 1 to 64 letters, digits, dashes, dots or underscores");
            }
            if (!newKey.getAlgorithm().equals("AES")) {
                throw new IllegalArgumentException("vault key " + id + ": must be an AES key");
            }
            byte[] bytes = newKey.getEncoded();
            if (bytes != null && bytes.length != 16 && bytes.length != 24 && bytes.length != 32) {
                throw new IllegalArgumentException(
                        "vault key " + id + ": must have 16, 24 or 32 bytes, and has " + bytes.length);
            }
            if (keys.put(id, newKey) != null) {
                throw new IllegalArgumentException("vault key " + id + ": stands twice");
            }
        }

        /** {@return the vault} */
        public AesGcmVault build() {
            return new AesGcmVault(this);
        }
    }
}
