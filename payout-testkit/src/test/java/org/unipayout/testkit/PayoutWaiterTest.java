package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWaiter;
import org.unipayout.Recipient;

class PayoutWaiterTest {
    private final FakePayoutClient client = new FakePayoutClient();
    private final MovableClock clock = MovableClock.standingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Duration> pauses = new ArrayList<>();
    private final Payout slow = client.force(Scenario.SLOW)
            .create(PayoutRequest.builder("order-1", Money.ofMinor(15000, "KZT"), new Recipient.SavedCard("TESTCARDID"))
                    .build());

    @Test
    void await_neverFinal_returnsTheLastKnownPayoutAtTheDeadline() {
        Payout known = waiter(Duration.ofSeconds(10)).await(slow);

        assertThat(known.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:10Z"));
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(3));
    }

    @Test
    void await_longestPause_isNotExceeded() {
        waiter(Duration.ofMinutes(2)).await(slow);

        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(20)));
    }

    @Test
    void await_becomesFinal_stopsAsking() {
        client.settle();

        assertThat(waiter(Duration.ofHours(1)).await(slow).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void await_conditionHolds_stopsAtOnce() {
        assertThat(waiter(Duration.ofHours(1)).await(slow, payout -> true)).isSameAs(slow);
        assertThat(pauses).isEmpty();
    }

    @Test
    void await_interrupted_returnsWhatIsKnownAndKeepsTheFlag() {
        PayoutWaiter waiter = PayoutWaiter.builder(client, Duration.ofHours(1))
                .time(
                        clock,
                        pause -> {
                            throw new InterruptedException();
                        },
                        () -> 1.0)
                .build();

        assertThat(waiter.await(slow)).isSameAs(slow);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void pauses_notGrowing_areRefused() {
        assertThatThrownBy(() -> PayoutWaiter.builder(client, Duration.ofHours(1))
                        .pauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageStartingWith("pauses");
    }

    private PayoutWaiter waiter(Duration deadline) {
        return PayoutWaiter.builder(client, deadline)
                .pauses(Duration.ofSeconds(1), Duration.ofSeconds(20))
                .time(
                        clock,
                        pause -> {
                            pauses.add(pause);
                            clock.advance(pause);
                        },
                        () -> 1.0)
                .build();
    }
}
