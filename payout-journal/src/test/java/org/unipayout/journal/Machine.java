package org.unipayout.journal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.ErrorBook;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.testkit.world.Choices;
import org.unipayout.testkit.world.ProviderTraits;

/**
 * One machine of a {@link World}: the journal over the world's database and network, with a clock of its own. It may crash,
 * stand still or lose its database at every boundary and at every statement.
 */
final class Machine {
    /** Its process ended: nothing catches it, and nothing of it acts any more. */
    static final class Halt extends Error {
        private static final long serialVersionUID = 1L;
        final transient Machine machine;

        Halt(Machine machine) {
            super(machine.name, null, false, false);
            this.machine = machine;
        }
    }

    final String name;
    final Payouts payouts;
    private final World world;
    private final Choices choices;
    private final Duration offset;
    private boolean ready;
    private boolean dead;
    private boolean standing;

    Machine(World world, String name, Duration offset) {
        this.world = world;
        this.name = name;
        this.offset = offset;
        choices = world.choices;
        PayoutsBuilder builder = world.settings(Payouts.builder(world.database.seenBy(this::atStatement)), new Calls())
                .node(name)
                .time(clock(), world::pass, () -> 1.0)
                .checkpoints(this::atCheckpoint);
        if (world.traits.listens()) {
            builder.listener(change -> {
                fallsAt("a listener");
                world.heard(change);
            });
        }
        payouts = builder.build();
        ready = true;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    /** The time by its own clock. */
    Instant now() {
        return world.clock.instant().plus(offset);
    }

    /** When the world's clock is where its own would be. */
    Instant atWorld(Instant own) {
        return own.minus(offset);
    }

    boolean isUp() {
        return !dead && !standing;
    }

    /** It is gone, and whatever it stands in comes to nothing. */
    void end() {
        dead = true;
    }

    private void alive() {
        if (dead) {
            throw new Halt(this);
        }
    }

    // ---- where something may happen

    private void atCheckpoint(Checkpoint checkpoint, String reference) {
        fallsAt(checkpoint + " of " + reference);
    }

    void atStatement(FaultyDatabase.Place place) throws SQLException {
        fallsAt(place.name());
        if (ready
                && !world.isCalm()
                && choices.happens(name + " database fails at " + place, world.traits.databaseFaults())) {
            world.story.tell(name, "loses its database at " + place);
            throw new SQLException("simulated", "08006");
        }
    }

    void fallsAt(String where) {
        alive();
        if (ready && !world.isCalm()) {
            mayFall(where);
        }
    }

    private void mayFall(String where) {
        int way = choices.pick(name + " falls at " + where, world.traits.falls(), 3);
        if (way == 1) {
            world.story.tell(name, "crashes at " + where);
            dead = true;
            throw new Halt(this);
        }
        if (way == 2 && !where.equals(FaultyDatabase.Place.COMMIT.name())) { // it would hold its locks
            Duration pause =
                    choices.between(name + " stands at " + where, Duration.ofSeconds(1), world.traits.standstill());
            world.story.tell(name, "stands still at " + where + " for " + pause);
            standStill(pause);
        }
    }

    private void standStill(Duration pause) {
        boolean before = standing;
        standing = true;
        try {
            world.pass(pause);
        } finally {
            standing = before;
        }
        alive();
    }

    /** The network as this machine reaches it; time passes in every call, and in some of it the process stands still. */
    private final class Calls implements PayoutClient {
        private static final Set<Operation> MOVING = Set.of(Operation.SUBMIT, Operation.CONFIRM, Operation.CANCEL);

        private final PayoutClient network = world.network();

        private Payout through(Operation call, String reference, Supplier<Payout> exchange) {
            world.begins(reference);
            try {
                Instant begunAt = world.clock.instant();
                waits(call + " leaves");
                giveUpIfLate(call, reference, begunAt);
                Payout answer = exchange.get();
                waits(call + " returns");
                return answer;
            } finally {
                world.ends(reference);
            }
        }

        /** What others did meanwhile took longer than a call may take, and a client's deadline ends it before its first byte. */
        private void giveUpIfLate(Operation call, String reference, Instant begunAt) {
            Duration gone = Duration.between(begunAt, world.clock.instant());
            boolean late = MOVING.contains(call) && gone.compareTo(ProviderTraits.CALL_DEADLINE) >= 0;
            if (late && !world.bearsLateSends()) {
                world.story.tell(name, "gives up " + call + " of " + reference + " before it left");
                throw new PayoutNotSentException(
                        FailureDetails.builder(World.PROVIDER, call, "simulated", Advice.SAME_REFERENCE_LATER)
                                .reference(reference)
                                .build());
            }
        }

        private void waits(String where) {
            alive();
            if (!world.isCalm()) {
                boolean leaves = where.endsWith("leaves");
                Duration most = ProviderTraits.CALL_DEADLINE.dividedBy(2).minusMillis(500);
                boolean slow = choices.happens(name + " slow at " + where, 100);
                Duration wait = slow
                        ? choices.between(name + " waits at " + where, Duration.ofMillis(100), most)
                        : Duration.ofMillis(40);
                world.pass(wait);
                alive();
                if (!leaves || world.bearsLateSends()) {
                    mayFall(where);
                }
            }
        }

        @Override
        public Capabilities capabilities() {
            return network.capabilities();
        }

        @Override
        public ErrorBook errorBook() {
            return network.errorBook();
        }

        @Override
        public Payout prepare(PayoutRequest request) {
            return through(Operation.PREPARE, request.reference(), () -> network.prepare(request));
        }

        @Override
        public Payout submit(PayoutRef ref, PayoutRequest request) {
            return through(Operation.SUBMIT, ref.reference(), () -> network.submit(ref, request));
        }

        @Override
        public Payout get(PayoutRef ref) {
            return through(Operation.GET, ref.reference(), () -> network.get(ref));
        }

        @Override
        public Payout confirm(PayoutRef ref) {
            return through(Operation.CONFIRM, ref.reference(), () -> network.confirm(ref));
        }

        @Override
        public Payout cancel(PayoutRef ref) {
            return through(Operation.CANCEL, ref.reference(), () -> network.cancel(ref));
        }

        @Override
        public List<Balance> balance() {
            return network.balance();
        }

        @Override
        public void close() {}
    }
}
