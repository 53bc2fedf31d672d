package org.unipayout.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.Absence;
import org.unipayout.journal.Actor;
import org.unipayout.journal.AesGcmVault;
import org.unipayout.journal.Attention;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.PayoutOrders;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.PayoutsBuilder;
import org.unipayout.journal.Settlement;
import org.unipayout.journal.Verb;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.MovableClock;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.world.Choices;
import org.unipayout.testkit.world.Story;

/**
 * One payout of one merchant, through the real adapter over HTTP, with all that may happen at once: a provider as nasty as its
 * document allows, faults in several calls, a process that ends or stands still anywhere, a database that goes back, notifications in any order, a
 * merchant who repeats and orders. Then all of that stops, days pass, and the ledger is compared with the journal. Time is virtual and
 * one thread plays.
 */
final class AdapterWorld implements AutoCloseable {
    private static final Actor MERCHANT = new Actor("merchant");
    private static final Actor OPERATOR = new Actor("operator");
    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final Duration REST = Duration.ofDays(6);
    private static final int MOST_TELLINGS = 60;
    private static final int MOST_RESUBMITS = 2;
    private static final int LOOKS_AFTER_THE_END = 3;
    /** Nobody says how a payout ended before what is under way has arrived. */
    private static final Duration TO_SPARE = Duration.ofMinutes(30);

    final Story story;
    private final Choices choices;
    private final Flow flow;
    private final Simulator simulator;
    private final MovableClock clock;
    private final MovableClock storyClock = MovableClock.standingAt(START);
    private final FaultServer network;
    private final FenceDoor fence = new FenceDoor(this::answer);
    private final UnderWay underWay;
    private final CallLog calls;
    private final Weather weather;
    private final WorldDatabase database;
    private final Post post;
    private final Temper temper;
    private final PayoutRequest request;
    private Payouts payouts;
    private final Thread player = Thread.currentThread();
    /** Whether the world only looks, or a process starts. */
    private boolean undisturbed;

    private String toldLast = "";
    private boolean wentBack;
    private int resubmits;
    private boolean settled;
    /** Whether a person had to take back an end that no person had told. */
    private boolean endOverruled;

    private int processes;
    private int paidSoFar;
    private Instant keptUntil = Instant.MIN;
    /** How many calls were made when memory was lost without a word to the journal, or another system paid; -1 if never. */
    private int lostAt = -1;

    /**
     * Sets the stage.
     *
     * @param seed makes the reference
     * @param relay what stands between adapter and journal
     */
    AdapterWorld(long seed, Choices choices, Flow flow, Scenes.Scene scene, UnaryOperator<PayoutClient> relay) {
        this.choices = choices;
        this.flow = flow;
        story = new Story(storyClock);
        simulator = scene.simulator();
        simulator.reset();
        clock = simulator.clock();
        database = new WorldDatabase(scene.dataSource());
        network = FaultServer.before(simulator.baseUrl());
        underWay = new UnderWay(network);
        calls = new CallLog(
                relay.apply(client(Patience.ENDLESS)),
                relay.apply(client(Patience.OF_A_CALL)),
                () -> network.exchanges().size(),
                this::payments);
        int faults = 100 * choices.pick("faults", 900, 7);
        weather = new Weather(
                calls,
                network,
                underWay,
                flow.provider(),
                clock,
                choices,
                story,
                faults,
                15 * choices.pick("crashes", 400, 5),
                15 * choices.pick("standstills", 400, 5),
                this::sleep);
        post = new Post(simulator.webhooks(), choices);
        temper = Temper.drawn(choices, flow, simulator, story);
        request = flow.request("m" + Long.toHexString(seed), temper.scenario())
                .requestedAt(clock.instant())
                .build();
        payouts = process();
    }

    private PayoutClient client(Duration patience) {
        return flow.provider().client(environment(network.baseUrl()), clock, patience, underWay);
    }

    private Map<String, String> environment(URI seenAt) {
        Map<String, String> environment = new TreeMap<>(simulator.credentials(seenAt));
        environment.put(ProviderUnderTest.FENCE_URL, fence.url());
        return environment;
    }

    private PayoutFence.Answer answer(byte[] body, Map<String, List<String>> headers) {
        return payouts.verification(flow.provider().provider(), body, headers);
    }

    private Payouts process() {
        String node = choices.happens("a new name", 500) ? "n" + processes : "n";
        processes++;
        PayoutsBuilder builder = Payouts.builder(database.seenBy(this::mayEnd))
                .node(node)
                .time(clock, this::sleep, () -> 0.5)
                .vault(AesGcmVault.builder("worlds", KEY).build())
                .afterAbsence(temper.relied() ? Absence.RESUBMIT : Absence.ASK_MERCHANT);
        String name = flow.provider().provider();
        Map<String, String> environment = environment(simulator.baseUrl());
        flow.provider()
                .webhooks(environment)
                .ifPresentOrElse(
                        receiver -> builder.provider(name, weather, receiver), () -> builder.provider(name, weather));
        flow.provider().fence(environment).ifPresent(reader -> builder.fence(name, reader));
        return undisturbed(builder::build);
    }

    private <T> T undisturbed(Supplier<T> act) {
        undisturbed = true;
        try {
            return act.get();
        } finally {
            undisturbed = false;
        }
    }

    /** Where the fence answers, the world goes on meanwhile. */
    private void mayEnd(WorldDatabase.Place place) {
        if (Thread.currentThread() == player && !undisturbed) {
            weather.mayHalt(place.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    private void sleep(Duration time) {
        clock.advance(time);
        storyClock.advance(time);
    }

    /** Time passes, and the provider does what is due before it hears anything. */
    private void pass(Duration time) {
        sleep(time);
        network.acceptAgain();
        if (!temper.longestDelay().isZero()) {
            wake();
        }
    }

    private void wake() {
        try {
            HttpURLConnection anything = (HttpURLConnection)
                    simulator.baseUrl().resolve("/nothing").toURL().openConnection();
            anything.getResponseCode();
            anything.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- the story

    /** Plays it to where nothing happens any more. */
    AdapterEnd play() {
        int steps = 2 + choices.quantity("steps", 9);
        int keptAt = choices.happens("the database goes back", 250) ? choices.quantity("is kept at", steps) : -1;
        int backAt = keptAt < 0 ? -1 : keptAt + choices.quantity("goes back at", steps - keptAt);
        int otherAt = choices.happens("another system", 300) ? otherAt(steps) : -1;
        Duration longest = Choices.oneOf(
                choices,
                "pace",
                Duration.ofMinutes(1),
                Duration.ofMinutes(20),
                Duration.ofHours(6),
                Duration.ofDays(2));
        for (int step = 0; step < steps; step++) {
            if (step == keptAt) {
                story.tell("database", "is put aside");
                database.keep();
                keptUntil = clock.instant();
                pass(FIRST_PAUSE);
            }
            if (step == otherAt) {
                anotherSystemPays();
            }
            step(step);
            if (step == backAt) {
                goBack();
            }
            pass(choices.between("pause", FIRST_PAUSE, longest));
        }
        return rest(steps);
    }

    private int otherAt(int steps) {
        return choices.happens("other first", 500) ? 0 : choices.quantity("other at", steps);
    }

    private void step(int step) {
        deliver(step);
        if (step == 0) {
            pay();
            return;
        }
        switch (choices.quantity("step", 9)) {
            case 4 -> pay();
            case 5 -> order(flow.course() == Flow.Course.CONFIRMED ? Verb.CONFIRM : Verb.CANCEL);
            case 6 -> reopen("starts anew");
            case 7 -> simulator.settle();
            case 8 -> review();
            default -> look();
        }
        tellNews();
    }

    private AdapterEnd rest(int steps) {
        story.tell("world", "calms down");
        weather.calmDown();
        if (temper.refusesForEver()) {
            simulator.force(Scenario.PAID);
        }
        reopen("starts anew");
        pay();
        Duration pause = FIRST_PAUSE;
        int after = 0;
        int step = steps;
        for (Duration passed = Duration.ZERO;
                passed.compareTo(REST) < 0 && (after < LOOKS_AFTER_THE_END || isUnderWay());
                passed = passed.plus(pause)) {
            if (!isUnderWay()) { // or what lies in a queue would be made with what was sent after it, at one moment
                simulator.settle();
            }
            tellNews();
            deliver(step++);
            order(flow.course() == Flow.Course.CONFIRMED ? Verb.CONFIRM : Verb.CANCEL);
            review();
            pause = longer(pause);
            pass(pause);
            look();
            after = stored().filter(record -> record.status().isFinal()).isPresent() ? after + 1 : 0;
        }
        tellNews();
        return end();
    }

    private boolean isUnderWay() {
        return clock.instant().isBefore(arrived());
    }

    /** When the last that was sent is done, however long it lay in a queue. */
    private Instant arrived() {
        return weather.lastSend().plus(temper.longestDelay());
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    // ---- what the merchant does

    private Optional<PayoutRecord> stored() {
        return undisturbed(() -> payouts.stored(request.reference()));
    }

    private void pay() {
        story.tell("merchant", "pays");
        String provider = flow.provider().provider();
        guarded("pay", journal -> journal.pay(request, provider, flow.course().confirmation()));
    }

    private void look() {
        if (stored().isPresent()) {
            guarded("look", journal -> journal.recoverNow(request.reference()));
        }
    }

    /** What the merchant meant all along is ordered when the payout waits for it; anything else at any time. */
    private void order(Verb verb) {
        PayoutStatus status = stored().map(PayoutRecord::status).orElse(PayoutStatus.PREPARED);
        boolean waits = status == PayoutStatus.AWAITING_CONFIRMATION;
        boolean meant = isOrdered();
        boolean stillOpen = verb == Verb.CANCEL && !status.isFinal();
        boolean atAnyTime = stillOpen && (!weather.isCalm() || flow.course() == Flow.Course.CANCELED);
        if (stored().isEmpty() || !((waits && meant) || atAnyTime)) {
            return;
        }
        story.tell("merchant", "orders: " + verb);
        by(verb.toString(), MERCHANT, orders -> {
            if (verb == Verb.CONFIRM) {
                orders.confirm(request.reference());
            } else {
                orders.cancel(request.reference());
            }
        });
    }

    /** Whether the merchant confirms or cancels it by an order; otherwise nobody is waited for. */
    private boolean isOrdered() {
        return flow.course() == Flow.Course.CONFIRMED || flow.course() == Flow.Course.CANCELED;
    }

    private void by(String what, Actor actor, Consumer<PayoutOrders> order) {
        guarded(what, journal -> order.accept(journal.by(actor)));
    }

    /** Somebody who has the provider's statement before them, and waits until nothing is under way. */
    private void review() {
        Optional<PayoutRecord> record = stored().filter(this::isForAPerson);
        boolean tooEarly = clock.instant().isBefore(arrived().plus(TO_SPARE));
        if (record.isEmpty() || tooEarly || (temper.scenario() == Scenario.UNSURE && !weather.isCalm())) {
            return;
        }
        boolean paid = payments() > 0;
        Set<Verb> open = record.get().openVerbs();
        story.tell("person", "looks at " + words(record.get()) + ", may " + open);
        String reference = request.reference();
        if (open.contains(Verb.RESUBMIT) && !paid && resubmits++ < MOST_RESUBMITS) {
            by("resubmit", OPERATOR, orders -> orders.resubmit(reference));
        } else if (open.contains(Verb.SETTLE)) {
            settle(record.get().status());
        } else if (open.contains(Verb.CANCEL)) {
            by("cancel", OPERATOR, orders -> orders.cancel(reference));
        }
    }

    /**
     * That it takes long is a reason to look at one of which nobody knows anything; not at one that is said to be under way, unless
     * the provider itself never tells, or the journal was told that it may have forgotten something.
     */
    private boolean isForAPerson(PayoutRecord record) {
        boolean unclear = record.status() == PayoutStatus.UNKNOWN
                || record.status() == PayoutStatus.PREPARED
                || (record.status() == PayoutStatus.AWAITING_CONFIRMATION && !isOrdered())
                || temper.neverTells()
                || wentBack;
        return record.attention()
                .filter(reason -> reason != Attention.OVERDUE || (unclear && weather.isCalm()))
                .isPresent();
    }

    private void settle(PayoutStatus status) {
        Settlement word = byStatement();
        story.tell("person", "says that it is " + word.end());
        boolean otherwise = status.isFinal() && status != word.end() && !status.mayBecome(word.end());
        endOverruled |= otherwise && !settled && status != PayoutStatus.RETURNED;
        settled = true;
        by("settle", OPERATOR, orders -> orders.settle(request.reference(), otherwise ? word.overruling() : word));
    }

    private Settlement byStatement() {
        int paid = payments();
        int returned = simulator.ledger().movements().size() - paid;
        if (paid == 0) {
            return Settlement.notPaid("statement");
        }
        return returned < paid ? Settlement.paid("statement") : Settlement.returned("statement");
    }

    // ---- what befalls the merchant

    private void deliver(int step) {
        post.collect(step);
        if (flow.provider().webhooks(simulator.credentials()).isEmpty()) {
            return;
        }
        for (Post.Letter letter : post.due(step)) {
            story.tell("provider", "notifies, " + letter.number());
            String provider = flow.provider().provider();
            if (!guarded("notification", journal -> journal.webhook(provider, letter.body(), letter.headers()))) {
                post.again(letter);
            }
        }
    }

    private void reopen(String what) {
        story.tell("process", what);
        payouts.close();
        payouts = process();
    }

    private void goBack() {
        database.goBack();
        wentBack = true;
        boolean nobodyTells = choices.happens("nobody tells", 500);
        story.tell("database", "goes back" + (nobodyTells ? ", and nobody tells the journal" : ""));
        if (nobodyTells) {
            memoryIsLost();
        }
        reopen("starts over the old database");
        for (int i = 0; i < MOST_TELLINGS && !nobodyTells && left() > 0; i++) {
            pass(Duration.ofMinutes(1));
        }
        if (stored().isEmpty()) {
            pay();
        }
    }

    private int left() {
        int[] left = {1};
        Instant until = clock.instant().plus(REST);
        by("restored", OPERATOR, orders -> left[0] = orders.restored(keptUntil, until));
        return left[0];
    }

    private void memoryIsLost() {
        lostAt = lostAt < 0 ? calls.calls().size() : lostAt;
    }

    /** Of the same merchant, over a network where nothing breaks; what the provider notifies may go there too. */
    private void anotherSystemPays() {
        story.tell("merchant", "pays in another system");
        memoryIsLost();
        try (PayoutClient other = flow.provider().client(environment(simulator.baseUrl()), clock, Patience.ENDLESS)) {
            Payout made = other.create(request);
            story.tell("other", "is told " + made.status());
            if (made.status() == PayoutStatus.PROCESSING) {
                made = other.get(made.ref());
            }
            if (made.status() == PayoutStatus.AWAITING_CONFIRMATION) {
                story.tell("other", "is told " + other.confirm(made.ref()).status());
            }
            if (choices.happens("the other is notified", 500)) {
                post.goesElsewhere();
            }
        } catch (PayoutException refused) {
            story.tell("other", "is refused: " + refused.getMessage());
        }
    }

    /** Whether it was done; a process that ended comes back. */
    private boolean guarded(String what, Consumer<Payouts> action) {
        try {
            action.accept(payouts);
            return true;
        } catch (Weather.Halt halt) {
            reopen("comes back");
        } catch (PayoutException | IllegalArgumentException | IllegalStateException | JournalException notNow) {
            story.tell("journal", what + ": " + notNow.getMessage());
        }
        return false;
    }

    // ---- the end

    private void tellNews() {
        String words = stored().map(AdapterWorld::words).orElse("knows of nothing");
        if (!words.equals(toldLast)) {
            story.tell("journal", words);
            toldLast = words;
        }
        List<Ledger.Movement> movements = simulator.ledger().movements();
        for (; paidSoFar < movements.size(); paidSoFar++) {
            Ledger.Movement movement = movements.get(paidSoFar);
            story.tell("ledger", movement.kind() + " " + movement.minorUnits());
        }
    }

    private int payments() {
        return (int) simulator.ledger().movements().stream()
                .filter(movement -> movement.kind() == Ledger.Kind.PAID)
                .count();
    }

    private static String words(PayoutRecord record) {
        return record.status() + record.attention().map(reason -> ", " + reason).orElse("");
    }

    private AdapterEnd end() {
        Resubmission rule =
                calls.capabilities().resubmission(request.recipient().kind());
        CallsSince calls = new CallsSince(lostAt, this.calls.calls(), rule, temper.forgetful());
        List<String> broken = new ArrayList<>(this.calls.paidThoughItThrew());
        broken.addAll(calls.contradicted());
        if (endOverruled) {
            broken.add("an end that was none");
        }
        AdapterEnd end = AdapterEnd.of(stored(), simulator.ledger().movements(), broken, calls, post.anyLost());
        story.tell("world", "ends: " + end.words());
        return end;
    }

    @Override
    public void close() {
        payouts.close();
        calls.close();
        network.close();
        fence.close();
    }
}
