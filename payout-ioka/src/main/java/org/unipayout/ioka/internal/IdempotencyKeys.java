package org.unipayout.ioka.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Values of the {@code idempotency-key} header, which ioka remembers for one hour.
 *
 * <p>A key is computed from what it protects, so a program that crashed comes back with the same one.
 */
final class IdempotencyKeys {
    private IdempotencyKeys() {}

    /** The key of one step; the same parts give the same key. */
    static String of(String step, String subject, byte[] body) {
        MessageDigest digest = sha256();
        digest.update((step + '\n' + subject + '\n').getBytes(StandardCharsets.UTF_8));
        digest.update(body);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
