package org.unipayout.examples.bulkregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unipayout.Money;
import org.unipayout.examples.bulkregistry.Outcome.State;

class TotalsTest {
    private static final Money TEN = Money.ofMinor(1000, "KZT");
    private static final List<Row> ROWS = List.of(
            new Row.Refused(2, "a", TEN, "token", "is missing"), new Row.Refused(3, "b", null, "amount", "is missing"));

    @Test
    void of_outcomeOfEveryRow_addsUp() {
        List<Outcome> outcomes =
                List.of(new Outcome(2, "a", TEN, State.PAID, "", ""), new Outcome(3, "b", null, State.REFUSED, "", ""));

        Totals totals = Totals.of(ROWS, outcomes);

        assertThat(totals.rows(State.PAID)).isEqualTo(1);
        assertThat(totals.amount(State.PAID, "KZT")).isEqualByComparingTo("10");
        assertThat(totals.clean()).isFalse();
        assertThat(totals)
                .asString()
                .contains("rows 2 = 1 paid + 0 declined + 0 open + 0 needs attention + 1 refused")
                .contains("KZT 10.00 = 10.00 paid")
                .contains("rows without a readable amount 1");
    }

    @Test
    void of_rowWithoutOutcome_throws() {
        assertThatThrownBy(() -> Totals.of(ROWS, List.of(new Outcome(2, "a", TEN, State.PAID, "", ""))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void of_otherAmount_throws() {
        List<Outcome> outcomes = List.of(
                new Outcome(2, "a", Money.ofMinor(1001, "KZT"), State.PAID, "", ""),
                new Outcome(3, "b", null, State.REFUSED, "", ""));

        assertThatThrownBy(() -> Totals.of(ROWS, outcomes)).isInstanceOf(IllegalStateException.class);
    }
}
