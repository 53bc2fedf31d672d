package org.unipayout.horizonpay.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Door;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.http.Ending;

/**
 * What the gateway knows about a payout, whichever way it can be asked: by its own id, by the queue's id, by reference.
 *
 * <p>Every question throws {@link PayoutReadException} if no usable answer came. Thread-safe.
 */
public final class HorizonPayLookUp {
    private final HorizonPayApi api;
    private final HorizonPayReadings readings;

    /** Looks through one API. */
    public HorizonPayLookUp(HorizonPayApi api, HorizonPayReadings readings) {
        this.api = api;
        this.readings = readings;
    }

    /**
     * Asks by the id if there is one, and for what is over by reference too, so that a second, paid one is not overlooked.
     */
    public Payout look(Operation operation, PayoutRef ref) {
        Payout known = ref.providerId().map(id -> byId(operation, ref, id)).orElse(null);
        if (known == null || known.hasEvidence(Evidence.Kind.ABSENT)) {
            Payout found = byReference(operation, ref);
            return known != null && isOfOthersOnly(operation, found) ? known : found;
        }
        return Siblings.mayStandBeside(known) ? withSiblings(operation, ref, known) : known;
    }

    /** That others were not let through is no answer to a question about this one. */
    private static boolean isOfOthersOnly(Operation operation, Payout found) {
        return operation == Operation.GET && found.hasEvidence(Evidence.Kind.NOT_LET_THROUGH);
    }

    private Payout withSiblings(Operation operation, PayoutRef ref, Payout known) {
        try {
            return siblings(operation, ref, known).body().decisive().orElse(known);
        } catch (PayoutReadException unread) {
            if (known.status() == PayoutStatus.SUCCEEDED) {
                return known;
            }
            throw unread;
        }
    }

    /**
     * Asks for all transactions under the reference and takes the one that tells what happened to the money.
     *
     * @throws PayoutRejectedException if a payout is to be sent and the reference belongs to a different one
     */
    public Payout byReference(Operation operation, PayoutRef ref) {
        Ending.Told<Siblings> told = siblings(operation, ref, null);
        Optional<Payout> decisive = told.body().decisive();
        if (decisive.isEmpty() && told.body().cut()) {
            throw told.unread("the list of this reference is cut, and no payout is on it");
        }
        Payout found = decisive.map(told::withRequestId).orElseGet(() -> told.absent(ref));
        Identity collision = told.body().collision();
        if (operation == Operation.SUBMIT && collision != null && found.hasEvidence(Evidence.Kind.OTHER_PAYOUT)) {
            throw told.taken(collision);
        }
        return found;
    }

    private Ending.Told<Siblings> siblings(Operation operation, PayoutRef ref, @Nullable Payout known) {
        Ending.Told<List<Transaction>> told = HorizonPayApi.told(api.byReference(operation, ref));
        if (told.body().stream().anyMatch(transaction -> isAnothersUnderItsId(ref, known, transaction))) {
            throw told.unread("the list of this reference shows the payout of another one under the same uid");
        }
        List<Transaction> payouts = told.body().stream()
                .filter(HorizonPayReadings::isPayout)
                .filter(transaction -> known == null || !isOf(known, transaction))
                .toList();
        List<Payout> all = new ArrayList<>(known == null ? List.of() : List.of(known));
        payouts.stream()
                .map(transaction -> readings.payout(ref, transaction, Door.REFERENCE))
                .map(payout -> explained(operation, payout))
                .forEach(all::add);
        Identity collision = payouts.stream()
                .map(transaction -> readings.identity(ref, transaction, Door.REFERENCE))
                .filter(Identity::collides)
                .findFirst()
                .orElse(null);
        return told.with(new Siblings(all, told.body().size() >= HorizonPayTables.MOST_LISTED, collision));
    }

    /** Whether a list contradicts what is known by the id, so that it is no list of our payouts. */
    private boolean isAnothersUnderItsId(PayoutRef ref, @Nullable Payout known, Transaction transaction) {
        return known != null
                && isOf(known, transaction)
                && switch (readings.identity(ref, transaction, Door.REFERENCE).about()) {
                    case SOMEBODY_ELSE, COLLISION -> true;
                    case OURS, NOBODY -> false;
                };
    }

    private static boolean isOf(Payout known, Transaction transaction) {
        return known.ref().providerId().equals(Optional.ofNullable(transaction.uid()));
    }

    /** What the answer to a payout says about it. */
    public Payout made(PayoutRef ref, Ending.Told<Transaction> told) {
        Payout made = told.withRequestId(readings.payout(ref, told.body(), Door.PROVIDER_ID));
        try {
            Payout explained = explained(Operation.SUBMIT, made);
            return Siblings.isOfOneTransaction(explained) ? withSiblings(Operation.SUBMIT, ref, explained) : explained;
        } catch (PayoutReadException unread) {
            return made.decline().isPresent() ? unexplained(made) : made;
        }
    }

    /** What the queue says about the payout of a handle: it has no id of its own yet, but the queue's entry has. */
    public static Payout queued(PayoutRef ref, String id, String words) {
        return Payout.builder(ref.withQueueId(id), PayoutStatus.PROCESSING, words)
                .build();
    }

    private Payout byId(Operation operation, PayoutRef ref, String id) {
        Optional<String> queued = ref.queueId();
        if (!HorizonPayReadings.isUsableId(queued.orElse(id))) {
            return byReference(operation, ref);
        }
        return queued.map(entry -> byQueue(operation, ref, entry))
                .orElseGet(() -> explained(operation, byOwnId(operation, ref, id)));
    }

    private Payout byOwnId(Operation operation, PayoutRef ref, String id) {
        Ending.Told<List<Transaction>> told = HorizonPayApi.told(api.byId(operation, ref, id));
        return told.body().stream()
                .findFirst()
                .map(transaction -> told.withRequestId(readings.payout(ref, transaction, Door.PROVIDER_ID)))
                .orElseGet(() -> told.absent(ref));
    }

    /** Asks the queue. Where its answer is not clear the payout itself may still be found. */
    private Payout byQueue(Operation operation, PayoutRef ref, String id) {
        Ending<QueueEntry> ending = api.result(operation, ref, id);
        if (ending instanceof Ending.Told<QueueEntry> told && told.body().waiting()) {
            return told.withRequestId(queued(ref, id, "processing"));
        }
        if (ending instanceof Ending.Told<QueueEntry> told && told.body().transaction() != null) {
            return made(ref, told.with(told.body().transaction()));
        }
        if (ending instanceof Ending.Refused<QueueEntry> refused && isAboutThePayout(operation, ref, id, refused)) {
            return refused.withRequestId(HorizonPayReadings.refused(ref, refused.error()));
        }
        Payout found = byReference(operation, ref);
        if (found.hasEvidence(Evidence.Kind.ABSENT) && !(ending instanceof Ending.Told)) {
            throw ending.unread();
        }
        return found;
    }

    private boolean isAboutThePayout(
            Operation operation, PayoutRef ref, String id, Ending.Refused<QueueEntry> refused) {
        return HorizonPayTables.ABOUT_THE_PAYOUT.contains(refused.error().category())
                || (HorizonPayTables.ABOUT_EITHER.contains(refused.error().category())
                        && api.isDone(operation, ref, id));
    }

    /** A failure without a code, as version 2 tells it, might be a duplicate or an open outcome: version 3 says which. */
    private Payout explained(Operation operation, Payout payout) {
        boolean silent =
                payout.decline().filter(decline -> decline.code().isEmpty()).isPresent();
        if (!silent) {
            return payout;
        }
        Payout explained =
                byOwnId(operation, payout.ref(), payout.ref().providerId().orElseThrow());
        return explained.hasEvidence(Evidence.Kind.ABSENT) ? unexplained(payout) : explained;
    }

    private static Payout unexplained(Payout payout) {
        Evidence silent = new Evidence(
                Evidence.Kind.PROVIDER_UNSURE, "It failed without a code, and the code could not be asked for");
        return payout.toBuilder()
                .status(PayoutStatus.UNKNOWN)
                .decline(null)
                .evidence(silent)
                .build();
    }
}
