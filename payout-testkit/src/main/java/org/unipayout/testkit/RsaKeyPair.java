package org.unipayout.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** A pair of RSA keys from a text, for providers that are started with a key of one's own. */
public final class RsaKeyPair {
    private RsaKeyPair() {}

    /**
     * Reads a private key; the public one follows from it.
     *
     * @param setting its name, for the exception
     * @param pem PKCS#8 ({@code BEGIN PRIVATE KEY}), on any number of lines
     * @return both keys
     * @throws IllegalArgumentException if it is no such text; it says nothing of the value
     */
    public static KeyPair of(String setting, String pem) {
        try {
            byte[] encoded = Base64.getDecoder()
                    .decode(pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())), key);
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException unreadable) {
            throw new IllegalArgumentException(setting
                    + ": must be an RSA key as PEM text in PKCS#8 (BEGIN PRIVATE KEY)"); // the cause may show it
        }
    }
}
