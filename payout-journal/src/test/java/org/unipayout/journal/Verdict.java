package org.unipayout.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Simulator;

/** What became of one payout of a {@link CrashFlow}: the journal's word against the ledgers of the simulated providers. */
enum Verdict {
    GOOD,
    DOUBLE,
    LOST,
    UNRESOLVED,
    WRONG;

    /**
     * Compares both words with what the payout's scenario promises.
     *
     * @param requested whether the journal has told that it stored the intent
     * @param status what the journal says; null if it does not know the payout
     * @param whole whether the hashes of its history fit
     * @param payments what the ledgers say: an amount for each payment
     */
    static Verdict of(
            String reference, boolean requested, @Nullable PayoutStatus status, boolean whole, List<Long> payments) {
        if (payments.size() > 1) {
            return DOUBLE;
        }
        if (status == null) { // killed before the intent was committed, or else it is lost
            return requested || !payments.isEmpty() ? LOST : GOOD;
        }
        if (!status.isFinal()) {
            return UNRESOLVED;
        }
        PayoutStatus expected = CrashFlow.expectedEnd(reference);
        List<Long> expectedPayments =
                expected == PayoutStatus.SUCCEEDED ? List.of(CrashFlow.minorUnits(reference)) : List.of();
        return whole && status == expected && payments.equals(expectedPayments) ? GOOD : WRONG;
    }

    /** {@return what moved, by reference; money that came back is negative} */
    static Map<String, List<Long>> payments(Collection<Simulator> simulators) {
        Map<String, List<Long>> payments = new TreeMap<>();
        for (Simulator simulator : Set.copyOf(simulators)) {
            for (Ledger.Movement movement : simulator.ledger().movements()) {
                payments.computeIfAbsent(movement.reference(), any -> new ArrayList<>())
                        .add(movement.kind() == Ledger.Kind.PAID ? movement.minorUnits() : -movement.minorUnits());
            }
        }
        return payments;
    }
}
