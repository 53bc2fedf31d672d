package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;
import static org.unipayout.journal.NastyHistoryTest.FENCED;
import static org.unipayout.journal.NastyHistoryTest.N;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Evidence;
import org.unipayout.Evidence.Kind;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.TableSnapshots.Snapshot;
import org.unipayout.journal.internal.run.Checkpoint;

/** A database that went back in time: what was sent since must not be sent again, and what was ended must not be sent at all. */
@SuppressWarnings("NullAway") // what each test sets first is there
class RestoredDatabaseTest {
    private static final Duration LOST = Duration.ofHours(3);

    /** The ways in which a provider lets a payout be sent again. */
    @SuppressWarnings("ImmutableEnumChecker") // a rule is immutable
    enum Rule {
        HANDLE(SAME_HANDLE),
        REFERENCE(SAME_REFERENCE),
        REPLAYS(new Resubmission.Replays(Duration.ofHours(1))),
        KEPT(new Resubmission.Replays(Duration.ofDays(30))),
        FENCE(FENCED),
        NOTHING(AFTER_ABSENCE);

        final Resubmission rule;

        Rule(Resubmission rule) {
            this.rule = rule;
        }
    }

    /** How far the database goes back. */
    enum Back {
        BEFORE_THE_PAY,
        BEFORE_THE_PREPARE,
        BEFORE_THE_SUBMIT
    }

    private JournalFixture j;
    private LostTimeProvider provider;
    private TableSnapshots tables;
    private Snapshot kept;
    private Payouts p;

    private void at(Rule rule, Back back, UnaryOperator<PayoutsBuilder> more) {
        at(Databases.H2, rule, back, more);
    }

    private void at(Databases database, Rule rule, Back back, UnaryOperator<PayoutsBuilder> more) {
        boolean fenced = rule == Rule.FENCE; // the fixture's own journal has no fence
        j = new JournalFixture(database, fenced ? SAME_REFERENCE : rule.rule);
        j.provider.rule = rule.rule;
        provider = LostTimeProvider.behind(j.provider, j.clock, rule.rule);
        tables = new TableSnapshots(j.dataSource);
        kept = tables.take();
        p = j.journal(b -> more.apply(NastyHistoryTest.fenced(rule.rule, b))
                .checkpoints((checkpoint, reference) -> keep(back, checkpoint)));
        provider.fence = question -> p.verification(N, question.getBytes(StandardCharsets.UTF_8), Map.of())
                .equals(NastyHistoryTest.YES);
    }

    private void keep(Back back, Checkpoint checkpoint) {
        boolean now = (back == Back.BEFORE_THE_PREPARE && checkpoint == Checkpoint.INTENT_STORED)
                || (back == Back.BEFORE_THE_SUBMIT && checkpoint == Checkpoint.PREPARE_STORED);
        if (now && provider.payments() == 0) {
            kept = tables.take();
        }
    }

    private void goBack() {
        j.clock.advance(LOST);
        tables.putBack(kept);
    }

    private int told() {
        return p.by(ANNA).restored(START, j.clock.instant().plus(Duration.ofDays(30)));
    }

    private PayoutRecord repeat(Back back) {
        return back == Back.BEFORE_THE_PAY ? p.pay(request("r-1"), N) : p.recoverNow("r-1");
    }

    private PayoutRecord look(Duration pause, int times) {
        return j.recover(p, "r-1", pause, times);
    }

    /** What a second send would do to whoever is not told that the database went back. */
    @ParameterizedTest
    @CsvSource({
        "HANDLE, BEFORE_THE_PAY",
        "HANDLE, BEFORE_THE_PREPARE",
        "REPLAYS, BEFORE_THE_PAY",
        "REPLAYS, BEFORE_THE_PREPARE",
        "REPLAYS, BEFORE_THE_SUBMIT",
        "FENCE, BEFORE_THE_PAY",
        "FENCE, BEFORE_THE_PREPARE",
        "FENCE, BEFORE_THE_SUBMIT",
        "NOTHING, BEFORE_THE_PAY",
        "NOTHING, BEFORE_THE_PREPARE",
        "NOTHING, BEFORE_THE_SUBMIT"
    })
    void notTold_sentBefore_isPaidTwice(Rule rule, Back back) {
        at(rule, back, b -> b);
        p.pay(request("r-1"), N);
        goBack();

        repeat(back);
        look(Duration.ofMinutes(45), 20);

        assertThat(provider.payments()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "HANDLE, BEFORE_THE_PAY",
        "HANDLE, BEFORE_THE_PREPARE",
        "HANDLE, BEFORE_THE_SUBMIT",
        "REFERENCE, BEFORE_THE_PAY",
        "REFERENCE, BEFORE_THE_PREPARE",
        "REFERENCE, BEFORE_THE_SUBMIT",
        "REPLAYS, BEFORE_THE_PAY",
        "REPLAYS, BEFORE_THE_PREPARE",
        "REPLAYS, BEFORE_THE_SUBMIT",
        "KEPT, BEFORE_THE_PAY",
        "KEPT, BEFORE_THE_PREPARE",
        "KEPT, BEFORE_THE_SUBMIT",
        "FENCE, BEFORE_THE_PAY",
        "FENCE, BEFORE_THE_PREPARE",
        "FENCE, BEFORE_THE_SUBMIT",
        "NOTHING, BEFORE_THE_PAY",
        "NOTHING, BEFORE_THE_PREPARE",
        "NOTHING, BEFORE_THE_SUBMIT"
    })
    void told_sentBefore_isFoundAndPaidOnce(Rule rule, Back back) {
        for (Absence absence : Absence.values()) {
            at(rule, back, b -> b.afterAbsence(absence));
            p.pay(request("r-1"), N);
            goBack();

            assertThat(told()).isZero();
            repeat(back);
            provider.becomes(PayoutStatus.SUCCEEDED);
            PayoutRecord record = look(Duration.ofMinutes(45), 20);

            assertThat(record.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(record.attention()).isEmpty();
            assertThat(provider.payments()).isEqualTo(1);
            assertThat(p.verifyHistory()).isEmpty();
        }
    }

    /** The provider shows nothing of it, and the lost time may have ended it. */
    @ParameterizedTest
    @CsvSource({
        "HANDLE, BEFORE_THE_PAY",
        "HANDLE, BEFORE_THE_PREPARE",
        "HANDLE, BEFORE_THE_SUBMIT",
        "REFERENCE, BEFORE_THE_PAY",
        "REFERENCE, BEFORE_THE_PREPARE",
        "REFERENCE, BEFORE_THE_SUBMIT",
        "REPLAYS, BEFORE_THE_PAY",
        "REPLAYS, BEFORE_THE_PREPARE",
        "REPLAYS, BEFORE_THE_SUBMIT",
        "KEPT, BEFORE_THE_PAY",
        "FENCE, BEFORE_THE_PAY",
        "FENCE, BEFORE_THE_PREPARE",
        "FENCE, BEFORE_THE_SUBMIT",
        "NOTHING, BEFORE_THE_PAY",
        "NOTHING, BEFORE_THE_PREPARE",
        "NOTHING, BEFORE_THE_SUBMIT"
    })
    void told_refusedBefore_waitsForAPersonAndIsThenPaidOnce(Rule rule, Back back) {
        at(rule, back, b -> b);
        provider.refuses = true;
        assertThat(p.pay(request("r-1"), N).status()).isEqualTo(PayoutStatus.FAILED);
        provider.refuses = false;
        goBack();

        assertThat(told()).isZero();
        repeat(back);
        PayoutRecord record = look(Duration.ofMinutes(45), 20);
        assertThat(record.attention()).contains(Attention.DECISION_NEEDED);
        assertThat(record.openVerbs()).contains(Verb.RESUBMIT, Verb.SETTLE);
        assertThat(provider.payments()).as("told as failed, and paid").isZero();

        p.by(BORIS).resubmit("r-1");
        look(Duration.ofMinutes(45), 20);
        assertThat(provider.payments()).isEqualTo(1);
    }

    /** With the handle all is lost by which the provider could be asked, so nobody waits for its answer. */
    @ParameterizedTest
    @CsvSource({"BEFORE_THE_PAY", "BEFORE_THE_PREPARE"})
    void told_handleLostAndNoLookUpByReference_waitsForAPersonAndIsThenPaidOnce(Back back) {
        for (Absence absence : Absence.values()) {
            at(Rule.HANDLE, back, b -> b.afterAbsence(absence));
            j.provider.findsOnlyIds = true;
            provider.refuses = true;
            p.pay(request("r-1"), N);
            provider.refuses = false;
            goBack();

            assertThat(told()).isZero();
            assertThat(repeat(back).attention()).isEmpty();
            PayoutRecord record = look(SimulatedProvider.CALL_DEADLINE.multipliedBy(3), 2);
            assertThat(record.attention()).contains(Attention.DECISION_NEEDED);
            assertThat(provider.payments()).isZero();

            p.by(BORIS).resubmit("r-1");
            look(Duration.ofMinutes(45), 20);
            assertThat(provider.payments()).isEqualTo(1);
            assertThat(p.verifyHistory()).isEmpty();
        }
    }

    /** The key was used by a send whose handle is lost: no answer under the new one will ever tell its end. */
    @Test
    void told_handleLostAndKeyUsed_standsForAPerson() {
        at(Rule.HANDLE, Back.BEFORE_THE_PAY, b -> b);
        p.pay(request("r-1"), N);
        goBack();
        told();
        j.provider.findsOnlyIds = true;
        Function<PayoutRef, Payout> used = ref -> Payout.unknown(ref, "", new Evidence(Kind.DUPLICATE, "used"));
        j.provider.onSubmit = ref -> {
            j.provider.onGet = used;
            return used.apply(ref);
        };
        repeat(Back.BEFORE_THE_PAY);
        look(Duration.ofMinutes(45), 2);
        p.by(BORIS).resubmit("r-1");
        assertThat(p.stored("r-1").orElseThrow().attention()).isEmpty();

        PayoutRecord record = look(SimulatedProvider.CALL_DEADLINE.multipliedBy(3), 2);
        assertThat(record.attention()).contains(Attention.END_UNPROVEN);
        assertThat(record.openVerbs()).contains(Verb.SETTLE).doesNotContain(Verb.RESUBMIT);
    }

    /** Who relies on the provider's rules is asked only where what they rest on was lost. */
    @ParameterizedTest
    @CsvSource({
        "HANDLE, BEFORE_THE_PREPARE, 0",
        "HANDLE, BEFORE_THE_SUBMIT, 1",
        "REFERENCE, BEFORE_THE_PAY, 1",
        "REFERENCE, BEFORE_THE_SUBMIT, 1",
        "REPLAYS, BEFORE_THE_SUBMIT, 0",
        "KEPT, BEFORE_THE_PAY, 1",
        "KEPT, BEFORE_THE_SUBMIT, 1",
        "FENCE, BEFORE_THE_SUBMIT, 0",
        "NOTHING, BEFORE_THE_SUBMIT, 1"
    })
    void told_neverSent_afterAbsenceResubmit(Rule rule, Back back, int payments) {
        at(rule, back, b -> b.afterAbsence(Absence.RESUBMIT));
        provider.refuses = true;
        p.pay(request("r-1"), N);
        provider.refuses = false;
        goBack();
        told();

        repeat(back);
        PayoutRecord record = look(Duration.ofMinutes(45), 20);

        assertThat(provider.payments()).isEqualTo(payments);
        assertThat(record.attention().isPresent()).isEqualTo(payments == 0);
    }

    /** The window counts from the restore, whenever the payout was asked for. */
    @Test
    void told_afterAbsence_waitsTheWholeWindow() {
        at(Rule.NOTHING, Back.BEFORE_THE_SUBMIT, b -> b.afterAbsence(Absence.RESUBMIT));
        provider.refuses = true;
        p.pay(request("r-1"), N);
        provider.refuses = false;
        goBack();
        told();
        Instant restoredAt = j.clock.instant();

        while (provider.payments() == 0) {
            p.recoverNow("r-1");
            j.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(Duration.between(restoredAt, j.clock.instant())).isGreaterThan(Duration.ofHours(2));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void told_again_addsNothing(Databases database) {
        at(database, Rule.REFERENCE, Back.BEFORE_THE_SUBMIT, b -> b);
        p.pay(request("r-1"), N);
        goBack();
        Instant until = j.clock.instant().plus(Duration.ofDays(1));
        assertThat(p.by(ANNA).restored(START, until)).isZero();
        long rows = rows();
        j.clock.advance(Duration.ofMinutes(1));

        assertThat(p.by(ANNA).restored(START, until)).isZero();
        assertThat(p.by(ANNA).restored(START, until.plusSeconds(60))).isZero();

        assertThat(rows()).isEqualTo(rows);
        assertThat(p.verifyHistory()).isEmpty();
        assertThat(Tables.texts(j.dataSource, "select who from payout_journal_restore"))
                .containsExactly("anna");
        assertThat(j.story("r-1")).contains("The database went back in time").contains("anna");
    }

    private long rows() {
        return Tables.count(j.dataSource, "payout_journal_history");
    }

    /** A second restore, later, is another one. */
    @Test
    void told_ofASecondRestore_startsAnew() {
        at(Rule.NOTHING, Back.BEFORE_THE_SUBMIT, b -> b);
        provider.refuses = true;
        p.pay(request("r-1"), N);
        provider.refuses = false;
        goBack();
        told();
        look(Duration.ofMinutes(45), 20);
        assertThat(p.stored("r-1").orElseThrow().attention()).contains(Attention.DECISION_NEEDED);

        Instant again = j.clock.instant();
        j.clock.advance(Duration.ofMinutes(1));
        p.by(ANNA).restored(again, again);

        PayoutRecord record = p.stored("r-1").orElseThrow();
        assertThat(record.attention()).isEmpty();
        assertThat(record.openVerbs()).doesNotContain(Verb.RESUBMIT);
        assertThat(look(Duration.ofMinutes(45), 20).attention()).contains(Attention.DECISION_NEEDED);
    }

    /** A payout that had ended is asked about once more, because the notification of a return may be lost. */
    @Test
    void told_endedBefore_isAskedOnceMore() {
        at(Rule.REFERENCE, Back.BEFORE_THE_PAY, b -> b);
        p.pay(request("r-1"), N);
        provider.becomes(PayoutStatus.SUCCEEDED);
        assertThat(look(Duration.ofMinutes(1), 3).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        Instant until = j.clock.instant();
        kept = tables.take();
        provider.becomes(PayoutStatus.RETURNED);
        goBack();

        assertThat(p.by(ANNA).restored(until, until)).isZero();
        assertThat(Tables.texts(j.dataSource, "select task_instance from payout_journal_task"))
                .containsExactly("r-1");
        p.recoverNow("r-1");

        assertThat(p.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(provider.payments()).isEqualTo(1);
    }

    @Test
    void told_endedLongBefore_staysAsItIs() {
        at(Rule.REFERENCE, Back.BEFORE_THE_PAY, b -> b);
        p.pay(request("r-1"), N);
        provider.becomes(PayoutStatus.SUCCEEDED);
        look(Duration.ofMinutes(1), 3);
        long rows = rows();
        j.clock.advance(Duration.ofDays(6));

        p.by(ANNA).restored(j.clock.instant().minusSeconds(60), j.clock.instant());

        assertThat(rows()).isEqualTo(rows);
    }

    /** A machine that stood still since before the restore was told sends nothing by what it knew then. */
    @Test
    void told_whileAMachineStandsStillBeforeItSends_itSendsNothing() {
        at(Rule.NOTHING, Back.BEFORE_THE_PAY, b -> b);
        AtomicInteger left = new AtomicInteger(-1);
        Payouts slow = j.journal(b -> b.node("slow").checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.PREPARE_STORED) {
                j.clock.advance(LOST); // its lease is over
                left.set(told());
            }
        }));

        slow.pay(request("r-1"), N);

        assertThat(left).hasValue(0);
        assertThat(provider.payments()).isZero();
    }

    /** Whoever works on a payout keeps it; the rest goes on. */
    @Test
    void told_whileAMachineWorks_saysHowManyRemain() {
        at(Rule.NOTHING, Back.BEFORE_THE_PAY, b -> b);
        AtomicInteger left = new AtomicInteger(-1);
        Payouts busy = j.journal(b -> b.node("busy").checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.PREPARE_STORED) {
                j.clock.advance(Duration.ofSeconds(1));
                left.set(told());
            }
        }));

        busy.pay(request("r-1"), N);

        assertThat(left).hasValue(1);
        assertThat(told()).isZero();
    }

    /** The transaction that the fence let through may be lost, so it lets no other one through before a person decides. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void told_fence_declinesUntilAPersonDecides(Databases database) {
        at(database, Rule.FENCE, Back.BEFORE_THE_SUBMIT, b -> b);
        p.pay(request("r-1"), N);
        goBack();
        told();

        assertThat(provider.fence.test("r-1 p-9 15000")).isFalse();
        p.recoverNow("r-1");
        assertThat(provider.fence.test("r-1 p-9 15000")).isFalse();
    }

    /** A request that says when it arose, after the restore, is none of the lost time. */
    @Test
    void told_newRequestThatSaysWhenItArose_isSentAtOnce() {
        at(Rule.NOTHING, Back.BEFORE_THE_PAY, b -> b);
        goBack();
        j.clock.advance(LOST);
        told();
        j.clock.advance(Duration.ofHours(1));

        Instant arose = j.clock.instant().minusSeconds(1);
        p.pay(request("r-1").toBuilder().requestedAt(arose).build(), N);

        assertThat(provider.payments()).isEqualTo(1);
    }

    /** One that does not say so is none only after the time that the merchant named. */
    @ParameterizedTest
    @CsvSource({"PT1H, 0", "PT3H, 1"})
    void told_newRequestThatDoesNotSayWhenItArose(Duration after, int payments) {
        at(Rule.NOTHING, Back.BEFORE_THE_PAY, b -> b);
        j.clock.advance(LOST);
        p.by(ANNA).restored(START, j.clock.instant().plus(Duration.ofHours(2)));
        j.clock.advance(after);

        p.pay(request("r-1"), N);

        assertThat(provider.payments()).isEqualTo(payments);
    }

    /** Asked for before, said so, and repeated long after the time that was named for those that say nothing. */
    @Test
    void told_oldRequestThatSaysWhenItArose_isLookedForFirst() {
        at(Rule.NOTHING, Back.BEFORE_THE_PAY, b -> b);
        p.pay(request("r-1").toBuilder().requestedAt(START).build(), N);
        goBack();
        p.by(ANNA).restored(START, START);
        j.clock.advance(Duration.ofDays(3));

        p.pay(request("r-1").toBuilder().requestedAt(START).build(), N);
        provider.becomes(PayoutStatus.SUCCEEDED);

        assertThat(look(Duration.ofMinutes(45), 3).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(provider.payments()).isEqualTo(1);
    }

    /** An approval may be lost with the send that followed it. */
    @Test
    void told_paymentUnderFourEyes_isLookedForAndNotEnded() {
        at(Rule.REFERENCE, Back.BEFORE_THE_SUBMIT, b -> b.fourEyes(Verb.PAY));
        PayoutRecord waiting = p.by(ANNA).pay(request("r-1"), N, Confirmation.AUTOMATIC);
        String hash = waiting.order().orElseThrow().hash();
        kept = tables.take();
        p.by(BORIS).approve("r-1", hash);
        assertThat(provider.payments()).isEqualTo(1);
        goBack();
        told();

        p.by(BORIS).reject("r-1", hash);
        provider.becomes(PayoutStatus.SUCCEEDED);

        assertThat(look(Duration.ofMinutes(45), 3).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(provider.payments()).isEqualTo(1);
    }

    @Test
    void told_ofTheFuture_isRefused() {
        at(Rule.NOTHING, Back.BEFORE_THE_PAY, b -> b);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> p.by(ANNA).restored(j.clock.instant(), START))
                .withMessageStartingWith("keptUntil:");
    }

    /** A worker could do nothing with it; whoever gives the provider to the builder again tells it once more. */
    @Test
    void told_endedAtAProviderThatIsNotGiven_leavesNoTask_andToldAgainWithItOne() {
        at(Rule.REFERENCE, Back.BEFORE_THE_PAY, b -> b);
        p.pay(request("r-1"), N);
        provider.becomes(PayoutStatus.SUCCEEDED);
        look(Duration.ofMinutes(1), 3);
        Instant until = j.clock.instant();
        j.clock.advance(LOST);
        Tables.edit(j.dataSource, "delete from payout_journal_task");
        Payouts without = Payouts.builder(j.dataSource)
                .provider("another", j.provider)
                .time(j.clock, j.clock::advance, () -> 1.0)
                .build();
        String tasks = "select task_instance from payout_journal_task";

        assertThat(without.by(ANNA).restored(until, until)).isZero();
        assertThat(Tables.texts(j.dataSource, tasks)).isEmpty();

        assertThat(p.by(ANNA).restored(until, until)).isZero();
        assertThat(Tables.texts(j.dataSource, tasks)).containsExactly("r-1");
    }
}
