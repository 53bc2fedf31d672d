package org.unipayout;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a payout at one moment: our status, the provider's own words beside it, and what they are based
 * on.
 *
 * <p>Immutable and thread-safe; prints neither persons nor cards.
 */
public final class Payout {
    private final PayoutRef ref;
    private final PayoutStatus status;
    private final String providerStatus;
    private final @Nullable NextAction nextAction;
    private final @Nullable Decline decline;
    private final @Nullable Decline lastDecline;
    private final @Nullable Evidence evidence;
    private final @Nullable Money fee;
    private final @Nullable Money returned;
    private final @Nullable String rrn;
    private final @Nullable String authorizationCode;
    private final @Nullable String recipientMask;
    private final transient @Nullable String recipientToken; // no serializer of fields sees it
    private final @Nullable String requestId;
    private final @Nullable Instant createdAt;
    private final @Nullable Instant finishedAt;
    private final @Nullable Instant confirmBefore;
    private final boolean test;

    private Payout(Builder builder) {
        ref = builder.ref;
        status = builder.status;
        providerStatus = builder.providerStatus;
        nextAction = builder.nextAction;
        decline = builder.decline;
        lastDecline = builder.lastDecline;
        evidence = builder.evidence;
        fee = builder.fee;
        returned = builder.returned;
        rrn = builder.rrn;
        authorizationCode = builder.authorizationCode;
        recipientMask = builder.recipientMask;
        recipientToken = builder.recipientToken;
        requestId = builder.requestId;
        createdAt = builder.createdAt;
        finishedAt = builder.finishedAt;
        confirmBefore = builder.confirmBefore;
        test = builder.test;
    }

    /**
     * Starts an observation; adapters and test doubles call it.
     *
     * @param ref the newest handle
     * @param status what happened to the money
     * @param providerStatus the provider's own words, raw; empty if it said nothing
     * @return a builder
     */
    public static Builder builder(PayoutRef ref, PayoutStatus status, String providerStatus) {
        return new Builder(ref, status, providerStatus);
    }

    /**
     * An observation that proves nothing; adapters and test doubles call it.
     *
     * @param ref the newest handle
     * @param providerStatus the provider's own words, raw; empty if it said nothing
     * @param evidence why nothing is proven
     * @return a payout with {@link PayoutStatus#UNKNOWN}
     */
    public static Payout unknown(PayoutRef ref, String providerStatus, Evidence evidence) {
        return builder(ref, PayoutStatus.UNKNOWN, providerStatus)
                .evidence(evidence)
                .build();
    }

    /** {@return a builder that starts from this observation} */
    public Builder toBuilder() {
        Builder builder = new Builder(ref, status, providerStatus);
        builder.nextAction = nextAction;
        builder.decline = decline;
        builder.lastDecline = lastDecline;
        builder.evidence = evidence;
        builder.fee = fee;
        builder.returned = returned;
        builder.rrn = rrn;
        builder.authorizationCode = authorizationCode;
        builder.recipientMask = recipientMask;
        builder.recipientToken = recipientToken;
        builder.requestId = requestId;
        builder.createdAt = createdAt;
        builder.finishedAt = finishedAt;
        builder.confirmBefore = confirmBefore;
        builder.test = test;
        return builder;
    }

    /**
     * Takes in a later observation of the same payout.
     *
     * @param later what was observed later
     * @return {@code later} if it is a step towards certainty, else this one
     * @throws IllegalArgumentException if it is about another payout
     */
    public Payout update(Payout later) {
        if (!later.ref.provider().equals(ref.provider())
                || !later.ref.reference().equals(ref.reference())) {
            throw new IllegalArgumentException("later: is about another payout, " + later.ref);
        }
        return status.mayBecome(later.status) ? later : this;
    }

    /** {@return the newest handle; store it when it differs from the one that is stored} */
    public PayoutRef ref() {
        return ref;
    }

    /** {@return what happened to the money} */
    public PayoutStatus status() {
        return status;
    }

    /** {@return the provider's own words, raw; empty if it said nothing} */
    public String providerStatus() {
        return providerStatus;
    }

    /** {@return where the recipient must go, with {@link PayoutStatus#AWAITING_RECIPIENT}} */
    public Optional<NextAction> nextAction() {
        return Optional.ofNullable(nextAction);
    }

    /** {@return why nothing was paid; always present with {@link PayoutStatus#FAILED}} */
    public Optional<Decline> decline() {
        return Optional.ofNullable(decline);
    }

    /** {@return why the last attempt on a hosted form was refused, while the recipient may still try again} */
    public Optional<Decline> lastDecline() {
        return Optional.ofNullable(lastDecline);
    }

    /**
     * {@return what is left open; always present with {@link PayoutStatus#UNKNOWN}, and beside another status only
     * {@link Evidence.Kind#PAID_TWICE}}
     */
    public Optional<Evidence> evidence() {
        return Optional.ofNullable(evidence);
    }

    /**
     * Whether nothing is proven for this reason.
     *
     * @param kind the sort of evidence
     * @return false too if there is no evidence
     */
    public boolean hasEvidence(Evidence.Kind kind) {
        return evidence != null && evidence.kind() == kind;
    }

    /** {@return the provider's fee, where it says so} */
    public Optional<Money> fee() {
        return Optional.ofNullable(fee);
    }

    /** {@return how much came back, with {@link PayoutStatus#RETURNED}, where the provider says so} */
    public Optional<Money> returned() {
        return Optional.ofNullable(returned);
    }

    /** {@return the retrieval reference number (RRN), by which banks find the operation} */
    public Optional<String> rrn() {
        return Optional.ofNullable(rrn);
    }

    /** {@return the issuer's authorization code} */
    public Optional<String> authorizationCode() {
        return Optional.ofNullable(authorizationCode);
    }

    /** {@return the recipient's instrument as the provider masks it} */
    public Optional<String> recipientMask() {
        return Optional.ofNullable(recipientMask);
    }

    /** {@return a token by which the same recipient can be paid again; treat it like a credential} */
    public Optional<String> recipientToken() {
        return Optional.ofNullable(recipientToken);
    }

    /** {@return the provider's id of the call behind this observation, to quote to its support} */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** {@return when the provider created the payout, UTC} */
    public Optional<Instant> createdAt() {
        return Optional.ofNullable(createdAt);
    }

    /** {@return when the provider finished it, UTC} */
    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAt);
    }

    /** {@return until when the merchant may confirm, UTC, with {@link PayoutStatus#AWAITING_CONFIRMATION}} */
    public Optional<Instant> confirmBefore() {
        return Optional.ofNullable(confirmBefore);
    }

    /** {@return whether the provider marks it as a test: no real money} */
    public boolean test() {
        return test;
    }

    @Override
    public String toString() {
        return "Payout[" + ref.provider() + " " + ref.reference() + ", " + status + " (" + providerStatus + "), "
                + ref.amount()
                + (decline == null ? "" : ", " + decline)
                + (evidence == null ? "" : ", " + evidence.kind())
                + "]";
    }

    /** Collects what a provider said. Not thread-safe. */
    public static final class Builder {
        private PayoutRef ref;
        private PayoutStatus status;
        private final String providerStatus;
        private @Nullable NextAction nextAction;
        private @Nullable Decline decline;
        private @Nullable Decline lastDecline;
        private @Nullable Evidence evidence;
        private @Nullable Money fee;
        private @Nullable Money returned;
        private @Nullable String rrn;
        private @Nullable String authorizationCode;
        private @Nullable String recipientMask;
        private @Nullable String recipientToken;
        private @Nullable String requestId;
        private @Nullable Instant createdAt;
        private @Nullable Instant finishedAt;
        private @Nullable Instant confirmBefore;
        private boolean test;

        private Builder(PayoutRef ref, PayoutStatus status, String providerStatus) {
            this.ref = Checks.present(ref, "ref");
            this.status = Checks.present(status, "status");
            this.providerStatus = ProviderText.word(Checks.present(providerStatus, "providerStatus"));
        }

        /**
         * Replaces the handle.
         *
         * @param value the newest handle
         * @return this builder
         */
        public Builder ref(PayoutRef value) {
            ref = Checks.present(value, "ref");
            return this;
        }

        /**
         * Replaces the status.
         *
         * @param value what happened to the money
         * @return this builder
         */
        public Builder status(PayoutStatus value) {
            status = Checks.present(value, "status");
            return this;
        }

        /**
         * Sets where the recipient must go.
         *
         * @param value the address, or null
         * @return this builder
         */
        public Builder nextAction(@Nullable NextAction value) {
            nextAction = value;
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
         * Sets why the last attempt on a hosted form was refused.
         *
         * @param value the decline, or null
         * @return this builder
         */
        public Builder lastDecline(@Nullable Decline value) {
            lastDecline = value;
            return this;
        }

        /**
         * Sets why nothing is proven.
         *
         * @param value the evidence, or null
         * @return this builder
         */
        public Builder evidence(@Nullable Evidence value) {
            evidence = value;
            return this;
        }

        /**
         * Sets the provider's fee.
         *
         * @param value the fee, or null
         * @return this builder
         */
        public Builder fee(@Nullable Money value) {
            fee = value;
            return this;
        }

        /**
         * Sets how much came back.
         *
         * @param value the sum, or null
         * @return this builder
         */
        public Builder returned(@Nullable Money value) {
            returned = value;
            return this;
        }

        /**
         * Sets the retrieval reference number.
         *
         * @param value the RRN, or null
         * @return this builder
         */
        public Builder rrn(@Nullable String value) {
            rrn = ProviderText.exact(value, ProviderText.LONGEST_WORD);
            return this;
        }

        /**
         * Sets the issuer's authorization code.
         *
         * @param value the code, or null
         * @return this builder
         */
        public Builder authorizationCode(@Nullable String value) {
            authorizationCode = ProviderText.exact(value, ProviderText.LONGEST_WORD);
            return this;
        }

        /**
         * Sets the masked instrument.
         *
         * @param value as the provider masks it, or null
         * @return this builder
         */
        public Builder recipientMask(@Nullable String value) {
            recipientMask = ProviderText.exact(value, ProviderText.LONGEST_WORD);
            return this;
        }

        /**
         * Sets a token by which the same recipient can be paid again.
         *
         * @param value the token, or null
         * @return this builder
         */
        public Builder recipientToken(@Nullable String value) {
            recipientToken = ProviderText.exact(value, ProviderText.LONGEST_NAME);
            return this;
        }

        /**
         * Sets the provider's id of the call.
         *
         * @param value the id, or null
         * @return this builder
         */
        public Builder requestId(@Nullable String value) {
            requestId = ProviderText.exact(value, ProviderText.LONGEST_WORD);
            return this;
        }

        /**
         * Sets when the provider created the payout.
         *
         * @param value UTC, or null
         * @return this builder
         */
        public Builder createdAt(@Nullable Instant value) {
            createdAt = value;
            return this;
        }

        /**
         * Sets when the provider finished it.
         *
         * @param value UTC, or null
         * @return this builder
         */
        public Builder finishedAt(@Nullable Instant value) {
            finishedAt = value;
            return this;
        }

        /**
         * Sets until when the merchant may confirm.
         *
         * @param value UTC, or null
         * @return this builder
         */
        public Builder confirmBefore(@Nullable Instant value) {
            confirmBefore = value;
            return this;
        }

        /**
         * Says that the provider marks it as a test.
         *
         * @return this builder
         */
        public Builder test() {
            test = true;
            return this;
        }

        /**
         * Builds the observation.
         *
         * @return the payout
         * @throws IllegalStateException if a failed payout has no decline, or an unknown one no evidence
         */
        public Payout build() {
            if (status == PayoutStatus.FAILED && decline == null) {
                throw new IllegalStateException("decline: a failed payout says why");
            }
            if (status == PayoutStatus.UNKNOWN && evidence == null) {
                throw new IllegalStateException("evidence: an unknown payout says why");
            }
            return new Payout(this);
        }
    }
}
