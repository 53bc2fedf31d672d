package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Evidence;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.NextStep;

/** From which moment and which count on a step is taken, to the millisecond and to the last one. */
class NextStepBoundsTest {
    private static final Duration WATCH = Duration.ofDays(5);
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Duration SPACING = Duration.ofMinutes(5);
    private static final Resubmission FENCED = new Resubmission.Fenced(2, Duration.ofSeconds(30));
    private static final Resubmission REPLAYS = new Resubmission.Replays(Duration.ofHours(24));

    private final Rows rows = new Rows();
    private Confirmation confirmation = Confirmation.AUTOMATIC;
    private Absence absence = Absence.RESUBMIT;
    private boolean requestKnown = true;
    private boolean returnsQuietly = true;
    private @Nullable Instant expiresAt;

    private NextStep.Rules rules(Resubmission rule) {
        return new NextStep.Rules(rule, absence, confirmation, 3, requestKnown, expiresAt, returnsQuietly, WATCH);
    }

    private NextStep next(Resubmission rule) {
        return NextStep.of(rows.facts(), rules(rule), rows.now());
    }

    // ---- before anything is sent

    @Test
    void intent_isPreparedThenSubmitted_whileItMayStart() {
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.PREPARE);
        rows.then(Event.PREPARED, PayoutStatus.PREPARED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.SUBMIT);

        expiresAt = rows.now().plusMillis(1);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.SUBMIT);
        expiresAt = rows.now();
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.EXPIRE);
    }

    @Test
    void intent_cardNotStored_waitsForIt_andExpiresAllTheSame() {
        requestKnown = false;
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.WAIT_FOR_CARD);
        rows.then(Event.PREPARED, PayoutStatus.PREPARED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.WAIT_FOR_CARD);
        expiresAt = rows.now();
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.EXPIRE);
    }

    @Test
    void intent_underFourEyes_waits_andExpiresWaiting() {
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED).ordered(Verb.PAY);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.WAIT_FOR_APPROVAL);
        expiresAt = rows.now();
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.EXPIRE);
    }

    @Test
    void prepared_canceledOrWitnessed_isAskedAboutAndNotSent() {
        rows.prepared().same(Event.CANCELING);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
        rows.clear();
        rows.prepared().notified(PayoutStatus.PROCESSING);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
    }

    @Test
    void referenceTaken_whileAFormIsOut_isAskedAbout() {
        rows.prepared().observed(PayoutStatus.AWAITING_RECIPIENT).unclear(Event.OBSERVED, Evidence.Kind.OTHER_PAYOUT);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
    }

    // ---- sent again

    @Test
    void notStarted_underAnyOtherRule_isNotBelieved() {
        rows.lost().observed(PayoutStatus.PREPARED).after(Duration.ofDays(1));
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.SUBMIT);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.ASK);
    }

    @Test
    void notStarted_beforeTheCallIsOver_isAskedAbout() {
        rows.prepared().submitting();
        Instant done = rows.facts().doneAt();
        rows.then(Event.SUBMITTED, PayoutStatus.PREPARED);
        NextStep.Rules rules = rules(SAME_HANDLE);

        assertThat(NextStep.of(rows.facts(), rules, done.minusMillis(1))).isEqualTo(NextStep.ASK);
        assertThat(NextStep.of(rows.facts(), rules, done)).isEqualTo(NextStep.SUBMIT);
    }

    @Test
    void notStarted_keyUsed_isAskedAbout() {
        rows.prepared()
                .submitting()
                .unclear(Event.SUBMITTED, Evidence.Kind.DUPLICATE)
                .observed(PayoutStatus.PREPARED);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.ASK);
    }

    @Test
    void sentAsOftenAsIsAllowed_isSentAgainByOrderOnly() {
        rows.lost().observed(PayoutStatus.PREPARED).submitting().observed(PayoutStatus.PREPARED);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.SUBMIT);
        rows.submitting().observed(PayoutStatus.PREPARED);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.SENT_TOO_OFTEN);
        rows.same(Event.RESUBMIT_ORDERED);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.SUBMIT);
    }

    @Test
    void firstSend_isNeverTooOften_howeverOftenItWasPostponed() {
        rows.prepared();
        for (int i = 0; i < 4; i++) {
            rows.submitting().then(Event.SUBMIT_POSTPONED, PayoutStatus.PREPARED);
        }
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.SUBMIT);
    }

    @Test
    void cancelUnderWay_nothingIsSentAgain() {
        rows.lost()
                .same(Event.CANCELING)
                .after(Duration.ofHours(3))
                .absent()
                .after(Duration.ofHours(1))
                .absent();
        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.ASK);
        assertThat(next(REPLAYS)).isEqualTo(NextStep.ASK);
    }

    @Test
    void replays_keptToTheMillisecond() {
        rows.prepared().submitting();
        Instant sent = rows.now();
        rows.unclear(Event.SUBMITTED, Evidence.Kind.NO_ANSWER);
        NextStep.Rules rules = rules(REPLAYS);
        Instant kept = sent.plus(Duration.ofHours(24));

        assertThat(NextStep.of(rows.facts(), rules, kept.minusMillis(1))).isEqualTo(NextStep.SUBMIT);
        assertThat(NextStep.of(rows.facts(), rules, kept)).isEqualTo(NextStep.WAIT_FOR_DECISION);
    }

    @Test
    void replays_refused_needsProof() {
        rows.lost()
                .submitting()
                .then(Event.SUBMIT_REFUSED, PayoutStatus.UNKNOWN, new Fields().with("code", "E1"))
                .after(Rows.LONGEST_CALL);
        assertThat(next(REPLAYS)).isEqualTo(NextStep.WAIT_FOR_PROOF);
    }

    // ---- absence

    @Test
    void absence_countsFromTheEndOfTheWindow_andAsFarApartAsTheRuleSays() {
        rows.lost();
        Instant settled = rows.now();
        Instant first = settled.plus(WINDOW);
        assertThat(NextStep.nextCountingAt(rows.facts(), AFTER_ABSENCE)).contains(first);
        assertThat(NextStep.wouldCount(rows.facts(), AFTER_ABSENCE, first.minusMillis(1)))
                .isFalse();
        assertThat(NextStep.wouldCount(rows.facts(), AFTER_ABSENCE, first)).isTrue();

        rows.absent();
        assertThat(NextStep.nextCountingAt(rows.facts(), AFTER_ABSENCE))
                .as("too early")
                .contains(first);

        rows.after(WINDOW).absent();
        Instant second = rows.now().plus(SPACING);
        assertThat(NextStep.nextCountingAt(rows.facts(), AFTER_ABSENCE)).contains(second);
        assertThat(NextStep.wouldCount(rows.facts(), AFTER_ABSENCE, second.minusMillis(1)))
                .isFalse();
        assertThat(NextStep.wouldCount(rows.facts(), AFTER_ABSENCE, second)).isTrue();
        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.ASK);

        rows.after(SPACING.minusSeconds(60)).absent();
        assertThat(rows.now()).isEqualTo(second);
        assertThat(NextStep.nextCountingAt(rows.facts(), AFTER_ABSENCE)).isEmpty();
        assertThat(NextStep.wouldCount(rows.facts(), AFTER_ABSENCE, second.plus(SPACING)))
                .isFalse();
        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.SUBMIT);
    }

    @Test
    void absence_withoutAWindow_countsAfterTheSpacing() {
        rows.lost();
        Instant settled = rows.now();

        assertThat(NextStep.nextCountingAt(rows.facts(), SAME_REFERENCE)).contains(settled.plusSeconds(30));
        assertThat(NextStep.nextCountingAt(rows.facts(), FENCED)).contains(settled.plusSeconds(30));
    }

    @Test
    void absence_fewerThanTwo_areNeverEnough() {
        rows.lost().absent();

        assertThat(next(new Resubmission.SameReference(1, Duration.ofSeconds(30))))
                .isEqualTo(NextStep.ASK);
        assertThat(next(new Resubmission.Fenced(0, Duration.ofSeconds(30)))).isEqualTo(NextStep.ASK);
        rows.after(WINDOW).absent();
        assertThat(next(new Resubmission.AfterAbsence(WINDOW, 1, SPACING))).isEqualTo(NextStep.ASK);
    }

    @Test
    void absence_asManyAsTheRuleSays_areNeeded() {
        rows.lost().absent().absent();

        assertThat(next(new Resubmission.SameReference(3, Duration.ofSeconds(30))))
                .isEqualTo(NextStep.ASK);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.SUBMIT);
    }

    @Test
    void absence_whereItProvesNothing_neverCounts() {
        rows.lost();
        Instant late = rows.now().plus(Duration.ofDays(9));

        assertThat(NextStep.nextCountingAt(rows.facts(), SAME_HANDLE)).isEmpty();
        assertThat(NextStep.nextCountingAt(rows.facts(), REPLAYS)).isEmpty();
        assertThat(NextStep.wouldCount(rows.facts(), SAME_HANDLE, late)).isFalse();
        rows.clear();
        rows.prepared();
        assertThat(NextStep.nextCountingAt(rows.facts(), SAME_REFERENCE))
                .as("nothing was sent")
                .isEmpty();
    }

    @Test
    void absence_confirmAfterTheSubmit_isWaitedForToo() {
        rows.lost().unclear(Event.CONFIRMING, Evidence.Kind.NO_ANSWER);
        Instant settled = rows.now().plus(Rows.LONGEST_CALL);

        assertThat(NextStep.nextCountingAt(rows.facts(), SAME_REFERENCE)).contains(settled.plusSeconds(30));
    }

    @Test
    void absenceProven_refusedLater_failsWhereASecondSendWouldBePaidToo_elseNeedsProof() {
        rows.lost()
                .submitting()
                .then(Event.SUBMIT_REFUSED, PayoutStatus.UNKNOWN)
                .after(Duration.ofHours(3))
                .absent()
                .after(SPACING)
                .absent();
        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.FAIL);
        assertThat(next(FENCED)).isEqualTo(NextStep.FAIL);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.WAIT_FOR_PROOF);
        absence = Absence.ASK_MERCHANT;
        assertThat(next(AFTER_ABSENCE)).isEqualTo(NextStep.WAIT_FOR_DECISION);
        assertThat(next(FENCED)).isEqualTo(NextStep.FAIL);
    }

    // ---- a confirmation

    @Test
    void waitsForConfirmation_isConfirmedByRuleOrByOrder() {
        rows.lost().observed(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.CONFIRM);
        expiresAt = rows.now();
        assertThat(next(SAME_HANDLE))
                .as("nobody else knows whether it is wanted")
                .isEqualTo(NextStep.WAIT_FOR_PROOF);
        expiresAt = null;
        confirmation = Confirmation.MANUAL;
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.ASK);

        rows.same(Event.CONFIRM_ORDERED);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.CONFIRM);
        expiresAt = rows.now();
        assertThat(next(SAME_HANDLE)).as("an order knows").isEqualTo(NextStep.CONFIRM);

        rows.same(Event.CONFIRM_REFUSED);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.ASK);
        rows.same(Event.CONFIRM_ORDERED).same(Event.CANCELING);
        assertThat(next(SAME_HANDLE)).isEqualTo(NextStep.ASK);
    }

    // ---- what is believed

    @ParameterizedTest
    @EnumSource(
            value = PayoutStatus.class,
            names = {"FAILED", "CANCELED", "EXPIRED"})
    void end_ofOneOfSeveralSends_isBelievedOnlyWhereASecondOneIsNotPaid(PayoutStatus end) {
        rows.lost();
        assertThat(NextStep.isBelievable(rows.facts(), AFTER_ABSENCE, end, rows.now()))
                .isTrue();
        rows.submitting();
        assertThat(NextStep.isBelievable(rows.facts(), AFTER_ABSENCE, end, rows.now()))
                .isFalse();
        assertThat(NextStep.isBelievable(rows.facts(), SAME_REFERENCE, end, rows.now()))
                .isTrue();
        rows.unclear(Event.SUBMIT_POSTPONED, Evidence.Kind.NO_ANSWER);
        assertThat(NextStep.isBelievable(rows.facts(), AFTER_ABSENCE, end, rows.now()))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = PayoutStatus.class,
            names = {"AWAITING_RECIPIENT", "PROCESSING", "UNKNOWN", "SUCCEEDED", "RETURNED"})
    void answer_thatSaysMore_isAlwaysBelieved(PayoutStatus answer) {
        rows.lost().submitting();
        assertThat(NextStep.isBelievable(rows.facts(), AFTER_ABSENCE, answer, rows.now()))
                .isTrue();
    }

    @Test
    void notStarted_isBelievedBeforeTheSubmit_andAfterOneOnlyOfAHandle() {
        rows.prepared();
        Instant later = rows.now().plus(Duration.ofDays(1));
        assertThat(NextStep.isBelievable(rows.facts(), SAME_REFERENCE, PayoutStatus.PREPARED, later))
                .isTrue();
        rows.submitting();
        assertThat(NextStep.isBelievable(rows.facts(), SAME_REFERENCE, PayoutStatus.PREPARED, later))
                .isFalse();
        assertThat(NextStep.isBelievable(rows.facts(), SAME_HANDLE, PayoutStatus.PREPARED, later))
                .isTrue();
        rows.notified(PayoutStatus.PROCESSING);
        assertThat(NextStep.isBelievable(rows.facts(), SAME_HANDLE, PayoutStatus.PREPARED, later))
                .isFalse();
    }

    // ---- after the end

    @Test
    void end_isWatchedWhileItMayChangeQuietly_toTheMillisecond() {
        rows.paid();
        Instant until = rows.now().plus(WATCH);
        assertThat(NextStep.isWatched(rows.facts(), rules(SAME_REFERENCE), until.minusMillis(1)))
                .isTrue();
        assertThat(NextStep.isWatched(rows.facts(), rules(SAME_REFERENCE), until))
                .isFalse();
        returnsQuietly = false;
        assertThat(NextStep.isWatched(rows.facts(), rules(SAME_REFERENCE), rows.now()))
                .isFalse();
    }

    @Test
    void end_byAnotherWordThanTheProviders_isWatched() {
        returnsQuietly = false;
        rows.lost().then(Event.SETTLED, PayoutStatus.FAILED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.ASK);
        rows.after(WATCH);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.NOTHING);
        rows.notified(PayoutStatus.SUCCEEDED).after(WATCH);
        assertThat(next(SAME_REFERENCE))
                .as("a claim that nothing has agreed with")
                .isEqualTo(NextStep.ASK);
    }

    @Test
    void end_thatCannotComeBack_isNotWatched() {
        rows.lost().observed(PayoutStatus.FAILED);
        assertThat(next(SAME_REFERENCE)).isEqualTo(NextStep.NOTHING);
    }

    // ---- whom it is put to

    @ParameterizedTest
    @EnumSource(NextStep.class)
    void attention_onlyWhatAPersonHasToDo(NextStep step) {
        Optional<Attention> expected = switch (step) {
            case WAIT_FOR_CARD -> Optional.of(Attention.CARD_NEEDED);
            case WAIT_FOR_DECISION -> Optional.of(Attention.DECISION_NEEDED);
            case WAIT_FOR_PROOF -> Optional.of(Attention.END_UNPROVEN);
            case SENT_TOO_OFTEN -> Optional.of(Attention.SENT_TOO_OFTEN);
            default -> Optional.empty();
        };
        assertThat(Optional.ofNullable(step.attention())).isEqualTo(expected);
    }
}
