package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.NextStep;
import org.unipayout.journal.internal.decide.OpenVerbs;

/** What follows from a history, whatever made it. */
class NextStepTest {
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration WATCH = Duration.ofDays(5);
    private static final Resubmission SAME_HANDLE = new Resubmission.SameHandle();
    private static final Resubmission SAME_REFERENCE = new Resubmission.SameReference(2, Duration.ofSeconds(30));
    private static final Resubmission REPLAYS = new Resubmission.Replays(Duration.ofHours(24));
    private static final Resubmission FENCED = new Resubmission.Fenced(2, Duration.ofSeconds(30));
    private static final Resubmission AFTER_ABSENCE =
            new Resubmission.AfterAbsence(Duration.ofHours(2), 2, Duration.ofMinutes(5));

    private final List<HistoryRow> rows = new ArrayList<>();
    private Instant now = START;
    private Absence absence = Absence.ASK_MERCHANT;
    private @Nullable Instant expiresAt;

    private NextStepTest then(Event event, PayoutStatus status, Fields proof) {
        rows.add(HistoryRow.next("r-1", rows.size() + 1L, now, event, status, proof, "node", HistoryRow.NO_HASH));
        return this;
    }

    private NextStepTest then(Event event, PayoutStatus status) {
        return then(event, status, new Fields());
    }

    private NextStepTest evidence(Event event, Evidence.Kind kind) {
        return then(event, PayoutStatus.UNKNOWN, new Fields().with("evidence.kind", kind));
    }

    private NextStepTest notified(PayoutStatus reported, Identity.About about) {
        return then(
                Event.NOTIFIED,
                facts().status(),
                new Fields()
                        .with("trust", "VERIFIED")
                        .with("reported", reported)
                        .with("about", about));
    }

    /** The database has lost the last hour. */
    private NextStepTest restored() {
        PayoutStatus status = facts().status();
        Fields told =
                new Fields().with("keptUntil", now.minus(Duration.ofHours(1))).with("restoredAt", now);
        return then(Event.RESTORED, status == PayoutStatus.PREPARED ? PayoutStatus.UNKNOWN : status, told);
    }

    private NextStepTest after(Duration time) {
        now = now.plus(time);
        return this;
    }

    private NextStepTest absences(int count, Duration spacing) {
        for (int i = 0; i < count; i++) {
            after(spacing).evidence(Event.ABSENT, Evidence.Kind.ABSENT);
        }
        return this;
    }

    /** Prepared, sent, and the answer was lost. */
    private NextStepTest lost() {
        return then(Event.REQUESTED, PayoutStatus.PREPARED)
                .then(Event.PREPARED, PayoutStatus.PREPARED)
                .evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER)
                .evidence(Event.SUBMITTED, Evidence.Kind.NO_ANSWER);
    }

    private Facts facts() {
        return Facts.of(rows, CALL);
    }

    private NextStep next(Resubmission rule) {
        return NextStep.of(
                facts(),
                new NextStep.Rules(rule, absence, Confirmation.AUTOMATIC, 5, true, expiresAt, true, WATCH),
                now);
    }

    @Test
    void signedNotification_nameOurs_noAbsenceCountsAnyMore() {
        absence = Absence.RESUBMIT;
        lost().notified(PayoutStatus.SUCCEEDED, Identity.About.OURS);
        after(Duration.ofHours(3)).absences(4, Duration.ofMinutes(6));

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.ASK);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
        expiresAt = START;
        assertThat(next(AFTER_ABSENCE)).as("and nothing expires").isEqualTo(NextStep.ASK);
    }

    @Test
    void signedNotification_ofASecondOneOfOurs_noAbsenceCountsAnyMore() {
        absence = Absence.RESUBMIT;
        lost().then(
                        Event.NOTIFIED,
                        PayoutStatus.UNKNOWN,
                        new Fields()
                                .with("trust", "VERIFIED")
                                .with("reported", PayoutStatus.SUCCEEDED)
                                .with("about", Identity.About.SOMEBODY_ELSE)
                                .with("anotherOfOurs", "true"));
        after(Duration.ofHours(3)).absences(4, Duration.ofMinutes(6));

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.ASK);
    }

    @Test
    void letThroughByTheFence_noAbsenceCountsAnyMore() {
        lost().then(Event.LET_THROUGH, PayoutStatus.UNKNOWN);
        after(Duration.ofHours(3)).absences(4, Duration.ofMinutes(6));

        assertThat(next(FENCED)).isEqualTo(NextStep.ASK);
    }

    @Test
    void signedNotification_beforeTheSubmitOfALaterMachine_stopsIt() {
        then(Event.REQUESTED, PayoutStatus.PREPARED)
                .then(Event.PREPARED, PayoutStatus.PREPARED)
                .notified(PayoutStatus.PROCESSING, Identity.About.OURS);

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.ASK);
    }

    @ParameterizedTest
    @EnumSource(
            value = Identity.About.class,
            names = {"NOBODY", "SOMEBODY_ELSE", "COLLISION"})
    void signedNotification_aboutAnotherPayout_provesNothing(Identity.About about) {
        absence = Absence.RESUBMIT;
        lost().notified(PayoutStatus.SUCCEEDED, about);
        after(Duration.ofHours(3)).absences(2, Duration.ofMinutes(6));

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.SUBMIT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Evidence.Kind.class,
            names = {
                "UNDOCUMENTED_ANSWER",
                "OPEN_CODE",
                "UNIDENTIFIED_ANSWER",
                "SERVER_ERROR",
                "UNREADABLE_ANSWER",
                "EQUAL_PAYOUT",
                "NOT_LET_THROUGH"
            })
    void answerThatProvesNothing_absenceGoesOnCounting(Evidence.Kind kind) {
        then(Event.REQUESTED, PayoutStatus.PREPARED)
                .then(Event.PREPARED, PayoutStatus.PREPARED)
                .evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER)
                .evidence(Event.SUBMITTED, kind)
                .evidence(Event.OBSERVED, kind);
        after(Duration.ofHours(3)).absences(2, Duration.ofMinutes(6));

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.WAIT_FOR_DECISION);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.SUBMIT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Evidence.Kind.class,
            names = {"UNDOCUMENTED_STATUS", "CONTRADICTING_ANSWER", "PROVIDER_UNSURE", "DUPLICATE"})
    void answerThatShowsThePayout_endsTheCountingForGood(Evidence.Kind kind) {
        lost().evidence(Event.OBSERVED, kind);
        after(Duration.ofHours(3)).absences(4, Duration.ofMinutes(6));

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.ASK);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
    }

    @Test
    void refusedLaterSend_failsOnlyByTheDecisionThatAResendWouldNeed() {
        lost();
        after(Duration.ofHours(3)).absences(2, Duration.ofMinutes(6));
        then(Event.RESUBMIT_ORDERED, PayoutStatus.UNKNOWN)
                .evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER)
                .evidence(Event.SUBMIT_REFUSED, Evidence.Kind.NO_ANSWER);
        after(Duration.ofHours(3)).absences(2, Duration.ofMinutes(6));

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.WAIT_FOR_DECISION);
        then(Event.RESUBMIT_ORDERED, PayoutStatus.UNKNOWN);
        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.FAIL);
    }

    @Test
    void absenceAfterTheDeadlineOfTheIntent_expiresOnlyByTheSameDecision() {
        expiresAt = START.plusSeconds(60);
        lost();
        after(Duration.ofHours(3)).absences(2, Duration.ofMinutes(6));

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.WAIT_FOR_DECISION);
        assertThat(next(SAME_REFERENCE))
                .as("an index may lag behind what was executed")
                .isEqualTo(NextStep.WAIT_FOR_PROOF);
        assertThat(next(FENCED)).as("the fence lets none through after the end").isEqualTo(NextStep.EXPIRE);
    }

    @Test
    void resubmitOrder_isUsedUpByOneSend() {
        lost();
        after(Duration.ofHours(3)).absences(2, Duration.ofMinutes(6));
        then(Event.RESUBMIT_ORDERED, PayoutStatus.UNKNOWN);
        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.SUBMIT);
        evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER).evidence(Event.SUBMITTED, Evidence.Kind.NO_ANSWER);
        after(Duration.ofHours(3)).absences(2, Duration.ofMinutes(6));

        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.WAIT_FOR_DECISION);
    }

    @Test
    void preparedAfterAnUnclearSubmit_isNotBelievedBeforeTheCallHasSettled() {
        lost();

        assertThat(believes(PayoutStatus.PREPARED, CALL.multipliedBy(3).minusMillis(1)))
                .isFalse();
        assertThat(believes(PayoutStatus.PREPARED, CALL.multipliedBy(3))).isTrue();
    }

    @Test
    void preparedAfterAnUnclearSubmit_isNotBelievedWhileTheProviderMayStillWorkOnIt() {
        lost();
        Resubmission slow = new Resubmission.SameHandle(Duration.ofMinutes(15));
        Instant settled = now.plus(CALL.multipliedBy(3)).plus(Duration.ofMinutes(15));

        assertThat(NextStep.isBelievable(facts(), slow, PayoutStatus.PREPARED, settled.minusMillis(1)))
                .isFalse();
        assertThat(NextStep.isBelievable(facts(), slow, PayoutStatus.PREPARED, settled))
                .isTrue();
    }

    @Test
    void notStarted_whenTheFirstSubmitMayBeForgotten_isSentAgainByAnOrderOnly() {
        lost().after(Duration.ofMinutes(29)).then(Event.OBSERVED, PayoutStatus.PREPARED);
        Resubmission kept = new Resubmission.SameHandle(Duration.ZERO, Duration.ofMinutes(30));
        assertThat(next(kept)).isEqualTo(NextStep.SUBMIT);

        after(Duration.ofMinutes(2));
        assertThat(next(kept)).isEqualTo(NextStep.WAIT_FOR_DECISION);
        then(Event.RESUBMIT_ORDERED, PayoutStatus.PREPARED);
        assertThat(next(kept)).isEqualTo(NextStep.SUBMIT);
    }

    /** The provider took the later send for another payout, and what failed may be the first. */
    @ParameterizedTest
    @MethodSource("keptForAnHour")
    void failure_whenASendCameAfterTheFirstMayBeForgotten_isNotTheEndOfAll(Resubmission kept) {
        lost().after(Duration.ofMinutes(50)).sentAgain();
        assertThat(NextStep.isBelievable(facts(), kept, PayoutStatus.FAILED, now))
                .isTrue();

        after(Duration.ofMinutes(10)).sentAgain();
        assertThat(NextStep.isBelievable(facts(), kept, PayoutStatus.FAILED, now))
                .isFalse();
        assertThat(NextStep.isBelievable(facts(), kept, PayoutStatus.SUCCEEDED, now))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("keptForAnHour")
    void failure_ofTheOnlySend_isBelievedHoweverLate(Resubmission kept) {
        lost().after(Duration.ofDays(3));

        assertThat(NextStep.isBelievable(facts(), kept, PayoutStatus.FAILED, now))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("keptForAnHour")
    void failure_whenTheLateSendDidNotLeave_isBelieved(Resubmission kept) {
        lost().after(Duration.ofMinutes(30)).sentAgain();
        after(Duration.ofHours(1)).evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER);
        then(Event.SUBMIT_POSTPONED, PayoutStatus.UNKNOWN);

        assertThat(NextStep.isBelievable(facts(), kept, PayoutStatus.FAILED, now))
                .isTrue();
    }

    private void sentAgain() {
        evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER).evidence(Event.SUBMITTED, Evidence.Kind.NO_ANSWER);
    }

    private static Stream<Resubmission> keptForAnHour() {
        return Stream.of(
                new Resubmission.Replays(Duration.ofHours(1)),
                new Resubmission.SameHandle(Duration.ZERO, Duration.ofHours(1)));
    }

    @Test
    void preparedAfterAKeyThatWasUsed_isNeverBelieved() {
        then(Event.REQUESTED, PayoutStatus.PREPARED)
                .then(Event.PREPARED, PayoutStatus.PREPARED)
                .evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER)
                .evidence(Event.SUBMITTED, Evidence.Kind.DUPLICATE);

        assertThat(believes(PayoutStatus.PREPARED, Duration.ofDays(1))).isFalse();
    }

    @Test
    void unconfirmedAfterAnUnclearConfirm_isNotBelievedBeforeTheCallHasSettled() {
        lost().then(Event.OBSERVED, PayoutStatus.AWAITING_CONFIRMATION)
                .evidence(Event.CONFIRMING, Evidence.Kind.NO_ANSWER)
                .evidence(Event.CONFIRMED, Evidence.Kind.NO_ANSWER);

        assertThat(believes(PayoutStatus.AWAITING_CONFIRMATION, CALL)).isFalse();
        assertThat(believes(PayoutStatus.AWAITING_CONFIRMATION, CALL.multipliedBy(3)))
                .isTrue();
    }

    private boolean believes(PayoutStatus answer, Duration later) {
        return NextStep.isBelievable(facts(), SAME_HANDLE, answer, now.plus(later));
    }

    @Test
    void notStarted_isSentAgain_andIsNoProofThatItWillNotStart() {
        lost().after(Duration.ofMinutes(1)).then(Event.OBSERVED, PayoutStatus.PREPARED);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.SUBMIT);

        expiresAt = now;
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.WAIT_FOR_PROOF);
        expiresAt = null;
        evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER)
                .evidence(Event.SUBMIT_REFUSED, Evidence.Kind.NO_ANSWER)
                .after(Duration.ofMinutes(1))
                .then(Event.OBSERVED, PayoutStatus.PREPARED);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.WAIT_FOR_PROOF);
    }

    @Test
    void replays_sameCallAgainWhileTheKeyIsKept_thenAPersonDecides() {
        lost();
        assertThat(next(REPLAYS)).as("the first call may be under way").isEqualTo(NextStep.ASK);
        after(CALL.multipliedBy(3));
        assertThat(next(REPLAYS)).isEqualTo(NextStep.SUBMIT);
        after(Duration.ofHours(24));
        assertThat(next(REPLAYS)).isEqualTo(NextStep.WAIT_FOR_DECISION);
        then(Event.RESUBMIT_ORDERED, PayoutStatus.UNKNOWN);
        assertThat(next(REPLAYS)).isEqualTo(NextStep.SUBMIT);
        expiresAt = now;
        assertThat(next(REPLAYS)).isEqualTo(NextStep.WAIT_FOR_PROOF);
    }

    @Test
    void fenced_absentTwice_isSentAgainWithoutAPersonsDecision() {
        lost().absences(2, Duration.ofSeconds(60));

        assertThat(next(FENCED)).isEqualTo(NextStep.SUBMIT);
    }

    @Test
    void anotherPayoutHasTheReference_failsOnlyIfNothingOfOursWasSent() {
        then(Event.REQUESTED, PayoutStatus.PREPARED);
        then(Event.PREPARED, PayoutStatus.PREPARED).evidence(Event.OBSERVED, Evidence.Kind.OTHER_PAYOUT);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.FAIL_AS_TAKEN);

        rows.clear();
        lost().evidence(Event.OBSERVED, Evidence.Kind.OTHER_PAYOUT);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
    }

    @Test
    void claimOfANotification_isOpenUntilAnAnswerAgrees() {
        lost().then(Event.OBSERVED, PayoutStatus.SUCCEEDED);
        after(WATCH);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.NOTHING);

        notified(PayoutStatus.RETURNED, Identity.About.OURS);
        after(WATCH);
        assertThat(next(SAME_REFERENCE)).as("one stale answer uses nothing up").isEqualTo(NextStep.ASK);

        then(Event.OBSERVED, PayoutStatus.RETURNED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.NOTHING);
    }

    @Test
    void claimOfANotification_isNotUsedUpByAnAnswerThatSaysLess() {
        lost().notified(PayoutStatus.SUCCEEDED, Identity.About.OURS).then(Event.OBSERVED, PayoutStatus.PROCESSING);

        assertThat(facts().openClaim()).contains(PayoutStatus.SUCCEEDED);
    }

    @Test
    void endByANotificationsWord_isLookedAtAgain() {
        lost().notified(PayoutStatus.FAILED, Identity.About.OURS).then(Event.TAKEN_AT_ITS_WORD, PayoutStatus.FAILED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
        after(WATCH);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.NOTHING);
    }

    @Test
    void paid_isLookedAtAgainWhileItMayComeBack() {
        lost().then(Event.OBSERVED, PayoutStatus.SUCCEEDED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
        after(WATCH);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.NOTHING);
    }

    @Test
    void everyKindOfState_hasAWayOut() {
        int states = 0;
        for (Resubmission rule : List.of(SAME_HANDLE, SAME_REFERENCE, REPLAYS, FENCED, AFTER_ABSENCE)) {
            for (PayoutStatus last : PayoutStatus.values()) {
                for (Evidence.Kind kind : Evidence.Kind.values()) {
                    states += walk(rule, last, kind);
                }
            }
        }
        assertThat(states).isGreaterThan(5_000);
    }

    /**
     * Every combination of what may lie behind a payout, and what the last answer said. What an answer proves is all the same after the
     * database went back in time, so that is tried with one kind alone.
     */
    private int walk(Resubmission rule, PayoutStatus last, Evidence.Kind kind) {
        int states = 0;
        for (int what = 0; what < (kind == Evidence.Kind.NO_ANSWER ? 1024 : 256); what++) {
            rows.clear();
            now = START;
            expiresAt = (what & 1) == 0 ? null : START;
            then(Event.REQUESTED, PayoutStatus.PREPARED);
            if ((what & 256) == 0) {
                then(Event.PREPARED, PayoutStatus.PREPARED);
            } else {
                restored(); // before it was prepared
            }
            if ((what & 2) != 0) {
                evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER).evidence(Event.SUBMITTED, kind);
            }
            if ((what & 4) != 0) {
                notified(PayoutStatus.SUCCEEDED, Identity.About.OURS);
            }
            if ((what & 8) != 0) {
                evidence(Event.SUBMITTING, Evidence.Kind.NO_ANSWER).evidence(Event.SUBMIT_REFUSED, kind);
            }
            if ((what & 512) != 0) {
                after(Duration.ofHours(3)).restored();
            }
            if ((what & 16) != 0) {
                after(Duration.ofHours(3)).absences(3, Duration.ofMinutes(6));
            }
            if ((what & 32) != 0) {
                then(Event.CANCELING, facts().status());
            }
            if ((what & 64) != 0) {
                then(Event.OBSERVED, last, new Fields().with("evidence.kind", kind));
            }
            if ((what & 128) != 0) {
                then(
                        Event.ORDERED,
                        facts().status(),
                        new Fields().with("order", Verb.PAY).with("who", "anna"));
            }
            after(Duration.ofDays(2));
            hasAWayOut(rule);
            states++;
        }
        return states;
    }

    private void hasAWayOut(Resubmission rule) {
        NextStep next = next(rule);
        boolean journalActs = switch (next) {
            case PREPARE, SUBMIT, CONFIRM, EXPIRE, FAIL, FAIL_AS_TAKEN -> true;
            default -> false;
        };
        if (facts().status().isFinal() || journalActs) {
            return;
        }
        Attention attention = next.attention() == null ? Attention.OVERDUE : next.attention();
        then(Event.ATTENTION, facts().status(), new Fields().with("attention", attention));
        assertThat(OpenVerbs.of(facts(), RecipientKind.SAVED_CARD, false))
                .as("%s, %s: %s", rule, next, rows)
                .isNotEmpty();
    }
}
