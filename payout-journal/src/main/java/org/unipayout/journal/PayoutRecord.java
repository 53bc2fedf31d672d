package org.unipayout.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;

/** What the journal knows about one payout at one moment. Immutable and thread-safe; prints neither persons nor cards. */
public final class PayoutRecord {
    private final String provider;
    private final Payout payout;
    private final Confirmation confirmation;
    private final @Nullable Attention attention;
    private final Instant requestedAt;
    private final Instant changedAt;

    PayoutRecord(
            String provider,
            Payout payout,
            Confirmation confirmation,
            @Nullable Attention attention,
            Instant requestedAt,
            Instant changedAt) {
        this.provider = provider;
        this.payout = payout;
        this.confirmation = confirmation;
        this.attention = attention;
        this.requestedAt = requestedAt;
        this.changedAt = changedAt;
    }

    /** {@return the merchant's reference} */
    public String reference() {
        return payout.ref().reference();
    }

    /** {@return the provider's name, as {@link Payouts.Builder#provider} was given it} */
    public String provider() {
        return provider;
    }

    /** {@return what happened to the money} */
    public PayoutStatus status() {
        return payout.status();
    }

    /** {@return the newest observation} */
    public Payout payout() {
        return payout;
    }

    /** {@return who confirms it} */
    public Confirmation confirmation() {
        return confirmation;
    }

    /** {@return why a person should look at it} */
    public Optional<Attention> attention() {
        return Optional.ofNullable(attention);
    }

    /** {@return when it was asked for, UTC} */
    public Instant requestedAt() {
        return requestedAt;
    }

    /** {@return when its history last grew, UTC} */
    public Instant changedAt() {
        return changedAt;
    }

    @Override
    public String toString() {
        return "PayoutRecord[" + provider + ", " + payout + (attention == null ? "" : ", " + attention) + "]";
    }
}
