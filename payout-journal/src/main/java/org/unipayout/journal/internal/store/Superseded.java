package org.unipayout.journal.internal.store;

/** The payout has moved on: what the caller knows is stale, and nothing of it is written. */
public final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Superseded() {
        super("the payout has moved on", null, false, false);
    }
}
