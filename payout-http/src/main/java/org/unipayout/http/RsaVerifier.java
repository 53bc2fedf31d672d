package org.unipayout.http;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** Verifies signatures over exact bytes, made with RSASSA-PKCS1-v1_5 and SHA-256. Immutable and thread-safe. */
public final class RsaVerifier {
    private final PublicKey key;

    private RsaVerifier(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads the key once.
     *
     * @param publicKeyPemOrBase64 X.509 ({@code BEGIN PUBLIC KEY}) or PKCS#1 ({@code BEGIN RSA PUBLIC KEY}) in PEM form,
     *     or the bare Base64 of the X.509 form, line breaks ignored; at least 2048 bits
     * @return the verifier
     * @throws IllegalArgumentException if it is anything else; the message says what
     */
    public static RsaVerifier of(String publicKeyPemOrBase64) {
        return new RsaVerifier(Pem.rsaPublicKey(publicKeyPemOrBase64, "publicKey"));
    }

    static RsaVerifier of(RSAPublicKeySpec key) throws GeneralSecurityException {
        return new RsaVerifier(KeyFactory.getInstance("RSA").generatePublic(key));
    }

    /**
     * Verifies.
     *
     * @param bytes exactly what was received
     * @param base64Signature the signature in Base64
     * @return whether the signature was made over these bytes with the private key; false too if it is not Base64 or
     *     has the wrong length
     */
    public boolean verify(byte[] bytes, String base64Signature) {
        try {
            Signature signature = Signature.getInstance(RsaSigner.ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(Base64.getDecoder().decode(base64Signature));
        } catch (SignatureException | IllegalArgumentException malformed) {
            return false;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("publicKey: the JDK cannot verify with it");
        }
    }
}
