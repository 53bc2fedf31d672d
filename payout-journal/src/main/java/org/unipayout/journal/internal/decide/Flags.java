package org.unipayout.journal.internal.decide;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.journal.Attention;

/** What a history says of why a person should look, and of what a person has looked at. */
final class Flags {
    private @Nullable Attention reason;

    /** Why a person should look by what a row says, until another row tells the person: between the two a process may die. */
    private @Nullable Attention owed;

    private boolean newsSinceOrder;

    /** The answers because of which a person was asked to look, in the words of {@link Answers#words}, and those settled since. */
    private final Set<String> flaggedBy = new HashSet<>();

    private final Set<String> settledAgainst = new HashSet<>();

    void raised(Fields said) {
        Attention raised = Attention.valueOf(said.need("attention"));
        reason = raised;
        newsSinceOrder |= Alarms.doubtsTheEnd(raised);
        Optional.ofNullable(said.get(Facts.FLAGGED_BY)).ifPresent(flaggedBy::add);
        owed = owed != null && Alarms.isUnsaid(owed, raised) ? owed : null;
    }

    /** A person has decided how it goes on. */
    void decided() {
        reason = null;
    }

    void settled() {
        settledAgainst.addAll(flaggedBy);
        owed = null;
        reason = null;
    }

    /** Only what outlives an end stays, where the payout has come to one or is looked at anew. */
    void ended() {
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
        if (settledAgainst.contains(Answers.words(row.status(), shown))) {
            return;
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

    boolean isSettledAgainst(Payout answer) {
        return settledAgainst.contains(Answers.words(answer));
    }
}
