package org.unipayout.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.Capabilities;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.world.Judgement;
import org.unipayout.testkit.world.Judgement.Kind;

/** Holds what a {@link World} came to against the ledger, and the journal's rows against their own rules. */
final class WorldCheck {
    /** Each answer that contradicts a person is settled twice at most; more than three do not come after the statement. */
    private static final int MOST_SETTLEMENTS = 6;

    private static final Set<Attention> GRAVE =
            EnumSet.of(Attention.CONTRADICTION, Attention.PAID_TWICE, Attention.NOTIFIED_ONLY);

    private WorldCheck() {}

    /**
     * Payouts of which nothing is at the provider, and about which nobody is asked to decide: the journal should have sent
     * them again, or ended them.
     */
    static List<Judgement> parked(World world) {
        List<Judgement> parked = new ArrayList<>();
        for (String reference : world.references()) {
            PayoutStatus status = world.tables.status(reference);
            boolean open = status == PayoutStatus.UNKNOWN || status == PayoutStatus.PREPARED;
            List<WorldTables.Row> history = world.history(reference);
            if (open
                    && !world.provider.wasReached(reference)
                    && !world.mayStillMove(reference)
                    && !cancelPending(history)
                    && EnumSet.of(Attention.OVERDUE, Attention.LISTENER_FAILED).containsAll(attention(history))) {
                parked.add(new Judgement(Kind.STUCK, reference, "nothing of it is out, and it is " + status));
            }
        }
        return parked;
    }

    private static boolean cancelPending(List<WorldTables.Row> history) {
        boolean pending = false;
        for (WorldTables.Row row : history) {
            pending = row.event() == Event.CANCELING || (pending && row.event() != Event.CANCEL_REFUSED);
        }
        return pending;
    }

    private static Set<Attention> attention(List<WorldTables.Row> history) {
        Set<Attention> raised = EnumSet.noneOf(Attention.class);
        history.stream()
                .filter(row -> row.event() == Event.ATTENTION)
                .map(row -> Attention.valueOf(Fields.read(row.proof()).need("attention")))
                .forEach(raised::add);
        return raised;
    }

    static List<Judgement> of(World world) {
        List<Judgement> wrong = new ArrayList<>();
        for (String reference : world.references()) {
            List<WorldTables.Row> history = world.history(reference);
            PayoutStatus status = world.tables.status(reference);
            wrong.addAll(Judgement.of(world.provider, reference, books(world, reference, status, history)));
            if (status != null) {
                if (world.retirements.isOverdue(reference)) {
                    wrong.add(new Judgement(Kind.STUCK, reference, "it ended long ago, and was not retired"));
                }
                long settled = history.stream()
                        .filter(row -> row.event() == Event.SETTLED)
                        .count();
                if (settled > MOST_SETTLEMENTS) {
                    wrong.add(new Judgement(Kind.STUCK, reference, "it was settled " + settled + " times"));
                }
                decisions(world, history).forEach(text -> wrong.add(new Judgement(Kind.WRONG, reference, text)));
                rows(world, reference, history).forEach(text -> wrong.add(new Judgement(Kind.WRONG, reference, text)));
                if (world.traits.listens()) {
                    listener(world, reference, history, status)
                            .forEach(text -> wrong.add(new Judgement(Kind.SILENT, reference, text)));
                }
            }
        }
        world.books.broken().forEach(text -> wrong.add(new Judgement(Kind.WRONG, "", text)));
        return wrong;
    }

    private static Judgement.Books books(
            World world, String reference, @Nullable PayoutStatus status, List<WorldTables.Row> history) {
        boolean signed = world.provider.traits().webhooks() == Capabilities.Webhooks.VERIFIED;
        Set<Attention> grave = attention(history);
        grave.retainAll(GRAVE);
        return new Judgement.Books(
                world.books.wasAsked(reference),
                status,
                !grave.isEmpty(),
                signed ? world.books.returnTold(reference) : returnedWhileWatched(world, reference),
                signed && world.books.correctionTold(reference),
                signed && world.books.secondTold(reference));
    }

    private static boolean returnedWhileWatched(World world, String reference) {
        List<Ledger.Movement> statement = world.provider.statement(reference);
        Ledger.Movement first = statement.isEmpty() ? null : statement.get(0);
        Ledger.Movement last = statement.isEmpty() ? null : statement.get(statement.size() - 1);
        return first != null
                && last != null
                && world.provider.traits().returns()
                && last.at().isBefore(first.at().plus(world.traits.watchedFor()).minus(Duration.ofHours(6)));
    }

    // ---- the rows

    private static List<String> rows(World world, String reference, List<WorldTables.Row> history) {
        List<String> wrong = new ArrayList<>();
        PayoutStatus before = PayoutStatus.PREPARED;
        long number = 0;
        for (WorldTables.Row row : history) {
            number++;
            if (row.number() != number) {
                wrong.add("row " + number + " is missing");
            }
            boolean overruled = row.event() == Event.SETTLED;
            if (!overruled && !before.mayBecome(row.status()) && !goesBack(row, before)) {
                wrong.add("row " + number + " " + row.event() + " makes " + row.status() + " of " + before);
            }
            if (row.event().announces() && (before.isFinal() || row.status() != PayoutStatus.UNKNOWN)) {
                wrong.add("row " + number + " announces a call while it is " + before);
            }
            before = row.status();
        }
        if (number != world.tables.version(reference) || before != world.tables.status(reference)) {
            wrong.add("the payout and its last row differ");
        }
        world.anyMachine("check")
                .flatMap(machine -> machine.payouts.verifyHistory(reference))
                .ifPresent(fault -> wrong.add(fault.toString()));
        return wrong;
    }

    /**
     * Where the provider would pay a second send too and its window is not relied on, no end is told that neither it nor a person has
     * said: a send that was refused proves nothing of the one before it.
     */
    private static List<String> decisions(World world, List<WorldTables.Row> history) {
        boolean forAPerson = world.traits.absence() == Absence.ASK_MERCHANT
                && world.provider.traits().rule() instanceof Resubmission.AfterAbsence;
        boolean open = false;
        List<String> wrong = new ArrayList<>();
        for (WorldTables.Row row : history) {
            open |= row.event() == Event.SUBMIT_REFUSED && row.status() == PayoutStatus.UNKNOWN;
            open &= row.event() != Event.RESUBMIT_ORDERED;
            if (forAPerson && open && row.event() == Event.FAILED) {
                wrong.add("row " + row.number() + " ends it, and nobody decided about the send before the refused one");
            }
        }
        return wrong;
    }

    /** A call that was proven not executed leaves the payout as it was before. */
    private static boolean goesBack(WorldTables.Row row, PayoutStatus before) {
        return before == PayoutStatus.UNKNOWN && row.event().answers();
    }

    // ---- what the listener heard

    private static List<String> listener(
            World world, String reference, List<WorldTables.Row> history, PayoutStatus status) {
        List<String> wrong = new ArrayList<>();
        List<StatusChange> heard = world.books.heard(reference);
        long newest = 0;
        PayoutStatus last = PayoutStatus.PREPARED;
        for (StatusChange change : heard) {
            WorldTables.Row row = history.get((int) change.number() - 1);
            if (row.status() != change.to()) {
                wrong.add("a listener heard " + change.to() + " of row " + row);
            }
            if (change.number() > newest) {
                if (change.from() != last) {
                    wrong.add("a listener heard " + change.from() + " -> " + change.to() + " after " + last);
                }
                newest = change.number();
                last = change.to();
            }
        }
        if (last != status && status.isFinal()) {
            wrong.add("a listener heard " + last + " last, and it is " + status);
        }
        return wrong;
    }
}
