package org.unipayout.examples.newprovider.internal;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Shown;
import org.unipayout.examples.newprovider.internal.wire.ErrorBody;
import org.unipayout.examples.newprovider.internal.wire.NewPayout;
import org.unipayout.examples.newprovider.internal.wire.PayoutState;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/** Our words into Tinypay's and back. Pure functions; what its words mean stands in tables. */
public final class TinypayMapping {
    /** A value that is not here is {@link PayoutStatus#UNKNOWN}, never a failure. */
    private static final Map<String, PayoutStatus> STATUSES = Map.of(
            "pending", PayoutStatus.PROCESSING,
            "paid", PayoutStatus.SUCCEEDED,
            "declined", PayoutStatus.FAILED);

    /** The row of the error book for a look-up that finds nothing. */
    public static final String NOT_FOUND = "404/payout_not_found";

    private static final String KZT = "KZT";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,36}");
    /** Short words only, because a code shows in messages. */
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    private TinypayMapping() {}

    /** The request; the capabilities let only saved cards and tenge come here. */
    public static NewPayout newPayout(PayoutRequest request) {
        String token = ((Recipient.SavedCard) request.recipient()).token();
        return new NewPayout(request.reference(), request.amount().minorUnits(), KZT, token);
    }

    /** What a readable answer says about the payout of a handle: nothing, unless it is about that one. */
    public static Payout payout(PayoutRef ref, PayoutState state, ErrorBook errorBook) {
        String id = state.id();
        String words = state.status() == null ? "" : state.status();
        if (id == null || !isUsableId(id) || lacksField(state)) {
            return unknown(
                    ref, words, Evidence.Kind.UNDOCUMENTED_ANSWER, "The answer lacks a field that it always has");
        }
        Identity identity = identity(ref, state);
        if (!identity.ours()) {
            return Payout.unknown(ref, words, identity.evidence());
        }
        PayoutRef named = ref.withProviderId(id);
        PayoutStatus status = STATUSES.get(words);
        if (status == null) {
            return unknown(named, words, Evidence.Kind.UNDOCUMENTED_STATUS, "The status is not a documented one");
        }
        Decline decline = status == PayoutStatus.FAILED ? new Decline(errorBook.entry(word(state.code())), null) : null;
        return Payout.builder(named, status, words)
                .decline(decline)
                .recipientToken(state.cardToken())
                .build();
    }

    /** About which payout an answer speaks: all that it shows is compared. */
    public static Identity identity(PayoutRef ref, PayoutState state) {
        if (state.currency() != null && !state.currency().equals(KZT)) {
            return new Identity(Identity.About.COLLISION, "currency");
        }
        return Shown.builder(state.reference(), state.id())
                .amount(state.amount() == null ? null : Money.ofMinor(state.amount(), KZT))
                .token(state.cardToken())
                .build()
                .against(ref);
    }

    /** The row of an error; a row that proves nothing if HTTP status and code are not a documented pair. */
    public static ErrorEntry error(Reply.Answer answer, ErrorBook errorBook) {
        String code;
        try {
            code = word(answer.json(ErrorBody.class).code());
        } catch (UnreadableBodyException e) {
            code = "";
        }
        return errorBook.entry(answer.status() + "/" + code);
    }

    /** Whether an id of the provider fits into a handle and a path. */
    public static boolean isUsableId(String id) {
        return ID.matcher(id).matches();
    }

    private static boolean lacksField(PayoutState state) {
        return Stream.of(state.reference(), state.amount(), state.currency(), state.cardToken(), state.status())
                .anyMatch(Objects::isNull);
    }

    private static String word(@Nullable String code) {
        return code != null && CODE.matcher(code).matches() ? code : "";
    }

    private static Payout unknown(PayoutRef ref, String words, Evidence.Kind kind, String why) {
        return Payout.unknown(ref, words, new Evidence(kind, why));
    }
}
