package org.unipayout.ioka.internal;

import java.util.function.BiFunction;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpTransport;

/**
 * What one look at the order decides: before a call that may change it, and after a refusal that leaves it open.
 *
 * <p>The order has the last word, because ioka does not say how a declined payout is answered, nor a second one.
 * Thread-safe.
 */
public final class LookBack {
    private final IokaApi ioka;
    private final BiFunction<Operation, PayoutRef, Payout> look;

    /**
     * Looks through a flow's own question.
     *
     * @param look asks for the order of a handle, for an operation; throws {@link PayoutReadException}, and rejects the
     *     call if the reference belongs to a different payout
     */
    public LookBack(IokaApi ioka, BiFunction<Operation, PayoutRef, Payout> look) {
        this.ioka = ioka;
        this.look = look;
    }

    /** The order before a call that could change it; without a present order of ours that call is not made. */
    public Payout before(Operation operation, PayoutRef ref) {
        Payout present = HttpTransport.lookBefore(() -> look.apply(operation, ref));
        if (present.hasEvidence(Evidence.Kind.ABSENT)) {
            throw ioka.notSent(operation, present);
        }
        return present;
    }

    /** A refused creation that moves no money: the order is adopted if it is ours. */
    public Payout afterCreation(PayoutRef ref, Ending.Refused<?> refused) {
        if (!refused.proves(Proves.EARLIER_SEND)) {
            throw refused.rejected();
        }
        Payout found;
        try {
            found = look.apply(Operation.PREPARE, ref);
        } catch (PayoutReadException e) {
            throw refused.notPrepared("the reference is taken, and its order could not be read");
        }
        if (found.hasEvidence(Evidence.Kind.ABSENT)) {
            throw refused.notPrepared("the reference is taken, and its order is not found");
        }
        return usable(found, refused);
    }

    /** Lets prepare give out only a handle that can be worked with. */
    public Payout usable(Payout payout, Ending<?> ending) {
        boolean clear = payout.status() == PayoutStatus.AWAITING_RECIPIENT
                ? payout.nextAction().isPresent()
                : payout.status() != PayoutStatus.UNKNOWN;
        if (clear) {
            return payout;
        }
        String why = payout.evidence().map(Evidence::text).orElse("The order has no usable form");
        throw ending.notPrepared("ioka's answer cannot be trusted: " + why);
    }

    /** A refused call that may have moved money or canceled. */
    public Payout after(Operation operation, PayoutRef ref, Ending.Refused<?> refused) {
        if (refused.proves(Proves.EARLIER_SEND)) {
            return afterAnEarlierSend(operation, ref, refused);
        }
        if (refused.proves(Proves.DECLINED) && operation != Operation.CANCEL) {
            return afterADecline(operation, ref, refused);
        }
        throw refused.rejected();
    }

    private Payout afterAnEarlierSend(Operation operation, PayoutRef ref, Ending.Refused<?> refused) {
        Payout found;
        try {
            found = look.apply(operation, ref);
        } catch (PayoutReadException e) {
            return refused.duplicate(ref, "An earlier call exists, and its order could not be read");
        }
        return shows(found) ? found : refused.duplicate(found.ref(), "An earlier call exists, and no order shows it");
    }

    private Payout afterADecline(Operation operation, PayoutRef ref, Ending.Refused<?> refused) {
        Payout found;
        try {
            found = look.apply(operation, ref);
        } catch (PayoutReadException e) {
            return refused.withRequestId(Payout.unknown(
                    ref,
                    refused.error().code(),
                    new Evidence(Evidence.Kind.OPEN_CODE, "ioka declined, and its order could not be read")));
        }
        return shows(found) ? found : declined(found.ref(), refused);
    }

    private static Payout declined(PayoutRef ref, Ending.Refused<?> refused) {
        ErrorEntry error = refused.error();
        PayoutStatus ending = error.category() == ErrorCategory.EXPIRED ? PayoutStatus.EXPIRED : PayoutStatus.FAILED;
        return refused.withRequestId(Payout.builder(ref, ending, error.code())
                .decline(new Decline(error, refused.message().orElse(null)))
                .build());
    }

    /** Whether an order shows what became of a call. */
    private static boolean shows(Payout found) {
        return found.status() != PayoutStatus.PREPARED && !found.hasEvidence(Evidence.Kind.ABSENT);
    }
}
