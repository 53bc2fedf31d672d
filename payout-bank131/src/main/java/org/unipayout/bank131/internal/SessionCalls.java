package org.unipayout.bank131.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.SessionAnswer;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.http.Ending;

/** How calls on a session end, and what a look at one shows. Thread-safe. */
public final class SessionCalls {
    private final Bank131Api api;
    private final Bank131Readings readings;

    /** Over the bank's calls, with the readings that fit the merchant's settings. */
    public SessionCalls(Bank131Api api, Bank131Readings readings) {
        this.api = api;
        this.readings = readings;
    }

    /** The session id of a handle. */
    public static String id(PayoutRef ref) {
        return ref.providerId()
                .orElseThrow(() -> new IllegalArgumentException("ref: has no session id; take the one of prepare"));
    }

    /** The answer to this call names the session; later ones must show the same name. */
    public Payout made(PayoutRef ref, Ending.Told<SessionAnswer> told) {
        String id = session(told).id();
        return seen(Bank131Identity.isUsableId(id) ? ref.withProviderId(String.valueOf(id)) : ref, told);
    }

    /** The ending of a call that may move money or cancel, by the table of the money contract. */
    public Payout ended(Operation operation, PayoutRef ref, Ending<SessionAnswer> ending) {
        return ending.fold(
                told -> operation == Operation.SUBMIT ? started(ref, told) : ordered(operation, seen(ref, told)),
                refused -> refused(operation, ref, refused),
                unclear -> unclear.payout(ref));
    }

    /** A start that was taken has started something, or the answer is none to a start. */
    private Payout started(PayoutRef ref, Ending.Told<SessionAnswer> told) {
        Payout payout = seen(ref, told);
        boolean nothing = session(told).isEmpty() && payout.status() != PayoutStatus.PROCESSING;
        return nothing && payout.evidence().isEmpty()
                ? told.withRequestId(Payout.unknown(
                        payout.ref(),
                        payout.providerStatus(),
                        new Evidence(
                                Evidence.Kind.UNDOCUMENTED_ANSWER, "The start was taken, and nothing was started")))
                : payout;
    }

    /**
     * The answer to a confirm or a cancel shows the session on its way and not the outcome ("session-confirm"), so it
     * counts as being processed; only a session that is over after a cancel is taken at its word.
     */
    private static Payout ordered(Operation operation, Payout payout) {
        boolean takenAtItsWord = payout.status() == PayoutStatus.UNKNOWN
                || (operation == Operation.CANCEL && payout.status().isFinal());
        return takenAtItsWord
                ? payout
                : payout.toBuilder()
                        .status(PayoutStatus.PROCESSING)
                        .decline(null)
                        .confirmBefore(null)
                        .build();
    }

    private Payout refused(Operation operation, PayoutRef ref, Ending.Refused<SessionAnswer> refused) {
        if (refused.proves(Proves.EARLIER_SEND)) {
            return earlier(operation, ref, refused);
        }
        if (refused.proves(Proves.DECLINED) && operation == Operation.SUBMIT) {
            String code = refused.error().code();
            return refused.withRequestId(Payout.builder(ref, Bank131Tables.ending(code), code)
                    .decline(new Decline(refused.error(), refused.message().orElse(null)))
                    .build());
        }
        throw refused.rejected();
    }

    /** The reference was used before, in a session that only the webhook names: nothing is sent. */
    public static Payout elsewhere(PayoutRef ref) {
        return Payout.unknown(
                ref,
                "",
                new Evidence(Evidence.Kind.DUPLICATE, "The reference was used before; its webhook names the session"));
    }

    /** A repeated key or a session that is further than we thought: look once, and adopt only what is ours. */
    private Payout earlier(Operation operation, PayoutRef ref, Ending.Refused<SessionAnswer> refused) {
        if (ref.providerId().isEmpty()) {
            return refused.duplicate(
                    ref.withEarlierSend(),
                    "An earlier call under this reference exists; its webhook names the session");
        }
        boolean keyWasUsed = operation == Operation.SUBMIT && refused.error().category() == ErrorCategory.DUPLICATE;
        PayoutRef known = keyWasUsed ? ref.withEarlierSend() : ref; // whatever the look says, or a later one
        Look look;
        try {
            look = look(operation, known);
        } catch (PayoutReadException e) {
            return refused.duplicate(known, "An earlier call exists and looking it up had no usable answer");
        }
        return operation == Operation.SUBMIT ? earlierStart(known, refused, look) : earlierOrder(ref, refused, look);
    }

    /**
     * The key was used, or the session cannot be started. If it holds our payout, that is the one. If it is empty, it says
     * nothing about a reference that was used: another session may have paid.
     */
    private static Payout earlierStart(PayoutRef ref, Ending.Refused<SessionAnswer> refused, Look look) {
        Payout found = look.payout();
        if (found.hasEvidence(Evidence.Kind.OTHER_PAYOUT)) {
            throw refused.rejected("the session carries another payout, with other data", Advice.NEW_PAYOUT_AFTER_FIX);
        }
        if (found.status() == PayoutStatus.PREPARED) {
            return refused.duplicate(
                    ref.withEarlierSend(),
                    "An earlier call exists, and this session is empty: another one may hold the payout");
        }
        return found.status() == PayoutStatus.UNKNOWN
                ? refused.duplicate(ref, "An earlier call exists, and the session is not clear")
                : found;
    }

    private static Payout earlierOrder(PayoutRef ref, Ending.Refused<SessionAnswer> refused, Look look) {
        return switch (look.payout().status()) {
            case PREPARED, AWAITING_CONFIRMATION ->
                refused.duplicate(ref, "An earlier call exists, and the session does not show it");
            case UNKNOWN -> refused.duplicate(ref, "An earlier call exists, and the session is not clear");
            default -> look.payout();
        };
    }

    /**
     * What a session shows.
     *
     * @param ending the answer, which has the exceptions
     * @param isEmpty whether it is ours and nothing was started in it
     * @param information what a confirmation must echo, or null
     */
    public record Look(
            Payout payout,
            Ending<SessionAnswer> ending,
            boolean isEmpty,
            @Nullable JsonNode information) {

        /** Whether the bank knows no such session. */
        public boolean isAbsent() {
            return payout.hasEvidence(Evidence.Kind.ABSENT);
        }

        /** The handle leads to no session of ours, so the start is not sent. */
        public PayoutRejectedException rejected() {
            String reason = isAbsent()
                    ? "the bank knows no session of this handle, so nothing was sent"
                    : "the session carries another payout, with other data, so nothing was sent";
            return new PayoutRejectedException(FailureDetails.builder(
                            Bank131Tables.PROVIDER, Operation.SUBMIT, reason, Advice.NEW_PAYOUT_AFTER_FIX)
                    .reference(payout.ref().reference())
                    .error(ending.row().orElse(null))
                    .requestId(ending.requestId().orElse(null))
                    .build());
        }
    }

    /** Asks for a session. */
    public Look look(Operation operation, PayoutRef ref) {
        Ending<SessionAnswer> ending = api.session(operation, ref, SessionRequest.of(id(ref), null));
        if (ending instanceof Ending.Told<SessionAnswer> told) {
            Payout payout = seen(ref, told);
            boolean startable = payout.status() == PayoutStatus.PREPARED || payout.status() == PayoutStatus.CANCELED;
            return new Look(
                    payout,
                    ending,
                    startable && session(told).isEmpty(),
                    told.body().confirmInformation());
        }
        boolean absent = ending.row()
                .filter(row -> row.category() == ErrorCategory.NOT_FOUND)
                .isPresent();
        if (absent) {
            return new Look(ending.absent(ref), ending, false, null);
        }
        throw ending.unread();
    }

    private Payout seen(PayoutRef ref, Ending.Told<SessionAnswer> told) {
        return told.withRequestId(readings.payout(ref, told.body()));
    }

    private static Session session(Ending.Told<SessionAnswer> told) {
        return Objects.requireNonNull(told.body().session());
    }
}
