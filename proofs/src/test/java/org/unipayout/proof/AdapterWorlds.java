package org.unipayout.proof;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.unipayout.PayoutClient;
import org.unipayout.proof.AdapterEnd.Kind;
import org.unipayout.testkit.world.SeededChoices;

/** Plays adapter worlds by seed, counts what is wrong in them, and tells the shortest story of the first that fail. */
final class AdapterWorlds {
    private static final int THREADS = 4;
    private static final int STORIES = 3;
    private static final int SHRINKING_ATTEMPTS = 80;

    private final List<Flow> flows;
    private final UnaryOperator<PayoutClient> relay;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final List<String> stories = new ArrayList<>();
    private int runs;
    private long firstFailure = -1;

    /** All flows, as they are. */
    AdapterWorlds() {
        this(UnaryOperator.identity());
    }

    /** All flows, with something between adapters and journal. */
    AdapterWorlds(UnaryOperator<PayoutClient> relay) {
        this(meantToBePaid(""), relay);
    }

    private AdapterWorlds(List<Flow> flows, UnaryOperator<PayoutClient> relay) {
        if (flows.isEmpty()) {
            throw new IllegalArgumentException("flows: none has that in its name, there are " + Flow.withVariants());
        }
        this.flows = flows;
        this.relay = relay;
    }

    /** That a payout is declined is drawn for each of them. */
    private static List<Flow> meantToBePaid(String named) {
        return Flow.withVariants().stream()
                .filter(flow -> flow.course() != Flow.Course.DECLINED)
                .filter(flow -> flow.toString().contains(named))
                .toList();
    }

    /**
     * Plays worlds.
     *
     * @param args how many; the first seed, 0 for a new one; what the names of the flows contain, all flows if left out
     */
    public static void main(String... args) throws InterruptedException {
        long given = Long.parseLong(args[1]);
        long seed = given == 0 ? System.currentTimeMillis() : given;
        System.out.println("adapter-worlds first seed " + seed);
        long begun = System.nanoTime();
        String named = args.length < 3 ? "" : args[2];
        AdapterWorlds worlds = new AdapterWorlds(meantToBePaid(named), UnaryOperator.identity());
        try {
            worlds.play(seed, Integer.parseInt(args[0]), false);
        } catch (IllegalStateException broken) {
            broken.printStackTrace(System.out);
            System.exit(2);
        }
        worlds.stories().forEach(System.out::println);
        System.out.println(worlds.line((System.nanoTime() - begun) / 1_000_000_000));
        System.exit(worlds.isClean() ? 0 : 1);
    }

    /** Plays seeds from one on; the first failure may end it. */
    AdapterWorlds play(long firstSeed, int count, boolean toTheFirstFailure) throws InterruptedException {
        AtomicLong next = new AtomicLong(firstSeed);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Scenes scenes = new Scenes()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                workers.add(threads.submit(() -> {
                    for (long seed = next.getAndIncrement();
                            seed < firstSeed + count && !(toTheFirstFailure && hasFailed());
                            seed = next.getAndIncrement()) {
                        play(scenes, seed, toTheFirstFailure);
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return this;
    }

    private void play(Scenes scenes, long seed, boolean countOnly) {
        Set<Kind> wrong = played(scenes, new SeededChoices(seed)).end().wrong();
        boolean toldAtLength;
        synchronized (this) {
            runs++;
            wrong.forEach(kind -> counts.merge(kind, 1, Integer::sum));
            toldAtLength = !wrong.isEmpty() && !countOnly && stories.size() < STORIES;
            if (!wrong.isEmpty() && firstFailure < 0) {
                firstFailure = seed;
            }
        }
        if (toldAtLength) {
            String story = story(scenes, seed, wrong.iterator().next());
            synchronized (this) {
                stories.add(story);
            }
        }
    }

    private record Played(AdapterEnd end, String story) {}

    private Played played(Scenes scenes, SeededChoices choices) {
        Flow flow = flows.get(choices.quantity("flow", flows.size()));
        return scenes.in(flow.provider(), scene -> played(scene, flow, choices));
    }

    private Played played(Scenes.Scene scene, Flow flow, SeededChoices choices) {
        try (AdapterWorld world = new AdapterWorld(choices.seed(), choices, flow, scene, relay)) {
            try {
                return new Played(world.play(), world.story.toString());
            } catch (RuntimeException | Error e) {
                throw new IllegalStateException("seed " + choices.seed() + "\n" + world.story, e);
            }
        }
    }

    private String story(Scenes scenes, long seed, Kind kind) {
        SeededChoices shrunk = SeededChoices.shrink(
                seed, choices -> played(scenes, choices).end().wrong().contains(kind), SHRINKING_ATTEMPTS);
        return "seed " + seed + ", " + kind + "\n" + played(scenes, shrunk).story();
    }

    private synchronized boolean hasFailed() {
        return firstFailure >= 0;
    }

    int runs() {
        return runs;
    }

    /** The seed of a world that failed; -1 if none did. */
    long firstFailure() {
        return firstFailure;
    }

    List<String> stories() {
        return List.copyOf(stories);
    }

    boolean isClean() {
        return counts.isEmpty();
    }

    String line(long seconds) {
        StringBuilder line = new StringBuilder("adapter-worlds runs=" + runs);
        for (Kind kind : Kind.values()) {
            line.append(' ')
                    .append(kind.name().toLowerCase(Locale.ROOT))
                    .append('=')
                    .append(counts.getOrDefault(kind, 0));
        }
        return line.append(" seconds=").append(seconds).toString();
    }
}
