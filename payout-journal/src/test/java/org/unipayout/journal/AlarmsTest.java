package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.journal.internal.decide.Alarms;

/** Of two reasons to look at a payout a person is shown the graver one. */
class AlarmsTest {
    private static final Set<Attention> LASTING =
            EnumSet.of(Attention.TAMPERED, Attention.CONTRADICTION, Attention.PAID_TWICE, Attention.NOTIFIED_ONLY);
    private static final Set<Attention> PASSING =
            EnumSet.complementOf(EnumSet.of(Attention.LISTENER_FAILED, LASTING.toArray(new Attention[0])));

    @ParameterizedTest
    @EnumSource(Attention.class)
    void replaces_twoPayments_nothingDoes(Attention raised) {
        assertThat(Alarms.replaces(raised, Attention.PAID_TWICE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Attention.class)
    void replaces_itself_never(Attention raised) {
        assertThat(Alarms.replaces(raised, raised)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Attention.class, mode = EnumSource.Mode.EXCLUDE, names = "LISTENER_FAILED")
    void replaces_failedListener_everythingAboutThePayoutDoes(Attention raised) {
        assertThat(Alarms.replaces(raised, Attention.LISTENER_FAILED)).isTrue();
        assertThat(Alarms.replaces(Attention.LISTENER_FAILED, raised)).isFalse();
    }

    @Test
    void replaces_whatPassesWithTheEnd_doesNotReplaceWhatOutlivesIt() {
        for (Attention lasting : LASTING) {
            for (Attention passing : PASSING) {
                assertThat(Alarms.replaces(passing, lasting)).isFalse();
                assertThat(Alarms.replaces(lasting, passing)).isTrue();
            }
        }
    }

    @Test
    void replaces_newsOfTheSameWeight_does() {
        assertThat(Alarms.replaces(Attention.DECISION_NEEDED, Attention.OVERDUE))
                .isTrue();
        assertThat(Alarms.replaces(Attention.PAID_TWICE, Attention.CONTRADICTION))
                .isTrue();
        assertThat(Alarms.replaces(Attention.CONTRADICTION, Attention.NOTIFIED_ONLY))
                .isTrue();
    }
}
