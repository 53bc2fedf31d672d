package org.unipayout.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;
import org.unipayout.Word;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.OpenVerbs;
import org.unipayout.journal.internal.decide.Replacement;
import org.unipayout.journal.internal.store.Stored;

/** What the journal knows about one payout at one moment. Immutable and thread-safe; prints neither persons nor cards. */
public final class PayoutRecord {
    private final String provider;
    private final Payout payout;
    private final Confirmation confirmation;
    private final @Nullable Attention attention;
    private final Set<Verb> openVerbs;
    private final @Nullable WaitingOrder order;
    private final Word word;
    private final Instant requestedAt;
    private final Instant changedAt;
    private final @Nullable String replacedBy;

    private PayoutRecord(
            String provider,
            Payout payout,
            Confirmation confirmation,
            @Nullable Attention attention,
            Set<Verb> openVerbs,
            @Nullable WaitingOrder order,
            Word word,
            Instant requestedAt,
            Instant changedAt,
            @Nullable String replacedBy) {
        this.provider = provider;
        this.payout = payout;
        this.confirmation = confirmation;
        this.attention = attention;
        this.openVerbs = Set.copyOf(openVerbs);
        this.order = order;
        this.word = word;
        this.requestedAt = requestedAt;
        this.changedAt = changedAt;
        this.replacedBy = replacedBy;
    }

    /** What the outside sees of a stored payout, whose provider can cancel or cannot. */
    static PayoutRecord of(Stored stored, boolean cancels) {
        if (stored.fault() != null) {
            return new PayoutRecord(
                    stored.provider(),
                    stored.observation(),
                    stored.confirmation(),
                    stored.attention(),
                    Set.of(Verb.SETTLE),
                    null,
                    Word.PROVIDER,
                    stored.requestedAt(),
                    stored.changedAt(),
                    null);
        }
        Facts facts = Facts.of(stored.history(), Duration.ZERO);
        return new PayoutRecord(
                stored.provider(),
                stored.observation(),
                stored.confirmation(),
                stored.attention(),
                OpenVerbs.of(facts, stored.observation().ref().recipientKind(), cancels),
                facts.order().orElse(null),
                facts.word(),
                stored.requestedAt(),
                stored.changedAt(),
                Replacement.successor(stored.history()));
    }

    /** {@return the merchant's reference} */
    public String reference() {
        return payout.ref().reference();
    }

    /** {@return the provider's name, as {@link PayoutsBuilder#provider} was given it} */
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

    /** {@return what a person can order for it now; unmodifiable} */
    public Set<Verb> openVerbs() {
        return openVerbs;
    }

    /** {@return the order that waits for another actor's approval} */
    public Optional<WaitingOrder> order() {
        return Optional.ofNullable(order);
    }

    /** {@return by whose word it has its status} */
    public Word word() {
        return word;
    }

    /** {@return when it was asked for, UTC} */
    public Instant requestedAt() {
        return requestedAt;
    }

    /** {@return when its history last grew, UTC} */
    public Instant changedAt() {
        return changedAt;
    }

    /** {@return the reference of the payout that was made for the same intent after this one had ended unpaid ({@link PayoutOrders#instead})} */
    public Optional<String> replacedBy() {
        return Optional.ofNullable(replacedBy);
    }

    @Override
    public String toString() {
        return "PayoutRecord[" + provider + ", " + payout + (attention == null ? "" : ", " + attention) + "]";
    }
}
