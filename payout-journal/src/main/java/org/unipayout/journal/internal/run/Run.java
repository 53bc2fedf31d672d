package org.unipayout.journal.internal.run;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.Operation;
import org.unipayout.journal.Attention;
import org.unipayout.journal.internal.decide.Alarms;

/** What one run over a payout remembers. Whatever it calls, it calls once. */
final class Run {
    private final Set<Operation> made = EnumSet.noneOf(Operation.class);
    private final boolean counts;
    private final boolean free;
    private final boolean doubts;
    private boolean mayAsk;
    private boolean mustAsk;
    private boolean asked;
    private boolean answered;
    private @Nullable Instant notBefore;
    private @Nullable Attention reason;
    private @Nullable String because;
    private String heard = "";
    private boolean anotherMoves;

    private Run(boolean counts, boolean free, boolean mayAsk, boolean mustAsk, boolean doubts) {
        this.counts = counts;
        this.free = free;
        this.doubts = doubts;
        this.mayAsk = mayAsk;
        this.mustAsk = mustAsk;
    }

    /** The payout's time has come: it is asked about, and that is not counted. */
    static Run due(boolean notified) {
        return new Run(false, true, true, notified, false);
    }

    /** Its end is asked about once more, since something is to be done because of it. */
    static Run doubting() {
        return new Run(false, true, true, true, true);
    }

    /**
     * Somebody looked at it or notified.
     *
     * @param free whether it may be asked about therefore
     * @param fresh whether what is known is from just now
     * @param notified whether a notification came that no question has followed yet
     */
    static Run touched(boolean free, boolean fresh, boolean notified) {
        return new Run(true, free, free && !fresh, free && notified, false);
    }

    /** Whose only call is the one that was ordered. */
    static Run ordered() {
        return new Run(false, false, false, false, false);
    }

    /** Whether an answer that it is on its way counts against its end, too. */
    boolean doubts() {
        return doubts;
    }

    /** Whether its questions are counted. */
    boolean counts() {
        return counts;
    }

    /** Whether notifications that are no news are a reason to ask now; else they wait until the payout is due. */
    boolean isFree() {
        return free;
    }

    /** Whether a call may be made that answers with the payout's status; from then on asking for it waits its turn. */
    boolean begins(Operation operation) {
        mayAsk = false;
        return made.add(operation);
    }

    boolean mayAsk() {
        return mayAsk;
    }

    /** Whether a notification came that no question has followed yet. */
    boolean mustAsk() {
        return mustAsk;
    }

    void notified() {
        mustAsk = true;
    }

    /** Whether it was asked about in this run. */
    boolean hasAsked() {
        return asked;
    }

    void isTold() {
        answered = true;
    }

    /** Whether a question of this run had a usable answer. */
    boolean isAnswered() {
        return answered;
    }

    void asks() {
        asked = true;
        mayAsk = false;
        mustAsk = false;
    }

    /** Nothing can be called before an instant. */
    void waitsUntil(@Nullable Instant instant) {
        notBefore = instant;
    }

    @Nullable Instant notBefore() {
        return notBefore;
    }

    /** Why a person should look. */
    void flags(Attention attention) {
        flags(attention, null);
    }

    /** What a question was answered, by its hash, and whether it shows money by another id. */
    void hears(String answer, boolean byAnotherId) {
        heard = answer;
        anotherMoves = byAnotherId;
    }

    String heard() {
        return heard;
    }

    boolean anotherMoves() {
        return anotherMoves;
    }

    /** Because of the answer that was heard. */
    void flagsByWhatIsHeard(Attention attention) {
        flags(attention, heard);
    }

    private void flags(Attention attention, @Nullable String answer) {
        if (reason == null || Alarms.replaces(attention, reason)) {
            reason = attention;
            because = answer;
        }
    }

    /** The answer because of which a person should look, by its hash; null if it is none. */
    @Nullable String because() {
        return because;
    }

    @Nullable Attention reason() {
        return reason;
    }
}
