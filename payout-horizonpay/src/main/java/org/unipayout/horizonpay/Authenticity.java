package org.unipayout.horizonpay;

import java.util.Optional;
import java.util.function.Supplier;
import org.unipayout.Advice;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent.Trust;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.horizonpay.internal.HorizonPayApi;
import org.unipayout.horizonpay.internal.HorizonPayReadings;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.http.CanonicalJson;
import org.unipayout.http.RsaVerifier;
import org.unipayout.http.UnreadableBodyException;

/**
 * Who sent a notification or a verification call: the signature over the raw bytes tells, and Basic credentials only
 * where the merchant asked for it ("Webhooks"). Thread-safe.
 */
final class Authenticity {
    private static final String SIGNATURE = "Content-Signature";

    private final Optional<RsaVerifier> keys;
    private final boolean basicNotifications;
    private final Secret authorization;

    Authenticity(HorizonPayOptions options) {
        keys = options.verifier();
        if (keys.isEmpty() && !options.basicNotifications()) {
            throw new IllegalArgumentException("publicKey: at least one is required, from the back office; without it"
                    + " nobody could tell a forged notification");
        }
        basicNotifications = options.basicNotifications();
        authorization = HorizonPayApi.basic(options);
    }

    /** How far the sender can be trusted. */
    Trust check(WebhookRequest request) {
        Optional<String> signature = request.header(SIGNATURE);
        if (signature.isPresent() && keys.isPresent()) {
            if (!present(() -> keys.get().verify(request::body, signature.get()))) {
                throw rejected("the signature does not match any of the public keys");
            }
            return Trust.VERIFIED;
        }
        if (!basicNotifications) {
            throw rejected("the signature header is missing");
        }
        Secret ours = present(authorization::now);
        if (request.header("Authorization")
                .filter(header -> isOurs(ours, header))
                .isEmpty()) {
            throw rejected("the Basic credentials are missing or wrong");
        }
        return Trust.HINT;
    }

    /** With the keys that hold now; what the merchant's source of them throws may say anything. */
    private static <T> T present(Supplier<T> check) {
        try {
            return check.get();
        } catch (RuntimeException unavailable) {
            throw rejected("the shop's keys could not be had: "
                    + unavailable.getClass().getName());
        }
    }

    /** Compares in constant time, as {@link Secret} does. */
    private static boolean isOurs(Secret authorization, String header) {
        return !header.isBlank()
                && header.chars().noneMatch(Character::isISOControl)
                && authorization.equals(Secret.of(spelledAsOurs(header)));
    }

    /** The scheme's name may have any case (RFC 7235); the credentials may not. */
    private static String spelledAsOurs(String header) {
        String scheme = "Basic ";
        return header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? scheme + header.substring(scheme.length())
                : header;
    }

    /**
     * What a body says.
     *
     * @param digest equal for all ways of writing the same body
     */
    record Message(Transaction transaction, String digest) {}

    /** The transaction in a body whose sender was checked. */
    static Message message(WebhookRequest request) {
        try {
            CanonicalJson canonical = CanonicalJson.of(request.body()).orElseThrow(Authenticity::notJson);
            return canonical
                    .read(Transaction.class)
                    .unwrapped()
                    .filter(HorizonPayReadings::isNamed)
                    .map(transaction -> new Message(transaction, canonical.digest()))
                    .orElseThrow(() -> rejected("the body names no transaction"));
        } catch (UnreadableBodyException e) {
            throw notJson();
        }
    }

    private static WebhookRejectedException notJson() {
        return rejected("the body is not HorizonPay's JSON");
    }

    private static WebhookRejectedException rejected(String reason) {
        return new WebhookRejectedException(
                FailureDetails.builder(HorizonPayPayoutClient.PROVIDER, Operation.WEBHOOK, reason, Advice.NEVER)
                        .build());
    }
}
