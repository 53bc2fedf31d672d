package org.unipayout.bank131;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.unipayout.bank131.internal.wire.PayoutItem;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.WebhookMessage;
import org.unipayout.http.Json;
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

    /** What a key may look like; any other one is hashed, however the bank words its types and ids. */
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,200}");

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
        byte[] body = request.body();
        String signature = request.header(SIGNATURE).orElseThrow(() -> rejected("the signature header is missing"));
        if (!isSigned(body, signature)) {
            throw rejected("the signature does not match any of the bank's keys");
        }
        WebhookMessage message;
        try {
            message = Json.read(body, WebhookMessage.class);
        } catch (UnreadableBodyException e) {
            throw rejected("the body is signed but is not the bank's JSON");
        }
        String type = message.type();
        if (type == null || !PRINTABLE.matcher(type).matches()) {
            throw rejected("the body is signed but names no type that prints");
        }
        Session session = message.session();
        return session == null || !Bank131Identity.isUsableId(session.id())
                ? event(type, type + ':' + digest(body)).build()
                : event(type, session);
    }

    private boolean isSigned(byte[] body, String signature) {
        try {
            return bankKeys.verify(body, signature);
        } catch (RuntimeException unavailable) { // what the merchant's source of keys throws may say anything
            throw rejected("the bank's keys could not be had: "
                    + unavailable.getClass().getName());
        }
    }

    private WebhookEvent event(String type, Session session) {
        WebhookEvent.Builder event = event(type, dedupeKey(type, session)).providerId(session.id());
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

    private static WebhookEvent.Builder event(String type, String dedupeKey) {
        return WebhookEvent.builder(Bank131Tables.PROVIDER, type, WebhookEvent.Trust.VERIFIED, dedupeKey);
    }

    /**
     * The bank sends no event id, so the key holds all that makes two notifications of one session different: a payout may
     * be notified with the session in error first and decided later, and a return in progress first and done later.
     */
    private static String dedupeKey(String type, Session session) {
        Stream<String> own = Stream.of(type, session.id(), session.status(), session.nextAction())
                .map(String::valueOf);
        Stream<PayoutItem> items = Stream.concat(session.payouts().stream(), session.transfers().stream());
        String key =
                Stream.concat(own, items.flatMap(Bank131Webhooks::keyParts)).collect(Collectors.joining(":"));
        return PRINTABLE.matcher(key).matches() ? key : digest(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> keyParts(PayoutItem payout) {
        return Stream.concat(
                        Stream.of(payout.id(), payout.status()),
                        payout.returns().stream().flatMap(back -> Stream.of(back.id(), back.status())))
                .map(String::valueOf);
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static WebhookRejectedException rejected(String reason) {
        return new WebhookRejectedException(
                FailureDetails.builder(Bank131Tables.PROVIDER, Operation.WEBHOOK, reason, Advice.NEVER)
                        .build());
    }
}
