package org.unipayout.journal.internal.run;

import java.time.Duration;
import java.time.Instant;

/**
 * That this machine has a payout during one run, as far as it knows by its own clock: only the database knows whether another one took it
 * meanwhile. Each row that is added prolongs it there.
 */
final class Lease {
    private final Duration time;
    private Instant until;
    private boolean over;

    Lease(Duration time, Instant now) {
        this.time = time;
        until = now.plus(time);
    }

    /** Nobody's: whoever only looks at a payout adds nothing. */
    static Lease none() {
        return new Lease(Duration.ZERO, Instant.MIN);
    }

    Instant prolonged(Instant now) {
        return now.plus(time);
    }

    /** A row was added. If it had run out before, another machine may have it now. */
    void prolongedBy(Instant now) {
        if (now.isBefore(until)) {
            until = prolonged(now);
        }
    }

    /** Whether it lasts for so long that the database need not be asked. */
    boolean lasts(Instant now) {
        return now.isBefore(until.minus(time.dividedBy(2)));
    }

    /** The last row was added, and the payout is let go of with it. */
    void ends() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
