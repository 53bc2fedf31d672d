package org.unipayout.journal.internal.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Actor;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.PayoutQuery;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Listings;
import org.unipayout.journal.internal.store.Place;
import org.unipayout.journal.internal.store.Restores;
import org.unipayout.journal.internal.store.Retirement;
import org.unipayout.journal.internal.store.Retirement.Candidate;
import org.unipayout.journal.internal.store.Stored;

/** Hands what ended long ago to an archive and lets go of it, batch by batch beside running workers. */
public final class Retiring {
    private static final Logger LOG = LoggerFactory.getLogger(Retiring.class);

    private final Engine engine;
    private final Listings listings;
    private final Retirement retirement;
    private final Actor who;

    public Retiring(Engine engine, Listings listings, Retirement retirement, Actor who) {
        this.engine = engine;
        this.listings = listings;
        this.retirement = retirement;
        this.who = who;
    }

    /**
     * Goes over all payouts of a query.
     *
     * @return how many were retired
     */
    public long run(PayoutQuery which, Consumer<List<Candidate>> archive) {
        Instant latest = engine.settings().now().minus(engine.settings().watchedFor());
        Instant changedBefore = which.until().isBefore(latest) ? which.until() : latest;
        PayoutQuery page = ended(which);
        long retired = 0;
        boolean more = true;
        while (more) {
            List<Place> places = listings.payouts(page);
            more = places.size() > which.size();
            List<Place> batch = more ? places.subList(0, which.size()) : places;
            retired += batch.isEmpty() ? 0 : retire(batch, changedBefore, archive);
            page = more ? page.after(batch.get(batch.size() - 1).text()) : page;
        }
        return retired;
    }

    private static PayoutQuery ended(PayoutQuery which) {
        return which.statuses().isEmpty()
                ? which.statuses(Stream.of(PayoutStatus.values())
                        .filter(PayoutStatus::isFinal)
                        .toArray(PayoutStatus[]::new))
                : which;
    }

    /** No transaction is open while the archive takes its time; the lease keeps others from the batch, and the version decides. */
    private int retire(List<Place> batch, Instant changedBefore, Consumer<List<Candidate>> archive) {
        Instant now = engine.settings().now();
        String lease = "retires " + UUID.randomUUID();
        List<String> references = batch.stream().map(Place::reference).toList();
        List<String> taken = database()
                .transaction(connection ->
                        retirement.claim(connection, references, changedBefore, now, lease, engine.leasedUntil(now)));
        if (taken.isEmpty()) {
            return 0;
        }
        try {
            List<Candidate> candidates = database().reading(connection -> candidates(connection, taken));
            if (!candidates.isEmpty()) {
                archive.accept(candidates);
            }
            int retired = database().transaction(connection -> write(connection, candidates, lease));
            release(taken, lease);
            return retired;
        } catch (RuntimeException e) {
            release(taken, lease);
            throw e;
        }
    }

    private void release(List<String> taken, String lease) {
        database().transaction(connection -> {
            retirement.release(connection, taken, lease);
            return true;
        });
    }

    private List<Candidate> candidates(Connection connection, List<String> references) throws SQLException {
        List<Candidate> found = new ArrayList<>();
        for (String reference : references) {
            Optional<Candidate> candidate = read(connection, reference);
            if (candidate.isPresent() && mayGo(connection, candidate.get().stored())) {
                found.add(candidate.get());
            }
        }
        return List.copyOf(found);
    }

    /** One that cannot be read must not keep the others here. */
    private Optional<Candidate> read(Connection connection, String reference) throws SQLException {
        try {
            return retirement.read(connection, reference);
        } catch (JournalException e) {
            if (Database.isBehind(e)) {
                throw e;
            }
            LOG.debug("A payout cannot be read here, and is not retired", e);
            return Optional.empty();
        }
    }

    /** Whether it is as sound as it was when it ended, and nobody has to come for it any more. */
    private boolean mayGo(Connection connection, Stored stored) throws SQLException {
        if (stored.startsAnew() || !engine.knows(stored.provider()) || !isHeard(stored)) {
            return false;
        }
        return new Held(engine, stored).isAtRest() && !isOfLostTime(connection, stored);
    }

    /** Without listeners here, that somebody has heard of it before says that there are some elsewhere. */
    private boolean isHeard(Stored stored) {
        boolean listens = engine.delivers() || stored.told().delivered() > 1;
        return !listens || stored.told().delivered() == stored.version();
    }

    private int write(Connection connection, List<Candidate> candidates, String lease) throws SQLException {
        int retired = 0;
        for (Candidate candidate : candidates) {
            Instant now = engine.settings().now();
            boolean goes = !isOfLostTime(connection, candidate.stored())
                    && retirement.write(connection, candidate.stored(), who, lease, now);
            retired += goes ? 1 : 0;
        }
        return retired;
    }

    /** Asked before and after the archive has it: that the database went back may be told while the archive works. */
    private boolean isOfLostTime(Connection connection, Stored stored) throws SQLException {
        Duration watchedFor = engine.settings().watchedFor();
        return Restores.all(connection).stream()
                .anyMatch(restore -> stored.entry(restore, watchedFor).isPresent());
    }

    private Database database() {
        return engine.database();
    }
}
