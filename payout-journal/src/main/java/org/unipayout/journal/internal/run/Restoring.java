package org.unipayout.journal.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Restore;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Stored;

/**
 * Lets all histories say that the database went back in time, beside running workers. A row makes the versions by which others decided
 * out of date, so nothing is sent any more that was decided before it.
 */
public final class Restoring {
    private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);
    private static final int ROUNDS = 3;

    private final Engine engine;
    private final Upkeep upkeep;

    public Restoring(Engine engine, Upkeep upkeep) {
        this.engine = engine;
        this.upkeep = upkeep;
    }

    /**
     * Goes over all payouts that may have changed in the lost time. Those that are asked for later say so themselves.
     *
     * @return how many remain
     */
    public int run(Restore told) {
        Restore restore = engine.restores().tell(told);
        List<String> left = engine.walks()
                .openOrChangedSince(restore.keptUntil().minus(engine.settings().watchedFor()))
                .flatMap(List::stream)
                .filter(reference -> !isTold(reference, restore))
                .collect(Collectors.toCollection(ArrayList::new));
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            left.removeIf(reference -> isTold(reference, restore));
        }
        return left.size();
    }

    /** One that cannot be read or does not hold must not keep the others from it. */
    private boolean isTold(String reference, Restore restore) {
        try {
            return engine.leased(reference, lease -> tell(engine.load(reference), restore))
                    .orElse(false);
        } catch (JournalException e) {
            if (Database.isBehind(e)) {
                throw e;
            }
            LOG.debug("A payout cannot be read here, and is not told that the database went back", e);
            return false;
        }
    }

    private boolean tell(Stored stored, Restore restore) {
        Optional<Entry> entry = stored.entry(restore, engine.settings().watchedFor());
        boolean asks = stored.observation().status().isFinal() && engine.knows(stored.provider()) && stored.holds();
        if (asks && (entry.isPresent() || new Held(engine, stored).isStillToBeAskedAbout())) {
            // First: once the row is there nobody else would come.
            upkeep.schedule(stored.reference(), engine.settings().now());
        }
        if (entry.isEmpty() || !stored.holds()) {
            return entry.isEmpty();
        }
        engine.database()
                .transaction(connection -> engine.store()
                        .append(
                                connection,
                                stored,
                                entry.get(),
                                engine.settings().now()));
        return true;
    }
}
