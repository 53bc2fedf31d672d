package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The first steps of the exhaustive walk, under every rule. */
class ExhaustiveWalkTest {

    @Test
    void walk_everyWayOfTheFirstSteps_violatesNothing() throws InterruptedException, ExecutionException {
        ExhaustiveWalk.Result result = ExhaustiveWalk.all(2, Duration.ofSeconds(8));

        System.out.println(result);
        assertThat(result.violations()).isEmpty();
        assertThat(result.depth()).isPositive();
        assertThat(result.states()).isGreaterThan(300);
    }
}
