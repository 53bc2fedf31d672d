package org.unipayout.horizonpay.internal;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;

/**
 * What the gateway knows about a payout, whichever way it can be asked: by its own id, by the queue's id, by reference.
 *
 * <p>Every question throws {@link PayoutReadException} if no usable answer came. Thread-safe.
 */
public final class HorizonPayLookUp {
    /** Marks a handle's id as that of the queue, while the payout has none of its own. */
    private static final String QUEUED = "async:";

    private final HorizonPayApi api;
    private final boolean testMode;

    /**
     * Looks through one API.
     *
     * @param testMode whether our payouts are tests
     */
    public HorizonPayLookUp(HorizonPayApi api, boolean testMode) {
        this.api = api;
        this.testMode = testMode;
    }

    /** Asks by the id if there is one; a failure is looked up by reference too, so that no second, paid one is missed. */
    public Payout look(Operation operation, PayoutRef ref) {
        Payout known = ref.providerId().map(id -> byId(operation, ref, id)).orElse(null);
        if (known == null || isAbsent(known)) {
            return byReference(operation, ref);
        }
        boolean unpaid = known.status() == PayoutStatus.FAILED
                || known.status() == PayoutStatus.EXPIRED
                || HorizonPayReadings.hasEvidence(known, Evidence.Kind.DUPLICATE);
        if (!unpaid) {
            return known;
        }
        Payout other = byReference(operation, ref);
        boolean same = other.ref().providerId().equals(known.ref().providerId());
        return isAbsent(other) || same ? known : other;
    }

    /** Asks for all transactions under the reference and takes the one that tells what happened to the money. */
    public Payout byReference(Operation operation, PayoutRef ref) {
        List<Payout> found = api.byReference(operation, ref).stream()
                .filter(told -> HorizonPayReadings.isPayout(told.transaction()))
                .map(told -> seen(ref, null, told))
                .map(payout -> withReason(operation, ref, payout))
                .toList();
        return HorizonPayReadings.decisive(found).orElseGet(() -> absent(ref));
    }

    /** What a transaction says about the payout of a handle. */
    public Payout seen(PayoutRef ref, @Nullable String id, Verdict.Told told) {
        return HorizonPayReadings.payout(ref, id, told.transaction(), testMode, api.errorBook()).toBuilder()
                .requestId(told.requestId())
                .build();
    }

    /** What the queue says about the payout of a handle: it has no id of its own yet, but the queue's entry has. */
    public static Payout queued(PayoutRef ref, Verdict.Queued queued) {
        return Payout.builder(ref.withProviderId(QUEUED + queued.id()), PayoutStatus.PROCESSING, queued.words())
                .requestId(queued.requestId())
                .build();
    }

    /** Whether the gateway knows no such payout. */
    public static boolean isAbsent(Payout payout) {
        return HorizonPayReadings.hasEvidence(payout, Evidence.Kind.ABSENT);
    }

    private static Payout absent(PayoutRef ref) {
        return Payout.unknown(ref, "", new Evidence(Evidence.Kind.ABSENT, "HorizonPay knows no such payout"));
    }

    private Payout byId(Operation operation, PayoutRef ref, String id) {
        boolean queued = id.startsWith(QUEUED);
        String bare = queued ? id.substring(QUEUED.length()) : id;
        if (!HorizonPayReadings.isUsableId(bare)) {
            return absent(ref);
        }
        return queued
                ? byQueue(operation, ref, bare)
                : api.byId(operation, ref, id).map(told -> seen(ref, id, told)).orElseGet(() -> absent(ref));
    }

    /** Asks the queue. Where its answer is not clear the payout itself may still be found. */
    private Payout byQueue(Operation operation, PayoutRef ref, String id) {
        Verdict verdict = api.result(operation, ref, id);
        if (verdict instanceof Verdict.Queued queued) {
            return queued(ref, queued);
        }
        if (verdict instanceof Verdict.Told told) {
            return seen(ref, null, told);
        }
        if (verdict instanceof Verdict.Refused refused && HorizonPayReadings.isAboutThePayout(refused.error())) {
            return HorizonPayReadings.refused(ref, refused.error());
        }
        Payout found = byReference(operation, ref);
        if (isAbsent(found) && !(verdict instanceof Verdict.Absent)) {
            throw HorizonPayApi.unread(operation, ref, verdict);
        }
        return found;
    }

    /** A failure without a code, as version 2 tells it, might be a duplicate or an open outcome: version 3 says which. */
    private Payout withReason(Operation operation, PayoutRef ref, Payout payout) {
        boolean unexplained = payout.decline()
                .map(Decline::code)
                .filter(Predicate.isEqual(""))
                .isPresent();
        if (!unexplained) {
            return payout;
        }
        Payout explained = byId(operation, ref, payout.ref().providerId().orElse(""));
        return isAbsent(explained) ? payout : explained;
    }
}
