package org.unipayout.tinypay.internal;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.Shown;
import org.unipayout.tinypay.internal.wire.PayoutState;

/** Tinypay's words into ours. Pure functions; what the words mean stands in {@link TinypayTables}. */
public final class TinypayReadings {
    private static final String KZT = "KZT";

    /** Stands for every currency that is not tenge: none of ours, whatever it is. */
    private static final String NO_CURRENCY = "XXX";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,36}");

    private TinypayReadings() {}

    // ---------------------------------------------------------------- about which payout

    /** About which payout an answer speaks. */
    public static Identity identity(PayoutRef ref, PayoutState state) {
        return Shown.builder(state.reference(), state.id())
                .amount(amount(state))
                .kinds(RecipientKind.SAVED_CARD)
                .token(state.cardToken())
                .build()
                .against(ref);
    }

    private static @Nullable Money amount(PayoutState state) {
        boolean tenge = state.currency() == null || state.currency().equals(KZT);
        if (state.amount() == null && tenge) {
            return null;
        }
        return Money.ofMinor(Objects.requireNonNullElse(state.amount(), 0L), tenge ? KZT : NO_CURRENCY);
    }

    // ---------------------------------------------------------------- what happened to it

    /**
     * What the answer to the call that pays says. That call cannot have made a different payout, so what differs does
     * not free the merchant to pay under another reference.
     */
    public static Payout paid(PayoutRef ref, PayoutState state, ErrorBook errorBook) {
        Identity identity = identity(ref, state);
        return identity.collides()
                ? unknown(
                        ref,
                        state,
                        Evidence.Kind.CONTRADICTING_ANSWER,
                        "The answer to the call itself shows another " + identity.difference())
                : payout(ref, state, errorBook);
    }

    /** What an answer says about the payout of a handle. */
    public static Payout payout(PayoutRef ref, PayoutState state, ErrorBook errorBook) {
        Identity identity = identity(ref, state);
        return identity.ours() ? ours(ref, state, errorBook) : Payout.unknown(ref, words(state), identity.evidence());
    }

    private static Payout ours(PayoutRef ref, PayoutState state, ErrorBook errorBook) {
        String id = state.id();
        if (id == null || !isUsableId(id) || lacksField(state)) {
            return unknown(
                    ref, state, Evidence.Kind.UNDOCUMENTED_ANSWER, "The answer lacks a field that it always has");
        }
        PayoutRef named = ref.withProviderId(id);
        PayoutStatus status = TinypayTables.STATUSES.get(words(state));
        return status == null
                ? unknown(named, state, Evidence.Kind.UNDOCUMENTED_STATUS, "The status is not a documented one")
                : described(named, status, state, errorBook);
    }

    private static Payout described(PayoutRef ref, PayoutStatus status, PayoutState state, ErrorBook errorBook) {
        Decline decline = status == PayoutStatus.FAILED
                ? new Decline(errorBook.entry(TinypayApi.word(state.code())), null)
                : null;
        return Payout.builder(ref, status, words(state))
                .decline(decline)
                .recipientToken(state.cardToken())
                .build();
    }

    /** Whether an id of the provider fits into a handle and a path. */
    static boolean isUsableId(String id) {
        return ID.matcher(id).matches();
    }

    private static boolean lacksField(PayoutState state) {
        return Stream.of(state.reference(), state.amount(), state.currency(), state.cardToken(), state.status())
                .anyMatch(Objects::isNull);
    }

    private static String words(PayoutState state) {
        return Objects.requireNonNullElse(state.status(), "");
    }

    private static Payout unknown(PayoutRef ref, PayoutState state, Evidence.Kind kind, String why) {
        return Payout.unknown(ref, words(state), new Evidence(kind, why));
    }
}
