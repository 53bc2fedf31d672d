package org.unipayout.http;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;

/**
 * Signs exact bytes with RSASSA-PKCS1-v1_5 and SHA-256.
 *
 * <p>Sign the bytes that are sent, not a second rendering of them. Thread-safe.
 */
public final class RsaSigner {
    static final String ALGORITHM = "SHA256withRSA";

    private final Supplier<PrivateKey> key;

    private RsaSigner(Supplier<PrivateKey> key) {
        this.key = key;
    }

    /**
     * Signs with a key in PEM form, read once; a {@linkplain Secret#supplied supplied} one is asked for at every signature
     * and read whenever it has changed.
     *
     * @param privateKeyPem PKCS#8 ({@code BEGIN PRIVATE KEY}) or PKCS#1 ({@code BEGIN RSA PRIVATE KEY}), not encrypted, at
     *     least 2048 bits
     * @return the signer
     * @throws IllegalArgumentException if it is anything else; the message says what, and repeats nothing of it. With a
     *     supplied key it is {@link #sign} that throws
     */
    public static RsaSigner of(Secret privateKeyPem) {
        if (privateKeyPem.isSupplied()) {
            return new RsaSigner(new LatestKey(privateKeyPem));
        }
        PrivateKey key = read(privateKeyPem);
        return new RsaSigner(() -> key);
    }

    /**
     * Signs with a key of any security provider, one that never leaves its token too: the JDK takes the provider that can
     * use it.
     *
     * @param key an RSA key; at least 2048 bits, as far as it tells
     * @return the signer
     * @throws IllegalArgumentException if it is of another algorithm or too short
     */
    public static RsaSigner of(PrivateKey key) {
        if (!"RSA".equals(key.getAlgorithm())) {
            throw new IllegalArgumentException("privateKey: must be an RSA key");
        }
        if (key instanceof RSAKey rsa) {
            Pem.checkSize(rsa, "privateKey");
        }
        return new RsaSigner(() -> key);
    }

    private static PrivateKey read(Secret privateKeyPem) {
        RSAPrivateKey key = Pem.rsaPrivateKey(privateKeyPem.reveal(), "privateKey");
        if (key instanceof RSAPrivateCrtKey pair && !matches(pair)) {
            throw new IllegalArgumentException("privateKey: is damaged: its parts do not belong together");
        }
        return key;
    }

    private static boolean matches(RSAPrivateCrtKey pair) {
        byte[] probe = {1};
        try {
            RSAPublicKeySpec publicPart = new RSAPublicKeySpec(pair.getModulus(), pair.getPublicExponent());
            return RsaVerifier.of(publicPart).verify(probe, new RsaSigner(() -> pair).sign(probe));
        } catch (IllegalStateException | GeneralSecurityException damaged) {
            return false;
        }
    }

    /** Remembers how the newest key reads, since reading takes longer than signing. */
    private static final class LatestKey implements Supplier<PrivateKey> {
        private final Secret source;
        private final AtomicReference<@Nullable Parsed> latest = new AtomicReference<>();

        LatestKey(Secret source) {
            this.source = source;
        }

        private record Parsed(Secret pem, PrivateKey key) {}

        @Override
        public PrivateKey get() {
            Secret pem = source.now();
            Parsed known = latest.get();
            if (known == null || !known.pem().equals(pem)) {
                known = new Parsed(pem, read(pem));
                latest.set(known);
            }
            return known.key();
        }
    }

    /**
     * Signs.
     *
     * @param bytes exactly what is sent
     * @return the signature in Base64 on one line
     * @throws IllegalStateException if no security provider can sign with the key
     */
    public String sign(byte[] bytes) {
        return Base64.getEncoder().encodeToString(signature(bytes));
    }

    /**
     * Signs.
     *
     * @param bytes exactly what is sent
     * @return the signature
     * @throws IllegalStateException if no security provider can sign with the key
     */
    public byte[] signature(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key.get()); // chooses the provider
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("privateKey: no security provider can sign with it");
        }
    }

    @Override
    public String toString() {
        return "RsaSigner[***]";
    }
}
