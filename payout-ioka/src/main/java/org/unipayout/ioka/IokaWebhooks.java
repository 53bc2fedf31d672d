package org.unipayout.ioka;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.FailureDetails;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookEvent.Trust;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.http.CanonicalJson;
import org.unipayout.http.Json;
import org.unipayout.http.Required;
import org.unipayout.http.UnreadableBodyException;
import org.unipayout.ioka.internal.IokaCall;
import org.unipayout.ioka.internal.PayoutOrderReadings;
import org.unipayout.ioka.internal.TransferReadings;
import org.unipayout.ioka.internal.Values;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.ioka.internal.wire.TransferOrder;

/**
 * Verifies and reads ioka's notifications, of transfer orders and of payout orders.
 *
 * <p>The sender is proven ({@code X-Signature}, HMAC-SHA256 over sorted JSON), but what a notification says about money is
 * not: ioka publishes no payload of {@code TRANSFER_*}, mixes up the descriptions of two events, and leaves the status out
 * of {@code PAYOUT_*}. So each of these is a {@link Trust#HINT}: find the payout by {@link WebhookEvent#providerId} or
 * {@link WebhookEvent#reference} and call {@code get}. Answer exactly HTTP 200 within ten seconds; ioka repeats every five
 * seconds, ten times at most, so polling must be enough alone.
 *
 * <p>Thread-safe, does no I/O. Source: ioka.kz/docs, "webhooks", and recorded deliveries.
 */
public final class IokaWebhooks implements PayoutWebhooks {
    private static final String SIGNATURE = "X-Signature";
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final Supplier<? extends Collection<Secret>> keys;

    private IokaWebhooks(Supplier<? extends Collection<Secret>> keys) {
        this.keys = keys;
    }

    /**
     * Trusts the given keys; during a rotation give the old and the new one.
     *
     * @param keys the {@code key} of the webhooks' registrations, as in {@link IokaOptions#webhookKeys}
     * @return the receiver
     * @throws IllegalArgumentException if there is no key, or one is shorter than 32 characters
     */
    public static IokaWebhooks of(Collection<Secret> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "keys: at least one is required; without it nobody could tell a forged notification");
        }
        List<Secret> fixed =
                keys.stream().map(key -> Required.hmacKey(key, "keys")).toList();
        return new IokaWebhooks(() -> fixed);
    }

    /**
     * Trusts the keys that hold now, asked for at every notification, so that they may be exchanged while this runs.
     *
     * @param keys gives the keys, each of at least 32 characters; thread-safe and quick. If it throws or gives none, the
     *     notification is refused, and ioka repeats it
     * @return the receiver
     */
    public static IokaWebhooks of(Supplier<? extends Collection<Secret>> keys) {
        return new IokaWebhooks(Objects.requireNonNull(keys, "keys"));
    }

    @Override
    public WebhookEvent receive(WebhookRequest request) {
        CanonicalJson canonical = verified(request);
        JsonNode message = message(canonical);
        String type = message.path("event").asText();
        if (type.startsWith("PAYOUT_")) {
            return payoutOrder(message, type, canonical.digest());
        }
        if (type.startsWith("TRANSFER_") || type.startsWith("TRANFER_")) { // ioka's page has both spellings
            return transferOrder(message, type, canonical.digest());
        }
        Trust trust = type.startsWith("CARD_") ? Trust.VERIFIED : Trust.HINT;
        return WebhookEvent.builder(IokaPayoutClient.PROVIDER, type, trust, canonical.digest())
                .build();
    }

    /**
     * Which card a notification is about, so that it can be paid.
     *
     * @param customerId the person who owns the card
     * @param card the recipient for a {@link org.unipayout.PayoutRequest}, in both flows
     * @param mask the card with all but its first six and last four digits hidden; empty if ioka does not say
     */
    public record SavedCard(String customerId, Recipient.SavedCard card, String mask) {}

    /**
     * Reads the card out of a {@code CARD_APPROVED} notification.
     *
     * @param request the notification
     * @return the card that was saved; empty if the notification is about something else
     * @throws WebhookRejectedException if the notification is not proven to be ioka's
     */
    public Optional<SavedCard> savedCard(WebhookRequest request) {
        JsonNode message = message(verified(request));
        JsonNode card = message.path("card");
        String cardId = text(card.path("id"));
        String customerId = text(card.path("customer_id"));
        if (!message.path("event").asText().equals("CARD_APPROVED")
                || !card.path("status").asText("APPROVED").equals("APPROVED")
                || cardId == null
                || customerId == null) {
            return Optional.empty();
        }
        String mask = Values.mask(text(card.path("pan_masked")));
        return Optional.of(new SavedCard(
                customerId, new Recipient.SavedCard(customerId + '/' + cardId), mask == null ? "" : mask));
    }

    // ---------------------------------------------------------------- events

    private static WebhookEvent transferOrder(JsonNode message, String type, String key) {
        JsonNode transfer = transfer(message);
        JsonNode order = message.path("order");
        TransferOrder shown = read(order, TransferOrder.class);
        String orderId = text(transfer.path("order_id"));
        String id = orderId != null ? orderId : text(order.path("id"));
        return WebhookEvent.builder(IokaPayoutClient.PROVIDER, type, Trust.HINT, key)
                .providerId(IokaCall.isUsableId(id) ? id : null)
                .reference(text(order.path("external_id")))
                .amount(amount(order))
                .shown(shown == null ? null : TransferReadings.notified(shown))
                .build();
    }

    /** ioka does not publish where the transfer stands: under its name, else wherever something names a transfer order. */
    private static JsonNode transfer(JsonNode message) {
        return message.path("transfer").isObject()
                ? message.path("transfer")
                : StreamSupport.stream(message.spliterator(), false)
                        .filter(part -> part.path("order_id").asText().startsWith("tro_"))
                        .findFirst()
                        .orElse(message.path("transfer"));
    }

    private static WebhookEvent payoutOrder(JsonNode message, String type, String key) {
        JsonNode order = message.path("order");
        PayoutOrder shown = read(order, PayoutOrder.class);
        String id = Optional.ofNullable(text(order.path("id"))).orElseGet(() -> text(order.path("uuid")));
        return WebhookEvent.builder(IokaPayoutOrderClient.PROVIDER, type, Trust.HINT, key)
                .providerId(IokaCall.isUsableId(id) ? id : null)
                .reference(text(order.path("external_id")))
                .amount(amount(order))
                .shown(shown == null ? null : PayoutOrderReadings.notified(shown))
                .build();
    }

    /** A part of a notification; null if it is not of ioka's form, or has a number of a huge exponent, which cannot be written. */
    private static <T> @Nullable T read(JsonNode part, Class<T> type) {
        try {
            return Json.read(Json.write(part), type);
        } catch (UnreadableBodyException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Money amount(JsonNode order) {
        return Values.money(whole(order.path("amount")), text(order.path("currency")));
    }

    /** Text that may be stored; ids may be numbers. */
    private static @Nullable String text(JsonNode value) {
        String text = value.isValueNode() && !value.isNull() ? value.asText() : "";
        return text.matches("[!-~]{1,128}") ? text : null;
    }

    private static @Nullable Long whole(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    // ---------------------------------------------------------------- proof

    /** The text that ioka signed. What is missing or has no form of a signature is refused without a look at the body. */
    private CanonicalJson verified(WebhookRequest request) {
        String signature = request.header(SIGNATURE).orElseThrow(() -> rejected("the signature header is missing"));
        if (!HEX.matcher(signature).matches()) {
            throw rejected("the signature is not HMAC-SHA256 in lower-case hex");
        }
        CanonicalJson canonical = CanonicalJson.of(request.body()).orElseThrow(() -> rejected("the body is not JSON"));
        if (!isSigned(canonical, HexFormat.of().parseHex(signature))) {
            throw rejected("the signature does not match any of the keys");
        }
        return canonical;
    }

    private static JsonNode message(CanonicalJson canonical) {
        JsonNode message;
        try {
            message = canonical.read(JsonNode.class);
        } catch (UnreadableBodyException e) {
            throw rejected("the body is signed but cannot be read");
        }
        if (message.path("event").asText().isBlank()) {
            throw rejected("the body is signed but names no event");
        }
        return message;
    }

    /** Tries every key in both forms, whatever matched before, so that the time says nothing. */
    private boolean isSigned(CanonicalJson canonical, byte[] given) {
        boolean matches = false;
        for (Secret key : presentKeys()) {
            Mac mac = mac(key);
            canonical.spaced(mac::update);
            matches |= MessageDigest.isEqual(mac.doFinal(), given);
            canonical.compact(mac::update);
            matches |= MessageDigest.isEqual(mac.doFinal(), given);
        }
        return matches;
    }

    private List<Secret> presentKeys() {
        try {
            return keys.get().stream()
                    .map(key -> Required.hmacKey(key.now(), "keys"))
                    .toList();
        } catch (RuntimeException unavailable) { // what the merchant's source of keys throws may say anything
            throw rejected(
                    "the keys could not be had: " + unavailable.getClass().getName());
        }
    }

    /** The key is the text that ioka gave, its hex is not decoded. */
    private static Mac mac(Secret key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private static WebhookRejectedException rejected(String reason) {
        return new WebhookRejectedException(
                FailureDetails.builder(IokaPayoutClient.PROVIDER, Operation.WEBHOOK, reason, Advice.NEVER)
                        .build());
    }
}
