package org.unipayout.journal.internal.decide;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;

/** What a history says of why a person should look, and of what a person has looked at. */
final class Flags {
    private @Nullable Attention reason;

    /** Why a person should look by what a row says, until another row tells the person: between the two a process may die. */
    private @Nullable Attention owed;

    private boolean newsSinceOrder;

    /** The answers, by their hashes, because of which a person was asked to look since the last settlement. */
    private final Set<String> flaggedBy = new HashSet<>();

    /** Those that were there when a person settled it: whoever did may not have seen the last one yet. */
    private final Set<String> settledOnce = new HashSet<>();

    /** Those that were flagged anew after a settlement and settled again: whoever did knows them. */
    private final Set<String> settledAgainst = new HashSet<>();

    private @Nullable PayoutStatus settledAs;

    void raised(Fields said) {
        Attention raised = Attention.valueOf(said.need("attention"));
        reason = raised;
        newsSinceOrder |= Alarms.doubtsTheEnd(raised);
        Optional.ofNullable(said.get(Facts.FLAGGED_BY)).ifPresent(flaggedBy::add);
        owed = owed != null && Alarms.isUnsaid(owed, raised) ? owed : null;
    }

    /** What a person says of the end: against another end each answer is news. */
    void settled(PayoutStatus end) {
        if (end != settledAs) {
            settledOnce.clear();
            settledAgainst.clear();
        }
        settledAs = end;
        flaggedBy.stream().filter(settledOnce::contains).forEach(settledAgainst::add);
        settledOnce.addAll(flaggedBy);
        flaggedBy.clear();
        owed = null;
        reason = null;
    }

    /** Only what outlives an end stays: it has come to one, is looked at anew, or goes on by a person's order. */
    void goesOn() {
        reason = reason != null && Alarms.outlivesTheEnd(reason) ? reason : null;
    }

    /** One reason is none any more. */
    void ceases(Attention gone) {
        reason = reason == gone ? null : reason;
    }

    void ordered(boolean tampered) {
        reason = tampered ? Attention.TAMPERED : reason;
        newsSinceOrder = false;
    }

    void owes(Attention alarm) {
        boolean news = reason == null || Alarms.replaces(alarm, reason);
        owed = news && (owed == null || Alarms.replaces(alarm, owed)) ? alarm : owed;
    }

    /** Of what outlives the end nothing is told twice: an answer may not come again, and a notification does not. */
    void owes(HistoryRow row, Optional<Evidence.Kind> shown) {
        if (row.event() == Event.TAKEN_AT_ITS_WORD) {
            owes(Attention.NOTIFIED_ONLY);
        }
        Evidence.Kind kind = shown.orElse(null);
        if (row.event() == Event.OBSERVED && kind == Evidence.Kind.CONTRADICTING_ANSWER) {
            owes(Attention.CONTRADICTION);
        }
        if (kind == Evidence.Kind.PAID_TWICE) {
            owes(Attention.PAID_TWICE);
        }
    }

    @Nullable Attention reason() {
        return reason;
    }

    @Nullable Attention owed() {
        return owed;
    }

    /** Whether something came since that an order which waits does not answer. */
    boolean newsSinceOrder() {
        return newsSinceOrder;
    }

    boolean isSettledAgainst(String answer) {
        return settledAgainst.contains(answer);
    }
}
