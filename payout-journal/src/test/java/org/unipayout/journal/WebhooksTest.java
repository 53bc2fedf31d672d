package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Advice;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Resubmission;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRejectedException;
import org.unipayout.journal.internal.run.Checkpoint;

class WebhooksTest {
    /** The body is {@code key reference status}; the signature is a word. */
    private static final PayoutWebhooks WEBHOOKS = request -> {
        if (!request.header("signature").equals(Optional.of("right"))) {
            throw new WebhookRejectedException(FailureDetails.builder(
                            SimulatedProvider.NAME, Operation.WEBHOOK, "the signature is wrong", Advice.NEVER)
                    .build());
        }
        String[] parts = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        return WebhookEvent.builder(SimulatedProvider.NAME, "changed", WebhookEvent.Trust.VERIFIED, parts[0])
                .providerId("id-" + parts[1])
                .status(PayoutStatus.valueOf(parts[2]), "word")
                .build();
    };

    private JournalFixture journal;
    private Payouts payouts;

    @BeforeEach
    void build() {
        journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        payouts = journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS));
    }

    private Optional<PayoutRecord> receive(String body) {
        return payouts.webhook(
                SimulatedProvider.NAME, body.getBytes(StandardCharsets.UTF_8), Map.of("Signature", List.of("right")));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_late_asksAndTakesTheAnswer(Databases database) {
        journal = new JournalFixture(database, SAME_REFERENCE);
        payouts = journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS));
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.settle("r-1");

        assertThat(receive("k-1 r-1 SUCCEEDED").orElseThrow().status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(journal.story("r-1")).contains("A notification of the provider arrived");
    }

    @Test
    void webhook_claimsWhatTheProviderDoesNotSay_changesNothing() {
        payouts.pay(request("r-1"), SimulatedProvider.NAME);

        assertThat(receive("k-1 r-1 SUCCEEDED").orElseThrow().status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @Test
    void webhook_beforeThePayoutIsStored_isAppliedLater() {
        assertThat(receive("k-1 r-1 SUCCEEDED")).isEmpty();
        journal.provider.duringSubmit = null;
        journal.provider.accepted = PayoutStatus.PROCESSING;

        payouts.pay(request("r-1"), SimulatedProvider.NAME);

        assertThat(journal.provider.events()).contains("GET r-1");
        assertThat(journal.story("r-1")).contains("A notification of the provider arrived");
    }

    @Test
    void webhook_whileTheSubmitRuns_isAppliedAfterIt() {
        journal.provider.duringSubmit = () -> {
            assertThat(receive("k-1 r-1 SUCCEEDED")).isEmpty();
            journal.provider.outcome = PayoutStatus.SUCCEEDED;
        };

        payouts.pay(request("r-1"), SimulatedProvider.NAME);

        assertThat(journal.provider.events()).containsExactly("PREPARE r-1", "SUBMIT r-1", "GET r-1");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_whileTheSubmitRunsThatEndsIt_isDueAtOnce(Databases database) {
        journal = new JournalFixture(database, SAME_REFERENCE);
        payouts = journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS));
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        journal.provider.duringSubmit = () -> receive("k-1 r-1 RETURNED");

        payouts.pay(request("r-1"), SimulatedProvider.NAME);

        assertThat(Tables.texts(
                        journal.dataSource,
                        "select reference from payout_journal p join payout_journal_task t on t.task_instance = p.reference"
                                + " where t.execution_time = p.requested_at"))
                .containsExactly("r-1");
        journal.provider.state("r-1", PayoutStatus.RETURNED);
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.RETURNED);
    }

    @Test
    void webhook_repeated_isStoredOnce() {
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        receive("k-1 r-1 PROCESSING");
        receive("k-1 r-1 PROCESSING");

        assertThat(Tables.count(journal.dataSource, "payout_journal_webhook")).isEqualTo(1);
        assertThat(journal.story("r-1")).containsOnlyOnce("A notification of the provider arrived");
    }

    @Test
    void webhook_reorderedAfterTheEnd_doesNotMoveItBack() {
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.settle("r-1");
        receive("k-2 r-1 SUCCEEDED");

        assertThat(receive("k-1 r-1 PROCESSING").orElseThrow().status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void webhook_ofAReturn_isTheOnlyWayOutOfSucceeded() {
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.settle("r-1");
        receive("k-1 r-1 SUCCEEDED");
        journal.provider.state("r-1", PayoutStatus.RETURNED);

        assertThat(receive("k-2 r-1 RETURNED").orElseThrow().status()).isEqualTo(PayoutStatus.RETURNED);
    }

    @Test
    void webhook_afterFailed_withThePaymentFound_isFlaggedAsContradiction() {
        journal.provider.accepted = PayoutStatus.FAILED;
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.state("r-1", PayoutStatus.SUCCEEDED);

        PayoutRecord record = receive("k-1 r-1 SUCCEEDED").orElseThrow();

        assertThat(record.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(record.attention()).contains(Attention.CONTRADICTION);
        assertThat(payouts.needingAttention())
                .extracting(PayoutRecord::reference)
                .containsExactly("r-1");
    }

    @Test
    void webhook_withWrongSignature_isRefusedAndNotStored() {
        assertThatThrownBy(() -> payouts.webhook(SimulatedProvider.NAME, new byte[0], Map.of()))
                .isInstanceOf(WebhookRejectedException.class);
        assertThat(Tables.count(journal.dataSource, "payout_journal_webhook")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_takenInByAMachineThatStoodStill_isNeitherLostNorTakenTwice(Databases database) {
        journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.confirms = true;
        for (int place = 1; place <= 12; place++) {
            String reference = "r-" + place;
            journal.payouts.pay(request(reference), SimulatedProvider.NAME, Confirmation.MANUAL);
            payouts = journal.journal(builder -> receiving(builder).checkpoints(haltingAt(Checkpoint.WEBHOOK_STORED)));
            assertThatThrownBy(() -> receive("k-" + reference + " " + reference + " AWAITING_CONFIRMATION"))
                    .isInstanceOf(StackOverflowError.class);

            standingStillBefore(place, reference).recoverNow(reference);

            journal.clock.advance(Duration.ofMinutes(5));
            journal.payouts.recoverNow(reference);
            assertThat(journal.story(reference)).containsOnlyOnce("A notification of the provider arrived");
        }
    }

    private PayoutsBuilder receiving(PayoutsBuilder builder) {
        return builder.provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS);
    }

    /** Before one of its transactions, another machine begins to cancel and dies. */
    private Payouts standingStillBefore(int place, String reference) {
        Payouts dying = journal.journal(builder -> builder.checkpoints(haltingAt(Checkpoint.CANCEL_STORED)));
        AtomicInteger passed = new AtomicInteger();
        DataSource dataSource = Databases.before(journal.dataSource, () -> {
            if (passed.incrementAndGet() == place) {
                journal.clock.advance(Duration.ofMinutes(5));
                assertThatThrownBy(() -> dying.by(ANNA).cancel(reference)).isInstanceOf(StackOverflowError.class);
            }
        });
        return Payouts.builder(dataSource)
                .provider(SimulatedProvider.NAME, journal.provider)
                .time(journal.clock, journal.clock::advance, () -> 1.0)
                .build();
    }

    /** An error ends the work without giving the payout back, as the end of a process does. */
    private static Checkpoint.Listener haltingAt(Checkpoint checkpoint) {
        return (reached, reference) -> {
            if (reached == checkpoint) {
                throw new StackOverflowError();
            }
        };
    }

    /** The task goes with the end: what comes after it must wait where the sweep finds it, or have a task. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_comingJustAfterTheEnd_isAskedAboutAlthoughTheProcessDies(Databases database) {
        journal = new JournalFixture(database, SAME_REFERENCE);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        payouts = dying(Checkpoint.WEBHOOK_STORED, () -> {});
        Payouts ending = dying(
                Checkpoint.WEBHOOK_APPLIED,
                () -> assertThatThrownBy(() -> receive("k-1 r-1 RETURNED")).isInstanceOf(AssertionError.class));

        Throwable died = catchThrowable(() -> ending.pay(request("r-1"), SimulatedProvider.NAME));

        assertThat(died == null || died instanceof AssertionError)
                .as("it goes on or dies")
                .isTrue();
        journal.provider.state("r-1", PayoutStatus.RETURNED);

        journal.payouts.sweep();

        assertThat(Tables.count(journal.dataSource, "payout_journal_task")).isEqualTo(1);
        journal.clock.advance(Duration.ofMinutes(1));
        assertThat(journal.payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.RETURNED);
    }

    private Payouts dying(Checkpoint where, Runnable afterTheEnd) {
        return journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS)
                .checkpoints((checkpoint, reference) -> {
                    if (checkpoint == Checkpoint.SUBMIT_ANSWER_STORED) {
                        afterTheEnd.run();
                    } else if (checkpoint == where) {
                        throw new AssertionError(
                                "the process dies"); // no RuntimeException, so that nothing is released
                    }
                }));
    }

    @Test
    void webhook_andTheLookFails_isAskedAgainLater() {
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.settle("r-1");
        receive("k-1 r-1 SUCCEEDED");
        journal.provider.state("r-1", PayoutStatus.RETURNED);
        journal.provider.fault(Operation.GET, SimulatedProvider.Fault.ANSWER_LOST);
        journal.clock.advance(Duration.ofMinutes(1));
        assertThat(receive("k-2 r-1 RETURNED").orElseThrow().status()).isEqualTo(PayoutStatus.SUCCEEDED);

        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.RETURNED);
    }

    @Test
    void webhook_afterTheEnd_andNoLookSucceeds_isAskedAgainAfterGrowingPauses() {
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.settle("r-1");
        receive("k-1 r-1 SUCCEEDED");
        journal.provider.onGet = ref -> {
            throw new IllegalStateException("down");
        };
        journal.clock.advance(Duration.ofMinutes(1));
        receive("k-2 r-1 RETURNED");
        int before = journal.provider.events().size();
        Instant end = journal.clock.instant().plus(Duration.ofHours(1));
        while (journal.clock.instant().isBefore(end)) {
            String due = Tables.texts(
                            journal.dataSource, "select extract(epoch from execution_time) from payout_journal_task")
                    .get(0);
            Instant at = Instant.ofEpochSecond((long) Double.parseDouble(due));
            Duration pause = Duration.between(journal.clock.instant(), at);
            journal.clock.advance(pause.isNegative() ? Duration.ofSeconds(1) : pause.plusSeconds(1));
            payouts.recoverNow("r-1");
        }

        assertThat(journal.provider.events().size() - before).isBetween(5, 40);
        journal.provider.onGet = null;
        journal.provider.state("r-1", PayoutStatus.RETURNED);
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.RETURNED);
    }

    /** What it says may be that our payment was made already, by a call that nothing here knows of: it is asked about before the first send. */
    @Test
    void webhook_beforeItIsAskedFor_isAReasonToAskBeforeItIsSent() {
        byHints(JournalFixture.AFTER_ABSENCE);
        PayoutRef direct = PayoutRef.of(
                SimulatedProvider.NAME,
                request("r-1").toBuilder().requestedAt(journal.clock.instant()).build());
        journal.provider.submit(direct, request("r-1"));
        journal.provider.settle("r-1");
        hint(payouts);
        journal.provider.fault(Operation.PREPARE, SimulatedProvider.Fault.NOT_SENT);

        payouts.pay(request("r-1"), SimulatedProvider.NAME);

        assertThat(journal.recover(payouts, "r-1", Duration.ofMinutes(1), 3).status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(journal.provider.payments("r-1")).isOne();
    }

    /** Machines agree within seconds, and it came after the last question all the same. */
    @Test
    void webhook_takenInByAMachineThatIsBehind_isNewsSinceTheLastQuestion() {
        byHints(SAME_REFERENCE);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.settle("r-1");
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.SUCCEEDED);
        Tables.edit(journal.dataSource, "delete from payout_journal_task");
        Clock behind = Clock.offset(journal.clock, Duration.ofSeconds(-10));
        Payouts dying = journal.journal(builder -> builder.provider(
                        SimulatedProvider.NAME, journal.provider, DyingProcessTest.WEBHOOKS)
                .time(behind, journal.clock::advance, () -> 1.0)
                .checkpoints((checkpoint, reference) -> {
                    if (checkpoint == Checkpoint.WEBHOOK_APPLIED) {
                        throw new AssertionError("the process dies");
                    }
                }));
        journal.clock.advance(Duration.ofSeconds(8));

        assertThatThrownBy(() -> hint(dying)).isInstanceOf(AssertionError.class);

        assertThat(Tables.texts(journal.dataSource, "select task_instance from payout_journal_task"))
                .containsExactly("r-1");
        journal.provider.state("r-1", PayoutStatus.RETURNED);
        journal.clock.advance(Duration.ofHours(1));
        payouts.advance("r-1");
        assertThat(payouts.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.RETURNED);
    }

    /** The question that follows counts as after it, or each look would ask again until the slower clock has caught up. */
    @Test
    void webhook_takenInByAMachineThatIsBehind_isAskedAboutOnce() {
        byHints(SAME_REFERENCE);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.settle("r-1");
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.SUCCEEDED);
        Clock behind = Clock.offset(journal.clock, Duration.ofMinutes(-10));
        Payouts slow = journal.journal(
                builder -> builder.provider(SimulatedProvider.NAME, journal.provider, DyingProcessTest.WEBHOOKS)
                        .time(behind, journal.clock::advance, () -> 1.0));
        int before = journal.provider.events().size();

        hint(slow);
        for (int look = 0; look < 10; look++) {
            journal.clock.advance(Duration.ofSeconds(3));
            slow.advance("r-1");
        }

        assertThat(journal.provider.events().size() - before).isBetween(1, 2);
    }

    private void byHints(Resubmission rule) {
        journal = new JournalFixture(Databases.H2, rule);
        payouts = journal.journal(
                builder -> builder.provider(SimulatedProvider.NAME, journal.provider, DyingProcessTest.WEBHOOKS));
    }

    private static void hint(Payouts payouts) {
        payouts.webhook(SimulatedProvider.NAME, "id-r-1 - HINT 15000".getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
