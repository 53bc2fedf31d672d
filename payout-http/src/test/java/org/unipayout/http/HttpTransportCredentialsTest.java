package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Operation;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.Secret;

/** What a call needs in the moment of sending: asked for once, and without it nothing leaves. */
@Timeout(20)
class HttpTransportCredentialsTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch testOver = new CountDownLatch(1);
    private final Upstream provider = Upstream.answering(request -> Upstream.ok("{}"));
    private HttpTransport transport = Calls.transport(provider.baseUrl(), Calls.patient());

    @AfterEach
    void close() {
        testOver.countDown();
        transport.close();
        provider.close();
    }

    @Test
    void suppliedHeader_everyCall_hasTheValueOfItsMoment() {
        Secret key = Secret.supplied(() -> Secret.of("key-" + asked.incrementAndGet()));

        transport.sendOnce(payout(key));
        transport.read(question(key));
        HttpCall again = question(key);
        transport.read(again);
        transport.read(again);

        assertThat(provider.requests())
                .extracting(seen -> seen.head().replaceAll("(?s).*(key-\\d).*", "$1"))
                .containsExactly("key-1", "key-2", "key-3", "key-4");
    }

    @Test
    void suppliedHeader_repeatedQuestion_keepsItsValue() {
        Upstream busy = Upstream.answering(request -> "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        Secret key = Secret.supplied(() -> Secret.of("key-" + asked.incrementAndGet()));
        try (HttpTransport client =
                Calls.transport(busy.baseUrl(), Calls.patient().readDeadline(Duration.ofSeconds(2)))) {
            client.read(question(key));

            assertThat(busy.requests())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(seen -> assertThat(seen.head()).contains("key-1"));
            assertThat(asked).hasValue(1);
        } finally {
            busy.close();
        }
    }

    static Stream<Supplier<Secret>> uselessSources() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("the vault said canary-17");
                },
                () -> {
                    throw new NoClassDefFoundError("canary-17");
                },
                () -> null,
                () -> Secret.of(" "),
                () -> Secret.supplied(() -> Secret.of("key")),
                () -> Secret.of("канарейка"));
    }

    @ParameterizedTest
    @MethodSource("uselessSources")
    void suppliedHeader_sourceThrowsOrGivesNothingUsable_nothingIsSent(Supplier<Secret> source) {
        Secret key = Secret.supplied(source);

        assertThatThrownBy(() -> transport.sendOnce(payout(key)))
                .isInstanceOf(PayoutNotSentException.class)
                .hasMessageContaining("a key or a signature could not be had")
                .hasMessageNotContaining("canary")
                .hasNoCause();
        assertThatThrownBy(() -> transport.prepare(payout(key))).isInstanceOf(PayoutNotSentException.class);
        assertThatThrownBy(() -> transport.read(question(key)))
                .isInstanceOf(PayoutReadException.class)
                .hasNoCause();
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void lastStep_bodyAndHeader_leaveAsMade() {
        HttpCall call = HttpCall.builder(Operation.SUBMIT, "POST", "/payouts")
                .lastStep(last -> last.body(new byte[] {'{', '}'}))
                .lastStep(last -> last.header("X-Sign", "s-1"))
                .build();

        transport.sendOnce(call);

        assertThat(provider.requests()).singleElement().satisfies(seen -> {
            assertThat(seen.body()).isEqualTo("{}");
            assertThat(seen.head()).contains("X-Sign: s-1");
        });
    }

    @Test
    void lastStep_neverEnds_endsWithTheCallsDeadlineAndIsInterrupted() throws Exception {
        transport.close();
        transport = Calls.transport(provider.baseUrl(), Calls.patient().callDeadline(Duration.ofMillis(200)));
        CountDownLatch interrupted = new CountDownLatch(1);

        assertThatThrownBy(() -> transport.sendOnce(blocking(interrupted)))
                .isInstanceOf(PayoutNotSentException.class)
                .hasMessageContaining("did not come within the call's deadline");

        interrupted.await();
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void lastStep_tookMostOfTheDeadline_leavesTheRestToTheCall() {
        transport.close();
        transport = Calls.transport(provider.baseUrl(), Calls.patient().callDeadline(Duration.ofMillis(300)));
        HttpCall call = HttpCall.builder(Operation.SUBMIT, "POST", "/payouts")
                .lastStep(last -> {
                    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait(); // deaf to interrupts, as a native library may be
                    }
                })
                .build();

        assertThatThrownBy(() -> transport.sendOnce(call)).isInstanceOf(PayoutNotSentException.class);
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void lastStep_interruptedOrClosed_endsAtOnceAndNothingIsSent() throws Exception {
        for (boolean close : List.of(false, true)) {
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<Throwable> ending = new FutureTask<>(() -> {
                try {
                    transport.sendOnce(HttpCall.builder(Operation.SUBMIT, "POST", "/payouts")
                            .lastStep(last -> {
                                begun.countDown();
                                testOver.await();
                            })
                            .build());
                    return new AssertionError("sent");
                } catch (PayoutNotSentException expected) {
                    return Thread.currentThread().isInterrupted() == close
                            ? new AssertionError("the flag is wrong")
                            : expected;
                }
            });
            Thread caller = new Thread(ending);
            caller.start();
            begun.await();

            if (close) {
                transport.close();
            } else {
                caller.interrupt();
            }

            assertThat(ending.get()).isInstanceOf(PayoutNotSentException.class);
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void suppliedHeader_closedClient_asksNobody() {
        transport.close();

        assertThatThrownBy(() -> transport.sendOnce(payout(Secret.supplied(() -> {
                    asked.incrementAndGet();
                    return Secret.of("key");
                }))))
                .isInstanceOf(PayoutNotSentException.class)
                .hasMessageContaining("the client is closed");
        assertThat(asked).hasValue(0);
    }

    private HttpCall blocking(CountDownLatch interrupted) {
        return HttpCall.builder(Operation.SUBMIT, "POST", "/payouts")
                .lastStep(last -> {
                    try {
                        testOver.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                })
                .build();
    }

    private static HttpCall payout(Secret key) {
        return HttpCall.builder(Operation.SUBMIT, "POST", "/payouts")
                .reference("order-7")
                .secretHeader("API-KEY", key)
                .body(new byte[] {'{', '}'})
                .build();
    }

    private static HttpCall question(Secret key) {
        return HttpCall.builder(Operation.GET, "GET", "/payouts/7")
                .secretHeader("API-KEY", key)
                .build();
    }
}
