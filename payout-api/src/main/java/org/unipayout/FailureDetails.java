package org.unipayout;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link PayoutException} tells; adapters and test doubles build it.
 *
 * <p>Holds no body, header value, URL query, name, card, account or credential. Immutable.
 */
public final class FailureDetails implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String provider;
    private final Operation operation;
    private final String reason;
    private final Advice advice;
    private final @Nullable String reference;
    private final @Nullable ErrorEntry error;
    private final @Nullable String requestId;

    private FailureDetails(Builder builder) {
        provider = builder.provider;
        operation = builder.operation;
        reason = builder.reason;
        advice = builder.advice;
        reference = builder.reference;
        error = builder.error;
        requestId = builder.requestId;
    }

    /**
     * Starts a description.
     *
     * @param provider the provider's short name
     * @param operation what was being done
     * @param reason what happened and how to put it right, in one sentence without any data of the payout
     * @param advice what to do
     * @return a builder
     */
    public static Builder builder(String provider, Operation operation, String reason, Advice advice) {
        return new Builder(provider, operation, reason, advice);
    }

    String provider() {
        return provider;
    }

    Operation operation() {
        return operation;
    }

    Advice advice() {
        return advice;
    }

    Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    Optional<ErrorEntry> error() {
        return Optional.ofNullable(error);
    }

    Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    String message() {
        StringBuilder message = new StringBuilder(provider)
                .append(' ')
                .append(operation.name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(reason);
        if (error != null) {
            message.append(" [code ").append(error.code()).append(']');
        }
        if (reference != null) {
            message.append(" [reference ").append(reference).append(']');
        }
        if (requestId != null) {
            message.append(" [request id ").append(requestId).append(']');
        }
        return message.append(" [advice ").append(advice).append(']').toString();
    }

    @Override
    public String toString() {
        return message();
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final String provider;
        private final Operation operation;
        private final String reason;
        private final Advice advice;
        private @Nullable String reference;
        private @Nullable ErrorEntry error;
        private @Nullable String requestId;

        private Builder(String provider, Operation operation, String reason, Advice advice) {
            this.provider = Checks.text(provider, "provider");
            this.operation = Checks.present(operation, "operation");
            this.reason = Checks.text(reason, "reason");
            this.advice = Checks.present(advice, "advice");
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
         * Sets the row of the error book.
         *
         * @param value the row, or null
         * @return this builder
         */
        public Builder error(@Nullable ErrorEntry value) {
            error = value;
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

        /** {@return the details} */
        public FailureDetails build() {
            return new FailureDetails(this);
        }
    }
}
