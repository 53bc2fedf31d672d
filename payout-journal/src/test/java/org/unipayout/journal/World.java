package org.unipayout.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.unipayout.Capabilities;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.Resubmission;
import org.unipayout.testkit.MovableClock;
import org.unipayout.testkit.world.Choices;
import org.unipayout.testkit.world.Judgement;
import org.unipayout.testkit.world.NastyNetwork;
import org.unipayout.testkit.world.NastyProvider;
import org.unipayout.testkit.world.Notices;
import org.unipayout.testkit.world.ProviderTraits;
import org.unipayout.testkit.world.Story;

/**
 * A provider, a network, a database, machines and a merchant, played by one thread in virtual time: some hours in which things
 * go wrong, and some days in which they come to rest. Whoever waits or stands still lets the others act meanwhile.
 */
final class World {
    static final String PROVIDER = NastyProvider.NAME;
    /** When another machine takes over what one has taken and does not tend. */
    static final Duration REVIVED_AFTER = Duration.ofSeconds(20);

    private static final int GREATEST_DEPTH = 4;

    final Choices choices;
    final MovableClock clock = MovableClock.standingAt(JournalFixture.START);
    final Story story = new Story(clock);
    final WorldTraits traits;
    final NastyProvider provider;
    final FaultyDatabase database;
    final WorldTables tables;
    private final NastyNetwork network;
    private final Merchant merchant;
    final Retirements retirements;
    private final PlantedBug bug;
    private final List<Machine> machines = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private final Map<String, Integer> callsUnderWay = new HashMap<>();
    private final Set<String> readTwice = new HashSet<>();
    final Books books = new Books();
    private int numbered;
    private int depth;
    private boolean calm;
    private int restores;
    private final GoingBack goingBack;

    private record Event(Instant at, int number, Runnable action) {}

    World(Choices choices, DataSource dataSource, FaultyDatabase database, PlantedBug bug) {
        this.choices = choices;
        this.database = database;
        this.bug = bug;
        tables = new WorldTables(dataSource);
        traits = WorldTraits.drawn(choices);
        ProviderTraits provided = ProviderTraits.drawn(choices, traits.absence() == Absence.RESUBMIT);
        provider = new NastyProvider(provided, choices, clock, story);
        provider.fence(this::askFence);
        network = NastyNetwork.before(provider, choices, clock, story).withOutages(traits.longestOutage());
        story.tell("world", traits.toString());
        story.tell("world", provided.toString());
        for (int i = 1; i <= traits.machines(); i++) {
            machines.add(new Machine(this, "m" + i, offset("m" + i)));
        }
        merchant = new Merchant(this);
        retirements = new Retirements(this);
        goingBack = new GoingBack(this, dataSource);
    }

    private Duration offset(String name) {
        Duration difference = choices.between("clock of " + name, Duration.ZERO, traits.clocks());
        return choices.happens("clock of " + name + " is slow", 500) ? difference.negated() : difference;
    }

    /** Plays it, and says what is wrong in the end. */
    List<Judgement> play() {
        merchant.plan();
        retirements.plan();
        if (traits.goesBack()) {
            goingBack.plan();
        }
        for (Instant at = clock.instant().plus(Duration.ofHours(1));
                at.isBefore(chaosEnds());
                at = at.plus(Duration.ofHours(1))) {
            plan(at, this::sweep);
        }
        runUntil(chaosEnds());
        calmDown();
        sweep();
        runUntil(clock.instant().plus(Duration.ofHours(14)));
        sweep();
        List<Judgement> wrong = new ArrayList<>(WorldCheck.parked(this));
        for (int i = 0; i < 14 && !isAtRest(); i++) {
            merchant.review();
            sweep();
            runUntil(clock.instant().plus(Duration.ofHours(7)));
        }
        retireTheRest();
        wrong.addAll(WorldCheck.of(this));
        return wrong;
    }

    /** Under each reference that was retired the merchant asks once more, and nothing may come of it. */
    private void retireTheRest() {
        if (traits.retires()) {
            runUntil(clock.instant().plus(traits.watchedFor()).plus(Duration.ofHours(1)));
            retirements.retire();
            merchant.paysRetiredOnes();
            runUntil(clock.instant().plus(Duration.ofHours(7)));
        }
    }

    private Instant chaosEnds() {
        return JournalFixture.START.plus(traits.chaos());
    }

    private void calmDown() {
        story.tell("world", "calms down");
        calm = true;
        provider.calmDown();
        network.calmDown();
        merchant.insists();
    }

    private boolean isAtRest() {
        return tables.nextTask().isEmpty()
                && provider.nextAt().isEmpty()
                && tables.flagged().isEmpty();
    }

    // ---- what the others ask it

    boolean isCalm() {
        return calm;
    }

    List<String> references() {
        return merchant.references();
    }

    /** All rows of a history, whether the journal has them still or the archive. */
    List<WorldTables.Row> history(String reference) {
        return retirements.whole(tables.history(reference));
    }

    PayoutClient network() {
        return bug.client(new Overheard());
    }

    boolean bearsLateSends() {
        return provider.traits().bearsLateSends();
    }

    PayoutsBuilder settings(PayoutsBuilder builder, PayoutClient client) {
        Resubmission rule = provider.traits().rule();
        PayoutsBuilder with = provider.traits().webhooks() == Capabilities.Webhooks.NONE
                ? builder.provider(PROVIDER, client)
                : builder.provider(PROVIDER, client, bug.webhooks(provider.notices()));
        if (rule instanceof Resubmission.Fenced) {
            with.fence(PROVIDER, bug.fence(provider.notices()));
        }
        if (traits.throttled()) {
            with.throttle(PROVIDER, new Throttle(1, 100));
        }
        return with.afterAbsence(traits.absence())
                .pauses(Duration.ofSeconds(2), traits.longestPause())
                .attentionAfter(traits.attentionAfter())
                .watchedFor(traits.watchedFor());
    }

    boolean mayStillMove(String reference) {
        return provider.mayStillPay(reference)
                || network.isUnderWay(reference)
                || callsUnderWay.getOrDefault(reference, 0) > 0;
    }

    void begins(String reference) {
        callsUnderWay.merge(reference, 1, Integer::sum);
    }

    void ends(String reference) {
        callsUnderWay.merge(reference, -1, Integer::sum);
    }

    /** What the network brings, before any client has made something of it. */
    private final class Overheard extends RelayedClient {
        Overheard() {
            super(network, network.capabilities());
        }

        @Override
        public Payout submit(PayoutRef ref, PayoutRequest request) {
            return heard(super.submit(ref, request));
        }

        @Override
        public Payout get(PayoutRef ref) {
            return heard(super.get(ref));
        }

        @Override
        public Payout confirm(PayoutRef ref) {
            return heard(super.confirm(ref));
        }

        @Override
        public Payout cancel(PayoutRef ref) {
            return heard(super.cancel(ref));
        }

        private Payout heard(Payout answer) {
            if (answer.hasEvidence(Evidence.Kind.PAID_TWICE)) {
                readTwice.add(answer.ref().reference());
            }
            return answer;
        }
    }

    void heard(StatusChange change) {
        if (!calm && choices.happens("the books refuse " + change.reference(), 10)) {
            story.tell("books", "refuse " + change.reference() + " " + change.to());
            throw new IllegalStateException("books");
        }
        story.tell(
                "books",
                change.reference() + " " + change.from() + " -> " + change.to() + " (" + change.number() + ")");
        books.hear(change);
    }

    private PayoutFence.@Nullable Answer askFence(byte[] question) {
        PayoutFence.Answer[] answer = new PayoutFence.Answer[1];
        anyMachine("fence")
                .ifPresent(machine -> guarded(
                        machine,
                        "answers the fence",
                        () -> answer[0] = machine.payouts.verification(PROVIDER, question, Map.of())));
        return answer[0];
    }

    // ---- time

    void plan(Instant at, Runnable action) {
        events.add(new Event(at, numbered++, action));
    }

    /** Lets time pass for whoever waits, while the others act. */
    void pass(Duration time) {
        Instant until = clock.instant().plus(time);
        if (depth < GREATEST_DEPTH) {
            depth++;
            runUntil(until);
            depth--;
        } else {
            moveTo(until);
        }
    }

    private void moveTo(Instant at) {
        if (at.isAfter(clock.instant())) {
            clock.advance(Duration.between(clock.instant(), at));
        }
    }

    void runUntil(Instant until) {
        for (Instant next = next(); !next.isAfter(until); next = next()) {
            moveTo(next);
            provider.catchUp();
            network.catchUp();
            provider.dueNotices().forEach(this::deliver);
            for (Event due = events.peek(); due != null && !due.at.isAfter(clock.instant()); due = events.peek()) {
                events.poll();
                due.action.run();
            }
            workThroughTheQueue();
        }
        moveTo(until);
    }

    private void workThroughTheQueue() {
        Instant due = tables.nextTask().orElse(Instant.MAX);
        for (Machine machine : List.copyOf(machines)) {
            if (machine.isUp() && !machine.now().isBefore(due)) {
                work(machine);
                due = tables.nextTask().orElse(Instant.MAX);
            }
        }
    }

    private Instant next() {
        Optional<Instant> event = Optional.ofNullable(events.peek()).map(Event::at);
        Optional<Instant> task = tables.nextTask();
        Stream<Instant> tasks = machines()
                .filter(Machine::isUp)
                .flatMap(machine -> task.stream().map(machine::atWorld));
        return Stream.concat(
                        Stream.of(event, provider.nextAt(), network.nextAt()).flatMap(Optional::stream), tasks)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private Stream<Machine> machines() {
        return machines.stream();
    }

    boolean hasMachine() {
        return machines().anyMatch(Machine::isUp);
    }

    Optional<Machine> anyMachine(String what) {
        List<Machine> up = machines().filter(Machine::isUp).toList();
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(choices.quantity(what + " goes to", up.size())));
    }

    // ---- machines at work

    /** Does what the machine's worker would do now: one task whose time has come by its clock. */
    private void work(Machine machine) {
        Optional<WorldTables.Task> task = machine.isUp() ? tables.take(machine) : Optional.empty();
        if (task.isEmpty()) {
            return;
        }
        Instant[] next = {machine.now().plusSeconds(30)};
        boolean[] over = {false};
        boolean lived = guarded(machine, "works on " + task.get().reference(), () -> {
            Optional<Instant> again = machine.payouts.advance(task.get().reference());
            over[0] = again.isEmpty();
            again.ifPresent(at -> next[0] = at);
        });
        if (!lived) {
            return;
        }
        if (over[0]) {
            tables.remove(task.get());
            guarded(machine, "sweeps", machine.payouts::sweep);
        } else {
            Instant soonest = machine.now().plusSeconds(1);
            tables.putBack(task.get(), next[0].isBefore(soonest) ? soonest : next[0]);
        }
    }

    void sweep() {
        anyMachine("sweep").ifPresent(machine -> guarded(machine, "sweeps", machine.payouts::sweep));
    }

    private void deliver(Notices.Notice notice) {
        Optional<Machine> to = anyMachine("notice");
        boolean[] taken = {false};
        to.ifPresent(machine -> {
            story.tell(machine.name, "is notified: " + notice);
            guarded(machine, "takes a notice", () -> {
                machine.payouts.webhook(PROVIDER, notice.body(), Map.of());
                taken[0] = true;
            });
        });
        if (taken[0]) {
            books.notified(notice, tables.status(notice.reference()));
        } else {
            provider.sendAgain(notice, clock.instant().plus(Duration.ofMinutes(7)));
        }
    }

    /** What was known of it is lost with the database, so nobody asks for it. */
    void forgetWhatIsLost() {
        readTwice.clear();
        books.forgetWhatIsLost(reference -> history(reference).size());
    }

    /** Whether the machine lives on; what a caller may see is told, anything else is a fault of the code. */
    boolean guarded(Machine machine, String what, Runnable action) {
        Set<String> before = Set.copyOf(readTwice);
        try {
            action.run();
            readTwice.forEach(books::secondSeen);
            return true;
        } catch (Machine.Halt halt) {
            readTwice.retainAll(before);
            if (halt.machine != machine) {
                throw halt;
            }
            restart(machine);
            return false;
        } catch (JournalException e) {
            story.tell(machine.name, what + ": " + e.getMessage());
            readTwice.retainAll(before);
            return true;
        } catch (PayoutException | IllegalStateException e) {
            story.tell(machine.name, what + ": " + e);
            if (!isAllowed(e)) {
                books.broken(what + ": " + e);
            }
            return true;
        }
    }

    /** What the documents of the methods say that a caller may see. */
    private static boolean isAllowed(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof PayoutException
                || message.contains("another machine works on it")
                || message.startsWith("confirm: ")
                || message.startsWith("resubmit: ")
                || message.startsWith("settle: ")
                || message.startsWith("cancel: ");
    }

    /** Whether the journal is told that its database went back. */
    boolean told() {
        return bug.tells();
    }

    /** All machines end, wherever they are. */
    void endAll() {
        machines.forEach(Machine::end);
        machines.clear();
        restores++;
    }

    void startAll() {
        for (int i = 1; i <= traits.machines(); i++) {
            start("n" + i);
        }
    }

    /** A worker looks after the queue as soon as it starts. */
    private void start(String name) {
        Machine machine = new Machine(this, name, calm ? Duration.ZERO : offset(name));
        machines.add(machine);
        guarded(machine, "sweeps", machine.payouts::sweep);
    }

    /** The merchant asks again for what is not known. */
    void insist() {
        merchant.insists();
    }

    private void restart(Machine machine) {
        if (!machines.contains(machine)) {
            return;
        }
        machines.remove(machine);
        boolean renamed = choices.happens(machine.name + " comes back under another name", 500);
        Duration after =
                choices.between(machine.name + " comes back after", Duration.ofSeconds(1), Duration.ofMinutes(20));
        String name = renamed ? machine.name + "'" : machine.name;
        int before = restores;
        plan(clock.instant().plus(after), () -> {
            if (restores > before) {
                return; // others start when the journal has been told
            }
            story.tell(name, "starts");
            start(name);
        });
    }
}
