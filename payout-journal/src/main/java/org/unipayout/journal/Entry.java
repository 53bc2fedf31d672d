package org.unipayout.journal;

import org.unipayout.Payout;

/** What a new row of the history is to say, and the observation that holds from then on. */
record Entry(Event event, Fields proof, Payout observation) {
    @Override
    public String toString() {
        return "Entry[" + event + " " + observation.status() + "]";
    }
}
