package org.unipayout.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
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

    /** What became of many payouts: how many the journal knows, and how many there are of each verdict. */
    record Audit(int known, Map<Verdict, Integer> verdicts) {
        static final Audit NONE = new Audit(0, Map.of());

        /** Both together. */
        Audit plus(Audit other) {
            Map<Verdict, Integer> sum = new EnumMap<>(Verdict.class);
            List.of(this, other)
                    .forEach(one -> one.verdicts.forEach((verdict, n) -> sum.merge(verdict, n, Integer::sum)));
            return new Audit(known + other.known, sum);
        }

        private int count(Verdict verdict) {
            return verdicts.getOrDefault(verdict, 0);
        }

        String counts() {
            return "double=" + count(DOUBLE) + " lost=" + (count(LOST) + count(WRONG)) + " unresolved="
                    + count(UNRESOLVED);
        }

        boolean isClean() {
            return verdicts.keySet().equals(Set.of(GOOD));
        }
    }

    /**
     * Holds all that a journal, its merchant or a ledger knows against each other, and prints what is not good.
     *
     * @param givenUp what the merchant said is not paid: nothing may have been
     */
    static Audit audit(
            String name,
            Payouts payouts,
            DataSource dataSource,
            Collection<String> requested,
            Set<String> givenUp,
            Collection<Simulator> simulators)
            throws SQLException {
        Map<String, PayoutStatus> statuses = statuses(dataSource);
        Map<String, List<Long>> paid = payments(simulators);
        Set<String> edited =
                payouts.verifyHistory().map(HistoryFault::reference).collect(Collectors.toSet());
        Set<String> references = new LinkedHashSet<>(requested);
        references.addAll(statuses.keySet());
        references.addAll(paid.keySet());
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (String reference : references) {
            PayoutStatus status = statuses.get(reference);
            List<Long> payments = paid.getOrDefault(reference, List.of());
            boolean whole = !edited.contains(reference);
            Verdict verdict =
                    whole && status == PayoutStatus.FAILED && payments.isEmpty() && givenUp.contains(reference)
                            ? GOOD
                            : Verdict.of(reference, true, status, whole, payments);
            verdicts.merge(verdict, 1, Integer::sum);
            if (verdict != GOOD) {
                System.out.println(name + " " + verdict + " " + reference + ": journal " + status + ", ledger "
                        + payments + (whole ? "" : ", history does not fit"));
            }
        }
        return new Audit(statuses.size(), verdicts);
    }

    private static Map<String, PayoutStatus> statuses(DataSource dataSource) throws SQLException {
        Map<String, PayoutStatus> statuses = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select reference, status from payout_journal")) {
            while (rows.next()) {
                statuses.put(rows.getString(1), PayoutStatus.valueOf(rows.getString(2)));
            }
        }
        return statuses;
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
