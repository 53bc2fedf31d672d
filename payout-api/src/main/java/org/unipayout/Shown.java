package org.unipayout;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an answer or a notification shows of the payout that it speaks of. {@link #against} compares it with the one that
 * was asked about; every adapter does so before it adopts anything, at each door: {@link PayoutClient#prepare},
 * {@link PayoutClient#submit}, {@link PayoutClient#get} and notifications.
 *
 * <p>Null means "not shown", which proves nothing either way. Immutable and thread-safe; prints nothing of it.
 */
public final class Shown {
    /** A payout created longer than this before the intent was asked for is not ours; clocks differ by minutes. */
    public static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(15);

    private static final String PREFIX = "shown:1?";

    private final transient @Nullable String reference;
    private final transient @Nullable String providerId;
    private final @Nullable Money amount;
    private final Set<RecipientKind> kinds;
    private final transient @Nullable String card;
    private final transient @Nullable String account;
    private final transient @Nullable String phone;
    private final transient @Nullable String token;
    private final @Nullable Instant createdAt;
    private final transient RecipientMark mark;

    private Shown(Builder builder) {
        reference = builder.reference;
        providerId = builder.providerId;
        amount = builder.amount;
        kinds = builder.kinds;
        card = builder.card;
        account = builder.account;
        phone = builder.phone;
        token = builder.token;
        createdAt = builder.createdAt;
        mark = builder.mark;
    }

    /**
     * What a client's answer shows, for whoever compares it once more: also which recipient its handle was made for.
     *
     * @param answer what a client gave
     * @return what it shows
     */
    public static Shown of(Payout answer) {
        PayoutRef ref = answer.ref();
        String mask = answer.recipientMask().orElse(null);
        Builder builder = builder(ref.reference(), ref.providerId().orElse(null))
                .amount(ref.amount())
                .kinds(ref.recipientKind())
                .card(mask)
                .account(mask)
                .phone(mask)
                .createdAt(answer.createdAt().orElse(null));
        builder.mark = ref.recipientMark();
        return builder.build();
    }

    /**
     * Starts with the two names of a payout.
     *
     * @param reference the merchant's reference as shown, or null
     * @param providerId the provider's id as shown, or null
     * @return a builder
     */
    public static Builder builder(@Nullable String reference, @Nullable String providerId) {
        return new Builder(reference, providerId);
    }

    /**
     * Reads what {@link #text} gave.
     *
     * @param text one line
     * @return what is shown
     * @throws IllegalArgumentException if the text has another form
     */
    public static Shown parse(String text) {
        Map<String, String> parts = Parts.read(text, PREFIX);
        Builder builder = builder(parts.get("reference"), parts.get("id"))
                .card(parts.get("card"))
                .account(parts.get("account"))
                .phone(parts.get("phone"))
                .token(parts.get("token"))
                .createdAt(Parts.instant(parts.get("created")));
        String currency = parts.get("currency");
        if (currency != null) {
            builder.amount(Money.ofMinor(Long.parseLong(Checks.present(parts.get("amount"), "amount")), currency));
        }
        String kinds = parts.get("kinds");
        if (kinds != null) {
            builder.kinds =
                    Arrays.stream(kinds.split(",")).map(RecipientKind::valueOf).collect(Collectors.toSet());
        }
        return builder.build();
    }

    /**
     * {@return one line of printable ASCII for {@link #parse}, for who stores a notification before its payout is known;
     * of cards, accounts and tokens only what a {@link PayoutRef} keeps too}
     */
    public String text() {
        Map<String, @Nullable String> parts = new LinkedHashMap<>();
        parts.put("reference", reference);
        parts.put("id", providerId);
        parts.put("amount", amount == null ? null : Long.toString(amount.minorUnits()));
        parts.put("currency", amount == null ? null : amount.currency().getCurrencyCode());
        parts.put(
                "kinds",
                kinds.isEmpty() ? null : kinds.stream().sorted().map(Enum::name).collect(Collectors.joining(",")));
        parts.put("card", RecipientMark.Shape.CARD.masked(card));
        parts.put("account", RecipientMark.Shape.ACCOUNT.masked(account));
        parts.put("phone", RecipientMark.Shape.PHONE.masked(phone));
        parts.put("token", token == null ? null : RecipientMark.marked(token));
        parts.put("created", createdAt == null ? null : createdAt.toString());
        return Parts.text(PREFIX, parts);
    }

    /**
     * About which payout this is. A pure function.
     *
     * <p>A handle that was stored by an earlier version knows neither recipient nor time; then these prove nothing.
     *
     * @param ref the payout that was asked about
     * @return ours only if our reference or our id is shown and nothing differs
     */
    public Identity against(PayoutRef ref) {
        boolean namesUs = ref.reference().equals(reference)
                || (providerId != null && ref.providerId().equals(Optional.of(providerId)));
        return anotherName(ref)
                .map(name -> new Identity(Identity.About.SOMEBODY_ELSE, name))
                .orElseGet(() -> namesUs ? underOurName(ref) : new Identity(Identity.About.NOBODY, ""));
    }

    private static Identity found(Optional<String> difference) {
        return difference
                .map(field -> new Identity(Identity.About.COLLISION, field))
                .orElseGet(() -> new Identity(Identity.About.OURS, ""));
    }

    private Identity underOurName(PayoutRef ref) {
        return found(ref.contradiction(amount, null, null)
                .or(() -> anotherRecipient(ref))
                .or(() -> tooOld(ref) ? Optional.of("time of creation") : Optional.empty()));
    }

    private Optional<String> anotherName(PayoutRef ref) {
        return ref.contradiction(null, reference, providerId);
    }

    private Optional<String> anotherRecipient(PayoutRef ref) {
        if (!kinds.isEmpty() && !kinds.contains(ref.recipientKind())) {
            return Optional.of("kind of recipient");
        }
        return ref.recipientMark().difference(mark).or(() -> ref.recipientMark().difference(this));
    }

    private boolean tooOld(PayoutRef ref) {
        return createdAt != null
                && ref.requestedAt()
                        .filter(asked -> createdAt.isBefore(asked.minus(CLOCK_DIFFERENCE)))
                        .isPresent();
    }

    @Nullable String reference() {
        return reference;
    }

    @Nullable String providerId() {
        return providerId;
    }

    @Nullable String card() {
        return card;
    }

    @Nullable String account() {
        return account;
    }

    @Nullable String phone() {
        return phone;
    }

    @Nullable String token() {
        return token;
    }

    @Override
    public String toString() {
        return "Shown[***]";
    }

    /** Collects what is shown. Not thread-safe. */
    public static final class Builder {
        private final @Nullable String reference;
        private final @Nullable String providerId;
        private Set<RecipientKind> kinds = Set.of();
        private @Nullable Money amount;
        private @Nullable String card;
        private @Nullable String account;
        private @Nullable String phone;
        private @Nullable String token;
        private @Nullable Instant createdAt;
        private RecipientMark mark = RecipientMark.NONE;

        private Builder(@Nullable String reference, @Nullable String providerId) {
            this.reference = reference;
            this.providerId = providerId;
        }

        /**
         * Sets the amount; one that is shown in several fields is compared field by field by the adapter.
         *
         * @param value the amount, or null
         * @return this builder
         */
        public Builder amount(@Nullable Money value) {
            amount = value;
            return this;
        }

        /**
         * Says to which kinds of recipient the shown payout can belong, where the answer tells them apart.
         *
         * @param first a kind
         * @param more other kinds that look the same in an answer
         * @return this builder
         */
        public Builder kinds(RecipientKind first, RecipientKind... more) {
            kinds = EnumSet.of(first, more);
            return this;
        }

        /**
         * Sets the card: a number masked in any way, or the last four digits. Compared with a request's card number; the
         * mask of a saved card is not known here.
         *
         * @param mask as shown, or null
         * @return this builder
         */
        public Builder card(@Nullable String mask) {
            card = mask;
            return this;
        }

        /**
         * Sets the account or wallet number, whole or masked.
         *
         * @param value as shown, or null
         * @return this builder
         */
        public Builder account(@Nullable String value) {
            account = value;
            return this;
        }

        /**
         * Sets the phone number, whole or masked.
         *
         * @param value as shown, or null
         * @return this builder
         */
        public Builder phone(@Nullable String value) {
            phone = value;
            return this;
        }

        /**
         * Sets the provider's id of a saved card or account. Compared with a request to a saved one.
         *
         * @param value as shown, or null
         * @return this builder
         */
        public Builder token(@Nullable String value) {
            token = value;
            return this;
        }

        /**
         * Sets when the provider created the payout; only where its document tells the time zone.
         *
         * @param value UTC, or null
         * @return this builder
         */
        public Builder createdAt(@Nullable Instant value) {
            createdAt = value;
            return this;
        }

        /** {@return what is shown} */
        public Shown build() {
            return new Shown(this);
        }
    }
}
