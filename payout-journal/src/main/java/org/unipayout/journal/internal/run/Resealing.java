package org.unipayout.journal.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Renewal;

/** Brings all payouts under the present keys, beside running workers: each in a transaction of its own, while nobody works on it. */
public final class Resealing {
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final int ROUNDS = 3;

    private final Engine engine;
    private final Renewal renewal;

    public Resealing(Engine engine, Renewal renewal) {
        this.engine = engine;
        this.renewal = renewal;
    }

    /**
     * Goes over all payouts.
     *
     * @param batch how many are read at a time
     * @return how many remain
     */
    public int run(int batch) {
        List<String> left = new ArrayList<>();
        Renewal.Page<String> page = new Renewal.Page<>("", List.of(), true);
        while (page.more()) {
            page = renewal.earlier(page.last(), batch);
            page.found().stream().filter(reference -> !renewed(reference)).forEach(left::add);
        }
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            left.removeIf(this::renewed); // whoever was at work on one may have let go of it
        }
        return left.size();
    }

    /** One that cannot be renewed must not keep the others from it. */
    private boolean renewed(String reference) {
        try {
            Optional<Boolean> done = engine.leased(
                    reference,
                    lease -> engine.database()
                            .transaction(connection -> renewal.renew(
                                    connection, reference, engine.settings().now())));
            return done.orElse(false);
        } catch (JournalException e) {
            if (Database.isBehind(e)) {
                throw e;
            }
            LOG.debug("A payout cannot be read here, and is not sealed anew", e);
            return false;
        }
    }
}
