package org.unipayout.proof;

import java.time.Duration;

/** How long the clients of these proofs wait. */
final class Patience {
    static final Duration OF_A_CALL = Duration.ofMillis(Integer.getInteger("patience", 300));
    static final Duration EXCEEDED = OF_A_CALL.plusMillis(60);

    /** For what has to be answered, however busy the machine is. */
    static final Duration ENDLESS = Duration.ofSeconds(30);

    private Patience() {}
}
