package org.unipayout;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's notification says, and how far it can be trusted.
 *
 * <p>Find the stored {@link PayoutRef} by {@link #providerId} or {@link #reference}, then call {@link PayoutClient#get}.
 * A {@link Trust#VERIFIED} event may also be taken at its word ({@link #status}); a {@link Trust#HINT} never carries a
 * status. Immutable.
 */
public final class WebhookEvent {
    private final String provider;
    private final String type;
    private final Trust trust;
    private final String dedupeKey;
    private final @Nullable String providerId;
    private final @Nullable String reference;
    private final @Nullable PayoutStatus status;
    private final @Nullable String providerStatus;
    private final @Nullable Money amount;
    private final @Nullable Decline decline;
    private final @Nullable Shown shown;

    /** How far an event can be trusted. */
    public enum Trust {
        /** The signature is right and covers what the event says. */
        VERIFIED,
        /** Plausible, not proven: it may only trigger a {@link PayoutClient#get}. */
        HINT
    }

    private WebhookEvent(Builder builder) {
        provider = builder.provider;
        type = builder.type;
        trust = builder.trust;
        dedupeKey = builder.dedupeKey;
        providerId = builder.providerId;
        reference = builder.reference;
        status = builder.status;
        providerStatus = builder.providerStatus == null ? null : ProviderText.word(builder.providerStatus);
        amount = builder.amount;
        decline = builder.decline;
        shown = builder.shown;
    }

    /**
     * Starts an event; adapters and test doubles call it.
     *
     * @param provider the provider's short name
     * @param type the provider's own name of the event, known or not
     * @param trust how far it can be trusted
     * @param dedupeKey equal for repeated deliveries of one event
     * @return a builder
     */
    public static Builder builder(String provider, String type, Trust trust, String dedupeKey) {
        return new Builder(provider, type, trust, dedupeKey);
    }

    /** {@return the provider's short name} */
    public String provider() {
        return provider;
    }

    /** {@return the provider's own name of the event; new ones may appear at any time} */
    public String type() {
        return type;
    }

    /** {@return how far it can be trusted} */
    public Trust trust() {
        return trust;
    }

    /** {@return a key that is equal for repeated deliveries of one event, made here because no provider sends one} */
    public String dedupeKey() {
        return dedupeKey;
    }

    /** {@return the provider's id of the payout} */
    public Optional<String> providerId() {
        return Optional.ofNullable(providerId);
    }

    /** {@return the merchant's reference, where the provider gives it back} */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** {@return what happened to the money; only in a verified event that is about the state of a payout} */
    public Optional<PayoutStatus> status() {
        return Optional.ofNullable(status);
    }

    /** {@return the provider's own status, raw; what is longer than 128 characters ends in an ellipsis} */
    public Optional<String> providerStatus() {
        return Optional.ofNullable(providerStatus);
    }

    /** {@return the amount; compare it with your own record} */
    public Optional<Money> amount() {
        return Optional.ofNullable(amount);
    }

    /** {@return why nothing was paid} */
    public Optional<Decline> decline() {
        return Optional.ofNullable(decline);
    }

    /** {@return all that the event shows of its payout} */
    public Shown shown() {
        return shown != null
                ? shown
                : Shown.builder(reference, providerId).amount(amount).build();
    }

    /**
     * About which payout the event speaks: compare before anything of it is believed. A handle whose provider id is not
     * known yet may take the event's ({@link PayoutRef#withProviderId}) if the identity is ours.
     *
     * @param ref the stored handle
     * @return ours only if the event names our payout and shows nothing that differs
     */
    public Identity against(PayoutRef ref) {
        return shown().against(ref);
    }

    @Override
    public String toString() {
        return "WebhookEvent[" + provider + " " + type + ", " + trust + ", " + status + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final String provider;
        private final String type;
        private final Trust trust;
        private final String dedupeKey;
        private @Nullable String providerId;
        private @Nullable String reference;
        private @Nullable PayoutStatus status;
        private @Nullable String providerStatus;
        private @Nullable Money amount;
        private @Nullable Decline decline;
        private @Nullable Shown shown;

        private Builder(String provider, String type, Trust trust, String dedupeKey) {
            this.provider = Checks.text(provider, "provider");
            this.type = type;
            this.trust = Checks.present(trust, "trust");
            this.dedupeKey = Checks.text(dedupeKey, "dedupeKey");
        }

        /**
         * Sets the provider's id of the payout.
         *
         * @param value the id, or null
         * @return this builder
         */
        public Builder providerId(@Nullable String value) {
            providerId = value;
            return this;
        }

        /**
         * Sets the merchant's reference.
         *
         * @param value the reference, or null
         * @return this builder
         */
        public Builder reference(@Nullable String value) {
            reference = value;
            return this;
        }

        /**
         * Sets the status.
         *
         * @param ours what happened to the money, or null
         * @param raw the provider's own word, or null
         * @return this builder
         */
        public Builder status(@Nullable PayoutStatus ours, @Nullable String raw) {
            status = ours;
            providerStatus = raw;
            return this;
        }

        /**
         * Sets the amount.
         *
         * @param value the amount, or null
         * @return this builder
         */
        public Builder amount(@Nullable Money value) {
            amount = value;
            return this;
        }

        /**
         * Sets why nothing was paid.
         *
         * @param value the decline, or null
         * @return this builder
         */
        public Builder decline(@Nullable Decline value) {
            decline = value;
            return this;
        }

        /**
         * Sets all that the event shows of its payout, recipient and time included.
         *
         * @param value what is shown, or null for reference, id and amount alone
         * @return this builder
         */
        public Builder shown(@Nullable Shown value) {
            shown = value;
            return this;
        }

        /**
         * Builds the event.
         *
         * @return the event
         * @throws WebhookRejectedException if the type is missing, or the type, the status, an id or the reference holds
         *     control characters, or one but the status is longer than 255 characters: no provider writes so, and whoever
         *     did must reach neither a history nor a database. A status that is longer than 128 is cut, visibly
         * @throws IllegalStateException if a hint carries a status
         */
        public WebhookEvent build() {
            requirePrintable();
            if (trust == Trust.HINT && (status != null || decline != null)) {
                throw new IllegalStateException("status: a hint proves nothing and carries none");
            }
            return new WebhookEvent(this);
        }

        private void requirePrintable() {
            named("type", Objects.requireNonNullElse(type, "\n"));
            named("provider id", providerId);
            named("reference", reference);
            if (shown != null) {
                named("provider id", shown.providerId());
                named("reference", shown.reference());
            }
            if (providerStatus != null && !ProviderText.prints(providerStatus, Integer.MAX_VALUE)) {
                throw rejected("status");
            }
        }

        private void named(String field, @Nullable String value) {
            if (value != null && !ProviderText.prints(value, ProviderText.LONGEST_NAME)) {
                throw rejected(field);
            }
        }

        private WebhookRejectedException rejected(String field) {
            String reason = "the " + field + " is missing, too long or does not print";
            return new WebhookRejectedException(
                    FailureDetails.builder(provider, Operation.WEBHOOK, reason, Advice.NEVER)
                            .build());
        }
    }
}
