package org.unipayout.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.unipayout.testkit.FakePayoutClient;
import org.unipayout.testkit.world.Judgement;
import org.unipayout.testkit.world.SeededChoices;

/** Plays worlds by seed, counts what is wrong in them, and tells the shortest story of the first that fails. */
final class WorldsRun {
    private static final int SHRINKING_ATTEMPTS = 400;
    private static final long SHRINKING_NANOS = 60_000_000_000L; // a tamer world may wait for locks in real time

    private final PlantedBug bug;
    private final long postgresql;
    private final List<String> stories = Collections.synchronizedList(new ArrayList<>());
    private final Map<Judgement.Kind, Long> counts = new EnumMap<>(Judgement.Kind.class);
    private long runs;
    private volatile long firstFailure = -1;

    WorldsRun(PlantedBug bug) {
        this(bug, 0);
    }

    /** Plays every so many-th world on PostgreSQL; none if that is 0. */
    private WorldsRun(PlantedBug bug, long postgresql) {
        this.bug = bug;
        this.postgresql = postgresql;
    }

    /** A database that worlds use one after the other. */
    static final class Ground {
        final DataSource dataSource;
        final FaultyDatabase database;

        Ground(DataSource dataSource) {
            this.dataSource = dataSource;
            database = new FaultyDatabase(dataSource);
            Payouts.builder(dataSource)
                    .provider(World.PROVIDER, new FakePayoutClient())
                    .build()
                    .createSchema();
        }

        /** One thread plays all machines: a lock that is waited for is a fault of the world. */
        static Ground onPostgresql() {
            DataSource dataSource = Databases.POSTGRESQL.fresh();
            Tables.edit(dataSource, "alter role postgres set lock_timeout = '2s'");
            return new Ground(dataSource);
        }

        static Ground inMemory() {
            return new Ground(JdbcConnectionPool.create(
                    "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=200;QUERY_CACHE_SIZE=200",
                    "sa",
                    ""));
        }
    }

    /** Plays seeds from one on, on as many threads as there are processors, until the runs are done or one fails. */
    WorldsRun play(long firstSeed, long count, int threads, boolean stopAtFailure) throws InterruptedException {
        AtomicLong next = new AtomicLong(firstSeed);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> {
                Ground inMemory = Ground.inMemory();
                Ground onPostgresql = null;
                for (long seed = next.getAndIncrement(); seed < firstSeed + count; seed = next.getAndIncrement()) {
                    if (stopAtFailure && firstFailure >= 0) {
                        return;
                    }
                    boolean there = postgresql > 0 && seed % postgresql == 0;
                    if (there && onPostgresql == null) {
                        onPostgresql = Ground.onPostgresql();
                    }
                    playOne(there && onPostgresql != null ? onPostgresql : inMemory, seed);
                }
            });
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return this;
    }

    private void playOne(Ground ground, long seed) {
        List<Judgement> wrong = judged(ground, new SeededChoices(seed));
        boolean first;
        synchronized (this) {
            runs++;
            wrong.forEach(judgement -> counts.merge(judgement.kind(), 1L, Long::sum));
            first = bug == PlantedBug.NONE && !wrong.isEmpty() && (firstFailure < 0 || stories.size() < 3);
            if (!wrong.isEmpty() && firstFailure < 0) {
                firstFailure = runs;
            }
        }
        if (!wrong.isEmpty() && bug == PlantedBug.NONE) {
            System.out.println("seed " + seed + ": " + wrong); // at once: a long run may be cut off
        }
        if (first) {
            stories.add(story(ground, seed, wrong.get(0)));
        }
    }

    private List<Judgement> judged(Ground ground, SeededChoices choices) {
        World world = new World(choices, ground.dataSource, ground.database, bug);
        try {
            return world.play();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new IllegalStateException("seed " + choices.seed() + "\n" + world.story, e);
        }
    }

    private String story(Ground ground, long seed, Judgement judgement) {
        long until = System.nanoTime() + SHRINKING_NANOS;
        SeededChoices shrunk = SeededChoices.shrink(
                seed,
                choices -> System.nanoTime() < until
                        && judged(ground, choices).stream()
                                .anyMatch(one -> one.kind() == judgement.kind()
                                        && one.reference().equals(judgement.reference())),
                SHRINKING_ATTEMPTS);
        World world = new World(shrunk, ground.dataSource, ground.database, bug);
        List<Judgement> wrong = world.play();
        return "seed " + seed + ": " + wrong + "\n" + world.story;
    }

    long runs() {
        return runs;
    }

    long foundAfter() {
        return firstFailure;
    }

    List<String> stories() {
        return stories;
    }

    boolean isClean() {
        return counts.isEmpty();
    }

    String line(long seconds) {
        StringBuilder line = new StringBuilder("worlds runs=" + runs);
        for (Judgement.Kind kind : Judgement.Kind.values()) {
            line.append(' ')
                    .append(kind.name().toLowerCase(Locale.ROOT))
                    .append('=')
                    .append(counts.getOrDefault(kind, 0L));
        }
        return line.append(" seconds=").append(seconds).toString();
    }

    public static void main(String[] arguments) throws InterruptedException {
        long count = Long.parseLong(arguments[0]);
        long given = Long.parseLong(arguments[1]);
        long seed = given == 0 ? System.currentTimeMillis() : given;
        System.out.println("worlds first seed " + seed);
        long begun = System.nanoTime();
        WorldsRun run = new WorldsRun(PlantedBug.NONE, Long.parseLong(arguments[2]))
                .play(seed, count, Runtime.getRuntime().availableProcessors(), false);
        run.stories().forEach(System.out::println);
        System.out.println(run.line((System.nanoTime() - begun) / 1_000_000_000));
        System.exit(run.isClean() ? 0 : 1);
    }
}
