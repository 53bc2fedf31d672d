package org.unipayout.journal;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.unipayout.Capabilities;
import org.unipayout.Money;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Resubmission;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Sealer;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Stored;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.world.NastyNetwork;
import org.unipayout.testkit.world.NastyProvider;
import org.unipayout.testkit.world.Notices;
import org.unipayout.testkit.world.ProviderTraits;
import org.unipayout.testkit.world.Story;

/**
 * Walks one payout on one machine through everything that may happen to it, up to a depth: each look after each pause, each way
 * in which each call may go at the network and at the provider, a crash at each boundary. States from which the same follows
 * are walked once. The whole journal runs, over a database in memory that is put back for each step.
 */
final class ExhaustiveWalk {
    private static final String REFERENCE = "r-1";
    private static final Duration LONG_AGO = Duration.ofHours(12);

    /** Where a crash loses something that the boundary before and the one after do not. */
    private static final Set<Checkpoint> CRASHES = EnumSet.of(
            Checkpoint.INTENT_STORED,
            Checkpoint.PREPARE_ANSWERED,
            Checkpoint.PREPARE_STORED,
            Checkpoint.SUBMIT_STORED,
            Checkpoint.SUBMIT_ANSWERED,
            Checkpoint.SUBMIT_ANSWER_STORED,
            Checkpoint.CONFIRM_STORED,
            Checkpoint.CONFIRM_ANSWERED,
            Checkpoint.CANCEL_STORED,
            Checkpoint.CANCEL_ANSWERED,
            Checkpoint.WEBHOOK_STORED,
            Checkpoint.WEBHOOK_APPLIED);

    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(3), Duration.ofSeconds(45), Duration.ofMinutes(25), Duration.ofHours(3));

    private final ProviderTraits traits;
    private final Absence absence;
    private final SettableClock clock = new SettableClock();
    private final ScriptedChoices choices = new ScriptedChoices();
    private final TableSnapshots tables;
    private final Store store;
    private final Database database;
    private final Payouts payouts;
    private final Set<String> known = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private final NastyProvider provider;
    private final NastyNetwork network;
    private long states;

    private static final class Halt extends Error {
        private static final long serialVersionUID = 1L;

        Halt() {
            super("halt", null, false, false);
        }
    }

    private static final class SettableClock extends Clock {
        private Instant now = JournalFixture.START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A state of everything, and how it was come to. */
    private record Node(
            Instant now,
            TableSnapshots.Snapshot rows,
            NastyProvider.State provider,
            Object network,
            List<String> path) {}

    /** What can be done in a state. */
    private record Step(String name, Runnable action) {}

    ExhaustiveWalk(Resubmission rule, Absence absence, Capabilities.Webhooks webhooks, boolean confirms) {
        traits = traits(rule, webhooks, confirms, absence);
        this.absence = absence;
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=200", "sa", "");
        tables = new TableSnapshots(pool);
        database = new Database(pool);
        store = new Store(database, new Sealer(null), RowHashes.PLAIN, "walk");
        Story story = new Story(clock);
        provider = new NastyProvider(traits, choices, clock, story);
        network = NastyNetwork.before(provider, choices, clock, story);
        payouts = journal(pool);
        payouts.createSchema();
        provider.fence(question -> payouts.verification(World.PROVIDER, question, Map.of()));
    }

    private static ProviderTraits traits(
            Resubmission rule, Capabilities.Webhooks webhooks, boolean confirms, Absence absence) {
        Duration latest = Duration.ofHours(2);
        Duration lag = Duration.ofHours(2);
        if (rule instanceof Resubmission.AfterAbsence afterAbsence) {
            latest = afterAbsence.window().dividedBy(3);
            lag = absence == Absence.RESUBMIT ? latest : lag;
        } else if (rule instanceof Resubmission.SameHandle same
                && !same.settling().isZero()) {
            latest = same.settling().minusMinutes(5);
        }
        return new ProviderTraits(
                rule,
                confirms,
                false,
                webhooks,
                true,
                latest,
                lag,
                false,
                Duration.ZERO,
                false,
                true,
                false,
                false,
                false,
                true,
                true,
                100);
    }

    private Payouts journal(JdbcConnectionPool pool) {
        PayoutsBuilder builder = Payouts.builder(pool);
        if (traits.webhooks() == Capabilities.Webhooks.NONE) {
            builder.provider(World.PROVIDER, network);
        } else {
            builder.provider(World.PROVIDER, network, provider.notices());
        }
        if (traits.rule() instanceof Resubmission.Fenced) {
            builder.fence(World.PROVIDER, provider.notices());
        }
        return builder.node("walk")
                .afterAbsence(absence)
                .greatestSubmits(3)
                .time(clock, duration -> clock.now = clock.now.plus(duration), () -> 1.0)
                .checkpoints(this::mayCrash)
                .build();
    }

    private void mayCrash(Checkpoint checkpoint, String reference) {
        if (CRASHES.contains(checkpoint) && choices.happens("crash at " + checkpoint, 1)) {
            throw new Halt();
        }
    }

    // ---- the walk

    /** Walks depth by depth until one is beyond the bound or the time is over; tells the last one that is complete. */
    int walk(int depth, Instant until) {
        List<Node> level = new ArrayList<>();
        expand(here(List.of()), List.of(new Step("pay", () -> payouts.pay(request(), World.PROVIDER))), level);
        int done = 1;
        while (done < depth && !level.isEmpty()) {
            List<Node> next = new ArrayList<>();
            for (Node node : level) {
                if (Instant.now().isAfter(until)) {
                    return done;
                }
                expand(node, steps(node), next);
            }
            level = next;
            done++;
        }
        return done;
    }

    private static PayoutRequest request() {
        return PayoutRequest.builder(REFERENCE, Money.ofMinor(15_000, "KZT"), new Recipient.SavedCard("token-1"))
                .build();
    }

    private List<Step> steps(Node node) {
        List<Step> steps = new ArrayList<>();
        putBack(node);
        for (Duration pause : PAUSES) {
            steps.add(new Step("look after " + pause, () -> {
                pass(pause);
                payouts.advance(REFERENCE);
            }));
        }
        Optional<PayoutRecord> record =
                stored().map(any -> payouts.stored(REFERENCE).orElseThrow());
        record.filter(any -> any.openVerbs().contains(Verb.RESUBMIT) && !isPaid())
                .ifPresent(any -> steps.add(new Step(
                        "resubmit", () -> payouts.by(JournalFixture.ANNA).resubmit(REFERENCE))));
        record.filter(any -> any.openVerbs().contains(Verb.CANCEL))
                .ifPresent(any -> steps.add(
                        new Step("cancel", () -> payouts.by(JournalFixture.ANNA).cancel(REFERENCE))));
        return steps;
    }

    /** Takes every step in every way, and keeps the states that were not known. */
    private void expand(Node from, List<Step> steps, Collection<Node> level) {
        for (Step step : steps) {
            Optional<List<Integer>> script = Optional.of(List.of());
            while (script.isPresent()) {
                putBack(from);
                choices.follow(script.get());
                take(step);
                script = choices.next();
                List<String> path = new ArrayList<>(from.path);
                path.add(step.name + " " + choices.told());
                check(path);
                if (known.add(fingerprint())) {
                    states++;
                    level.add(here(path));
                }
            }
        }
    }

    private void take(Step step) {
        try {
            step.action.run();
        } catch (Halt halt) {
            return; // the process is gone; the next step begins with what is stored
        } catch (PayoutException | JournalException | IllegalStateException e) {
            if (!(e instanceof PayoutException)) {
                violations.add(step.name + " " + choices.told() + ": " + e);
            }
        }
    }

    private void pass(Duration pause) {
        Instant until = clock.now.plus(pause);
        for (Instant next = next(); !next.isAfter(until); next = next()) {
            clock.now = next.isAfter(clock.now) ? next : clock.now;
            network.catchUp();
            provider.catchUp();
            for (Notices.Notice notice : provider.dueNotices()) {
                payouts.webhook(World.PROVIDER, notice.body(), Map.of());
            }
        }
        clock.now = until;
    }

    private Instant next() {
        Instant one = provider.nextAt().orElse(Instant.MAX);
        Instant other = network.nextAt().orElse(Instant.MAX);
        return one.isBefore(other) ? one : other;
    }

    private Node here(List<String> path) {
        return new Node(clock.now, tables.take(), provider.state(), network.state(), path);
    }

    private void putBack(Node node) {
        clock.now = node.now;
        tables.putBack(node.rows);
        provider.restore(node.provider);
        network.restore(node.network);
    }

    private boolean isPaid() {
        return provider.statement(REFERENCE).stream().anyMatch(movement -> movement.kind() == Ledger.Kind.PAID);
    }

    private Optional<Stored> stored() {
        return database.transaction(connection -> store.find(connection, REFERENCE));
    }

    // ---- what must hold in every state

    private void check(List<String> path) {
        Stored stored = stored().orElse(null);
        long paid = provider.paidBySends(REFERENCE);
        String wrong = null;
        if (paid > 1) {
            wrong = "paid " + paid + " times";
        } else if (stored == null) {
            wrong = paid > 0 ? "paid and not stored" : null;
        } else {
            wrong = wrong(stored.observation().status(), paid);
        }
        if (wrong != null && violations.size() < 20) {
            violations.add(wrong + "\n  " + String.join("\n  ", path));
        } else if (wrong != null) {
            violations.add(wrong);
        }
    }

    /** An end is contradicted by what was paid, or may be paid yet; an open payout that nobody works on asks for a person. */
    private @Nullable String wrong(PayoutStatus status, long paid) {
        boolean notMoved = status.funds() == PayoutStatus.Funds.NOT_MOVED;
        boolean mayMove = provider.mayStillPay(REFERENCE);
        if (status.isFinal() && notMoved && (paid > 0 || mayMove)) {
            return status + ", and paid " + paid + " times" + (mayMove ? " or about to be" : "");
        }
        return status == PayoutStatus.SUCCEEDED && paid == 0 ? "SUCCEEDED, and not paid" : null;
    }

    // ---- when two states are the same

    private String fingerprint() {
        StringBuilder text =
                new StringBuilder(provider.fingerprint()).append('|').append(network.fingerprint());
        stored().ifPresent(stored -> {
            text.append('|')
                    .append(stored.observation().status())
                    .append(stored.observation().ref().providerId())
                    .append(stored.letThrough())
                    .append(stored.attention())
                    .append(canonical(stored.askedAt()))
                    .append(canonical(Facts.of(stored.history(), ProviderTraits.CALL_DEADLINE)));
        });
        return digest(text.append(tables.pendingNotices()).toString());
    }

    /** All that is known of a payout, with times as they lie before now. */
    private String canonical(Facts facts) {
        StringBuilder text = new StringBuilder();
        try {
            for (Field field : Facts.class.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    text.append(field.getName())
                            .append('=')
                            .append(canonical(field.get(facts)))
                            .append(' ');
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private String canonical(@Nullable Object value) {
        if (value instanceof Instant at) {
            Duration age = Duration.between(at, clock.now);
            return age.compareTo(LONG_AGO) > 0 ? "long ago" : age.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::canonical).toList().toString();
        }
        return value instanceof Fields fields ? fields.text() : String.valueOf(value);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new String(Arrays.copyOf(hash, 16), StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    // ---- all rules

    /** What all walks came to. */
    record Result(long states, int depth, List<String> violations) {
        @Override
        public String toString() {
            return "worlds-exhaustive states=" + states + " depth=" + depth + " violations=" + violations.size();
        }
    }

    /** Walks every rule, each for its share of the time. */
    static Result all(int depth, Duration time) throws InterruptedException, ExecutionException {
        List<ExhaustiveWalk> walks = List.of(
                plain(new Resubmission.SameReference(2, Duration.ofSeconds(30))),
                plain(new Resubmission.SameHandle()),
                plain(new Resubmission.SameHandle(Duration.ofMinutes(20))),
                plain(new Resubmission.SameHandle(Duration.ZERO, Duration.ofMinutes(30))),
                plain(new Resubmission.AfterAbsence(Duration.ofMinutes(20), 2, Duration.ofMinutes(1))),
                new ExhaustiveWalk(
                        new Resubmission.AfterAbsence(Duration.ofMinutes(20), 2, Duration.ofMinutes(1)),
                        Absence.ASK_MERCHANT,
                        Capabilities.Webhooks.VERIFIED,
                        false),
                plain(new Resubmission.Replays(Duration.ofHours(1))),
                plain(new Resubmission.Fenced(2, Duration.ofSeconds(30))),
                new ExhaustiveWalk(new Resubmission.SameHandle(), Absence.RESUBMIT, Capabilities.Webhooks.NONE, true));
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Duration share = time.multipliedBy(threads).dividedBy(walks.size());
        List<Future<Integer>> depths = new ArrayList<>();
        walks.forEach(walk ->
                depths.add(pool.submit(() -> walk.walk(depth, Instant.now().plus(share)))));
        pool.shutdown();
        long states = 0;
        int complete = depth;
        List<String> violations = new ArrayList<>();
        for (int i = 0; i < walks.size(); i++) {
            complete = Math.min(complete, depths.get(i).get());
            ExhaustiveWalk walk = walks.get(i);
            states += walk.states;
            walk.violations.forEach(one -> violations.add(walk.traits.rule() + ": " + one));
        }
        return new Result(states, complete, violations);
    }

    private static ExhaustiveWalk plain(Resubmission rule) {
        return new ExhaustiveWalk(rule, Absence.RESUBMIT, Capabilities.Webhooks.NONE, false);
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        Result result = all(Integer.parseInt(arguments[0]), Duration.ofSeconds(Long.parseLong(arguments[1])));
        result.violations().stream().limit(20).forEach(System.out::println);
        System.out.println(result);
        System.exit(result.violations().isEmpty() ? 0 : 1);
    }
}
