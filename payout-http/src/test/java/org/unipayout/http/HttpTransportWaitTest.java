package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a call costs while it waits for the provider, and that nobody waits once the answer is there. */
class HttpTransportWaitTest {
    private static final Duration THINKING = Duration.ofMillis(500);
    private static final Duration LITTLE = Duration.ofMillis(100);

    /** The least of three, because the JVM compiles and collects beside. */
    @Test
    void sendOnce_providerThinks_costsNoProcessorTime() {
        try (Upstream slow = Upstream.answering(request -> {
                    new CountDownLatch(1).await(THINKING.toMillis(), TimeUnit.MILLISECONDS);
                    return Upstream.ok("{}");
                });
                HttpTransport transport = Calls.transport(slow.baseUrl(), Calls.patient())) {
            Duration cost = Stream.generate(() -> costOf(transport))
                    .limit(3)
                    .min(Duration::compareTo)
                    .orElseThrow();

            assertThat(cost).isLessThan(LITTLE);
            assertThat(slow.connections()).isEqualTo(3);
        }
    }

    private static Duration costOf(HttpTransport transport) {
        Duration before = processorTime();
        assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
        return processorTime().minus(before);
    }

    private static Duration processorTime() {
        Optional<Duration> total = ProcessHandle.current().info().totalCpuDuration();
        return total.orElseThrow();
    }
}
