package org.unipayout.testkit.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.unipayout.MayChange;

/**
 * Choices that follow from a seed: the same seed, the same choices, whatever is asked beside them. Some can be tamed, which is
 * how a story that fails is made shorter. Not thread-safe.
 */
@MayChange
public final class SeededChoices implements Choices {
    private final long seed;
    private final Set<String> tamed;
    private final Map<String, Integer> asked = new HashMap<>();
    private final Set<String> wild = new LinkedHashSet<>();

    /**
     * Choices of a seed.
     *
     * @param seed any number
     */
    public SeededChoices(long seed) {
        this(seed, Set.of());
    }

    private SeededChoices(long seed, Set<String> tamed) {
        this.seed = seed;
        this.tamed = tamed;
    }

    /** {@return the seed} */
    public long seed() {
        return seed;
    }

    /** {@return the choices that were not tame so far, in the order in which they were made} */
    public List<String> wild() {
        return List.copyOf(wild);
    }

    @Override
    public int pick(String what, int perMille, int options) {
        long drawn = draw(what);
        if (options < 2 || Long.remainderUnsigned(drawn, 1000) >= perMille) {
            return 0;
        }
        return remembered(what, 1 + (int) Long.remainderUnsigned(drawn / 1000, options - 1));
    }

    @Override
    public int quantity(String what, int options) {
        return remembered(what, (int) Long.remainderUnsigned(draw(what), options));
    }

    private long draw(String what) {
        long mixed = seed ^ (what.hashCode() * 0x9E3779B97F4A7C15L);
        return mix(mixed + asked.merge(what, 1, Integer::sum) * 0xD1B54A32D192ED03L);
    }

    private int remembered(String what, int chosen) {
        if (chosen == 0) {
            return 0;
        }
        String name = what + " #" + asked.get(what);
        if (tamed.contains(name)) {
            return 0;
        }
        wild.add(name);
        return chosen;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) >>> 1;
    }

    /**
     * Tames as many choices of a failing world as it can spare and still fails.
     *
     * @param seed the seed of the world
     * @param fails plays the world by the choices and says whether it still fails in the same way
     * @param attempts how often it may be played at most
     * @return the tamest choices found that fail, not asked yet
     */
    public static SeededChoices shrink(long seed, Predicate<SeededChoices> fails, int attempts) {
        Set<String> tamed = new LinkedHashSet<>();
        List<String> candidates = wildOf(seed, tamed, fails);
        int left = attempts;
        int size = Math.max(1, candidates.size() / 2);
        while (left > 0 && !candidates.isEmpty()) {
            boolean any = false;
            for (int from = 0; from < candidates.size() && left > 0; from += size) {
                Set<String> more = new LinkedHashSet<>(tamed);
                more.addAll(candidates.subList(from, Math.min(from + size, candidates.size())));
                left--;
                if (more.size() > tamed.size() && fails.test(new SeededChoices(seed, more))) {
                    tamed = more;
                    any = true;
                }
            }
            if (size == 1 && !any) {
                break;
            }
            candidates = wildOf(seed, tamed, fails);
            size = Math.max(1, Math.min(size, candidates.size()) / 2);
        }
        return new SeededChoices(seed, tamed);
    }

    private static List<String> wildOf(long seed, Set<String> tamed, Predicate<SeededChoices> fails) {
        SeededChoices played = new SeededChoices(seed, tamed);
        return fails.test(played) ? new ArrayList<>(played.wild()) : List.of();
    }

    @Override
    public String toString() {
        return "SeededChoices[" + seed + ", tamed " + tamed.size() + "]";
    }
}
