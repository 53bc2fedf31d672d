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
    private boolean mayAsk;
    private boolean mustAsk;
    private @Nullable Instant notBefore;
    private @Nullable Attention reason;

    Run(boolean mayAsk, boolean mustAsk) {
        this.mayAsk = mayAsk;
        this.mustAsk = mustAsk;
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

    void asks() {
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
        if (reason == null || Alarms.replaces(attention, reason)) {
            reason = attention;
        }
    }

    @Nullable Attention reason() {
        return reason;
    }
}
