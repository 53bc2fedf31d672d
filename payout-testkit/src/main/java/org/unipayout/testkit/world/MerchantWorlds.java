package org.unipayout.testkit.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Plays a merchant's own code through worlds drawn from seeds, with a provider and a network as nasty as the contract allows:
 * answers get lost, requests arrive hours later, the process crashes before and after every call, and whoever asked for a
 * payment asks again. Then it compares what the code says with the provider's ledger.
 *
 * <pre>{@code
 * MerchantWorlds.play(MyPayoutsInAWorld::new, 1, 500).assertClean();
 * }</pre>
 *
 * <p>Money that moved is counted by its recipient, so a payment under a new reference is found too. Time is virtual and one
 * thread plays: a world takes milliseconds, its story is the same each time, and two processes at the same moment are not
 * tried.
 */
public final class MerchantWorlds {
    private static final int SHRINKING_ATTEMPTS = 200;

    private final Supplier<? extends MerchantUnderTest> merchant;
    private final Map<Judgement.Kind, Integer> counts = new EnumMap<>(Judgement.Kind.class);
    private final List<String> stories = new ArrayList<>();

    private MerchantWorlds(Supplier<? extends MerchantUnderTest> merchant) {
        this.merchant = merchant;
    }

    /**
     * Plays worlds.
     *
     * @param merchant makes the code anew for each world, with an empty database
     * @param firstSeed any number; the same one gives the same worlds
     * @param worlds how many, each with the seed after; at least 1
     * @return what came of it
     * @throws IllegalStateException if the code ends by an {@link Error} or its {@link MerchantUnderTest#status} throws; the
     *     message has the seed and the story up to there
     */
    public static Report play(Supplier<? extends MerchantUnderTest> merchant, long firstSeed, int worlds) {
        if (worlds < 1) {
            throw new IllegalArgumentException("worlds: must be at least 1, but was " + worlds);
        }
        MerchantWorlds played = new MerchantWorlds(merchant);
        for (long seed = firstSeed; seed < firstSeed + worlds; seed++) {
            played.play(seed);
        }
        return new Report(worlds, Map.copyOf(played.counts), List.copyOf(played.stories));
    }

    private void play(long seed) {
        for (Judgement judgement : judged(new SeededChoices(seed)).wrong) {
            if (counts.merge(judgement.kind(), 1, Integer::sum) == 1) {
                stories.add(story(seed, judgement));
            }
        }
    }

    private record Played(List<Judgement> wrong, Story story) {}

    private Played judged(SeededChoices choices) {
        MerchantWorld world = new MerchantWorld(choices, merchant.get());
        try {
            return new Played(world.play(), world.story);
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException("seed " + choices.seed() + "\n" + world.story, e);
        }
    }

    /** The same end with as much as can be spared left out. */
    private String story(long seed, Judgement judgement) {
        SeededChoices shrunk = SeededChoices.shrink(
                seed,
                choices -> judged(choices).wrong.stream()
                        .anyMatch(one -> one.kind() == judgement.kind()
                                && one.reference().equals(judgement.reference())),
                SHRINKING_ATTEMPTS);
        Played played = judged(shrunk);
        String wrong = played.wrong.stream()
                .map(one -> one.kind() + ": " + one.reference() + ": " + one.text())
                .reduce((one, other) -> one + "; " + other)
                .orElseThrow();
        return "seed " + seed + ", " + wrong + "\n" + played.story;
    }

    /** What came of some worlds. Immutable. */
    public static final class Report {
        private final int worlds;
        private final Map<Judgement.Kind, Integer> counts;
        private final List<String> stories;

        private Report(int worlds, Map<Judgement.Kind, Integer> counts, List<String> stories) {
            this.worlds = worlds;
            this.counts = counts;
            this.stories = stories;
        }

        /**
         * How often something was wrong.
         *
         * @param kind what
         * @return number of intents; 0 if it never was
         */
        public int count(Judgement.Kind kind) {
            return counts.getOrDefault(kind, 0);
        }

        /**
         * How it came to that: for each kind of wrong that was met, the story of its first world, shortened, with the seed that
         * plays the whole of it again.
         *
         * @return a text of several lines each; empty if nothing was wrong
         */
        public List<String> stories() {
            return stories;
        }

        /**
         * Fails if anything was wrong in any world.
         *
         * @throws AssertionError with the counts and the stories
         */
        public void assertClean() {
            if (!counts.isEmpty()) {
                throw new AssertionError(this + "\n" + String.join("\n\n", stories));
            }
        }

        /** One line with all counts. */
        @Override
        public String toString() {
            StringBuilder line = new StringBuilder("merchant-worlds runs=" + worlds);
            for (Judgement.Kind kind : Judgement.Kind.values()) {
                line.append(' ')
                        .append(kind.name().toLowerCase(Locale.ROOT))
                        .append('=')
                        .append(count(kind));
            }
            return line.toString();
        }
    }
}
