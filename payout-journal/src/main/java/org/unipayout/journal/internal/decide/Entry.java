package org.unipayout.journal.internal.decide;

import org.unipayout.Payout;

/** What a new row of the history is to say, and the observation that holds from then on. */
public record Entry(Event event, Fields proof, Payout observation) {
    @Override
    public String toString() {
        return "Entry[" + event + " " + observation.status() + "]";
    }
}
