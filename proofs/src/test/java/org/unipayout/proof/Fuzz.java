package org.unipayout.proof;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.WebhookOutbox;

/**
 * Genuine answers and notifications, each damaged in a way that a number chooses, through every adapter: whatever comes in, a call
 * ends as its documents say, soon, and never with the end of another payout.
 */
final class Fuzz {
    private static final Logger LOG = LoggerFactory.getLogger(Fuzz.class);
    private static final int THREADS = 16; // most of them wait
    private static final int NOTICES_IN_TEN = 2;
    private static final int ATTEMPTS_WITHOUT = 20;
    private static final long MOST_NANOS = 2_000_000_000L;
    private static final long MOST_BYTES = 64L << 20;
    private static final int SHOWN = 300;
    private static final ThreadMXBean MEASURES = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Corpus corpus;
    private final Mutator mutator;
    private final UnaryOperator<PayoutClient> relay;
    private final List<Target> targets = new ArrayList<>();
    private final Map<ProviderUnderTest, PayoutWebhooks> readers = new HashMap<>();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> endings = new ConcurrentHashMap<>();
    private final AtomicLong bodies = new AtomicLong();
    private final AtomicLong mostNanos = new AtomicLong();
    private final AtomicLong mostBytes = new AtomicLong();

    /** One exchange of a recorded call. */
    private record Target(Door door, int exchange, Optional<Signs> signs) {
        static Target of(Door door, int exchange) {
            PayoutRef ref = door.ref();
            byte[] genuine = door.exchanges().get(exchange).answer().body();
            return new Target(door, exchange, ref == null ? Optional.empty() : Signs.of(genuine, ref));
        }

        @Override
        public String toString() {
            Door.Exchange made = door.exchanges().get(exchange);
            return door.provider().provider() + " " + door.operation() + ", exchange " + exchange + " " + made.method()
                    + " " + made.path();
        }
    }

    /**
     * Prepares to damage.
     *
     * @param relay what stands between adapter and caller
     */
    Fuzz(Corpus corpus, UnaryOperator<PayoutClient> relay) {
        this.corpus = corpus;
        this.relay = relay;
        List<byte[]> genuine = new ArrayList<>();
        for (Door door : corpus.doors()) {
            for (int i = 0; i < door.exchanges().size(); i++) {
                targets.add(Target.of(door, i));
                genuine.add(door.exchanges().get(i).answer().body());
            }
        }
        for (Corpus.Notice notice : corpus.notices()) {
            genuine.add(notice.notification().body());
            readers.computeIfAbsent(
                    notice.provider(),
                    provider -> provider.webhooks(corpus.simulator(provider).credentials())
                            .orElseThrow());
        }
        mutator = new Mutator(genuine);
    }

    /**
     * Feeds them all.
     *
     * @param args how many, and the number of the first; 0 for any
     */
    public static void main(String... args) throws Exception {
        long seed = Long.parseLong(args[1]) == 0 ? System.nanoTime() : Long.parseLong(args[1]);
        System.out.println("seed " + seed);
        try (Corpus corpus = Corpus.of(ProviderUnderTest.all())) {
            Fuzz fuzz = new Fuzz(corpus, UnaryOperator.identity()).feed(Long.parseLong(args[0]), seed);
            fuzz.findings().stream().limit(SHOWN).forEach(System.out::println);
            System.out.println(fuzz.endings());
            System.out.println(fuzz.line());
            System.exit(fuzz.findings().isEmpty() ? 0 : 1);
        }
    }

    /** Feeds some, each by a number of its own: the same number is the same damage. */
    Fuzz feed(long count, long seed) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> work(next, count, seed), "fuzz-" + i);
            thread.setUncaughtExceptionHandler((any, thrown) -> broken.add(thrown));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException(broken.peek());
        }
        return this;
    }

    private void work(AtomicLong next, long count, long seed) {
        Map<ProviderUnderTest, Lane> lanes = new HashMap<>();
        try {
            for (long number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                one(seed + number, lanes);
            }
            for (Lane lane : lanes.values()) {
                lane.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void one(long seed, Map<ProviderUnderTest, Lane> lanes) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        bodies.incrementAndGet();
        if (!corpus.notices().isEmpty() && random.nextInt(10) < NOTICES_IN_TEN) {
            notice(seed, random);
            return;
        }
        Target target = targets.get(random.nextInt(targets.size()));
        ProviderUnderTest provider = target.door().provider();
        Lane lane = lanes.get(provider);
        if (lane == null) {
            lane = new Lane(provider, corpus.simulator(provider), corpus.clock(), relay);
            lanes.put(provider, lane);
        }
        answer(seed, random, target, lane);
    }

    private void answer(long seed, SplittableRandom random, Target target, Lane lane) {
        Door door = target.door();
        Answer mutant = mutator.mutant(door.exchanges().get(target.exchange()).answer(), random);
        Optional<String> broken = measured(door.operation(), () -> {
            Object told = lane.call(door, target.exchange(), mutant);
            if (!(told instanceof Payout payout)) {
                count("a balance");
                return Optional.empty();
            }
            count(payout.status().name());
            Optional<String> other = lane.endedOnTheMutant()
                    ? target.signs()
                            .flatMap(signs -> signs.otherIn(mutant.body()))
                            .filter(sign -> !standsWithout(target, lane, payout))
                    : Optional.empty();
            PayoutRef asked = door.ref() == null ? PayoutRef.of(payout.ref().provider(), door.request()) : door.ref();
            return Promise.broken(payout, asked, other);
        });
        broken.ifPresent(
                what -> found(seed, target.toString(), what, mutant.statusLine(), mutant.body(), door.provider()));
    }

    /**
     * Whether the call ends the same without this answer: then an earlier one, which is genuine, was enough. On a busy machine that
     * call may meet its deadline, so once is enough of several times.
     */
    private static boolean standsWithout(Target target, Lane lane, Payout told) {
        for (int attempt = 0; attempt < ATTEMPTS_WITHOUT; attempt++) {
            try {
                if (lane.call(target.door(), target.exchange(), Answer.UNUSABLE) instanceof Payout without
                        && without.status() == told.status()) {
                    return true;
                }
            } catch (PayoutException nothingIsTold) {
                LOG.debug("Without this answer nothing is told", nothingIsTold);
            }
        }
        return false;
    }

    private void notice(long seed, SplittableRandom random) {
        Corpus.Notice notice =
                corpus.notices().get(random.nextInt(corpus.notices().size()));
        ProviderUnderTest provider = notice.provider();
        byte[] mutant = mutator.mutant(notice.notification().body(), random);
        WebhookOutbox.Notification sent = random.nextInt(5) == 0
                ? new WebhookOutbox.Notification(notice.notification().headers(), mutant)
                : corpus.simulator(provider).signed(mutant).orElseThrow();
        Map<String, List<String>> headers = new TreeMap<>();
        sent.headers().forEach((name, value) -> headers.put(name, List.of(damaged(value, random))));
        PayoutWebhooks reader = Objects.requireNonNull(readers.get(provider));
        Optional<String> broken = measured(Operation.WEBHOOK, () -> {
            WebhookEvent event = reader.receive(new WebhookRequest(mutant, headers));
            count("an event, " + event.trust());
            return Promise.broken(event);
        });
        broken.ifPresent(what -> found(seed, provider.provider() + " notification", what, "", mutant, provider));
    }

    private static String damaged(String header, SplittableRandom random) {
        if (random.nextInt(20) > 0) {
            return header;
        }
        int at = random.nextInt(header.length() + 1);
        return header.substring(0, at)
                + (char) random.nextInt(0x250)
                + header.substring(Math.min(header.length(), at + 1));
    }

    private Optional<String> measured(Operation operation, Supplier<Optional<String>> call) {
        long nanos = MEASURES.getCurrentThreadCpuTime();
        long allocated = MEASURES.getCurrentThreadAllocatedBytes();
        Optional<String> broken;
        try {
            broken = call.get();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
            count(thrown.getClass().getSimpleName());
            broken = Promise.broken(operation, thrown);
        }
        nanos = MEASURES.getCurrentThreadCpuTime() - nanos;
        allocated = MEASURES.getCurrentThreadAllocatedBytes() - allocated;
        mostNanos.accumulateAndGet(nanos, Math::max);
        mostBytes.accumulateAndGet(allocated, Math::max);
        if (broken.isEmpty() && (nanos > MOST_NANOS || allocated > MOST_BYTES)) {
            return Optional.of("took " + nanos / 1_000_000 + " ms of a processor and " + allocated + " bytes");
        }
        return broken;
    }

    private void count(String ending) {
        endings.computeIfAbsent(ending, name -> new AtomicLong()).incrementAndGet();
    }

    private void found(
            long seed, String where, String what, String statusLine, byte[] body, ProviderUnderTest provider) {
        findings.add("undocumented seed=" + seed + " " + where + ": " + what + "; answer " + statusLine + " "
                + masked(new String(body, StandardCharsets.UTF_8), corpus.simulator(provider)));
    }

    /** The beginning, without what the simulator's clients know, and without what may be a card's number. */
    private static String masked(String body, Simulator simulator) {
        String masked = body;
        for (String secret : simulator.credentials().values()) {
            masked = masked.replace(secret, "***");
        }
        masked = masked.replaceAll("[0-9]{12,}", "***").replaceAll("[\\p{Cc}\\p{Cs}]", "?");
        return masked.substring(0, Math.min(SHOWN, masked.length()));
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    /** {@return how often calls ended in what} */
    Map<String, AtomicLong> endings() {
        return new TreeMap<>(endings);
    }

    String line() {
        return "fuzz bodies=" + bodies + " undocumented=" + findings.size();
    }
}
