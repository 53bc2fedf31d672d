package org.unipayout;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One business intent: pay this amount to this recipient under this reference.
 *
 * <p>The reference is the merchant's own unique id of the intent. Store it before the call; it is never invented,
 * changed or shortened here, and it is what makes a repeated call harmless. Immutable and thread-safe; prints neither
 * persons nor cards.
 */
public final class PayoutRequest {
    private final String reference;
    private final Money amount;
    private final Recipient recipient;
    private final transient @Nullable String description;
    private final @Nullable Participant recipientDetails;
    private final @Nullable Participant sender;
    private final @Nullable Locale language;
    private final @Nullable Instant requestedAt;
    private final @Nullable Instant expiresAt;
    private final @Nullable URI notificationUrl;
    private final transient Map<String, String> metadata;
    private final transient Map<String, Map<String, String>> extras;

    private PayoutRequest(Builder builder) {
        reference = builder.reference;
        amount = builder.amount;
        recipient = builder.recipient;
        description = builder.description;
        recipientDetails = builder.recipientDetails;
        sender = builder.sender;
        language = builder.language;
        requestedAt = builder.requestedAt;
        expiresAt = builder.expiresAt;
        notificationUrl = builder.notificationUrl;
        metadata = Map.copyOf(builder.metadata);
        extras = Map.copyOf(builder.extras);
    }

    /**
     * Starts a request.
     *
     * @param reference the merchant's unique id of this intent; {@link Capabilities#referenceRule} says which form the
     *     provider takes
     * @param amount more than zero
     * @param recipient where the money goes
     * @return a builder
     * @throws IllegalArgumentException if one is missing, the reference is blank or holds control characters, or the
     *     amount is not more than zero
     */
    public static Builder builder(String reference, Money amount, Recipient recipient) {
        return new Builder(reference, amount, recipient);
    }

    /** {@return a builder that starts from this request} */
    public Builder toBuilder() {
        Builder builder = new Builder(reference, amount, recipient);
        builder.description = description;
        builder.recipientDetails = recipientDetails;
        builder.sender = sender;
        builder.language = language;
        builder.requestedAt = requestedAt;
        builder.expiresAt = expiresAt;
        builder.notificationUrl = notificationUrl;
        builder.metadata.putAll(metadata);
        builder.extras.putAll(extras);
        return builder;
    }

    /** {@return the merchant's unique id of this intent} */
    public String reference() {
        return reference;
    }

    /** {@return the amount, more than zero} */
    public Money amount() {
        return amount;
    }

    /** {@return where the money goes} */
    public Recipient recipient() {
        return recipient;
    }

    /** {@return the purpose of the payment, as the recipient may see it} */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** {@return who the recipient is} */
    public Optional<Participant> recipientDetails() {
        return Optional.ofNullable(recipientDetails);
    }

    /** {@return who pays} */
    public Optional<Participant> sender() {
        return Optional.ofNullable(sender);
    }

    /** {@return the language of the provider's pages and letters} */
    public Optional<Locale> language() {
        return Optional.ofNullable(language);
    }

    /** {@return when the merchant first asked for this payout, UTC} */
    public Optional<Instant> requestedAt() {
        return Optional.ofNullable(requestedAt);
    }

    /** {@return when the payout may no longer start, UTC} */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** {@return where the provider should send notifications of this payout, for providers that take it per request} */
    public Optional<URI> notificationUrl() {
        return Optional.ofNullable(notificationUrl);
    }

    /** {@return the merchant's own notes, which the provider stores and gives back; unmodifiable} */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * The settings that only one provider has.
     *
     * @param provider as {@link Capabilities#provider} spells it
     * @return its settings by name, empty if the request has none
     */
    public Map<String, String> extras(String provider) {
        return extras.getOrDefault(provider, Map.of());
    }

    /** {@return the settings of all providers, by provider; unmodifiable} */
    public Map<String, Map<String, String>> allExtras() {
        return extras;
    }

    @Override
    public String toString() {
        return "PayoutRequest[" + reference + ", " + amount + ", " + recipient + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final String reference;
        private final Money amount;
        private final Recipient recipient;
        private transient @Nullable String description;
        private @Nullable Participant recipientDetails;
        private @Nullable Participant sender;
        private @Nullable Locale language;
        private @Nullable Instant requestedAt;
        private @Nullable Instant expiresAt;
        private @Nullable URI notificationUrl;
        private final transient Map<String, String> metadata = new LinkedHashMap<>();
        private final transient Map<String, Map<String, String>> extras = new LinkedHashMap<>();

        private Builder(String reference, Money amount, Recipient recipient) {
            this.reference = Checks.text(reference, "reference");
            this.amount = Checks.present(amount, "amount");
            this.recipient = Checks.present(recipient, "recipient");
            if (amount.minorUnits() <= 0) {
                throw new IllegalArgumentException("amount: must be more than zero minor units");
            }
        }

        /**
         * Sets the purpose of the payment.
         *
         * @param value not blank; the provider's length limit is checked by its client
         * @return this builder
         */
        public Builder description(String value) {
            description = Checks.text(value, "description");
            return this;
        }

        /**
         * Says who the recipient is.
         *
         * @param value the recipient's details
         * @return this builder
         */
        public Builder recipientDetails(Participant value) {
            recipientDetails = Checks.present(value, "recipientDetails");
            return this;
        }

        /**
         * Says who pays.
         *
         * @param value the sender's details
         * @return this builder
         */
        public Builder sender(Participant value) {
            sender = Checks.present(value, "sender");
            return this;
        }

        /**
         * Sets the language of the provider's pages and letters.
         *
         * @param value the language
         * @return this builder
         */
        public Builder language(Locale value) {
            language = Checks.present(value, "language");
            return this;
        }

        /**
         * Sets when the merchant first asked for this payout. A repeated call must set the same instant again: a payout
         * under the reference that the provider created clearly earlier is then taken for somebody else's.
         *
         * @param value an instant, UTC
         * @return this builder
         */
        public Builder requestedAt(Instant value) {
            requestedAt = Checks.present(value, "requestedAt");
            return this;
        }

        /**
         * Sets when the payout may no longer start.
         *
         * @param value an instant, UTC
         * @return this builder
         */
        public Builder expiresAt(Instant value) {
            expiresAt = Checks.present(value, "expiresAt");
            return this;
        }

        /**
         * Sets where the provider should send notifications of this payout.
         *
         * @param value an absolute URL
         * @return this builder
         * @throws IllegalArgumentException if it is not absolute, or holds half of a surrogate pair
         */
        public Builder notificationUrl(URI value) {
            if (!Checks.present(value, "notificationUrl").isAbsolute()) {
                throw new IllegalArgumentException(
                        "notificationUrl: must be absolute, such as https://shop.example/hook");
            }
            Checks.whole(value.toString(), "notificationUrl");
            notificationUrl = value;
            return this;
        }

        /**
         * Adds a note that the provider stores and gives back.
         *
         * @param name not blank
         * @param value not blank
         * @return this builder
         */
        public Builder metadata(String name, String value) {
            metadata.put(Checks.text(name, "metadata name"), Checks.text(value, "metadata." + name));
            return this;
        }

        /**
         * Adds settings that only one provider has; replaces earlier ones of the same provider.
         *
         * @param value the settings
         * @return this builder
         * @throws IllegalArgumentException if a setting holds half of a surrogate pair
         */
        public Builder extras(ProviderExtras value) {
            Map<String, String> settings = Map.copyOf(value.values());
            settings.forEach((name, setting) ->
                    Checks.whole(setting, "extras." + Checks.whole(name, "extras name of " + value.provider())));
            extras.put(Checks.text(value.provider(), "extras.provider"), settings);
            return this;
        }

        /** {@return the request} */
        public PayoutRequest build() {
            return new PayoutRequest(this);
        }
    }
}
