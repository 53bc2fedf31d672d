package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Sealer;
import org.unipayout.journal.internal.store.Store;

/** The process dies at every boundary; another one finds only the database and the provider. */
class CrashTest {

    /** Stands for the end of a process: nothing catches it. */
    private static final class Halt extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Checkpoint.Listener haltingAt(Checkpoint checkpoint, int occurrence) {
        AtomicInteger passed = new AtomicInteger();
        return (reached, reference) -> {
            if (reached == checkpoint && passed.incrementAndGet() == occurrence) {
                throw new Halt();
            }
        };
    }

    private static List<Resubmission> rules() {
        return List.of(SAME_HANDLE, SAME_REFERENCE, AFTER_ABSENCE);
    }

    private static Stream<Arguments> rulesWithAndWithoutListeners() {
        return rules().stream().flatMap(rule -> Stream.of(Arguments.of(rule, true), Arguments.of(rule, false)));
    }

    @ParameterizedTest
    @MethodSource("rulesWithAndWithoutListeners")
    void crash_atEveryBoundary_leadsToOnePayment(Resubmission rule, boolean listens) {
        JournalFixture journal = new JournalFixture(Databases.H2, rule);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        Set<Checkpoint> crashedAt = EnumSet.noneOf(Checkpoint.class);
        List<String> wrong = new ArrayList<>();
        for (boolean confirms : new boolean[] {false, true}) {
            journal.provider.confirms = confirms;
            for (Fault fault : List.of(Fault.NONE, Fault.ANSWER_LOST, Fault.REQUEST_LOST, Fault.NOT_SENT)) {
                for (Checkpoint checkpoint : Checkpoint.values()) {
                    for (int occurrence = 1; occurrence <= 2; occurrence++) {
                        String reference =
                                (checkpoint + "-" + occurrence + "-" + fault + "-" + confirms).replace('_', '-');
                        if (crash(journal, reference, fault, haltingAt(checkpoint, occurrence), listens)) {
                            crashedAt.add(checkpoint);
                        }
                        check(journal, reference, wrong, listens);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(crashedAt)
                .contains(
                        Checkpoint.INTENT_STORED,
                        Checkpoint.PREPARE_ANSWERED,
                        Checkpoint.PREPARE_STORED,
                        Checkpoint.SUBMIT_STORED,
                        Checkpoint.SUBMIT_ANSWERED,
                        Checkpoint.SUBMIT_ANSWER_STORED,
                        Checkpoint.CONFIRM_STORED,
                        Checkpoint.CONFIRM_ANSWERED,
                        Checkpoint.CONFIRM_ANSWER_STORED,
                        Checkpoint.GET_ANSWERED,
                        Checkpoint.RELEASING);
        assertThat(crashedAt.contains(Checkpoint.CHANGE_DELIVERED)).isEqualTo(listens);
    }

    @ParameterizedTest
    @EnumSource(
            value = Checkpoint.class,
            names = {
                "INTENT_STORED",
                "PREPARE_STORED",
                "SUBMIT_STORED",
                "SUBMIT_ANSWERED",
                "CONFIRM_ANSWERED",
                "RELEASING"
            })
    void crash_onPostgresql_leadsToOnePayment(Checkpoint checkpoint) {
        JournalFixture journal = new JournalFixture(Databases.POSTGRESQL, AFTER_ABSENCE);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        journal.provider.confirms = true;
        List<String> wrong = new ArrayList<>();

        assertThat(crash(journal, "r-1", Fault.ANSWER_LOST, haltingAt(checkpoint, 1), true))
                .isTrue();
        check(journal, "r-1", wrong, true);

        assertThat(wrong).isEmpty();
    }

    private static boolean crash(
            JournalFixture journal, String reference, Fault fault, Checkpoint.Listener checkpoints, boolean listens) {
        journal.provider.clearFaults();
        journal.provider.fault(Operation.SUBMIT, fault).fault(Operation.CONFIRM, fault);
        Payouts dying = journal.journal(builder -> settings(builder, listens).checkpoints(checkpoints));
        try {
            dying.pay(request(reference), SimulatedProvider.NAME);
            journal.recover(dying, reference, Duration.ofMinutes(45), 3);
            return false;
        } catch (Halt halt) {
            return true;
        }
    }

    private static PayoutsBuilder settings(PayoutsBuilder builder, boolean listens) {
        builder.afterAbsence(Absence.RESUBMIT);
        return listens ? builder.listener(change -> {}) : builder;
    }

    /** Whatever the process died of, a task stands for the payout until it has ended. */
    private static void check(JournalFixture journal, String reference, List<String> wrong, boolean listens) {
        Payouts next = journal.journal(builder -> settings(builder, listens));
        if (!hasTask(journal, reference)) {
            wrong.add(reference + ": is open without a task");
        }
        PayoutRecord end = journal.recover(next, reference, Duration.ofMinutes(45), 12);
        if (end.status() != PayoutStatus.SUCCEEDED
                || journal.provider.payments(reference) != 1
                || next.verifyHistory(reference).isPresent()) {
            wrong.add(reference + ": " + end + ", payments " + journal.provider.payments(reference) + "\n"
                    + journal.story(reference));
        }
    }

    private static boolean hasTask(JournalFixture journal, String reference) {
        Store store = new Store(new Database(journal.dataSource), new Sealer(null), RowHashes.PLAIN, "any");
        return !store.isWithoutTask(store.load(reference).orElseThrow(), false);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void submit_whileItRuns_isStoredAsUnknownWithItsHandle(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        List<PayoutRecord> seen = new ArrayList<>();
        Payouts other = journal.journal(builder -> builder);
        journal.provider.duringSubmit = () -> seen.add(other.find("r-1").orElseThrow());

        journal.pay("r-1");

        assertThat(seen).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(record.payout().ref().providerId()).contains("id-r-1");
        });
    }

    @Test
    void crash_underTheSameNodeName_isCarriedOnAtOnce() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts dying =
                journal.journal(builder -> builder.node("one").checkpoints(haltingAt(Checkpoint.PREPARE_STORED, 1)));
        assertThatThrownBy(() -> dying.pay(request("r-1"), SimulatedProvider.NAME))
                .isInstanceOf(Halt.class);

        assertThat(journal.payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(journal.journal(builder -> builder.node("one"))
                        .recoverNow("r-1")
                        .status())
                .isEqualTo(PayoutStatus.PROCESSING);
    }

    @Test
    void crash_whileTheProviderAnswers_isNotOverwrittenByTheOldProcess() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        Payouts other = journal.journal(builder -> builder);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.provider.duringSubmit = () -> {
            journal.provider.duringSubmit = null;
            journal.clock.advance(Duration.ofMinutes(5)); // the first process stands still, its lease runs out
            other.recoverNow("r-1");
            other.recoverNow("r-1");
        };

        journal.pay("r-1");

        assertThat(journal.status("r-1")).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
        assertThat(journal.payouts.verifyHistory("r-1")).isEmpty();
    }

    @Test
    void lease_outlastsASlowCall_soThatNobodyAsksMeanwhile() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts other = journal.journal(builder -> builder);
        journal.provider.duringSubmit = () -> {
            journal.clock.advance(SimulatedProvider.CALL_DEADLINE.multipliedBy(2));
            other.recoverNow("r-1");
        };

        journal.pay("r-1");

        assertThat(journal.provider.events()).containsExactly("PREPARE r-1", "SUBMIT r-1");
        assertThat(journal.status("r-1")).isEqualTo(PayoutStatus.PROCESSING);
    }

    @Test
    void submit_heldUpAfterItWasStored_doesNotLeaveLate() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts slow = journal.journal(builder -> builder.checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.SUBMIT_STORED) {
                journal.clock.advance(SimulatedProvider.CALL_DEADLINE);
            }
        }));

        assertThat(slow.pay(request("r-1"), SimulatedProvider.NAME).status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(journal.provider.events()).doesNotContain("SUBMIT r-1");
    }

    @Test
    void submit_announcedByAProcessThatDied_isNotSentAgainWhileItMayStillRun() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        Payouts dying =
                journal.journal(builder -> builder.node("one").checkpoints(haltingAt(Checkpoint.SUBMIT_STORED, 1)));
        assertThatThrownBy(() -> dying.pay(request("r-1"), SimulatedProvider.NAME))
                .isInstanceOf(Halt.class);
        Payouts next = journal.journal(builder -> builder.node("one"));

        assertThat(journal.recover(next, "r-1", Duration.ofSeconds(9), 3).status())
                .isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(journal.provider.events()).doesNotContain("SUBMIT r-1");

        assertThat(journal.recover(next, "r-1", Duration.ofSeconds(9), 1).status())
                .isEqualTo(PayoutStatus.PROCESSING);
    }

    @Test
    void confirm_announcedByAProcessThatDied_isNotSentAgainWhileItMayStillRun() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;
        Payouts dying =
                journal.journal(builder -> builder.node("one").checkpoints(haltingAt(Checkpoint.CONFIRM_STORED, 1)));
        assertThatThrownBy(() -> dying.pay(request("r-1"), SimulatedProvider.NAME))
                .isInstanceOf(Halt.class);
        Payouts next = journal.journal(builder -> builder.node("one"));

        assertThat(journal.recover(next, "r-1", Duration.ofSeconds(9), 3).status())
                .isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(journal.provider.events()).doesNotContain("CONFIRM r-1");

        assertThat(journal.recover(next, "r-1", Duration.ofSeconds(9), 1).status())
                .isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }
}
