package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;
import static org.unipayout.journal.NastyHistoryTest.FENCED;
import static org.unipayout.journal.NastyHistoryTest.N;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Resubmission;
import org.unipayout.journal.TableSnapshots.Snapshot;
import org.unipayout.journal.internal.run.Checkpoint;

/** Attacks on a database that went back in time, each with a ledger of its own. */
@SuppressWarnings("NullAway") // what each test sets first is there
class LostTimeAttackTest {
    /** What the provider made of a submit. */
    private static final class Tx {
        final String id;
        final Instant at;
        PayoutStatus status = PayoutStatus.PROCESSING;
        boolean shown;

        Tx(String id, Instant at) {
            this.id = id;
            this.at = at;
        }
    }

    private final List<Tx> ledger = new ArrayList<>();
    private int handles;
    private boolean answers = true;
    private boolean stamped;
    private JournalFixture j;
    private TableSnapshots tables;
    private Snapshot kept;
    private Payouts p;

    private void at(Resubmission rule, UnaryOperator<PayoutsBuilder> more) {
        j = new JournalFixture(Databases.H2, rule instanceof Resubmission.Fenced ? SAME_REFERENCE : rule);
        j.provider.rule = rule;
        j.provider.noCancel = true;
        tables = new TableSnapshots(j.dataSource);
        kept = tables.take();
        p = j.journal(b -> more.apply(NastyHistoryTest.fenced(rule, b)));
        j.provider.onPrepare = ref -> Payout.builder(
                        rule instanceof Resubmission.SameHandle ? ref.withProviderId("h-" + ++handles) : ref,
                        PayoutStatus.PREPARED,
                        "")
                .build();
        j.provider.onSubmit = ref -> submit(rule, ref);
        j.provider.onGet = ref -> get(rule, ref);
    }

    private Payout submit(Resubmission rule, PayoutRef ref) {
        String id =
                rule instanceof Resubmission.SameHandle ? ref.providerId().orElseThrow() : "p-" + (ledger.size() + 1);
        Tx tx = ledger.stream()
                .filter(one -> rule instanceof Resubmission.Replays replays
                        ? j.clock.instant().isBefore(one.at.plus(replays.keptFor()))
                        : rule instanceof Resubmission.SameReference || one.id.equals(id))
                .findFirst()
                .orElse(null);
        if (tx == null) {
            boolean fenced = rule instanceof Resubmission.Fenced;
            if (fenced && !passes(id)) {
                return unknown(ref, Evidence.Kind.NOT_LET_THROUGH);
            }
            tx = new Tx(id, j.clock.instant());
            ledger.add(tx);
        }
        return answers ? said(ref, tx) : unknown(ref, Evidence.Kind.NO_ANSWER);
    }

    private boolean passes(String id) {
        return p.verification(N, ("r-1 " + id + " 15000").getBytes(StandardCharsets.UTF_8), Map.of())
                .equals(NastyHistoryTest.YES);
    }

    /** By id if there is one; else the first by reference that is shown. */
    private Payout get(Resubmission rule, PayoutRef ref) {
        String id = ref.providerId().orElse(null);
        for (Tx tx : ledger) {
            if (id != null ? id.equals(tx.id) : tx.shown) {
                return said(ref, tx);
            }
        }
        return id != null && rule instanceof Resubmission.SameHandle
                ? Payout.builder(ref, PayoutStatus.PREPARED, "").build()
                : unknown(ref, Evidence.Kind.ABSENT);
    }

    private Payout said(PayoutRef ref, Tx tx) {
        Payout said = NastyHistoryTest.said(ref, tx.id, tx.status);
        return stamped ? said.toBuilder().createdAt(tx.at).build() : said;
    }

    private static Payout unknown(PayoutRef ref, Evidence.Kind kind) {
        return Payout.unknown(ref, "", new Evidence(kind, "x"));
    }

    private void payWithoutCarryingOn() throws SQLException {
        try (Connection connection = j.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            p.pay(connection, request("r-1"), N);
            connection.commit();
        }
    }

    private void goBack() {
        tables.putBack(kept);
    }

    private void told(Instant keptUntil) {
        assertThat(p.by(ANNA).restored(keptUntil, j.clock.instant().plus(Duration.ofDays(30))))
                .isZero();
    }

    private PayoutRecord look(Duration pause, int times) {
        return j.recover(p, "r-1", pause, times);
    }

    private void keepAt(Checkpoint checkpoint, Checkpoint reached) {
        if (checkpoint == reached && ledger.isEmpty()) {
            kept = tables.take();
        }
    }

    private long unended() {
        return ledger.stream()
                .filter(tx -> tx.status.funds() != PayoutStatus.Funds.NOT_MOVED)
                .count();
    }

    private void doesNotLie(PayoutRecord record) {
        boolean saysNotPaid = record.status().isFinal() && record.status().funds() == PayoutStatus.Funds.NOT_MOVED;
        assertThat(saysNotPaid && unended() > 0)
                .as("says %s while the ledger has a paid one", record.status())
                .isFalse();
    }

    // ---- 1: an end that a person settled, and that was told, is lost; the provider still waits for a confirmation

    @ParameterizedTest
    @CsvSource({"AUTOMATIC", "MANUAL"})
    void settledAsNotPaidInTheLostTime_isConfirmedByItself(String confirmation) {
        j = new JournalFixture(Databases.H2, SAME_HANDLE);
        j.provider.confirms = true;
        j.provider.fault(Operation.CONFIRM, SimulatedProvider.Fault.REFUSED);
        tables = new TableSnapshots(j.dataSource);
        Checkpoint last =
                confirmation.equals("AUTOMATIC") ? Checkpoint.SUBMIT_ANSWER_STORED : Checkpoint.CONFIRM_ORDERED;
        p = j.journal(b -> b.checkpoints((checkpoint, reference) -> {
            if (checkpoint == last && kept == null) {
                kept = tables.take();
            }
        }));
        p.pay(request("r-1"), N, confirmation.equals("AUTOMATIC") ? Confirmation.AUTOMATIC : Confirmation.MANUAL);
        if (!confirmation.equals("AUTOMATIC")) {
            p.by(ANNA).confirm("r-1");
        }
        look(Duration.ofMinutes(5), 3);
        assertThat(p.stored("r-1").orElseThrow().attention()).contains(Attention.CONFIRMATION_REFUSED);
        PayoutRecord told = p.by(BORIS).settle("r-1", Settlement.notPaid("nothing in the statement"));
        assertThat(told.status()).isEqualTo(PayoutStatus.FAILED); // and the merchant pays in another way

        j.clock.advance(Duration.ofHours(1));
        goBack();
        told(START);
        look(Duration.ofMinutes(45), 20);

        assertThat(j.provider.payments())
                .as("told as failed by a person, and paid")
                .isZero();
        PayoutRecord waits = p.stored("r-1").orElseThrow();
        assertThat(waits.attention()).contains(Attention.DECISION_NEEDED);
        assertThat(waits.openVerbs()).contains(Verb.CONFIRM, Verb.SETTLE);
        p.by(BORIS).confirm("r-1");
        look(Duration.ofMinutes(45), 3);
        assertThat(j.provider.payments()).isOne();
    }

    // ---- 2: a handle that was prepared after the return and before it was told; nothing was sent between

    @Test
    void preparedBetweenReturnAndTelling_isTakenForTheHandleThatWasKept() {
        boolean[] dies = {false};
        at(
                SAME_HANDLE,
                b -> b.afterAbsence(Absence.RESUBMIT).checkpoints((checkpoint, reference) -> {
                    keepAt(Checkpoint.INTENT_STORED, checkpoint);
                    if (dies[0] && checkpoint == Checkpoint.PREPARE_STORED) {
                        throw new StackOverflowError("the process dies");
                    }
                }));
        p.pay(request("r-1"), N);
        assertThat(ledger).hasSize(1);
        j.clock.advance(Duration.ofHours(1));
        goBack();

        dies[0] = true;
        try {
            p.find("r-1"); // a customer looks at a status page; workers and pay are stopped
        } catch (StackOverflowError dead) {
            dies[0] = false;
        }
        assertThat(ledger).as("nothing was sent before it is told").hasSize(1);
        told(START);
        look(Duration.ofMinutes(45), 20);

        assertThat(ledger).as("payments").hasSize(1);
    }

    // ---- 4: two restores, one after the other, by the book

    @Test
    void twoLostTimes_eachSentAnotherHandle_endOfOneIsNotTheEnd() {
        at(SAME_HANDLE, b -> b.checkpoints((checkpoint, reference) -> keepAt(Checkpoint.INTENT_STORED, checkpoint)));
        p.pay(request("r-1"), N);
        j.clock.advance(Duration.ofHours(1));
        goBack();
        told(START);
        assertThat(look(Duration.ofMinutes(10), 3).attention()).contains(Attention.DECISION_NEEDED);
        Instant keptUntil = j.clock.instant();
        kept = tables.take();

        j.clock.advance(Duration.ofMinutes(10));
        p.by(BORIS).resubmit("r-1");
        look(Duration.ofMinutes(10), 3);
        assertThat(ledger).hasSize(2); // the person decided so
        ledger.get(1).status = PayoutStatus.SUCCEEDED;
        j.clock.advance(Duration.ofHours(1));
        goBack();
        told(keptUntil.plusSeconds(1));
        ledger.get(0).shown = true;
        ledger.get(0).status = PayoutStatus.FAILED;

        doesNotLie(look(Duration.ofMinutes(10), 5));
    }

    // ---- 5: a fence that has lost its memory

    @Test
    void fenceLostItsMemory_laterSendFails_firstIsPaid() {
        at(FENCED, b -> b.checkpoints((checkpoint, reference) -> keepAt(Checkpoint.INTENT_STORED, checkpoint)));
        p.pay(request("r-1"), N);
        assertThat(ledger).hasSize(1);
        j.clock.advance(Duration.ofHours(1));
        goBack();
        told(START);
        assertThat(look(Duration.ofMinutes(10), 5).attention()).contains(Attention.DECISION_NEEDED);

        answers = false;
        p.by(BORIS).resubmit("r-1");
        look(Duration.ofMinutes(10), 1);
        assertThat(ledger).hasSize(2);
        ledger.get(0).status = PayoutStatus.SUCCEEDED; // it lay in a queue
        ledger.get(1).status = PayoutStatus.FAILED;

        doesNotLie(look(Duration.ofMinutes(10), 5));
    }

    @Test
    void fenceLostItsMemory_laterSendRefused_firstIsPaid() {
        at(FENCED, b -> b.checkpoints((checkpoint, reference) -> keepAt(Checkpoint.INTENT_STORED, checkpoint)));
        p.pay(request("r-1"), N);
        j.clock.advance(Duration.ofHours(1));
        goBack();
        told(START);
        assertThat(look(Duration.ofMinutes(10), 5).attention()).contains(Attention.DECISION_NEEDED);

        j.provider.onSubmit = ref -> NastyHistoryTest.said(ref, null, PayoutStatus.FAILED);
        p.by(BORIS).resubmit("r-1");
        ledger.get(0).status = PayoutStatus.SUCCEEDED; // still hidden

        doesNotLie(look(Duration.ofMinutes(10), 5));
    }

    @Test
    void fenceLostItsMemory_expired_firstIsPaid() {
        at(FENCED, b -> b.checkpoints((checkpoint, reference) -> keepAt(Checkpoint.INTENT_STORED, checkpoint)));
        p.pay(
                request("r-1").toBuilder()
                        .expiresAt(START.plus(Duration.ofMinutes(100)))
                        .build(),
                N);
        j.clock.advance(Duration.ofHours(1));
        goBack();
        told(START);
        assertThat(look(Duration.ofMinutes(10), 5).attention()).contains(Attention.DECISION_NEEDED);
        ledger.get(0).status = PayoutStatus.SUCCEEDED; // still hidden

        p.by(BORIS).resubmit("r-1");

        doesNotLie(look(Duration.ofMinutes(10), 5));
    }

    // ---- 6: told too late an instant at first, then the right one

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void toldTooLateAtFirst_afterAbsence_endOfTheFirstSend(boolean corrected) {
        at(AFTER_ABSENCE, b -> b.checkpoints((checkpoint, reference) -> keepAt(Checkpoint.INTENT_STORED, checkpoint)));
        answers = false;
        p.pay(request("r-1"), N);
        look(Duration.ofMinutes(10), 15); // 2 hours 30
        p.by(BORIS).resubmit("r-1");
        assertThat(ledger).hasSize(2);
        ledger.get(1).status = PayoutStatus.SUCCEEDED;
        j.clock.advance(Duration.ofMinutes(30));
        goBack();
        if (corrected) {
            told(START.plus(Duration.ofHours(2)));
        }
        told(START);
        ledger.get(0).shown = true;
        ledger.get(0).status = PayoutStatus.FAILED;

        doesNotLie(look(Duration.ofMinutes(10), 5));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void toldTooLateAtFirst_replays_keyIsForgotten(boolean corrected) {
        at(
                new Resubmission.Replays(Duration.ofHours(4)),
                b -> b.afterAbsence(Absence.RESUBMIT)
                        .checkpoints((checkpoint, reference) -> keepAt(Checkpoint.INTENT_STORED, checkpoint)));
        p.pay(request("r-1"), N);
        j.clock.advance(Duration.ofHours(3));
        goBack();
        if (corrected) {
            told(START.plus(Duration.ofHours(2)));
        }
        told(START);
        j.clock.advance(Duration.ofHours(2)); // no worker runs meanwhile
        look(Duration.ofMinutes(1), 5);

        assertThat(ledger).as("payments").hasSize(1);
    }

    // ---- 7: two lost times, a request without requestedAt in both, each within its repeatedUntil

    @Test
    void twoLostTimes_requestWithoutTime_keyIsForgotten() throws SQLException {
        at(new Resubmission.Replays(Duration.ofHours(4)), b -> b.afterAbsence(Absence.RESUBMIT));
        j.clock.advance(Duration.ofMinutes(10));
        p.pay(request("r-1"), N); // paid at 10:10, the key is kept until 14:10
        j.clock.advance(Duration.ofMinutes(50));
        goBack();
        assertThat(p.by(ANNA).restored(START, START.plus(Duration.ofMinutes(90))))
                .isZero();
        j.clock.advance(Duration.ofMinutes(20));
        kept = tables.take();
        j.clock.advance(Duration.ofMinutes(5));
        payWithoutCarryingOn(); // 11:25, within repeatedUntil: waits
        assertThat(ledger).hasSize(1);
        j.clock.advance(Duration.ofMinutes(35));
        goBack();
        assertThat(p.by(ANNA).restored(START.plus(Duration.ofMinutes(81)), START.plus(Duration.ofHours(3))))
                .isZero();
        j.clock.advance(Duration.ofMinutes(10));
        payWithoutCarryingOn(); // 12:10, within the second repeatedUntil
        j.clock.advance(Duration.ofMinutes(140)); // 14:30
        look(Duration.ofMinutes(1), 5);

        assertThat(ledger).as("payments").hasSize(1);
    }

    @Test
    void twoLostTimes_requestWithoutTime_isTakenForSomebodyElses() {
        stamped = true;
        at(SAME_REFERENCE, b -> b);
        j.clock.advance(Duration.ofMinutes(10));
        p.pay(request("r-1"), N);
        j.clock.advance(Duration.ofMinutes(50));
        goBack();
        assertThat(p.by(ANNA).restored(START, START.plus(Duration.ofMinutes(90))))
                .isZero();
        kept = tables.take();
        j.clock.advance(Duration.ofHours(1));
        goBack();
        assertThat(p.by(ANNA).restored(START.plus(Duration.ofMinutes(61)), START.plus(Duration.ofHours(3))))
                .isZero();
        ledger.get(0).status = PayoutStatus.SUCCEEDED;
        ledger.get(0).shown = true;
        p.pay(request("r-1"), N);

        assertThat(look(Duration.ofMinutes(10), 5).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    // ---- 9: sent after the return and before it was told; that cannot be taken back, but its end is not the end

    @Test
    void sentBetweenReturnAndTelling_itsEndIsNotTheEnd() {
        at(AFTER_ABSENCE, b -> b.checkpoints((checkpoint, reference) -> keepAt(Checkpoint.INTENT_STORED, checkpoint)));
        answers = false;
        p.pay(request("r-1"), N);
        j.clock.advance(Duration.ofMinutes(30));
        goBack();
        p.recoverNow("r-1");
        assertThat(ledger).hasSize(2);
        told(START);
        ledger.get(0).status = PayoutStatus.SUCCEEDED; // hidden yet
        ledger.get(1).status = PayoutStatus.FAILED;
        ledger.get(1).shown = true;

        doesNotLie(look(Duration.ofMinutes(10), 5));
    }

    // ---- 10: four eyes, an approval that was lost

    @Test
    void approvalLost_rejectedNow_leavesAVerb() {
        at(AFTER_ABSENCE, b -> b.fourEyes(Verb.PAY));
        p.by(ANNA).pay(request("r-1"), N, Confirmation.AUTOMATIC);
        kept = tables.take();
        p.by(BORIS)
                .approve(
                        "r-1",
                        p.stored("r-1").orElseThrow().order().orElseThrow().hash());
        assertThat(ledger).hasSize(1);
        j.clock.advance(Duration.ofHours(1));
        goBack();
        told(START.plusSeconds(1));
        look(Duration.ofMinutes(10), 3);
        PayoutRecord waiting = p.stored("r-1").orElseThrow();
        assertThat(waiting.openVerbs()).contains(Verb.APPROVE, Verb.REJECT);
        p.by(BORIS).reject("r-1", waiting.order().orElseThrow().hash());
        PayoutRecord after = look(Duration.ofMinutes(10), 3);

        assertThat(after.attention().isPresent() && after.openVerbs().isEmpty())
                .as("%s with %s and no verb", after.status(), after.attention())
                .isFalse();
    }

    // ---- 11: the recipient has the address of a form that is lost

    @ParameterizedTest
    @CsvSource({"HANDLE", "ABSENCE"})
    void formLost_anotherFormExpires_lostOneIsPaid(String rule) {
        at(
                rule.equals("HANDLE") ? SAME_HANDLE : AFTER_ABSENCE,
                b -> b.checkpoints((checkpoint, reference) -> {
                    if (checkpoint == Checkpoint.INTENT_STORED && handles == 0) {
                        kept = tables.take();
                    }
                }));
        PayoutStatus[] second = {PayoutStatus.AWAITING_RECIPIENT};
        j.provider.onPrepare = ref -> Payout.builder(
                        ref.withProviderId("h-" + ++handles), PayoutStatus.AWAITING_RECIPIENT, "")
                .build();
        j.provider.onGet = ref -> switch (ref.providerId().orElse("")) {
            case "h-1" -> NastyHistoryTest.said(ref, "h-1", PayoutStatus.SUCCEEDED);
            case "h-2" -> NastyHistoryTest.said(ref, "h-2", second[0]);
            default -> unknown(ref, Evidence.Kind.ABSENT); // no index by reference, or it lags
        };
        PayoutRequest form = PayoutRequest.builder(
                        "r-1",
                        Money.ofMinor(15_000, "KZT"),
                        new Recipient.HostedForm(URI.create("https://m.example/back")))
                .description("Salary")
                .build();
        p.pay(form, N);
        assertThat(handles).isOne();
        j.clock.advance(Duration.ofHours(1));
        goBack();
        told(START);
        assertThat(look(Duration.ofMinutes(20), 10).attention()).contains(Attention.DECISION_NEEDED);
        p.by(BORIS).resubmit("r-1"); // no statement shows a form that nobody has filled in yet
        look(Duration.ofMinutes(10), 2);
        assertThat(handles).isEqualTo(2);
        ledger.add(new Tx("h-1", j.clock.instant())); // the recipient fills in the first one
        ledger.get(0).status = PayoutStatus.SUCCEEDED;
        second[0] = PayoutStatus.EXPIRED;

        doesNotLie(look(Duration.ofMinutes(10), 5));
    }

    // ---- 14: the ends of time

    @Test
    void theEndsOfTime() {
        at(SAME_REFERENCE, b -> b);
        p.pay(request("r-1"), N);
        j.clock.advance(Duration.ofHours(1));
        List<String> strange = new ArrayList<>();
        for (Instant instant : List.of(
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("-4000-01-01T00:00:00Z"),
                Instant.parse("-300000-01-01T00:00:00Z"),
                Instant.MIN)) {
            try {
                p.by(ANNA).restored(instant, j.clock.instant());
            } catch (IllegalArgumentException | JournalException refused) {
                // documented
            } catch (RuntimeException e) {
                strange.add(instant + " " + e);
            }
            p.stored("r-1");
            p.recoverNow("r-1");
        }
        try {
            p.by(ANNA).restored(Instant.EPOCH, Instant.MAX);
        } catch (IllegalArgumentException | JournalException refused) {
            // documented
        } catch (RuntimeException e) {
            strange.add("MAX " + e);
        }
        assertThat(strange).isEmpty();
        assertThat(p.by(ANNA).restored(Instant.EPOCH, j.clock.instant())).isZero();
        assertThat(p.recoverNow("r-1").status()).isNotEqualTo(PayoutStatus.FAILED);
    }

    // ---- 15: "asked for with a later requestedAt: new, sent at once", by a clock that is a little ahead

    @ParameterizedTest
    @CsvSource({"-1000", "1", "1000"})
    void requestedAtAfterTheRestore_clockAhead_isSentAtOnce(long ahead) {
        at(AFTER_ABSENCE, b -> b);
        told(START.minusSeconds(1));
        j.clock.advance(Duration.ofHours(5));
        p.pay(
                request("r-1").toBuilder()
                        .requestedAt(j.clock.instant().plusMillis(ahead))
                        .build(),
                N);

        assertThat(ledger).hasSize(1);
    }

    // ---- 16: a question of the fence stands still while the database goes back: its version comes again, with another
    // head

    @Test
    void fenceStandsStillAcrossTheReturn_letsAnotherOneThrough() {
        at(FENCED, b -> b);
        Runnable[] standsStill = {null};
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                Runnable now = standsStill[0];
                standsStill[0] = null;
                if (now != null) {
                    now.run();
                }
                return j.clock.instant();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        Payouts other = p;
        Payouts slow = j.journal(b -> NastyHistoryTest.fenced(FENCED, b).time(clock, j.clock::advance, () -> 1.0));
        int[] passed = {0};
        j.provider.onSubmit = ref -> {
            standsStill[0] = () -> {
                passed[0] += passes("p-0") ? 1 : 0;
                j.clock.advance(Duration.ofMinutes(1));
                tables.putBack(kept);
                other.by(ANNA).restored(START, j.clock.instant());
            };
            boolean slowPassed = slow.verification(N, "r-1 p-1 15000".getBytes(StandardCharsets.UTF_8), Map.of())
                    .equals(NastyHistoryTest.YES);
            passed[0] += slowPassed ? 1 : 0;
            return unknown(ref, Evidence.Kind.NO_ANSWER);
        };
        p = j.journal(b -> NastyHistoryTest.fenced(FENCED, b).checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.PREPARE_STORED) {
                kept = tables.take();
            }
        }));
        p.pay(request("r-1"), N);
        // the fence was asked once in the first submit: both transactions of it
        assertThat(passed[0]).as("transactions let through").isLessThan(2);
    }
}
