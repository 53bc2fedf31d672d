package org.unipayout;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a payout: all that is needed to ask about it, to submit it and to end it, after a restart too.
 *
 * <p>Store it ({@link #toString} and {@link #parse} are exact opposites) after {@link PayoutClient#prepare} and before
 * {@link PayoutClient#submit}, and again whenever a {@link Payout} carries a newer one. It holds no person or credential,
 * and of the recipient only a mark by which another one is noticed (of a card the first six and last four digits). Immutable and thread-safe.
 */
public final class PayoutRef {
    private static final String PREFIX = "payout:1?";

    /** Marks an id as that of the provider's queue. */
    private static final String QUEUED = "async:";

    private final String provider;
    private final String reference;
    private final Money amount;
    private final RecipientKind recipientKind;
    private final RecipientMark recipientMark;
    private final @Nullable Instant requestedAt;
    private final @Nullable String providerId;
    private final boolean earlierSend;

    private PayoutRef(
            String provider,
            String reference,
            Money amount,
            RecipientKind recipientKind,
            RecipientMark recipientMark,
            @Nullable Instant requestedAt,
            @Nullable String providerId,
            boolean earlierSend) {
        this.provider = Checks.text(provider, "provider");
        this.reference = Checks.text(reference, "reference");
        this.amount = Checks.present(amount, "amount");
        this.recipientKind = Checks.present(recipientKind, "recipientKind");
        this.recipientMark = recipientMark;
        this.requestedAt = requestedAt;
        this.providerId = Checks.optionalText(providerId, "providerId");
        this.earlierSend = earlierSend;
    }

    /**
     * A handle of a payout that the provider has not named yet; adapters call it.
     *
     * @param provider the provider, as {@link Capabilities#provider} spells it
     * @param request the request that it belongs to
     * @return the handle
     */
    public static PayoutRef of(String provider, PayoutRequest request) {
        return new PayoutRef(
                provider,
                request.reference(),
                request.amount(),
                request.recipient().kind(),
                RecipientMark.of(request.recipient()),
                request.requestedAt().orElse(null),
                null,
                false);
    }

    /**
     * Reads a stored handle.
     *
     * @param text what {@link #toString} gave
     * @return the handle
     * @throws IllegalArgumentException if the text is not a handle
     */
    public static PayoutRef parse(String text) {
        Map<String, String> parts = Parts.read(text, PREFIX);
        try {
            return new PayoutRef(
                    required(parts, "provider"),
                    required(parts, "reference"),
                    Money.ofMinor(Long.parseLong(required(parts, "amount")), required(parts, "currency")),
                    RecipientKind.valueOf(required(parts, "recipient")),
                    RecipientMark.parse(parts.get("to")),
                    Parts.instant(parts.get("asked")),
                    parts.get("id"),
                    parts.containsKey("earlier"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("payout ref: amount must be a whole number", e);
        }
    }

    private static String required(Map<String, String> parts, String name) {
        return Checks.present(parts.get(name), "payout ref: " + name);
    }

    /**
     * The same handle with the provider's own id, once it is known.
     *
     * @param id the provider's id
     * @return a new handle
     */
    public PayoutRef withProviderId(String id) {
        return new PayoutRef(
                provider,
                reference,
                amount,
                recipientKind,
                recipientMark,
                requestedAt,
                Checks.text(id, "providerId"),
                earlierSend);
    }

    /**
     * The same handle with the number of an entry in the provider's queue, which stands for the payout until it has an id of
     * its own: {@link #providerId} gives it, marked, and nothing that shows an id contradicts it.
     *
     * @param id the queue's number of it
     * @return a new handle
     */
    public PayoutRef withQueueId(String id) {
        return withProviderId(QUEUED + Checks.text(id, "queueId"));
    }

    /**
     * The same handle, after the provider said that the reference was used before while the payout of this handle shows
     * nothing. From then on "not started" and "canceled" say nothing about the intent, which may have been paid in another
     * payout, and nothing is sent under this handle.
     *
     * @return a new handle
     */
    public PayoutRef withEarlierSend() {
        return new PayoutRef(provider, reference, amount, recipientKind, recipientMark, requestedAt, providerId, true);
    }

    /** {@return the provider, as {@link Capabilities#provider} spells it} */
    public String provider() {
        return provider;
    }

    /** {@return the merchant's reference} */
    public String reference() {
        return reference;
    }

    /** {@return the amount that was asked for} */
    public Money amount() {
        return amount;
    }

    /** {@return the kind of the recipient} */
    public RecipientKind recipientKind() {
        return recipientKind;
    }

    /** {@return when the merchant asked for it, UTC, if the request said so} */
    public Optional<Instant> requestedAt() {
        return Optional.ofNullable(requestedAt);
    }

    RecipientMark recipientMark() {
        return recipientMark;
    }

    /** {@return the provider's own id, empty until the provider has given one, or one for {@link #withQueueId its queue}} */
    public Optional<String> providerId() {
        return Optional.ofNullable(providerId);
    }

    /** {@return the number in the provider's queue, as long as the payout has no id of its own} */
    public Optional<String> queueId() {
        return providerId().filter(id -> id.startsWith(QUEUED)).map(id -> id.substring(QUEUED.length()));
    }

    /** {@return whether an earlier send under this reference may hold the payout, see {@link #withEarlierSend}} */
    public boolean hasEarlierSend() {
        return earlierSend;
    }

    /**
     * The echo check: whether a provider's answer speaks of another payout than this one.
     *
     * @param echoedAmount the amount in the answer, or null if the answer has none
     * @param echoedReference the reference in the answer, or null if the answer has none
     * @param echoedProviderId the provider's id in the answer, or null if the answer has none
     * @return the name of the first field that differs, the identity first: {@code reference}, {@code provider id},
     *     {@code currency}, {@code amount}; empty if nothing contradicts. Only the last two say that our payout collided
     *     with a different one; the first two say that the answer is about somebody else's
     */
    public Optional<String> contradiction(
            @Nullable Money echoedAmount, @Nullable String echoedReference, @Nullable String echoedProviderId) {
        if (echoedReference != null && !echoedReference.equals(reference)) {
            return Optional.of("reference");
        }
        boolean named = providerId != null && queueId().isEmpty();
        if (named && echoedProviderId != null && !echoedProviderId.equals(providerId)) {
            return Optional.of("provider id");
        }
        if (echoedAmount != null && !echoedAmount.currency().equals(amount.currency())) {
            return Optional.of("currency");
        }
        if (echoedAmount != null && !echoedAmount.equals(amount)) {
            return Optional.of("amount");
        }
        return Optional.empty();
    }

    /**
     * Refuses a handle of another provider; clients call it first in every method.
     *
     * @param expected the client's provider
     * @throws IllegalArgumentException if this handle belongs to another one
     */
    public void requireProvider(String expected) {
        if (!provider.equals(expected)) {
            throw new IllegalArgumentException("ref: belongs to provider " + provider + ", not to " + expected);
        }
    }

    /**
     * Refuses a request that this handle was not made from; clients call it first in {@link PayoutClient#submit}.
     *
     * @param request the request to be submitted
     * @throws IllegalArgumentException if reference, amount, currency or recipient differ
     */
    public void requireMadeFrom(PayoutRequest request) {
        contradiction(request.amount(), request.reference(), null).ifPresent(field -> {
            throw new IllegalArgumentException("ref: was made from a request with another " + field);
        });
        if (request.recipient().kind() != recipientKind) {
            throw new IllegalArgumentException("ref: was made from a request with another kind of recipient");
        }
        RecipientMark other = RecipientMark.of(request.recipient());
        if (recipientMark.shape() != RecipientMark.Shape.NONE && !recipientMark.equals(other)) {
            throw new IllegalArgumentException("ref: was made from a request with another recipient");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PayoutRef && other.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return Objects.hash(provider, reference);
    }

    /** {@return the handle as one line of printable ASCII, for {@link #parse}} */
    @Override
    public String toString() {
        Map<String, @Nullable String> parts = new LinkedHashMap<>();
        parts.put("provider", provider);
        parts.put("reference", reference);
        parts.put("amount", Long.toString(amount.minorUnits()));
        parts.put("currency", amount.currency().getCurrencyCode());
        parts.put("recipient", recipientKind.name());
        parts.put("to", recipientMark.shape() == RecipientMark.Shape.NONE ? null : recipientMark.text());
        parts.put("asked", requestedAt == null ? null : requestedAt.toString());
        parts.put("id", providerId);
        parts.put("earlier", earlierSend ? "yes" : null);
        return Parts.text(PREFIX, parts);
    }
}
