package org.unipayout.examples.bulkregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unipayout.Money;
import org.unipayout.examples.bulkregistry.KillAndResume.Comparison;
import org.unipayout.examples.bulkregistry.Outcome.State;
import org.unipayout.testkit.Ledger.Kind;
import org.unipayout.testkit.Ledger.Movement;

/** The comparison that the proof rests on must be able to say no. */
class KillAndResumeTest {
    @TempDir
    Path folder;

    private Comparison compare(State first, State second, Movement... movements) throws IOException {
        KillAndResume proof = new KillAndResume(2, 0, folder);
        Money money = Money.ofMinor(1000, "KZT");
        ResultFile.write(
                proof.result(),
                List.of(new Outcome(2, "a", money, first, "", ""), new Outcome(3, "b", money, second, "", "")));
        return proof.compare(0, List.of(movements));
    }

    private static Movement paid(String reference, long minorUnits) {
        return new Movement(Kind.PAID, reference, "id", minorUnits, "KZT", "****", Instant.EPOCH);
    }

    @Test
    void compare_sameOnBothSides_isGood() throws IOException {
        Comparison found = compare(State.PAID, State.DECLINED, paid("a", 1000));

        assertThat(found.isGood()).isTrue();
        assertThat(found.line()).isEqualTo("bulk-registry rows=2 kills=0 paid=1 ledger=1 double=0 lost=0");
    }

    @Test
    void compare_paidTwice_isDouble() throws IOException {
        Comparison found = compare(State.PAID, State.DECLINED, paid("a", 1000), paid("a", 1000));

        assertThat(found.isGood()).isFalse();
        assertThat(found.twice()).isEqualTo(1);
    }

    @Test
    void compare_paidInOnePlaceOnly_isLost() throws IOException {
        assertThat(compare(State.PAID, State.PAID, paid("a", 1000)).lost()).isEqualTo(1);
        assertThat(compare(State.PAID, State.DECLINED, paid("a", 1000), paid("b", 1000))
                        .lost())
                .isEqualTo(1);
    }

    @Test
    void compare_otherAmount_isLost() throws IOException {
        assertThat(compare(State.PAID, State.DECLINED, paid("a", 1001)).lost()).isEqualTo(1);
    }

    @Test
    void compare_openRow_isLost() throws IOException {
        assertThat(compare(State.PAID, State.OPEN, paid("a", 1000)).lost()).isEqualTo(1);
    }
}
