package org.unipayout.journal;

/** Does what every worker does each minute; the journal's own tests do it by the same door. */
public final class Swept {
    private Swept() {}

    /** Looks after the queue once. */
    public static void sweep(Payouts payouts) {
        payouts.sweep();
    }
}
