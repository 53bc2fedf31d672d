package org.unipayout.journal.internal.decide;

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
        boolean graver = outlivesTheEnd(raised) || !outlivesTheEnd(present);
        return raised != present && present != Attention.PAID_TWICE && graver;
    }
}
