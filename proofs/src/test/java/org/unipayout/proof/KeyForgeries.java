package org.unipayout.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bodies that the stranger signed: with keys of the same kind, with what the merchant and the public know, by other
 * algorithms than the provider's, in each usual spelling.
 */
final class KeyForgeries {
    private static final List<String> MACS =
            List.of("HmacSHA256", "HmacSHA1", "HmacMD5", "HmacSHA224", "HmacSHA384", "HmacSHA512", "HmacSHA3-256");
    private static final List<String> SIGNATURES = List.of(
            "SHA256withRSA",
            "SHA1withRSA",
            "MD5withRSA",
            "SHA384withRSA",
            "SHA512withRSA",
            "NONEwithRSA",
            "SHA3-256withRSA");
    private static final List<String> DIGESTS = List.of("SHA-256", "SHA-1", "MD5", "SHA-512");
    private static final KeyPair STRANGERS_KEY = newKey(2048);
    private static final KeyPair LONGER_KEY = newKey(3072);

    private final Notice signed;
    private final Consumer<Forgery> out;

    private KeyForgeries(Notice signed, Consumer<Forgery> out) {
        this.signed = signed;
        this.out = out;
    }

    /**
     * Makes them.
     *
     * @param known texts that may pass for keys: all that the merchant was given
     * @param bodies what is to be believed
     */
    static void of(Notice signed, Collection<String> known, List<byte[]> bodies, Consumer<Forgery> out) {
        KeyForgeries forgeries = new KeyForgeries(signed, out);
        Map<String, Signer> signers = signatures(known);
        signers.values().removeIf(forgeries::isTheProvider);
        for (byte[] body : bodies) {
            signers.forEach((how, signer) -> forgeries.send(how, body, signer));
        }
    }

    /** With the provider's own key and algorithm it would be no forgery: such a signer makes the signature that was sent. */
    private boolean isTheProvider(Signer signer) {
        return forms(signed.body()).stream()
                .flatMap(text -> spellings(signer, text).values().stream())
                .anyMatch(spelling -> signed.headers().containsValue(List.of(spelling)));
    }

    private interface Signer {
        byte[] sign(byte[] text) throws GeneralSecurityException;
    }

    private static Map<String, Signer> signatures(Collection<String> known) {
        Map<String, Signer> all = new LinkedHashMap<>();
        for (String digest : DIGESTS) {
            all.put(digest, text -> MessageDigest.getInstance(digest).digest(text));
        }
        List<byte[]> keys = new ArrayList<>(known.stream()
                .flatMap(text -> List.of(text, text.strip(), text.replaceAll("-----[^-]*-----|\\s", "")).stream())
                .distinct()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
        keys.add(new byte[1]); // as good as an empty one
        keys.add(STRANGERS_KEY.getPublic().getEncoded());
        for (String mac : MACS) {
            for (int key = 0; key < keys.size(); key++) {
                byte[] bytes = keys.get(key);
                all.put(mac + " under what is known, " + key, text -> hmac(mac, bytes, text));
            }
        }
        List<PrivateKey> privateKeys = new ArrayList<>(
                known.stream().flatMap(text -> privateKey(text).stream()).toList());
        privateKeys.add(STRANGERS_KEY.getPrivate());
        privateKeys.add(LONGER_KEY.getPrivate());
        for (String algorithm : SIGNATURES) {
            for (int key = 0; key < privateKeys.size(); key++) {
                PrivateKey owned = privateKeys.get(key);
                all.put(algorithm + " under a key of another, " + key, text -> rsa(algorithm, owned, text));
            }
        }
        return all;
    }

    private void send(String how, byte[] body, Signer signer) {
        for (byte[] text : forms(body)) {
            spellings(signer, text)
                    .forEach((spelling, signature) -> signed.headers().keySet().forEach(name -> {
                        Map<String, List<String>> headers = new HashMap<>(signed.headers());
                        headers.put(name, List.of(signature));
                        out.accept(new Forgery(how + " in " + spelling, body, headers, null));
                    }));
        }
    }

    /** What a signature may cover: the bytes, and the document with sorted keys, with and without spaces. */
    private static List<byte[]> forms(byte[] body) {
        return List.of(
                body,
                Sorted.compact(body).getBytes(StandardCharsets.UTF_8),
                Sorted.spaced(body).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> spellings(Signer signer, byte[] text) {
        byte[] signature;
        try {
            signature = signer.sign(text);
        } catch (GeneralSecurityException impossible) { // as a raw signature of a long text is
            return Map.of();
        }
        return Map.of(
                "hex", HexFormat.of().formatHex(signature),
                "large hex", HexFormat.of().withUpperCase().formatHex(signature),
                "Base64", Base64.getEncoder().encodeToString(signature),
                "Base64 for addresses", Base64.getUrlEncoder().encodeToString(signature));
    }

    private static byte[] hmac(String algorithm, byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(text);
    }

    private static byte[] rsa(String algorithm, PrivateKey key, byte[] text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        return signature.sign();
    }

    private static List<PrivateKey> privateKey(String text) {
        try {
            byte[] form = Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]*-----", ""));
            return List.of(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(form)));
        } catch (IllegalArgumentException | GeneralSecurityException noPrivateKey) {
            return List.of();
        }
    }

    private static KeyPair newKey(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
