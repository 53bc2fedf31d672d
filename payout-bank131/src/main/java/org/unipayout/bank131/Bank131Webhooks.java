package org.unipayout.bank131;

import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.unipayout.Advice;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.bank131.internal.Bank131Identity;
import org.unipayout.bank131.internal.Bank131Readings;
import org.unipayout.bank131.internal.Bank131Tables;
import org.unipayout.bank131.internal.Values;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.WebhookMessage;
import org.unipayout.http.CanonicalJson;
import org.unipayout.http.RsaVerifier;
import org.unipayout.http.UnreadableBodyException;

/**
 * Verifies and reads Bank 131's webhooks.
 *
 * <p>The bank signs the raw body with its own key ({@code X-PARTNER-SIGN}), so each event is
 * {@link WebhookEvent.Trust#VERIFIED} and its session id is {@link WebhookEvent#providerId}. Answer HTTP 200 once the
 * event is stored; the bank repeats what was not answered. On {@code ready_to_confirm} call
 * {@link Bank131PayoutClient#confirm} or {@link Bank131PayoutClient#cancel}: what must be echoed is read afresh there and
 * is not part of the event.
 *
 * <p>Thread-safe, does no I/O. Source: developer.131.ru, "Webhooks".
 */
public final class Bank131Webhooks implements PayoutWebhooks {
    private static final String SIGNATURE = "X-PARTNER-SIGN";

    private static final Pattern TYPE = Pattern.compile("[!-~]{1,128}");

    /** The types that speak of a payout's state; any other type is an event without a status. */
    private static final Set<String> ABOUT_PAYOUTS =
            Set.of("ready_to_confirm", "payment_finished", "payment_refunded", "confirmation_payout");

    private final RsaVerifier bankKeys;
    private final Bank131Readings readings = Bank131Readings.ofNotifications();

    private Bank131Webhooks(RsaVerifier bankKeys) {
        this.bankKeys = bankKeys;
    }

    /**
     * Trusts the given keys; during a rotation give the old and the new one.
     *
     * @param bankPublicKeys the bank's public keys, PEM, as in {@link Bank131Options#bankPublicKeys}
     * @return the receiver
     * @throws IllegalArgumentException if there is no key, or one is not an RSA public key
     */
    public static Bank131Webhooks of(Collection<String> bankPublicKeys) {
        if (bankPublicKeys.isEmpty()) {
            throw new IllegalArgumentException(
                    "bankPublicKeys: at least one is required; without it nobody could tell a forged webhook");
        }
        return new Bank131Webhooks(RsaVerifier.of(bankPublicKeys));
    }

    /**
     * Trusts the keys that hold now, asked for at every webhook, so that the bank's key may be exchanged while this runs.
     *
     * @param bankPublicKeys gives the bank's public keys, PEM; thread-safe and quick. If it throws or gives no usable key,
     *     the webhook is refused, and the bank repeats it
     * @return the receiver
     */
    public static Bank131Webhooks of(Supplier<? extends Collection<String>> bankPublicKeys) {
        return new Bank131Webhooks(RsaVerifier.supplied(bankPublicKeys));
    }

    @Override
    public WebhookEvent receive(WebhookRequest request) {
        CanonicalJson canonical = verified(request);
        WebhookMessage message;
        try {
            message = canonical.read(WebhookMessage.class);
        } catch (UnreadableBodyException e) {
            throw rejected("the body is signed but is not the bank's JSON");
        }
        String type = message.type();
        if (type == null || !TYPE.matcher(type).matches()) {
            throw rejected("the body is signed but names no type that prints");
        }
        Session session = message.session();
        return session == null || !Bank131Identity.isUsableId(session.id())
                ? event(type, canonical).build()
                : event(type, session, canonical);
    }

    /** What the bank signed. What is missing or has no form of a signature is refused without a look at the body. */
    private CanonicalJson verified(WebhookRequest request) {
        String signature = request.header(SIGNATURE).orElseThrow(() -> rejected("the signature header is missing"));
        if (!isSigned(request, signature)) {
            throw rejected("the signature does not match any of the bank's keys");
        }
        return CanonicalJson.of(request.body())
                .orElseThrow(() -> rejected("the body is signed but is not the bank's JSON"));
    }

    private boolean isSigned(WebhookRequest request, String signature) {
        try {
            return bankKeys.verify(request::body, signature);
        } catch (RuntimeException unavailable) { // what the merchant's source of keys throws may say anything
            throw rejected("the bank's keys could not be had: "
                    + unavailable.getClass().getName());
        }
    }

    private WebhookEvent event(String type, Session session, CanonicalJson canonical) {
        WebhookEvent.Builder event = event(type, canonical).providerId(session.id());
        event.shown(Bank131Identity.shown(session));
        session.first()
                .ifPresent(payout -> event.reference(Bank131Identity.reference(payout))
                        .amount(Values.money(payout.amountDetails()).orElse(null)));
        if (ABOUT_PAYOUTS.contains(type)) {
            Bank131Readings.Reading reading = readings.read(session);
            event.status(reading.status(), reading.words()).decline(reading.decline());
        }
        return event.build();
    }

    /**
     * The bank sends no event id, and a session is notified more than once in one status: a payout first in error and decided
     * later, a return first going and then done. So the key is all that the bank signed.
     */
    private static WebhookEvent.Builder event(String type, CanonicalJson canonical) {
        return WebhookEvent.builder(Bank131Tables.PROVIDER, type, WebhookEvent.Trust.VERIFIED, canonical.digest());
    }

    private static WebhookRejectedException rejected(String reason) {
        return new WebhookRejectedException(
                FailureDetails.builder(Bank131Tables.PROVIDER, Operation.WEBHOOK, reason, Advice.NEVER)
                        .build());
    }
}
