package org.unipayout.journal;

import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How the database of a {@link World} goes back in time: all machines end, an earlier state is put back, the journal is told until
 * nothing remains, the merchant repeats what is lost, and the machines start again.
 */
final class GoingBack {
    private static final Actor OPERATOR = new Actor("operator");

    /** Requests of a world do not say when they arose, and are repeated at any time. */
    private static final Instant FOR_EVER = JournalFixture.START.plus(Duration.ofDays(365));

    private final World world;
    private final TableSnapshots tables;
    private TableSnapshots.@Nullable Snapshot kept;
    private Instant keptUntil = JournalFixture.START;

    GoingBack(World world, DataSource dataSource) {
        this.world = world;
        tables = new TableSnapshots(dataSource);
    }

    void plan() {
        Duration chaos = world.traits.chaos();
        Duration keeps = world.choices.between("the backup is made", Duration.ofMillis(500), chaos.dividedBy(2));
        Duration lost = world.choices.between("what is lost", Duration.ofMinutes(5), chaos.dividedBy(2));
        world.plan(JournalFixture.START.plus(keeps), this::keep);
        world.plan(JournalFixture.START.plus(keeps).plus(lost), this::goBack);
    }

    private void keep() {
        world.story.tell("database", "is kept as it is");
        kept = tables.take();
        keptUntil = world.clock.instant().minus(world.traits.clocks());
    }

    private void goBack() {
        TableSnapshots.Snapshot earlier = kept;
        if (earlier == null) {
            return;
        }
        Instant now = world.clock.instant();
        if (!keptUntil.isBefore(now)) { // a machine stood still for longer than it all took
            world.plan(now.plus(Duration.ofMinutes(1)), this::goBack);
            return;
        }
        world.story.tell("database", "goes back to " + keptUntil);
        world.endAll();
        tables.putBack(earlier);
        world.forgetWhatIsLost();
        tell(new Machine(world, "operator", Duration.ZERO));
    }

    private void tell(Machine operator) {
        int[] left = {1};
        boolean lived = world.guarded(
                operator,
                "tells that the database went back",
                () -> left[0] = world.told() ? operator.payouts.by(OPERATOR).restored(keptUntil, FOR_EVER) : 0);
        if (left[0] == 0) {
            world.startAll();
            world.insist();
        } else {
            Machine next = lived ? operator : new Machine(world, "operator", Duration.ZERO);
            world.plan(world.clock.instant().plus(Duration.ofMinutes(1)), () -> tell(next));
        }
    }
}
