package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.request;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Operation;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutStatus;
import org.unipayout.Sleeper;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.journal.internal.run.Settings;
import org.unipayout.testkit.MovableClock;

/** The background worker, throttles and listeners. */
class WorkerTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void worker_twoMachines_finishEveryPayoutOnceAndTellIt(Databases database) throws SQLException {
        MovableClock clock = MovableClock.running();
        SimulatedProvider provider = new SimulatedProvider(clock, SAME_HANDLE);
        provider.accepted = PayoutStatus.SUCCEEDED;
        provider.confirms = true;
        provider.fault(Operation.SUBMIT, Fault.NOT_SENT, Fault.REFUSED_FOR_NOW);
        Map<String, List<PayoutStatus>> told = new ConcurrentHashMap<>();
        List<String> references = IntStream.range(0, 40).mapToObj(i -> "r-" + i).toList();
        DataSource pool = database.fresh();
        try (Payouts one = machine(pool, provider, clock, told);
                Payouts two = machine(pool, provider, clock, told)) {
            one.createSchema();
            for (String reference : references) {
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    one.pay(connection, request(reference), SimulatedProvider.NAME);
                    connection.commit();
                }
            }
            one.start();
            two.start();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> references.stream()
                            .allMatch(reference -> provider.payments(reference) == 1
                                    && told.getOrDefault(reference, List.of()).contains(PayoutStatus.SUCCEEDED)));
            await().atMost(Duration.ofSeconds(30)).until(() -> Tables.count(pool, "payout_journal_task") == 0);
            assertThat(one.verifyHistory()).isEmpty();
            assertThat(references).allSatisfy(reference -> {
                assertThat(provider.payments(reference)).isEqualTo(1);
                assertThat(told.get(reference)).last().isEqualTo(PayoutStatus.SUCCEEDED);
            });
        }
    }

    private static Payouts machine(
            DataSource pool, SimulatedProvider provider, MovableClock clock, Map<String, List<PayoutStatus>> told) {
        return Payouts.builder(pool)
                .provider(SimulatedProvider.NAME, provider)
                .time(clock, Sleeper.REAL, () -> 0.5)
                .worker(4, Duration.ofMillis(50))
                .pauses(Duration.ofMillis(200), Duration.ofSeconds(1))
                .listener(change -> told.computeIfAbsent(change.reference(), any -> new CopyOnWriteArrayList<>())
                        .add(change.to()))
                .build();
    }

    @Test
    void sweep_afterTheQueueWasEmptied_schedulesOpenPayoutsAgain() throws SQLException {
        MovableClock clock = MovableClock.running();
        SimulatedProvider provider = new SimulatedProvider(clock, SAME_HANDLE);
        DataSource pool = Databases.H2.fresh();
        try (Payouts journal = machine(pool, provider, clock, new ConcurrentHashMap<>())) {
            journal.createSchema();
            journal.pay(request("r-1"), SimulatedProvider.NAME);
            Tables.edit(pool, "delete from payout_journal_task");
            provider.settle("r-1");

            journal.start();

            await().atMost(Duration.ofSeconds(30)).until(() -> provider.events().contains("GET r-1"));
        }
    }

    @Test
    void listener_hearsEveryChangeInOrder_andAgainIfItThrew() {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        List<StatusChange> heard = new ArrayList<>();
        AtomicInteger throwing = new AtomicInteger(1);
        Payouts journal = fixture.journal(builder -> builder.listener(change -> {
            heard.add(change);
            if (change.to() == PayoutStatus.PROCESSING && throwing.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
        }));
        journal.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.provider.settle("r-1");

        fixture.recover(journal, "r-1", Duration.ofMinutes(1), 3);

        assertThat(heard)
                .extracting(StatusChange::to)
                .containsExactly(PayoutStatus.PROCESSING, PayoutStatus.PROCESSING, PayoutStatus.SUCCEEDED);
        assertThat(heard.get(0)).isEqualTo(heard.get(1));
        assertThat(heard.get(2).from()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void throttle_submitsPerSecond_holdsOverAllMachines(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        Throttle throttle = new Throttle(2, 10);
        Payouts one = fixture.journal(builder -> builder.throttle(SimulatedProvider.NAME, throttle));
        Payouts two = fixture.journal(builder -> builder.throttle(SimulatedProvider.NAME, throttle));
        List<Instant> sent = new ArrayList<>();
        fixture.provider.duringSubmit = () -> sent.add(fixture.clock.instant());
        for (int i = 0; i < 8; i++) {
            (i % 2 == 0 ? one : two).pay(request("r-" + i), SimulatedProvider.NAME);
        }
        for (int i = 0; i < 20 && sent.size() < 8; i++) {
            fixture.clock.advance(Duration.ofMillis(250));
            (i % 2 == 0 ? one : two).recoverNow();
        }

        assertThat(sent).hasSize(8);
        for (int i = 0; i + 3 < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i), sent.get(i + 3))).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        }
        assertThat(Duration.between(sent.get(0), sent.get(7))).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void throttle_callsInFlight_leavesTheRestForLater() throws InterruptedException {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        Payouts journal = fixture.journal(
                builder -> builder.throttle(SimulatedProvider.NAME, new Throttle(Integer.MAX_VALUE, 1)));
        Semaphore inSubmit = new Semaphore(0);
        Semaphore goOn = new Semaphore(0);
        fixture.provider.duringSubmit = () -> {
            inSubmit.release();
            goOn.acquireUninterruptibly();
        };
        Thread first = new Thread(() -> journal.pay(request("r-1"), SimulatedProvider.NAME));
        first.start();
        inSubmit.acquire();

        assertThat(journal.pay(request("r-2"), SimulatedProvider.NAME).status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(fixture.provider.events()).doesNotContain("PREPARE r-2");
        fixture.provider.duringSubmit = null;
        goOn.release();
        first.join();

        assertThat(journal.recoverNow("r-2").status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @Test
    void throttle_callsInFlight_holdsForCancelsToo() throws Exception {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        Payouts journal = fixture.journal(
                builder -> builder.throttle(SimulatedProvider.NAME, new Throttle(Integer.MAX_VALUE, 1)));
        fixture.provider.confirms = true;
        List<Callable<PayoutRecord>> cancels = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String reference = "r-" + i;
            journal.pay(request(reference), SimulatedProvider.NAME, Confirmation.MANUAL);
            cancels.add(() -> journal.by(ANNA).cancel(reference));
        }
        AtomicInteger inFlight = new AtomicInteger();
        CountDownLatch twoAtOnce = new CountDownLatch(1);
        fixture.provider.duringCancel = () -> {
            if (inFlight.incrementAndGet() > 1) {
                twoAtOnce.countDown();
            }
            awaitOr(twoAtOnce, Duration.ofMillis(200));
            inFlight.decrementAndGet();
        };
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (Future<PayoutRecord> cancel : threads.invokeAll(cancels)) {
                assertThat(cancel.get().status()).isEqualTo(PayoutStatus.CANCELED);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(twoAtOnce.getCount()).as("no two calls at once").isEqualTo(1);
    }

    private static void awaitOr(CountDownLatch latch, Duration longest) {
        try {
            assertThat(latch.await(longest.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void cancel_noCallIsFree_throwsAndThePayoutGoesOn() throws Exception {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        Payouts journal = fixture.journal(
                builder -> builder.throttle(SimulatedProvider.NAME, new Throttle(Integer.MAX_VALUE, 1)));
        fixture.provider.confirms = true;
        journal.pay(request("r-1"), SimulatedProvider.NAME, Confirmation.MANUAL);
        Thread.currentThread().interrupt(); // ends the wait for a place at once

        assertThatThrownBy(() -> journal.by(ANNA).cancel("r-1")).isInstanceOf(PayoutNotSentException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(fixture.provider.events()).doesNotContain("CANCEL r-1");
        assertThat(journal.by(ANNA).cancel("r-1").status()).isEqualTo(PayoutStatus.CANCELED);
    }

    @Test
    void cancel_heldUpAfterItWasStored_doesNotLeaveLate() {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        fixture.provider.confirms = true;
        fixture.payouts.pay(request("r-1"), SimulatedProvider.NAME, Confirmation.MANUAL);
        Payouts slow = fixture.journal(builder -> builder.checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.CANCEL_STORED) {
                fixture.clock.advance(SimulatedProvider.CALL_DEADLINE);
            }
        }));

        assertThatThrownBy(() -> slow.by(ANNA).cancel("r-1")).isInstanceOf(PayoutNotSentException.class);
        assertThat(fixture.provider.events()).doesNotContain("CANCEL r-1");
        assertThat(fixture.payouts.by(ANNA).confirm("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @Test
    void look_withoutNews_addsNoRow() {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        fixture.pay("r-1");
        fixture.recover(fixture.payouts, "r-1", Duration.ofMinutes(1), 1);
        int rows = Tables.count(fixture.dataSource, "payout_journal_history");

        fixture.recover(fixture.payouts, "r-1", Duration.ofMinutes(1), 5);

        assertThat(Tables.count(fixture.dataSource, "payout_journal_history")).isEqualTo(rows);
    }

    @Test
    void attention_afterTheDeadline_flagsAndChangesNothingElse() {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        fixture.pay("r-1");

        assertThat(fixture.recover(fixture.payouts, "r-1", Duration.ofHours(11), 2)
                        .attention())
                .isEmpty();
        PayoutRecord flagged = fixture.recover(fixture.payouts, "r-1", Duration.ofHours(3), 5);
        assertThat(flagged.attention()).contains(Attention.OVERDUE);
        assertThat(flagged.status()).isEqualTo(PayoutStatus.PROCESSING);

        fixture.provider.settle("r-1");
        PayoutRecord paid = fixture.payouts.recoverNow("r-1");
        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.attention()).isEmpty();
    }

    @Test
    void schedule_ofAnOpenPayout_growsUpToTheLongestPause() {
        Settings settings = new Settings(
                MovableClock.standingAt(Instant.EPOCH),
                Sleeper.REAL,
                () -> 1.0,
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                Duration.ofDays(1),
                Duration.ofDays(30),
                Duration.ofDays(5),
                Duration.ofSeconds(20),
                5,
                60,
                500,
                Absence.RESUBMIT,
                Set.of(),
                List.of(),
                Checkpoint.Listener.NONE);

        assertThat(settings.pauseSince(Instant.EPOCH, Instant.EPOCH)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.pauseSince(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.pauseSince(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(3))))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void expiry_beforeAnythingIsSent_endsExpired() {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        fixture.provider.fault(Operation.PREPARE, Fault.NOT_SENT);
        fixture.payouts.pay(
                request("r-1").toBuilder()
                        .expiresAt(JournalFixture.START.plus(Duration.ofMinutes(5)))
                        .build(),
                SimulatedProvider.NAME);

        PayoutRecord record = fixture.recover(fixture.payouts, "r-1", Duration.ofMinutes(6), 1);

        assertThat(record.status()).isEqualTo(PayoutStatus.EXPIRED);
        assertThat(fixture.provider.payments()).isZero();
    }
}
