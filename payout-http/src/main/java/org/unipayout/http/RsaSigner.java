package org.unipayout.http;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.unipayout.Secret;

/**
 * Signs exact bytes with RSASSA-PKCS1-v1_5 and SHA-256.
 *
 * <p>Sign the bytes that are sent, not a second rendering of them. Immutable and thread-safe.
 */
public final class RsaSigner {
    static final String ALGORITHM = "SHA256withRSA";

    private final PrivateKey key;

    private RsaSigner(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads the key once.
     *
     * @param privateKeyPem PKCS#8 ({@code BEGIN PRIVATE KEY}) or PKCS#1 ({@code BEGIN RSA PRIVATE KEY}), not encrypted, at
     *     least 2048 bits
     * @return the signer
     * @throws IllegalArgumentException if it is anything else; the message says what, and repeats nothing of it
     */
    public static RsaSigner of(Secret privateKeyPem) {
        RSAPrivateKey key = Pem.rsaPrivateKey(privateKeyPem.reveal(), "privateKey");
        RsaSigner signer = new RsaSigner(key);
        if (key instanceof RSAPrivateCrtKey pair && !signer.matches(pair)) {
            throw new IllegalArgumentException("privateKey: is damaged: its parts do not belong together");
        }
        return signer;
    }

    private boolean matches(RSAPrivateCrtKey pair) {
        byte[] probe = {1};
        try {
            RSAPublicKeySpec publicPart = new RSAPublicKeySpec(pair.getModulus(), pair.getPublicExponent());
            return RsaVerifier.of(publicPart).verify(probe, sign(probe));
        } catch (IllegalStateException | GeneralSecurityException damaged) {
            return false;
        }
    }

    /**
     * Signs.
     *
     * @param bytes exactly what is sent
     * @return the signature in Base64 on one line
     */
    public String sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("privateKey: the JDK cannot sign with it");
        }
    }

    @Override
    public String toString() {
        return "RsaSigner[***]";
    }
}
