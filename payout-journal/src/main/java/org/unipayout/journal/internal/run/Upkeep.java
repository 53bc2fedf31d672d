package org.unipayout.journal.internal.run;

import com.github.kagkarlsson.scheduler.task.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutRequest;
import org.unipayout.journal.internal.store.Schema;
import org.unipayout.journal.internal.store.Stored;

/** Keeps the queue true: for every payout that is not finished a task stands, and it is looked at when its time comes. */
public final class Upkeep {
    private static final int SCHEDULE_ATTEMPTS = 5;

    private final Engine engine;
    private final Task<Void> task;
    private final TaskQueue queue;

    public Upkeep(Engine engine) {
        this.engine = engine;
        task = Worker.task(engine, this::sweep);
        queue = new TaskQueue(task);
    }

    /**
     * Starts the background work of this machine.
     *
     * @throws IllegalStateException if the tables are not there, or open payouts are of providers that are not
     */
    public Worker start(String node, int threads, Duration pollingInterval) {
        if (!engine.database().transaction(Schema::exists)) {
            throw new IllegalStateException(
                    "start: the tables are not there yet; call createSchema() or run the migration first");
        }
        Map<String, Long> stranded = engine.stranded();
        if (!stranded.isEmpty()) {
            throw new IllegalStateException(
                    "start: open payouts belong to providers that were not given to the builder: " + stranded
                            + "; give them to it until these payouts have ended");
        }
        return Worker.start(engine, task, this::sweep, node, threads, pollingInterval);
    }

    /**
     * Carries a payout as far as it goes, and has it looked at again.
     *
     * @return the payout as it is now, even if somebody else is at it
     * @throws IllegalArgumentException if none is stored under the reference
     */
    public Stored carryOn(String reference, Engine.Trigger trigger, @Nullable PayoutRequest given) {
        return lookedAtAgain(engine.carry(reference, trigger, given)).orElseGet(() -> engine.load(reference));
    }

    /**
     * The same for one that this machine has stored just now, and has since then. Another thread of it may have been quicker: then the
     * call, which has the card number, goes on from what that one left.
     */
    public Stored carryNew(Stored intent, @Nullable PayoutRequest given) {
        return lookedAtAgain(engine.carryNew(intent, given))
                .orElseGet(() -> carryOn(intent.reference(), Engine.Trigger.TOUCHED, given));
    }

    private Optional<Stored> lookedAtAgain(Optional<Engine.Carried> carried) {
        carried.ifPresent(done -> {
            Instant next = done.next();
            if (next != null) {
                schedule(done.payout().reference(), next);
            }
        });
        return carried.map(Engine.Carried::payout);
    }

    /** Within the caller's transaction; see {@link TaskQueue#schedule}. */
    public boolean schedule(Connection connection, String reference, Instant at) throws SQLException {
        return queue.schedule(connection, reference, at);
    }

    /** Two may schedule one payout at the same time; whichever comes through will do. */
    public void schedule(String reference, Instant at) {
        boolean scheduled = false;
        for (int attempt = 0; attempt < SCHEDULE_ATTEMPTS && !scheduled; attempt++) {
            scheduled = engine.database().transaction(connection -> {
                boolean done = queue.schedule(connection, reference, at);
                if (!done) {
                    connection.rollback();
                }
                return done;
            });
        }
    }

    /** Finds what the queue has lost or a wrong clock put off, and lets go of what nobody will ever ask for. */
    public void sweep() {
        Instant now = engine.settings().now();
        engine.walks()
                .withoutTask(engine.delivers())
                .flatMap(List::stream)
                .forEach(reference -> schedule(reference, now));
        engine.store().bringForward(engine.settings().longestPause());
        engine.inbox().forgetForeign(now.minus(engine.settings().keepForeignNotifications()));
    }

    private void sweep(Stored left) {
        if (engine.store().isWithoutTask(left, engine.delivers())) {
            schedule(left.reference(), engine.settings().now());
        }
    }
}
