package org.unipayout.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Fixed seeds, in every build; the others are behind the profile {@code adapter-worlds}. */
class AdapterWorldsTest {
    private static final long FIRST_SEED = 1;
    private static final int WORLDS = 30;
    /** A world in which a payout is paid that was answered by silence. */
    private static final long SILENCE_IS_PAID = 115;

    @Test
    void worldsOfFixedSeeds_leadToOnePaymentAndATrueEnd() throws Exception {
        AdapterWorlds worlds = new AdapterWorlds();

        long begun = System.nanoTime();
        worlds.play(FIRST_SEED, WORLDS, false);

        System.out.println(worlds.line((System.nanoTime() - begun) / 1_000_000_000));
        assertThat(worlds.stories()).isEmpty();
        assertThat(worlds.runs()).isEqualTo(WORLDS);
    }

    @Test
    void silenceToldAsADecline_isFound() throws Exception {
        AdapterWorlds worlds = new AdapterWorlds(PlantedBug.SILENCE_IS_A_DECLINE::in);

        worlds.play(SILENCE_IS_PAID - 4, 6, true);

        assertThat(worlds.isClean()).isFalse();
    }

    @Test
    void flows_withVariants_holdAllOthers() {
        List<String> all = Flow.all().stream().map(Flow::toString).toList();

        List<String> flows = Flow.withVariants().stream().map(Flow::toString).toList();

        assertThat(flows).containsAll(all).hasSizeGreaterThan(all.size()).doesNotHaveDuplicates();
    }
}
