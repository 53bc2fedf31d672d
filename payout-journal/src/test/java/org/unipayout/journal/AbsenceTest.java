package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.SimulatedProvider.Fault;

/** "No such payout" is believed only as far as the provider's rule goes. */
class AbsenceTest {

    @Test
    void afterAbsence_laterSendThatFailed_endsItOnceTheFirstWouldShow() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        Payouts payouts = journal.journal(builder -> builder.afterAbsence(Absence.RESUBMIT));
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.provider.accepted = PayoutStatus.FAILED;
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        PayoutRecord sentAgain = journal.recover(payouts, "r-1", Duration.ofMinutes(30), 6);

        PayoutRecord early = journal.recover(payouts, "r-1", Duration.ofMinutes(10), 3);
        PayoutRecord record = journal.recover(payouts, "r-1", Duration.ofMinutes(30), 4);

        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
        assertThat(sentAgain.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(early.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(early.attention()).isEmpty();
        assertThat(record.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(record.payout().decline().orElseThrow().code()).isEqualTo("51");
        assertThat(record.attention()).isEmpty();
    }

    @Test
    void sameHandle_absentForEver_isNeverSentAgainAndNeverFails() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        journal.pay("r-1");

        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofHours(6), 10);

        assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.attention()).contains(Attention.OVERDUE);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    @Test
    void sameHandle_stillPreparedAfterTheCall_isSentAgain() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.pay("r-1");

        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 1);

        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void sameReference_hiddenForHalfTheRule_isNotSentAgain() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofSeconds(35);
        journal.pay("r-1");

        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofSeconds(5), 20);

        assertThat(record.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    @Test
    void sameReference_askedOftenWithoutTheSpacing_isNotSentAgain() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.pay("r-1");

        journal.recover(journal.payouts, "r-1", Duration.ofSeconds(1), 58);
        assertThat(journal.provider.submits("r-1")).isZero();

        journal.recover(journal.payouts, "r-1", Duration.ofSeconds(1), 4);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    @Test
    void sameReference_hiddenPastTheRule_isRefusedByTheProviderAndNeverFails() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        journal.pay("r-1");

        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofHours(6), 10);

        assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.attention()).contains(Attention.OVERDUE);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
        assertThat(journal.provider.submits("r-1")).isEqualTo(2);
    }

    @Test
    void afterAbsence_hiddenForMoreThanHalfTheWindow_isNotSentAgain() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        Payouts relying = journal.journal(builder -> builder.afterAbsence(Absence.RESUBMIT));
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofMinutes(119);
        relying.pay(request("r-1"), SimulatedProvider.NAME);

        PayoutRecord record = journal.recover(relying, "r-1", Duration.ofMinutes(7), 25);

        assertThat(record.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void afterAbsence_hiddenPastTheWindow_waitsForAPersonAndNeverFails() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        journal.pay("r-1");

        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofHours(3), 20);

        assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.attention()).contains(Attention.DECISION_NEEDED);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void afterAbsence_merchantReliesOnTheWindow_isSentAgainAfterItOnly() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        Payouts relying = journal.journal(builder -> builder.afterAbsence(Absence.RESUBMIT));
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        relying.pay(request("r-1"), SimulatedProvider.NAME);

        journal.recover(relying, "r-1", Duration.ofMinutes(7), 17);
        assertThat(journal.provider.submits("r-1")).isZero();

        journal.recover(relying, "r-1", Duration.ofMinutes(7), 2);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void afterAbsence_lostRequest_waitsForTheMerchantsDecision() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        Payouts careful = journal.payouts;
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.pay("r-1");

        PayoutRecord record = journal.recover(careful, "r-1", Duration.ofHours(3), 5);
        assertThat(record.attention()).contains(Attention.DECISION_NEEDED);
        assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(journal.provider.submits("r-1")).isZero();

        assertThat(careful.by(ANNA).resubmit("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
        assertThatThrownBy(() -> careful.by(ANNA).resubmit("r-1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sighting_thenAbsence_isNotBelievedAnyMore() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.accepted = PayoutStatus.PROCESSING;
        journal.pay("r-1");
        journal.provider.forget("r-1");

        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(10), 10);

        assertThat(record.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    @Test
    void refusedSecondSubmit_saysNothingAboutTheFirst() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST, Fault.REFUSED);
        journal.provider.hiddenFor = Duration.ofMinutes(5);
        journal.pay("r-1");

        PayoutRecord refused = journal.recover(journal.payouts, "r-1", Duration.ofSeconds(31), 3);
        assertThat(journal.story("r-1")).contains("A repeated send was refused");
        assertThat(refused.status()).isEqualTo(PayoutStatus.UNKNOWN);

        PayoutRecord found = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(5), 1);
        assertThat(found.status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @Test
    void refusedSecondSubmit_andTheFirstAbsentAnew_waitsForAPerson() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.REFUSED);
        journal.pay("r-1");

        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofSeconds(31), 8);

        assertThat(record.status()).as("the index may lag").isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.attention()).contains(Attention.END_UNPROVEN);
        assertThat(journal.provider.payments("r-1")).isZero();
    }

    @Test
    void failureOfOneOfSeveralSends_isNoDecisionToSendAnother() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.REQUEST_LOST);
        journal.pay("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(30), 8);
        journal.payouts.by(ANNA).resubmit("r-1");
        PayoutRecord twice = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(30), 8);
        assertThat(twice.openVerbs()).contains(Verb.RESUBMIT);
        journal.provider.state("r-1", PayoutStatus.FAILED);

        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofHours(1), 4);
        journal.provider.fault(Operation.GET, Fault.ANSWER_LOST);
        journal.recover(journal.payouts, "r-1", Duration.ofHours(1), 2);
        List<String> events = journal.provider.events();
        assertThat(record.status()).as("the other one may still be paid").isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.attention()).contains(Attention.END_UNPROVEN);
        assertThat(record.openVerbs()).contains(Verb.SETTLE).doesNotContain(Verb.RESUBMIT);
        assertThat(events.stream().filter("SUBMIT r-1"::equals)).hasSize(2);
        assertThat(Tables.texts(
                        journal.dataSource,
                        "select proof from payout_journal_history where event = 'ATTENTION' order by number"))
                .as("each is raised once")
                .hasSize(3);
        assertThat(journal.payouts
                        .by(ANNA)
                        .settle("r-1", Settlement.notPaid("no line"))
                        .status())
                .isEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void sentTooOften_isOnlyAskedAbout() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts strict = journal.journal(builder -> builder.greatestSubmits(2));
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.BROKEN, Fault.REQUEST_LOST);
        strict.pay(request("r-1"), SimulatedProvider.NAME);

        PayoutRecord record = journal.recover(strict, "r-1", Duration.ofMinutes(1), 20);

        assertThat(record.attention()).contains(Attention.SENT_TOO_OFTEN);
        assertThat(journal.provider.events().stream().filter("SUBMIT r-1"::equals))
                .hasSize(2);
    }

    @Test
    void unreadableLookup_countsForNothing() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.provider.fault(Operation.GET, Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST);
        journal.pay("r-1");

        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3);

        assertThat(journal.provider.submits("r-1")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Evidence.Kind.class,
            names = {"UNDOCUMENTED_STATUS", "CONTRADICTING_ANSWER", "PROVIDER_UNSURE", "DUPLICATE"})
    void strangeAnswer_showsThatItExists_soAbsenceNeverCountsAgain(Evidence.Kind strange) {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        journal.pay("r-1");
        journal.provider.strangeAnswer = strange;
        journal.recover(journal.payouts, "r-1", Duration.ofSeconds(31), 1);
        journal.provider.strangeAnswer = null;

        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(10), 10);

        assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    @Test
    void contradictingAnswer_isFlagged() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.pay("r-1");
        journal.provider.strangeAnswer = Evidence.Kind.CONTRADICTING_ANSWER;

        assertThat(journal.payouts.recoverNow("r-1").attention()).contains(Attention.CONTRADICTION);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void absent_whileAPersonIsWaitedFor_addsNoRowForEveryLook(Resubmission rule) {
        JournalFixture journal = new JournalFixture(Databases.H2, rule);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        Payouts payouts = journal.journal(builder -> builder.greatestSubmits(1));
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.recover(payouts, "r-1", Duration.ofHours(1), 30);
        int rows = Tables.count(journal.dataSource, "payout_journal_history");

        journal.recover(payouts, "r-1", Duration.ofHours(1), 30);

        assertThat(payouts.stored("r-1").map(PayoutRecord::status)).contains(PayoutStatus.UNKNOWN);
        assertThat(Tables.count(journal.dataSource, "payout_journal_history")).isEqualTo(rows);
    }

    private static List<Resubmission> rules() {
        return List.of(SAME_REFERENCE, AFTER_ABSENCE, new Resubmission.Replays(Duration.ofHours(2)));
    }
}
