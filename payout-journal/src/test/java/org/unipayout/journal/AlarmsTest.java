package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
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

    /** One is found while it is asked about and the other at the end of the same look; each look says only the last one. */
    @Test
    void twoReasonsInOneLook_areNotToldInTurnsForEver() {
        JournalFixture journal = new JournalFixture(Databases.H2, JournalFixture.AFTER_ABSENCE);
        journal.provider.fault(
                Operation.SUBMIT, SimulatedProvider.Fault.REQUEST_LOST, SimulatedProvider.Fault.REQUEST_LOST);
        journal.pay("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(30), 8);
        journal.payouts.by(JournalFixture.ANNA).resubmit("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(30), 8);
        journal.provider.state("r-1", PayoutStatus.FAILED);

        for (int look = 0; look < 20; look++) {
            journal.clock.advance(Duration.ofHours(1));
            journal.payouts.advance("r-1");
        }

        assertThat(Tables.texts(
                        journal.dataSource, "select event from payout_journal_history where event = 'ATTENTION'"))
                .hasSizeLessThan(5);
    }

    @Test
    void isUnsaid_whatOutlivesTheEnd_untilSomethingOfItsKindIsSaid() {
        for (Attention lasting : LASTING) {
            assertThat(Alarms.isUnsaid(lasting, null)).isTrue();
            assertThat(Alarms.isUnsaid(lasting, Attention.OVERDUE)).isTrue();
            assertThat(Alarms.isUnsaid(lasting, Attention.LISTENER_FAILED)).isTrue();
            assertThat(Alarms.isUnsaid(lasting, lasting)).isFalse();
            assertThat(Alarms.isUnsaid(lasting, Attention.TAMPERED)).isEqualTo(lasting == Attention.PAID_TWICE);
        }
        for (Attention passing : PASSING) {
            assertThat(Alarms.isUnsaid(passing, null)).isFalse();
        }
        assertThat(Alarms.isUnsaid(Attention.LISTENER_FAILED, null)).isFalse();
    }
}
