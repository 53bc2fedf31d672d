package org.unipayout.http;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Verifies signatures over exact bytes, made with RSASSA-PKCS1-v1_5 and SHA-256. Thread-safe. */
public final class RsaVerifier {
    private final Supplier<List<RSAPublicKey>> keys;

    private RsaVerifier(Supplier<List<RSAPublicKey>> keys) {
        this.keys = keys;
    }

    /**
     * Verifies with one key, read once.
     *
     * @param publicKeyPemOrBase64 X.509 ({@code BEGIN PUBLIC KEY}) or PKCS#1 ({@code BEGIN RSA PUBLIC KEY}) in PEM form,
     *     or the bare Base64 of the X.509 form, line breaks ignored; at least 2048 bits
     * @return the verifier
     * @throws IllegalArgumentException if it is anything else; the message says what
     */
    public static RsaVerifier of(String publicKeyPemOrBase64) {
        return of(List.of(publicKeyPemOrBase64));
    }

    /**
     * Verifies with any of several keys, read once.
     *
     * @param publicKeys each as for {@link #of(String)}
     * @return the verifier
     * @throws IllegalArgumentException if one is anything else; the message says what
     */
    public static RsaVerifier of(Collection<String> publicKeys) {
        List<RSAPublicKey> read = read(publicKeys);
        return new RsaVerifier(() -> read);
    }

    /**
     * Verifies with any of the keys that hold now, asked for at every signature and read whenever they have changed.
     *
     * @param publicKeys gives the keys, each as for {@link #of(String)}; thread-safe and quick
     * @return the verifier, whose {@link #verify} throws what this throws, and IllegalArgumentException if a key is
     *     anything else
     */
    public static RsaVerifier supplied(Supplier<? extends Collection<String>> publicKeys) {
        return new RsaVerifier(new LatestKeys(publicKeys));
    }

    static RsaVerifier of(RSAPublicKeySpec key) throws GeneralSecurityException {
        List<RSAPublicKey> read =
                List.of((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(key));
        return new RsaVerifier(() -> read);
    }

    private static List<RSAPublicKey> read(Collection<String> publicKeys) {
        return publicKeys.stream()
                .map(key -> Pem.rsaPublicKey(key, "publicKey"))
                .toList();
    }

    /** Remembers how the newest keys read. */
    private static final class LatestKeys implements Supplier<List<RSAPublicKey>> {
        private final Supplier<? extends Collection<String>> source;
        private final AtomicReference<@Nullable Parsed> latest = new AtomicReference<>();

        LatestKeys(Supplier<? extends Collection<String>> source) {
            this.source = source;
        }

        private record Parsed(List<String> texts, List<RSAPublicKey> keys) {}

        @Override
        public List<RSAPublicKey> get() {
            List<String> texts = List.copyOf(source.get());
            Parsed known = latest.get();
            if (known == null || !known.texts().equals(texts)) {
                known = new Parsed(texts, read(texts));
                latest.set(known);
            }
            return known.keys();
        }
    }

    /**
     * Verifies.
     *
     * @param bytes exactly what was received
     * @param base64Signature the signature in Base64
     * @return whether the signature was made over these bytes with the private half of one of the keys; false too if it
     *     is not Base64 or has the wrong length
     */
    public boolean verify(byte[] bytes, String base64Signature) {
        return verify(() -> bytes, base64Signature);
    }

    /**
     * Verifies, and has a look at what was received only if the signature has the form of one by a key.
     *
     * @param bytes gives exactly what was received; asked at most once
     * @param base64Signature the signature in Base64
     * @return as for {@link #verify(byte[], String)}
     */
    public boolean verify(Supplier<byte[]> bytes, String base64Signature) {
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(base64Signature);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        List<RSAPublicKey> fitting = keys.get().stream()
                .filter(key -> length(key) == signature.length)
                .toList();
        if (fitting.isEmpty()) {
            return false;
        }
        byte[] received = bytes.get();
        return fitting.stream().anyMatch(key -> verify(key, received, signature));
    }

    private static int length(RSAPublicKey key) {
        return (key.getModulus().bitLength() + 7) / 8;
    }

    private static boolean verify(RSAPublicKey key, byte[] bytes, byte[] given) {
        try {
            Signature signature = Signature.getInstance(RsaSigner.ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(given);
        } catch (SignatureException malformed) {
            return false;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("publicKey: the JDK cannot verify with it");
        }
    }
}
