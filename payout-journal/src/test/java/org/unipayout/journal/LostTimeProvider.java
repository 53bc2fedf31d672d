package org.unipayout.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;

/**
 * What a provider keeps to when the merchant's database goes back in time: the words of its rule and no more. A handle is harmless to
 * use twice, and another one of the same reference is another payout; a key is forgotten after its time; a fence asks and keeps nothing.
 */
final class LostTimeProvider {
    private final Clock clock;
    private final Resubmission rule;
    private final Map<String, Instant> paidAt = new TreeMap<>();
    private final Map<String, PayoutStatus> statuses = new HashMap<>();
    private int handles;
    boolean refuses;

    /** What the merchant answers to "reference id amount". */
    Predicate<String> fence = question -> true;

    private LostTimeProvider(Clock clock, Resubmission rule) {
        this.clock = clock;
        this.rule = rule;
    }

    static LostTimeProvider behind(SimulatedProvider provider, Clock clock, Resubmission rule) {
        LostTimeProvider one = new LostTimeProvider(clock, rule);
        provider.onPrepare = one::prepare;
        provider.onSubmit = one::submit;
        provider.onGet = one::get;
        return one;
    }

    int payments() {
        return paidAt.size();
    }

    void becomes(PayoutStatus status) {
        statuses.replaceAll((id, before) -> status);
    }

    private Payout prepare(PayoutRef ref) {
        return said(
                rule instanceof Resubmission.SameHandle ? ref.withProviderId("h-" + ++handles) : ref,
                PayoutStatus.PREPARED);
    }

    private Payout submit(PayoutRef ref) {
        if (refuses) {
            return NastyHistoryTest.said(ref, null, PayoutStatus.FAILED);
        }
        String known = known(ref);
        if (known != null && isHarmless(known)) {
            return said(ref.withProviderId(known), status(known));
        }
        String id =
                rule instanceof Resubmission.SameHandle ? ref.providerId().orElseThrow() : "p-" + (paidAt.size() + 1);
        if (rule instanceof Resubmission.Fenced && !fence.test(ref.reference() + " " + id + " 15000")) {
            return Payout.unknown(ref, "", new Evidence(Evidence.Kind.NOT_LET_THROUGH, "declined by the merchant"));
        }
        paidAt.put(id, clock.instant());
        statuses.put(id, PayoutStatus.PROCESSING);
        return said(ref.withProviderId(id), PayoutStatus.PROCESSING);
    }

    /** Whether a second submit is answered with the first one. */
    private boolean isHarmless(String known) {
        if (rule instanceof Resubmission.Replays replays) {
            Instant at = paidAt.getOrDefault(known, Instant.EPOCH);
            return clock.instant().isBefore(at.plus(replays.keptFor()));
        }
        return rule instanceof Resubmission.SameHandle || rule instanceof Resubmission.SameReference;
    }

    /** By its id if there is one, else by its reference, which is the same for all here. */
    private @Nullable String known(PayoutRef ref) {
        String id = ref.providerId().orElse(null);
        if (id != null) {
            return paidAt.containsKey(id) ? id : null;
        }
        return paidAt.keySet().stream().findFirst().orElse(null);
    }

    private Payout get(PayoutRef ref) {
        String known = known(ref);
        if (known != null) {
            return said(ref.withProviderId(known), status(known));
        }
        return ref.providerId().isPresent() && rule instanceof Resubmission.SameHandle
                ? said(ref, PayoutStatus.PREPARED)
                : NastyHistoryTest.absent(ref);
    }

    private PayoutStatus status(String id) {
        return statuses.getOrDefault(id, PayoutStatus.UNKNOWN);
    }

    /** With the time at which it was made, by which an older payout under the same reference is told from ours. */
    private Payout said(PayoutRef ref, PayoutStatus status) {
        Payout.Builder payout = Payout.builder(ref, status, "word");
        ref.providerId().map(paidAt::get).ifPresent(payout::createdAt);
        return payout.build();
    }
}
