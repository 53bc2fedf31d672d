package org.unipayout.journal.internal.decide;

import org.jspecify.annotations.Nullable;
import org.unipayout.journal.Attention;

/** Which reasons to look at a payout outweigh which. */
public final class Alarms {
    private Alarms() {}

    /** Whether one stays when the payout has come to an end, until a person settles it. */
    static boolean outlivesTheEnd(Attention attention) {
        return switch (attention) {
            case TAMPERED, CONTRADICTION, PAID_TWICE, NOTIFIED_ONLY, LISTENER_FAILED -> true;
            case OTHER_ACCOUNT,
                    APPROVAL_NEEDED,
                    OVERDUE,
                    CARD_NEEDED,
                    CONFIRMATION_REFUSED,
                    SENT_TOO_OFTEN,
                    DECISION_NEEDED,
                    END_UNPROVEN -> false;
        };
    }

    /** Whether one is the graver news of the two; two payments are the gravest. */
    public static boolean replaces(Attention raised, Attention present) {
        if (raised == Attention.LISTENER_FAILED || present == Attention.LISTENER_FAILED) {
            return raised != Attention.LISTENER_FAILED;
        }
        if (present == Attention.END_UNPROVEN && mayBeSentAgain(raised)) {
            return false; // one of its sends has ended, and no decision lets another one out
        }
        boolean graver = outlivesTheEnd(raised) || !outlivesTheEnd(present);
        return raised != present && present != Attention.PAID_TWICE && graver;
    }

    /** Whether the person who looks may have it sent again. */
    static boolean mayBeSentAgain(Attention attention) {
        return attention == Attention.DECISION_NEEDED || attention == Attention.SENT_TOO_OFTEN;
    }

    /** Whether nobody would look, whatever else is said about the payout: whoever dies before one is stored must leave it to others. */
    public static boolean isUnsaid(Attention raised, @Nullable Attention present) {
        if (raised == Attention.PAID_TWICE) {
            return present != Attention.PAID_TWICE;
        }
        return doubtsTheEnd(raised) && (present == null || !doubtsTheEnd(present));
    }

    /** Whether it says that the payout may not be what it seems. */
    static boolean doubtsTheEnd(Attention attention) {
        return outlivesTheEnd(attention) && attention != Attention.LISTENER_FAILED;
    }
}
