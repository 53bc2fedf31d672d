package org.unipayout.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Operation;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.WebhookRejectedException;
import org.unipayout.testkit.ProviderUnderTest;

/** Some thousands of damaged answers and notifications, always the same; a million are behind the profile {@code fuzz}. */
class FuzzTest {
    private static final int BODIES = 2500;
    private static final int UNTIL_FOUND = 2000;

    private static Corpus corpus;

    @BeforeAll
    static void record() throws IOException {
        corpus = Corpus.of(ProviderUnderTest.all());
    }

    @AfterAll
    static void stop() {
        corpus.close();
    }

    @Test
    void record_simulators_answersAtEveryDoor() {
        assertThat(corpus.operations())
                .contains(
                        Operation.PREPARE,
                        Operation.SUBMIT,
                        Operation.GET,
                        Operation.CONFIRM,
                        Operation.CANCEL,
                        Operation.BALANCE);
        assertThat(corpus.doors())
                .extracting(Door::provider)
                .extracting(ProviderUnderTest::provider)
                .containsAll(ProviderUnderTest.all().stream()
                        .map(ProviderUnderTest::provider)
                        .toList());
        assertThat(corpus.notices()).isNotEmpty();
    }

    @Test
    void damaged_endAsDocumented() throws Exception {
        Fuzz fuzz = new Fuzz(corpus, UnaryOperator.identity()).feed(BODIES, 1);

        System.out.println(fuzz.line());
        assertThat(fuzz.findings()).isEmpty();
        assertThat(fuzz.endings())
                .as("some are read, or nothing was tried")
                .containsKeys(
                        "SUCCEEDED",
                        "FAILED",
                        "PROCESSING",
                        "UNKNOWN",
                        "an event, VERIFIED",
                        PayoutReadException.class.getSimpleName(),
                        PayoutRejectedException.class.getSimpleName(),
                        WebhookRejectedException.class.getSimpleName());
    }

    @ParameterizedTest
    @EnumSource(
            value = PlantedBug.class,
            names = {"UNREADABLE_BREAKS", "SOMEBODY_ELSE_IS_BELIEVED"})
    void plantedBug_isFound(PlantedBug bug) throws Exception {
        Fuzz fuzz = new Fuzz(corpus, bug::in).feed(UNTIL_FOUND, 1);

        assertThat(fuzz.findings()).isNotEmpty();
    }
}
