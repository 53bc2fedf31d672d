package org.unipayout.simulator.horizonpay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import org.unipayout.testkit.ReceivedRequest;

/** The one merchant of a simulated gateway: its credentials and its notification key. Prints no secret. */
final class Shop {
    private final String shopId;
    private final String secretKey;
    private final KeyPair notificationKeys;

    Shop(String shopId, String secretKey, KeyPair notificationKeys) {
        this.shopId = shopId;
        this.secretKey = secretKey;
        this.notificationKeys = notificationKeys;
    }

    String shopId() {
        return shopId;
    }

    String secretKey() {
        return secretKey;
    }

    boolean sent(ReceivedRequest request) {
        String actual = request.header("Authorization").orElse("");
        return MessageDigest.isEqual(basic().getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }

    String basic() {
        String pair = shopId + ":" + secretKey;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** The back office shows the key on one line, without PEM armour. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(notificationKeys.getPublic().getEncoded());
    }

    String sign(byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(notificationKeys.getPrivate());
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the notification key cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return "Shop " + shopId;
    }
}
