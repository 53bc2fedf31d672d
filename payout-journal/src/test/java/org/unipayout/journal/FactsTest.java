package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.ANNA;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.PayoutStatus;
import org.unipayout.Word;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;

/** What each row of a history adds to what is known, and what it takes back. */
class FactsTest {
    private final Rows rows = new Rows();

    private String orderHash() {
        return facts().order().orElseThrow().hash();
    }

    private Facts facts() {
        return rows.facts();
    }

    // ---- a submit

    @Test
    void submit_underWay_mayHaveBeenExecutedUntilTheLongestCallIsOver() {
        rows.prepared();
        assertThat(facts().submitUnclear()).isFalse();
        assertThat(facts().doneAt()).isEqualTo(Instant.EPOCH);

        rows.submitting();

        assertThat(facts().submitUnclear()).isTrue();
        assertThat(facts().doneAt()).isEqualTo(rows.now().plus(Rows.LONGEST_CALL));
        assertThat(facts().submits()).isEqualTo(1);
    }

    @Test
    void submit_postponed_isAsIfItHadNotBeen() {
        rows.prepared().submitting().then(Event.SUBMIT_POSTPONED, PayoutStatus.PREPARED);

        assertThat(facts().submitUnclear()).isFalse();
        assertThat(facts().doneAt()).isEqualTo(Instant.EPOCH);
        assertThat(facts().submits()).as("attempts").isEqualTo(1);
    }

    @Test
    void laterSubmit_postponed_leavesWhatWasKnownOfTheFirst() {
        rows.lost().absent();
        Facts before = facts();

        rows.submitting();
        assertThat(facts().absences()).isEmpty();
        rows.unclear(Event.SUBMIT_POSTPONED, Evidence.Kind.NO_ANSWER);

        assertThat(facts().submitUnclear()).isTrue();
        assertThat(facts().absences()).isEqualTo(before.absences()).hasSize(1);
        assertThat(facts().doneAt()).isEqualTo(before.doneAt());
        assertThat(facts().seen()).isFalse();
    }

    @Test
    void laterSubmit_postponed_whatWasSeenStaysSeen() {
        rows.lost().observed(PayoutStatus.PROCESSING).submitting();
        assertThat(facts().seen()).isFalse();

        rows.unclear(Event.SUBMIT_POSTPONED, Evidence.Kind.NO_ANSWER);

        assertThat(facts().seen()).isTrue();
    }

    @Test
    void laterSubmit_refusedBecauseOfAnEqualOne_provesTheFirstAnew() {
        rows.lost().absent().submitting();

        rows.unclear(Event.SUBMIT_POSTPONED, Evidence.Kind.EQUAL_PAYOUT);

        assertThat(facts().absences()).isEmpty();
        assertThat(facts().submitUnclear()).isTrue();
    }

    @Test
    void firstSubmit_refusedBecauseOfAnEqualOne_leavesNothingUnclear() {
        rows.prepared()
                .submitting()
                .then(
                        Event.SUBMIT_POSTPONED,
                        PayoutStatus.PREPARED,
                        new Fields().with("evidence.kind", Evidence.Kind.EQUAL_PAYOUT));

        assertThat(facts().submitUnclear()).isFalse();
    }

    @Test
    void laterSubmit_refused_keepsWhyAndProvesTheFirstAnew() {
        rows.lost().absent().submitting().absent();
        assertThat(facts().refusal()).isNull();

        rows.then(Event.SUBMIT_REFUSED, PayoutStatus.UNKNOWN, new Fields().with("code", "E1"));

        assertThat(facts().refusal())
                .isNotNull()
                .satisfies(why -> assertThat(why.get("code")).isEqualTo("E1"));
        assertThat(facts().absences()).isEmpty();
        assertThat(facts().submitUnclear()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Evidence.Kind.class)
    void answer_unclear_showsThePayoutOnlyIfItsKindProvesSo(Evidence.Kind kind) {
        boolean exists = kind.proves() == Evidence.Proves.IT_EXISTS;

        rows.prepared().submitting().unclear(Event.SUBMITTED, kind);
        assertThat(facts().seen()).isEqualTo(exists);
        assertThat(facts().taken()).isEqualTo(kind == Evidence.Kind.OTHER_PAYOUT);

        rows.clear();
        rows.lost().unclear(Event.OBSERVED, kind);
        assertThat(facts().seen()).isEqualTo(exists);

        rows.clear();
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED).unclear(Event.PREPARED, kind);
        assertThat(facts().seen()).isEqualTo(exists);
        assertThat(facts().submitUnclear()).as("a prepare that is unclear").isTrue();
    }

    @Test
    void answer_thatShowsIt_endsAbsence_andNotStartedTakesThatBack() {
        rows.lost().absent().observed(PayoutStatus.PROCESSING);
        assertThat(facts().seen()).isTrue();
        assertThat(facts().absences()).isEmpty();

        rows.observed(PayoutStatus.PREPARED);
        assertThat(facts().seen()).isFalse();
        assertThat(facts().absences()).hasSize(1);
    }

    @Test
    void submitted_clear_isSeen() {
        rows.prepared().submitting().then(Event.SUBMITTED, PayoutStatus.PROCESSING);
        assertThat(facts().seen()).isTrue();
    }

    @Test
    void formOut_onceTheRecipientHadIt_forGood() {
        rows.prepared();
        assertThat(facts().formOut()).isFalse();
        rows.observed(PayoutStatus.AWAITING_RECIPIENT).observed(PayoutStatus.PROCESSING);
        assertThat(facts().formOut()).isTrue();
    }

    // ---- a confirm and a cancel

    @Test
    void confirm_underWay_isDoneAfterTheLongestCall_orWithItsAnswer() {
        rows.lost().observed(PayoutStatus.AWAITING_CONFIRMATION).same(Event.CONFIRM_ORDERED);
        assertThat(facts().confirmOrdered()).isTrue();
        Instant before = facts().doneAt();

        rows.unclear(Event.CONFIRMING, Evidence.Kind.NO_ANSWER);
        Instant announced = rows.now();
        assertThat(facts().doneAt()).isEqualTo(announced.plus(Rows.LONGEST_CALL));
        rows.unclear(Event.CONFIRMED, Evidence.Kind.NO_ANSWER);
        assertThat(facts().doneAt()).isEqualTo(announced.plus(Rows.LONGEST_CALL));

        rows.takeBackTheLast();
        rows.then(Event.CONFIRM_POSTPONED, PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(facts().doneAt()).isEqualTo(before);

        rows.takeBackTheLast();
        rows.then(Event.CONFIRMED, PayoutStatus.PROCESSING);
        assertThat(facts().doneAt()).isEqualTo(rows.now());
    }

    @Test
    void confirm_refused_isDone_andMayBeOrderedAgain() {
        rows.lost()
                .observed(PayoutStatus.AWAITING_CONFIRMATION)
                .unclear(Event.CONFIRMING, Evidence.Kind.NO_ANSWER)
                .then(Event.CONFIRM_REFUSED, PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(facts().confirmRefused()).isTrue();
        assertThat(facts().doneAt()).isEqualTo(rows.now());

        rows.same(Event.CONFIRM_ORDERED);
        assertThat(facts().confirmRefused()).isFalse();
    }

    @Test
    void cancel_isPendingUntilItIsRefused() {
        rows.lost().same(Event.CANCELING);
        assertThat(facts().cancelPending()).isTrue();
        rows.same(Event.CANCEL_REFUSED);
        assertThat(facts().cancelPending()).isFalse();
    }

    // ---- notifications

    @Test
    void notification_signed_isAClaimAndAWitness() {
        rows.lost().absent().notified(PayoutStatus.SUCCEEDED);

        assertThat(facts().openClaim()).contains(PayoutStatus.SUCCEEDED);
        assertThat(facts().claimedAt()).isEqualTo(rows.now());
        assertThat(facts().notifiedAt()).isEqualTo(rows.now());
        assertThat(facts().seen()).isTrue();
        assertThat(facts().absences()).isEmpty();
    }

    @Test
    void notification_olderOneThatComesLate_takesNothingBack() {
        rows.lost().notified(PayoutStatus.SUCCEEDED);
        Instant first = rows.now();
        rows.notified(PayoutStatus.PROCESSING);
        assertThat(facts().openClaim()).contains(PayoutStatus.SUCCEEDED);
        assertThat(facts().claimedAt()).isEqualTo(first);

        rows.notified(PayoutStatus.RETURNED);
        assertThat(facts().openClaim()).contains(PayoutStatus.RETURNED);
    }

    @Test
    void notification_ofTheFirstVersion_wasMatchedByNameAlone() {
        rows.lost().same(Event.NOTIFIED, new Fields().with("trust", "VERIFIED").with("reported", "SUCCEEDED"));
        assertThat(facts().openClaim()).contains(PayoutStatus.SUCCEEDED);
    }

    @Test
    void notification_thatItIsPrepared_isNoWitness() {
        rows.lost().notified(PayoutStatus.PREPARED);
        assertThat(facts().seen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HINT", "SUCCEEDED without trust", "VERIFIED without status"})
    void notification_unsignedOrWithoutAStatus_provesNothing(String what) {
        Fields said = new Fields().with("about", Identity.About.OURS).with("anotherOfOurs", true);
        switch (what) {
            case "HINT" -> said.with("trust", "HINT").with("reported", "SUCCEEDED");
            case "SUCCEEDED without trust" -> said.with("reported", "SUCCEEDED");
            default -> said.with("trust", "VERIFIED");
        }
        rows.paid().same(Event.NOTIFIED, said);

        assertThat(facts().openClaim()).isEmpty();
        assertThat(facts().claimedAt()).isNull();
        assertThat(facts().paidTwice()).isFalse();
        assertThat(facts().notifiedAt()).as("a reason to ask").isEqualTo(rows.now());

        rows.clear();
        rows.lost().same(Event.NOTIFIED, said);
        assertThat(facts().seen()).isFalse();
    }

    @Test
    void notification_ofASecondOnePaid_isPaidTwiceOnceOursIs() {
        Fields second = Rows.told(PayoutStatus.SUCCEEDED)
                .with("about", Identity.About.SOMEBODY_ELSE)
                .with("anotherOfOurs", true);
        rows.lost().same(Event.NOTIFIED, second);
        assertThat(facts().paidTwice()).isFalse();
        assertThat(facts().seen()).isTrue();
        assertThat(facts().openClaim()).as("of ours nothing was claimed").isEmpty();

        rows.observed(PayoutStatus.SUCCEEDED);
        assertThat(facts().paidTwice()).isTrue();
        rows.same(Event.SETTLED);
        assertThat(facts().paidTwice()).isFalse();
    }

    @Test
    void notification_ofASecondOneUnderWay_isNotPaidTwice() {
        rows.paid()
                .same(
                        Event.NOTIFIED,
                        Rows.told(PayoutStatus.PROCESSING)
                                .with("about", Identity.About.SOMEBODY_ELSE)
                                .with("anotherOfOurs", true));
        assertThat(facts().paidTwice()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SOMEBODY_ELSE, provider id, true",
        "SOMEBODY_ELSE, reference, false",
        "COLLISION, provider id, false",
        "OURS, '', false"
    })
    void isAnotherOfOurs_ourReferenceWithAnotherId(Identity.About about, String difference, boolean another) {
        assertThat(Facts.isAnotherOfOurs(new Identity(about, difference))).isEqualTo(another);
    }

    @Test
    void letThroughByTheFence_isAWitness() {
        rows.lost();
        assertThat(facts().isLetThrough()).isFalse();
        rows.same(Event.LET_THROUGH);
        assertThat(facts().isLetThrough()).isTrue();
        assertThat(facts().seen()).isTrue();
    }

    // ---- by whose word

    @Test
    void word_isOfTheRowThatBroughtTheStatus() {
        rows.lost().notified(PayoutStatus.SUCCEEDED);
        assertThat(facts().word()).isEqualTo(Word.PROVIDER);
        rows.then(Event.TAKEN_AT_ITS_WORD, PayoutStatus.SUCCEEDED);
        assertThat(facts().word()).isEqualTo(Word.SIGNED_NOTIFICATION);
        rows.same(Event.OBSERVED);
        assertThat(facts().word()).as("nothing new").isEqualTo(Word.SIGNED_NOTIFICATION);
        rows.same(Event.SETTLED);
        assertThat(facts().word()).isEqualTo(Word.PERSON);
        assertThat(facts().settledByPerson()).isTrue();
        assertThat(facts().openClaim()).isEmpty();
        assertThat(facts().claimedAt()).isNotNull();
    }

    @Test
    void settled_thenReturnedByTheProvider_isNoPersonsWordAnyMore() {
        rows.lost().then(Event.SETTLED, PayoutStatus.SUCCEEDED);
        assertThat(facts().settledByPerson()).isTrue();
        rows.observed(PayoutStatus.RETURNED);
        assertThat(facts().settledByPerson()).isFalse();
        assertThat(facts().word()).isEqualTo(Word.PROVIDER);
    }

    // ---- attention

    @ParameterizedTest
    @EnumSource(Attention.class)
    void attention_atTheEnd_staysOnlyIfItIsAboutTheEnd(Attention attention) {
        boolean lasts = switch (attention) {
            case TAMPERED, CONTRADICTION, PAID_TWICE, NOTIFIED_ONLY, LISTENER_FAILED -> true;
            default -> false;
        };
        rows.lost().attention(attention);
        assertThat(facts().reason()).isEqualTo(attention);

        rows.observed(PayoutStatus.PROCESSING);
        assertThat(facts().reason()).isEqualTo(attention == Attention.CARD_NEEDED ? null : attention);
        rows.observed(PayoutStatus.SUCCEEDED);
        assertThat(facts().reason()).isEqualTo(lasts ? attention : null);
        rows.same(Event.SETTLED);
        assertThat(facts().reason()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Attention.class)
    void attention_listenersHeard_endsOnlyTheirs(Attention attention) {
        rows.lost().attention(attention).same(Event.LISTENERS_HEARD);
        assertThat(facts().reason()).isEqualTo(attention == Attention.LISTENER_FAILED ? null : attention);
    }

    @ParameterizedTest
    @EnumSource(Attention.class)
    void attention_cardNeeded_endsWithTheSubmit(Attention attention) {
        rows.prepared().attention(attention).submitting();
        assertThat(facts().reason()).isEqualTo(attention == Attention.CARD_NEEDED ? null : attention);
    }

    @Test
    void attention_cardNeeded_endsOnceTheCardWouldNotBeSentAnyMore() {
        rows.prepared().lost().attention(Attention.CARD_NEEDED).absent();
        assertThat(facts().reason()).isEqualTo(Attention.CARD_NEEDED);

        rows.notified(PayoutStatus.FAILED);
        assertThat(facts().reason()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.class,
            names = {"RESUBMIT_ORDERED", "CONFIRM_ORDERED"})
    void attention_whatWasOrdered_endsIt(Event order) {
        rows.lost().attention(Attention.OVERDUE).same(order);
        assertThat(facts().reason()).isNull();
    }

    // ---- orders under four eyes

    @Test
    void order_waits_andIsWhatAPersonSees() {
        rows.lost().attention(Attention.DECISION_NEEDED).ordered(Verb.RESUBMIT);

        assertThat(facts().order()).hasValueSatisfying(order -> {
            assertThat(order.verb()).isEqualTo(Verb.RESUBMIT);
            assertThat(order.actor()).isEqualTo(ANNA);
            assertThat(order.at()).isEqualTo(rows.now());
            assertThat(order.hash()).isEqualTo(rows.last().hash());
            assertThat(order.settlement()).isNull();
        });
        assertThat(facts().attention()).isEqualTo(Attention.APPROVAL_NEEDED);
        assertThat(facts().reason()).isEqualTo(Attention.DECISION_NEEDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Attention.class,
            names = {"CONTRADICTION", "PAID_TWICE", "NOTIFIED_ONLY", "TAMPERED"})
    void order_graverNewsSince_isSeenFirst(Attention news) {
        rows.lost().ordered(Verb.CANCEL).attention(news);
        assertThat(facts().attention()).isEqualTo(news);
        rows.ordered(Verb.SETTLE);
        assertThat(facts().attention()).as("the answer to it").isEqualTo(Attention.APPROVAL_NEEDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Attention.class,
            names = {"OVERDUE", "LISTENER_FAILED"})
    void order_lesserNewsSince_isNot(Attention news) {
        rows.lost().ordered(Verb.CANCEL).attention(news);
        assertThat(facts().attention()).isEqualTo(Attention.APPROVAL_NEEDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.class,
            names = {"APPROVED", "REJECTED", "CONFIRM_ORDERED", "CANCELING", "CANCELED", "RESUBMIT_ORDERED", "SETTLED"})
    void order_carriedOutOrLetGo_waitsNoMore(Event event) {
        rows.lost().ordered(Verb.CANCEL);
        String hash = orderHash();
        assertThat(facts().isDecided(hash)).isFalse();

        rows.same(event, new Fields().with(Facts.DECIDES, hash));

        assertThat(facts().order()).isEmpty();
        assertThat(facts().isDecided(hash)).isTrue();
    }

    @Test
    void order_anotherOneDecided_waitsOn() {
        rows.lost().ordered(Verb.CANCEL).same(Event.REJECTED, new Fields().with(Facts.DECIDES, "another"));
        assertThat(facts().order()).isPresent();
        assertThat(facts().isDecided("another")).isTrue();
        rows.same(Event.OBSERVED, new Fields().with(Facts.DECIDES, orderHash()));
        assertThat(facts().order()).as("an answer decides nothing").isPresent();
    }

    @Test
    void order_theEndComesFirst_isLetGo() {
        rows.lost().ordered(Verb.CANCEL).observed(PayoutStatus.SUCCEEDED);
        assertThat(facts().order()).isEmpty();
        rows.ordered(Verb.SETTLE).same(Event.OBSERVED);
        assertThat(facts().order()).as("given after the end").isPresent();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void order_toSettle_saysHowItEnded(boolean paid, boolean overruling) {
        Fields said =
                new Fields().with("order", Verb.SETTLE).with("who", "anna").with("statement", "Line 7");
        said.with("paid", paid ? "yes" : null).with("overruling", overruling ? "yes" : null);
        Settlement word = paid ? Settlement.paid("Line 7") : Settlement.notPaid("Line 7");

        rows.lost().same(Event.ORDERED, said);

        assertThat(facts().order().orElseThrow().settlement()).isEqualTo(overruling ? word.overruling() : word);
        assertThat(facts().reason()).isNull();
    }

    @Test
    void order_inSpiteOfAFault_isTampered() {
        rows.lost()
                .same(
                        Event.ORDERED,
                        HistoryRow.withFault(
                                new Fields().with("order", Verb.SETTLE).with("who", "anna"), "The row was edited."));
        assertThat(facts().reason()).isEqualTo(Attention.TAMPERED);
        assertThat(facts().order()).isPresent();
    }

    @Test
    void payment_underFourEyes_waitsForItsApproval() {
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED, new Fields().with(Facts.WAITS, "yes"));
        assertThat(facts().attention())
                .as("whatever becomes of the order's row")
                .isEqualTo(Attention.APPROVAL_NEEDED);
        assertThat(facts().paymentApproved()).isFalse();
        rows.ordered(Verb.PAY);
        assertThat(facts().attention()).isEqualTo(Attention.APPROVAL_NEEDED);

        rows.same(Event.APPROVED, new Fields().with(Facts.DECIDES, orderHash()));
        assertThat(facts().attention()).isNull();
        assertThat(facts().paymentApproved()).isTrue();
    }

    @Test
    void payment_underFourEyes_canceled_waitsNoMore() {
        rows.then(Event.REQUESTED, PayoutStatus.PREPARED, new Fields().with(Facts.WAITS, "yes"))
                .then(Event.CANCELED, PayoutStatus.CANCELED);
        assertThat(facts().attention()).isNull();
    }

    // ---- progress

    @ParameterizedTest
    @EnumSource(
            value = Event.class,
            names = {"NOTIFIED", "CONFIRM_ORDERED", "RESUBMIT_ORDERED", "SETTLED"})
    void progress_whatMayBringTheEndNearer_is(Event event) {
        rows.lost().same(event);
        assertThat(facts().progressAt()).isEqualTo(rows.now());
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.class,
            names = {"ABSENT", "OBSERVED", "SUBMITTED", "CONFIRMED", "CANCELING", "RESEALED", "LISTENERS_HEARD"})
    void progress_nothingNew_isNot(Event event) {
        rows.lost().same(event);
        assertThat(facts().progressAt()).isBefore(rows.now());
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.class,
            names = {"OBSERVED", "SUBMITTED", "CONFIRMED"})
    void progress_anotherStatus_is(Event event) {
        rows.lost().then(event, PayoutStatus.PROCESSING);
        assertThat(facts().progressAt()).isEqualTo(rows.now());
    }

    @Test
    void progress_onlyTheFirstSubmit_is() {
        rows.prepared();
        assertThat(facts().progressAt()).isEqualTo(rows.now());
        rows.then(Event.SUBMITTING, PayoutStatus.PREPARED);
        assertThat(facts().progressAt()).isEqualTo(rows.now());
        rows.then(Event.SUBMITTING, PayoutStatus.PREPARED);
        assertThat(facts().progressAt()).isBefore(rows.now());
    }

    // ---- a new start

    @Test
    void newStart_whatStandsBeforeIt_provesNothing() {
        rows.paid()
                .attention(Attention.PAID_TWICE)
                .then(Event.SETTLED, PayoutStatus.FAILED, HistoryRow.withFault(new Fields(), "The row was edited."));

        assertThat(facts().status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(facts().submits()).isZero();
        assertThat(facts().prepared()).isFalse();
        assertThat(facts().word()).isEqualTo(Word.PERSON);
    }

    // ---- what the rows themselves say

    @ParameterizedTest
    @EnumSource(Event.class)
    void event_announcesACall_orSaysWhatBecameOfIt(Event event) {
        assertThat(event.announces()).isEqualTo(event == Event.SUBMITTING || event == Event.CONFIRMING);
        assertThat(event.answers())
                .isEqualTo(
                        switch (event) {
                            case SUBMITTED,
                                    SUBMIT_POSTPONED,
                                    SUBMIT_REFUSED,
                                    CONFIRMED,
                                    CONFIRM_POSTPONED,
                                    CONFIRM_REFUSED,
                                    FAILED -> true;
                            default -> false;
                        });
    }

    /** A cancel's answer, too, may be the only one that ever shows it. */
    @ParameterizedTest
    @EnumSource(
            value = Event.class,
            names = {"SUBMITTED", "OBSERVED", "CONFIRMED", "CANCEL_ANSWERED"})
    void twoPaymentsShown_areOwedToAPersonUntilOneIsTold(Event event) {
        rows.lost().then(event, PayoutStatus.SUCCEEDED, new Fields().with("evidence.kind", Evidence.Kind.PAID_TWICE));
        assertThat(facts().owed()).isEqualTo(Attention.PAID_TWICE);

        rows.same(Event.ATTENTION, new Fields().with("attention", Attention.CONTRADICTION));
        assertThat(facts().owed()).isEqualTo(Attention.PAID_TWICE);
        rows.same(Event.ATTENTION, new Fields().with("attention", Attention.PAID_TWICE));
        assertThat(facts().owed()).isNull();
    }

    @Test
    void owedAlarm_isSettledByAPerson() {
        rows.lost().then(Event.TAKEN_AT_ITS_WORD, PayoutStatus.FAILED);
        assertThat(facts().owed()).isEqualTo(Attention.NOTIFIED_ONLY);
        rows.same(Event.ATTENTION, new Fields().with("attention", Attention.LISTENER_FAILED));
        assertThat(facts().owed()).isEqualTo(Attention.NOTIFIED_ONLY);

        rows.same(Event.SETTLED);

        assertThat(facts().owed()).isNull();
    }

    @Test
    void contradictingAnswer_isOwedOnlyWhereItWasAskedFor() {
        rows.prepared().submitting().unclear(Event.SUBMITTED, Evidence.Kind.CONTRADICTING_ANSWER);
        assertThat(facts().owed()).isNull();

        rows.unclear(Event.OBSERVED, Evidence.Kind.CONTRADICTING_ANSWER);

        assertThat(facts().owed()).isEqualTo(Attention.CONTRADICTION);
    }

    /** What was told before is not told anew by the next row of its kind. */
    @Test
    void alarmThatStands_isNotOwedAgain() {
        rows.paid().same(Event.ATTENTION, new Fields().with("attention", Attention.PAID_TWICE));

        rows.then(Event.OBSERVED, PayoutStatus.SUCCEEDED, new Fields().with("evidence.kind", Evidence.Kind.PAID_TWICE));

        assertThat(facts().owed()).isNull();
    }
}
