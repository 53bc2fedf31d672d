package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.request;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.SimulatedProvider.Fault;

/** A worker that is closed while the provider does not answer. */
class CloseTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final CountDownLatch inSubmit = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean heedless;

    @ParameterizedTest
    @EnumSource(Databases.class)
    void close_providerHangsInSubmit_endsInTimeAndTheNextMachineGoesOn(Databases database) throws Exception {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        fixture.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        fixture.provider.duringSubmit = () -> {
            inSubmit.countDown();
            hangUntilInterrupted();
        };
        Payouts first = working(fixture);

        assertThat(CompletableFuture.runAsync(first::close)).succeedsWithin(BOUND.plus(SLACK));

        assertThat(first.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(fixture.story("r-1")).contains("simulated");
        fixture.provider.duringSubmit = null;
        Payouts next = fixture.journal(builder -> builder);
        assertThat(next.recoverNow("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(fixture.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void close_clientHeedsNoInterrupt_endsInTimeAndLeavesItBehind() throws Exception {
        JournalFixture fixture = new JournalFixture(Databases.H2, SAME_HANDLE);
        fixture.provider.duringSubmit = () -> {
            inSubmit.countDown();
            while (never.getCount() > 0) {
                hangUntilInterrupted();
                heedless = Thread.interrupted();
            }
        };
        Payouts first = working(fixture);

        assertThat(CompletableFuture.runAsync(first::close)).succeedsWithin(BOUND.plus(SLACK));

        assertThat(first.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(heedless).isTrue();
        never.countDown();
    }

    private Payouts working(JournalFixture fixture) throws SQLException, InterruptedException {
        Payouts journal = fixture.journal(builder -> builder.closeWithin(BOUND).worker(1, Duration.ofMillis(20)));
        try (Connection connection = fixture.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            journal.pay(connection, request("r-1"), SimulatedProvider.NAME);
            connection.commit();
        }
        fixture.clock.advance(Duration.ofMinutes(1));
        journal.start();
        assertThat(inSubmit.await(30, TimeUnit.SECONDS)).isTrue();
        return journal;
    }

    private void hangUntilInterrupted() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closeWithin_notPositive_isRefused() {
        PayoutsBuilder builder = Payouts.builder(Databases.H2.fresh());

        assertThatThrownBy(() -> builder.closeWithin(Duration.ZERO)).hasMessageStartingWith("closeWithin: ");
    }
}
