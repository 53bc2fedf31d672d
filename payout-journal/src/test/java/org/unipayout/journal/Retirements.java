package org.unipayout.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.testkit.world.Choices;

/**
 * How the merchant of a {@link World} retires what ended, and the archive, which has what it was handed for good: it may take its time,
 * throw before or after it has kept a batch, and die with the machine that hands it over.
 */
final class Retirements {
    private static final Actor ARCHIVIST = new Actor("archivist");

    /** Long before any payout of a world, by whichever clock. */
    private static final Instant BEGIN = JournalFixture.START.minus(Duration.ofDays(1));

    private final World world;
    private final Choices choices;

    /** By the hash of the last row that went. */
    private final Map<String, List<WorldTables.Row>> archived = new HashMap<>();

    /** The archive does not take a batch, which the merchant sees. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    Retirements(World world) {
        this.world = world;
        choices = world.choices;
    }

    void plan() {
        for (int i = 0; world.traits.retires() && i < 6; i++) {
            Duration after = choices.between("when to retire", Duration.ofMinutes(2), world.traits.chaos());
            world.plan(JournalFixture.START.plus(after), this::retire);
        }
        for (int day = 1; world.traits.retires() && day < 4; day++) {
            world.plan(JournalFixture.START.plus(world.traits.chaos()).plus(Duration.ofDays(day)), this::retire);
        }
    }

    void retire() {
        world.anyMachine("retire").ifPresent(machine -> {
            world.story.tell("merchant", "retires at " + machine.name);
            PayoutQuery ended = PayoutQuery.between(BEGIN, machine.now()).size(choices.quantity("batch", 3) + 1);
            world.guarded(machine, "retires", () -> {
                try {
                    long retired = machine.payouts.by(ARCHIVIST).retire(ended, batch -> take(machine, batch));
                    world.story.tell("merchant", "has retired " + retired);
                } catch (Refused e) {
                    world.story.tell("archive", "has refused");
                }
            });
        });
    }

    private void take(Machine machine, List<RetiredPayout> batch) {
        world.story.tell("archive", "is handed " + batch);
        machine.fallsAt("the archive");
        refuses("before");
        if (choices.happens("the archive takes its time", 300)) {
            world.pass(choices.between("the archive takes", Duration.ofSeconds(1), world.traits.standstill()));
        }
        batch.forEach(this::keep);
        machine.fallsAt("the archive");
        refuses("after");
    }

    private void refuses(String when) {
        if (!world.isCalm() && choices.happens("the archive refuses " + when, 100)) {
            throw new Refused();
        }
    }

    private void keep(RetiredPayout retired) {
        String reference = retired.payout().reference();
        if (!retired.payout().status().isFinal() || retired.payout().attention().isPresent()) {
            world.books.broken("the archive was handed " + retired);
        }
        archived.put(
                retired.head().hash(),
                retired.history().stream()
                        .map(row -> new WorldTables.Row(
                                row.number(),
                                Event.valueOf(row.event()),
                                row.status(),
                                row.proof(),
                                row.previousHash()))
                        .toList());
        world.story.tell("archive", "keeps " + reference);
    }

    /** Rows that neither has are missing, which whoever counts them finds. */
    List<WorldTables.Row> whole(List<WorldTables.Row> present) {
        if (!isRetired(present)) {
            return present;
        }
        List<WorldTables.Row> whole =
                new ArrayList<>(archived.getOrDefault(present.get(0).previousHash(), List.of()));
        whole.addAll(present);
        return whole;
    }

    boolean isRetired(String reference) {
        return isRetired(world.tables.history(reference));
    }

    private static boolean isRetired(List<WorldTables.Row> history) {
        return !history.isEmpty() && history.get(0).event() == Event.RETIRED;
    }

    /** Whether it should be retired by now: nothing holds it but what a person is asked about. */
    boolean isOverdue(String reference) {
        PayoutStatus status = world.tables.status(reference);
        return world.traits.retires()
                && world.hasMachine()
                && status != null
                && status.isFinal()
                && !world.tables.flagged().contains(reference)
                && !isRetired(reference);
    }
}
