package org.unipayout.proof;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.testkit.Ledger;

/**
 * What a world came to.
 *
 * @param wrong what is wrong with it; empty if nothing is
 * @param words for a person
 */
record AdapterEnd(Set<Kind> wrong, String words) {

    /** What can be wrong. */
    enum Kind {
        /** The ledger has more than one payment. */
        DOUBLE,
        /** Asked for and not known, or open after days, whatever a person ordered. */
        LOST,
        /** An end or an amount that the ledger contradicts, or a call that threw and moved money. */
        WRONG,
        /** The money came back, the journal says paid, and nobody was asked to look. */
        SILENT
    }

    /** Holds the journal against the ledger. */
    static AdapterEnd of(
            Optional<PayoutRecord> payout,
            List<Ledger.Movement> movements,
            List<String> broken,
            CallsSince calls,
            boolean noticesLost) {
        long paid = count(movements, Ledger.Kind.PAID);
        if (payout.isEmpty()) {
            return new AdapterEnd(EnumSet.of(Kind.LOST), "not known, and paid " + paid + " times");
        }
        Rest rest = new Rest(payout.get(), movements, broken);
        Set<Kind> wrong = EnumSet.noneOf(Kind.class);
        switch (rest.verdict(PayoutStatus.SUCCEEDED)) {
            case DOUBLE -> wrong.add(Kind.DOUBLE);
            case WRONG -> wrong.add(Kind.WRONG);
            case LOST, ASKED -> wrong.add(Kind.LOST);
            case AS_MEANT, TRUE_END -> {}
        }
        if (cameBackInSilence(payout.get(), movements) && !noticesLost) {
            wrong.add(Kind.SILENT);
        }
        excused(calls).forEach(wrong::remove);
        return new AdapterEnd(wrong, rest.words() + "; the ledger: " + words(movements));
    }

    /** What no rule of a provider prevents once nobody remembers what was sent. */
    private static Set<Kind> excused(CallsSince calls) {
        Set<Kind> excused = EnumSet.noneOf(Kind.class);
        if (!calls.isMemoryLost()) {
            return excused;
        }
        excused.add(Kind.SILENT);
        if (!calls.refusesASecondSend()) {
            excused.add(Kind.DOUBLE);
        }
        if (!calls.keepsWatch()) {
            excused.add(Kind.WRONG);
        }
        return excused;
    }

    private static boolean cameBackInSilence(PayoutRecord payout, List<Ledger.Movement> movements) {
        long returned = count(movements, Ledger.Kind.RETURNED);
        return returned > 0
                && returned == count(movements, Ledger.Kind.PAID)
                && payout.status() == PayoutStatus.SUCCEEDED
                && payout.attention().isEmpty();
    }

    private static long count(List<Ledger.Movement> movements, Ledger.Kind kind) {
        return movements.stream().filter(movement -> movement.kind() == kind).count();
    }

    private static String words(List<Ledger.Movement> movements) {
        List<String> words = new ArrayList<>();
        movements.forEach(movement -> words.add(movement.kind() + " " + movement.minorUnits()));
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }
}
