package org.unipayout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider can do, as data. The contract suite checks every claim against the provider's simulator.
 *
 * <p>Immutable and thread-safe.
 */
public final class Capabilities {
    private final String provider;
    private final Set<RecipientKind> recipients;
    private final Set<Currency> currencies;
    private final @Nullable Long minimumMinorUnits;
    private final @Nullable Long maximumMinorUnits;
    private final ReferenceRule referenceRule;
    private final Set<Feature> features;
    private final Webhooks webhooks;
    private final Resubmission resubmission;
    private final Map<RecipientKind, Resubmission> resubmissions;
    private final Set<Detail> passedOn;
    private final Duration callDeadline;

    /** What a provider may have or lack. */
    public enum Feature {
        /** Some payouts wait for {@link PayoutClient#confirm}. */
        CONFIRM,
        /** {@link PayoutClient#cancel} exists. */
        CANCEL,
        /** {@link PayoutClient#balance} exists. */
        BALANCE,
        /** A paid payout may come back, and {@link PayoutClient#get} then says {@link PayoutStatus#RETURNED}. */
        RETURNS,
        /** A payout can be found by the merchant's reference alone. */
        LOOKUP_BY_REFERENCE,
        /** A payout can be found by the provider's own id. */
        LOOKUP_BY_PROVIDER_ID
    }

    /** The parts of a {@link PayoutRequest} that a provider may have no field for. */
    public enum Detail {
        /** {@link PayoutRequest#description}. */
        DESCRIPTION,
        /** {@link PayoutRequest#recipientDetails}. */
        RECIPIENT_DETAILS,
        /** {@link PayoutRequest#sender}. */
        SENDER,
        /** {@link PayoutRequest#language}. */
        LANGUAGE,
        /** {@link PayoutRequest#notificationUrl}. */
        NOTIFICATION_URL,
        /** {@link PayoutRequest#metadata}. */
        METADATA,
        /** The addresses of {@link Recipient.HostedForm}. */
        RETURN_URLS
    }

    /** How far a provider's notifications can be trusted. */
    public enum Webhooks {
        /** None: ask with {@link PayoutClient#get}. */
        NONE,
        /** They only say that something happened: ask with {@link PayoutClient#get}. */
        HINT,
        /** Signed, and the signature covers the outcome. */
        VERIFIED
    }

    private final @Nullable String account;

    private Capabilities(Builder builder) {
        provider = builder.provider;
        recipients = Set.copyOf(builder.recipients);
        currencies = Set.copyOf(builder.currencies);
        minimumMinorUnits = builder.minimumMinorUnits;
        maximumMinorUnits = builder.maximumMinorUnits;
        referenceRule = builder.referenceRule;
        features = Set.copyOf(builder.features);
        webhooks = builder.webhooks;
        resubmission = builder.resubmission;
        resubmissions = Map.copyOf(builder.resubmissions);
        passedOn = Set.copyOf(builder.passedOn);
        callDeadline = builder.callDeadline;
        account = builder.account;
    }

    /**
     * Starts a description; adapters and test doubles call it.
     *
     * @param provider short lower-case name, for example {@code bank131}
     * @param referenceRule which references it takes
     * @param resubmission when a payout may be submitted again, for the kinds of recipient that get no rule of their own
     * @param callDeadline how long one call may take at most
     * @return a builder
     */
    public static Builder builder(
            String provider, ReferenceRule referenceRule, Resubmission resubmission, Duration callDeadline) {
        return new Builder(provider, referenceRule, resubmission, callDeadline);
    }

    /**
     * Refuses a request that the provider cannot take, before any I/O.
     *
     * @param request the request
     * @throws UnsupportedPayoutException if the kind of recipient or the currency is not supported
     * @throws IllegalArgumentException if the reference or the amount is outside the provider's rules
     */
    public void check(PayoutRequest request) {
        Recipient recipient = request.recipient();
        if (!recipients.contains(recipient.kind())) {
            throw unsupported(
                    request, "recipient " + recipient.kind() + " is not supported; supported are " + recipients);
        }
        Currency currency = request.amount().currency();
        if (!currencies.contains(currency)) {
            throw unsupported(request, "currency " + currency + " is not supported; supported are " + currencies);
        }
        referenceRule.check(request.reference());
        long minorUnits = request.amount().minorUnits();
        if (minimumMinorUnits != null && minorUnits < minimumMinorUnits) {
            throw new IllegalArgumentException("amount: must be at least " + minimumMinorUnits + " minor units");
        }
        if (maximumMinorUnits != null && minorUnits > maximumMinorUnits) {
            throw new IllegalArgumentException("amount: must be at most " + maximumMinorUnits + " minor units");
        }
    }

    private UnsupportedPayoutException unsupported(PayoutRequest request, String reason) {
        return unsupported(Operation.PREPARE, reason, request.reference());
    }

    private UnsupportedPayoutException unsupported(Operation operation, String reason, @Nullable String reference) {
        return new UnsupportedPayoutException(FailureDetails.builder(provider, operation, reason, Advice.NEVER)
                .reference(reference)
                .build());
    }

    /**
     * How an operation ends that the provider does not have.
     *
     * @throws IllegalArgumentException if the handle belongs to another provider
     */
    UnsupportedPayoutException lacking(Operation operation, @Nullable PayoutRef ref) {
        if (ref != null) {
            ref.requireProvider(provider);
        }
        String reason = "the provider, as this client is set up, does not do this; it has " + features;
        return unsupported(operation, reason, ref == null ? null : ref.reference());
    }

    /** {@return the provider's short name} */
    public String provider() {
        return provider;
    }

    /** {@return the kinds of recipient that it pays; unmodifiable} */
    public Set<RecipientKind> recipients() {
        return recipients;
    }

    /** {@return the currencies that it pays; unmodifiable} */
    public Set<Currency> currencies() {
        return currencies;
    }

    /** {@return the least amount in minor units, if it is known} */
    public Optional<Long> minimumMinorUnits() {
        return Optional.ofNullable(minimumMinorUnits);
    }

    /** {@return the greatest amount in minor units, if it is known} */
    public Optional<Long> maximumMinorUnits() {
        return Optional.ofNullable(maximumMinorUnits);
    }

    /** {@return which references it takes} */
    public ReferenceRule referenceRule() {
        return referenceRule;
    }

    /** {@return what it has; unmodifiable} */
    public Set<Feature> features() {
        return features;
    }

    /**
     * Whether it has a feature.
     *
     * @param feature the feature
     * @return true if it has
     */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** {@return how far its notifications can be trusted} */
    public Webhooks webhooks() {
        return webhooks;
    }

    /**
     * When a payout without a clear answer may be submitted again.
     *
     * @param kind the kind of its recipient
     * @return the rule
     */
    public Resubmission resubmission(RecipientKind kind) {
        return resubmissions.getOrDefault(kind, resubmission);
    }

    /**
     * {@return which parts of a request reach the provider for every kind of recipient; the others are dropped, save for
     * {@link PayoutRequest#expiresAt}, which is honoured or refused; unmodifiable}
     */
    public Set<Detail> passedOn() {
        return passedOn;
    }

    /** {@return how long one call may take at most} */
    public Duration callDeadline() {
        return callDeadline;
    }

    @Override
    public String toString() {
        return "Capabilities[" + provider + ", " + recipients + ", " + currencies + ", " + features + "]";
    }

    /**
     * {@return a mark of the merchant's account at the provider, by which another account under the same name is told; the
     * same for the same host and account, readable as neither, 16 hexadecimal digits; empty if the adapter knows none}
     */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** Collects the claims. Not thread-safe. */
    public static final class Builder {
        private final String provider;
        private final ReferenceRule referenceRule;
        private final Resubmission resubmission;
        private final Duration callDeadline;
        private final Set<RecipientKind> recipients = EnumSet.noneOf(RecipientKind.class);
        private final Set<Currency> currencies = new LinkedHashSet<>();
        private final Set<Feature> features = EnumSet.noneOf(Feature.class);
        private final Map<RecipientKind, Resubmission> resubmissions = new EnumMap<>(RecipientKind.class);
        private final Set<Detail> passedOn = EnumSet.noneOf(Detail.class);
        private @Nullable Long minimumMinorUnits;
        private @Nullable Long maximumMinorUnits;
        private Webhooks webhooks = Webhooks.NONE;
        private @Nullable String account;

        private Builder(
                String provider, ReferenceRule referenceRule, Resubmission resubmission, Duration callDeadline) {
            this.provider = Checks.text(provider, "provider");
            this.referenceRule = Checks.present(referenceRule, "referenceRule");
            this.resubmission = Checks.present(resubmission, "resubmission");
            this.callDeadline = Checks.present(callDeadline, "callDeadline");
        }

        /**
         * Adds kinds of recipient.
         *
         * @param kinds what it pays
         * @return this builder
         */
        public Builder recipients(RecipientKind... kinds) {
            recipients.addAll(Set.of(kinds));
            return this;
        }

        /**
         * Adds currencies.
         *
         * @param codes ISO 4217 alphabetic codes
         * @return this builder
         */
        public Builder currencies(String... codes) {
            for (String code : codes) {
                currencies.add(Currency.getInstance(code));
            }
            return this;
        }

        /**
         * Gives kinds of recipient a rule of their own.
         *
         * @param rule when a payout to them may be submitted again
         * @param kinds the kinds
         * @return this builder
         */
        public Builder resubmission(Resubmission rule, RecipientKind... kinds) {
            for (RecipientKind kind : kinds) {
                resubmissions.put(kind, Checks.present(rule, "resubmission"));
            }
            return this;
        }

        /**
         * Says which parts of a request reach the provider, for every kind of recipient.
         *
         * @param details the parts
         * @return this builder
         */
        public Builder passesOn(Detail... details) {
            passedOn.addAll(Set.of(details));
            return this;
        }

        /**
         * Adds features.
         *
         * @param more what it has
         * @return this builder
         */
        public Builder features(Feature... more) {
            features.addAll(Set.of(more));
            return this;
        }

        /**
         * Sets the least amount.
         *
         * @param minorUnits minor units
         * @return this builder
         */
        public Builder minimum(long minorUnits) {
            minimumMinorUnits = minorUnits;
            return this;
        }

        /**
         * Sets the greatest amount.
         *
         * @param minorUnits minor units
         * @return this builder
         */
        public Builder maximum(long minorUnits) {
            maximumMinorUnits = minorUnits;
            return this;
        }

        /**
         * Says how far notifications can be trusted.
         *
         * @param value the degree of trust
         * @return this builder
         */
        public Builder webhooks(Webhooks value) {
            webhooks = Checks.present(value, "webhooks");
            return this;
        }

        /**
         * Says which account of the merchant's the client pays from.
         *
         * @param host where the provider is called
         * @param merchant the shop, project or login there; no secret
         * @return this builder
         */
        public Builder account(String host, String merchant) {
            account = mark(Checks.text(host, "host") + "\n" + Checks.text(merchant, "merchant"));
            return this;
        }

        private static String mark(String text) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash, 0, 8);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        /** {@return the description} */
        public Capabilities build() {
            return new Capabilities(this);
        }
    }
}
