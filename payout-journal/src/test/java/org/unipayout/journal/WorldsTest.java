package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few hundred worlds, always the same ones, and a look at what the worlds would find. */
class WorldsTest {
    private static final long SEED = 1;
    private static final int WORLDS = 200;
    private static final int UNTIL_FOUND = 200;

    @Test
    void worlds_whateverGoesWrong_leadToOnePaymentAndATrueEnd() throws InterruptedException {
        long begun = System.nanoTime();

        WorldsRun run = new WorldsRun(PlantedBug.NONE).play(SEED, WORLDS, 2, false);

        System.out.println(run.line((System.nanoTime() - begun) / 1_000_000_000));
        assertThat(run.stories()).isEmpty();
        assertThat(run.isClean()).isTrue();
        assertThat(run.runs()).isEqualTo(WORLDS);
    }

    @ParameterizedTest
    @MethodSource("plantedBugs")
    void plantedBug_isFound(PlantedBug bug) throws InterruptedException {
        WorldsRun run = new WorldsRun(bug).play(bug.seed(), UNTIL_FOUND, 1, true);

        assertThat(run.foundAfter()).isPositive();
    }

    private static Stream<PlantedBug> plantedBugs() {
        return Arrays.stream(PlantedBug.values()).filter(bug -> bug.seed() > 0);
    }
}
