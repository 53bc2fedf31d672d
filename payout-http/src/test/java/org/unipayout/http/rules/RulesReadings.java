package org.unipayout.http.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.RecipientKind;
import org.unipayout.Shown;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.http.CanonicalJson;
import org.unipayout.http.UnreadableBodyException;

/** What the invented provider's answers and notifications say, unless a {@link Bug} is planted. */
final class RulesReadings {
    private static final Map<String, PayoutStatus> STATUSES = Map.of(
            "created", PayoutStatus.PREPARED,
            "pending", PayoutStatus.PROCESSING,
            "paid", PayoutStatus.SUCCEEDED,
            "declined", PayoutStatus.FAILED);

    private final Bug bug;

    RulesReadings(Bug bug) {
        this.bug = bug;
    }

    /** Nothing of an answer that is not ours. */
    Payout payout(PayoutRef ref, JsonNode body) {
        Identity identity = shown(body).against(ref);
        boolean believed = bug == Bug.NOBODY_BELIEVED && identity.about() == Identity.About.NOBODY;
        String words = body.path("status").asText();
        if (!identity.ours() && !believed) {
            return Payout.unknown(ref, words, identity.evidence());
        }
        String id = text(body, "id");
        PayoutRef named = id == null ? ref : ref.withProviderId(id);
        PayoutStatus status = STATUSES.get(words);
        if (status == null) {
            Evidence evidence = new Evidence(Evidence.Kind.UNDOCUMENTED_STATUS, "The status is not a documented one");
            return Payout.unknown(named, words, evidence);
        }
        return Payout.builder(named, status, words)
                .decline(decline(status, body))
                .createdAt(createdAt(body))
                .recipientMask(text(body, "card"))
                .build();
    }

    private static @Nullable Instant createdAt(JsonNode body) {
        return Optional.ofNullable(text(body, "created_at")).map(Instant::parse).orElse(null);
    }

    private static @Nullable Decline decline(PayoutStatus status, JsonNode body) {
        return status == PayoutStatus.FAILED
                ? new Decline(RulesPayoutClient.ERRORS.entry(body.path("code").asText()), null)
                : null;
    }

    private Shown shown(JsonNode body) {
        Shown.Builder shown = Shown.builder(text(body, "reference"), text(body, "id"));
        if (bug != Bug.AMOUNT_NOT_COMPARED) {
            shown.amount(amount(body));
        }
        if (bug != Bug.TIME_NOT_COMPARED) {
            shown.createdAt(createdAt(body));
        }
        if (bug != Bug.RECIPIENT_NOT_COMPARED) {
            if (body.has("card")) {
                shown.kinds(RecipientKind.CARD_NUMBER).card(text(body, "card"));
            }
            if (body.has("token")) {
                shown.kinds(RecipientKind.SAVED_CARD).token(text(body, "token"));
            }
        }
        return shown.build();
    }

    private static @Nullable Money amount(JsonNode body) {
        JsonNode amount = body.path("amount");
        return amount.isIntegralNumber() && body.path("currency").asText().equals("KZT")
                ? Money.ofMinor(amount.longValue(), "KZT")
                : null;
    }

    private static @Nullable String text(JsonNode body, String field) {
        return body.path(field).isTextual() ? body.path(field).textValue() : null;
    }

    /** The reader of notifications; the signature covers the raw bytes. */
    PayoutWebhooks webhooks(String key) {
        return request -> {
            String signature = request.header("X-Signature")
                    .filter(header -> bug == Bug.EACH_BODY_READ || header.matches("[0-9a-f]{64}"))
                    .orElseThrow(() -> rejected("there is no signature"));
            boolean right = MessageDigest.isEqual(
                    signature.getBytes(StandardCharsets.UTF_8),
                    signature(request, key).getBytes(StandardCharsets.UTF_8));
            if (!right) {
                throw rejected("the signature is wrong");
            }
            CanonicalJson canonical =
                    CanonicalJson.of(request.body()).orElseThrow(() -> rejected("the body is not JSON"));
            try {
                return event(canonical.read(JsonNode.class), canonical.digest());
            } catch (UnreadableBodyException e) {
                throw rejected("the body is not JSON");
            }
        };
    }

    private WebhookEvent event(JsonNode body, String dedupeKey) {
        String words = body.path("status").asText();
        PayoutStatus status = STATUSES.get(words);
        return WebhookEvent.builder(
                        RulesPayoutClient.PROVIDER, "payout." + words, WebhookEvent.Trust.VERIFIED, dedupeKey)
                .providerId(text(body, "id"))
                .reference(text(body, "reference"))
                .amount(amount(body))
                .status(status, words)
                .decline(status == null ? null : decline(status, body))
                .shown(bug == Bug.NOTIFICATION_SHOWS_NAMES_ONLY ? null : shown(body))
                .build();
    }

    private static String signature(WebhookRequest request, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(request.body()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    private static WebhookRejectedException rejected(String reason) {
        return new WebhookRejectedException(
                FailureDetails.builder(RulesPayoutClient.PROVIDER, Operation.WEBHOOK, reason, Advice.NEVER)
                        .build());
    }
}
