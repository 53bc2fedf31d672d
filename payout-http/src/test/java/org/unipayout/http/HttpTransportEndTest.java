package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.unipayout.Exchange.Progress;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.Sleeper;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.UnreachableAddress;

/** Interrupt and close end a call at once, and the end still tells the truth about the money. */
@Timeout(20) // far below the time limits of the calls: who waits for these has failed
class HttpTransportEndTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private final CountDownLatch received = new CountDownLatch(1);
    private final CountDownLatch testOver = new CountDownLatch(1);
    private final Upstream silent = Upstream.answering(request -> {
        received.countDown();
        testOver.await();
        return "";
    });
    private final Upstream halfWay = Upstream.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
    private final HttpTransport transport = patient(silent.baseUrl());

    @AfterEach
    void close() {
        testOver.countDown();
        transport.close();
        silent.close();
        halfWay.close();
    }

    @Test
    void sendOnce_interruptedAfterWriting_isNoAnswerAndFlagStays() throws Exception {
        Caller<Reply> caller = Caller.of(() -> transport.sendOnce(Calls.payout()));
        received.await();

        caller.interrupt();

        assertThat(((Reply.NoAnswer) caller.result()).progress()).isEqualTo(Progress.REQUEST_WRITTEN);
        assertThat(caller.flagStayed()).isTrue();
        assertThat(silent.requests()).hasSize(1);
    }

    @Test
    void prepare_interruptedAfterWriting_isNotPrepared() throws Exception {
        Caller<Reply> caller = Caller.of(() -> transport.prepare(Calls.payout()));
        received.await();

        caller.interrupt();

        assertThatThrownBy(caller::result).isInstanceOf(PayoutNotPreparedException.class);
        assertThat(caller.flagStayed()).isTrue();
    }

    @Test
    void read_interruptedInFlight_stopsWithoutRepetition() throws Exception {
        Caller<Reply> caller = Caller.of(() -> transport.read(Calls.question()));
        received.await();

        caller.interrupt();

        assertThatThrownBy(caller::result).isInstanceOf(PayoutReadException.class);
        assertThat(caller.flagStayed()).isTrue();
        assertThat(silent.requests()).hasSize(1);
    }

    @Test
    void sendOnce_interruptedWhileConnecting_isNotSent() throws Exception {
        CountDownLatch connecting = new CountDownLatch(1);
        OkHttpClient own = new OkHttpClient.Builder()
                .eventListener(new okhttp3.EventListener() {
                    @Override
                    public void connectStart(
                            okhttp3.Call call, java.net.InetSocketAddress address, java.net.Proxy proxy) {
                        connecting.countDown();
                    }
                })
                .build();
        try (UnreachableAddress nowhere = FaultServer.unreachable();
                HttpTransport there = HttpTransport.open(
                        "test",
                        nowhere.baseUrl(),
                        HttpOptions.builder()
                                .connectTimeout(PATIENT)
                                .okHttpClient(own)
                                .build(),
                        Redaction.showing())) {
            Caller<Reply> caller = Caller.of(() -> there.sendOnce(Calls.payout()));
            connecting.await();

            caller.interrupt();

            assertThatThrownBy(caller::result).isInstanceOf(PayoutNotSentException.class);
            assertThat(caller.flagStayed()).isTrue();
        }
    }

    @Test
    void sendOnce_interruptedWhileNameIsLookedUp_isNotSentAndNeverLeaves() throws Exception {
        CountDownLatch lookingUp = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        CountDownLatch callOver = new CountDownLatch(1);
        OkHttpClient own = new OkHttpClient.Builder()
                .dns(host -> {
                    lookingUp.countDown();
                    awaitQuietly(found);
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .eventListener(new okhttp3.EventListener() {
                    @Override
                    public void callFailed(okhttp3.Call call, java.io.IOException failure) {
                        callOver.countDown();
                    }
                })
                .build();
        URI byName = URI.create("http://localhost:" + silent.port());
        try (HttpTransport there = HttpTransport.open(
                "test", byName, HttpOptions.builder().okHttpClient(own).build(), Redaction.showing())) {
            Caller<Reply> caller = Caller.of(() -> there.sendOnce(Calls.payout()));
            lookingUp.await();

            caller.interrupt();

            assertThatThrownBy(caller::result).isInstanceOf(PayoutNotSentException.class);
            found.countDown();
            assertThat(callOver.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(silent.requests()).isEmpty();
        }
    }

    @Test
    void sendOnce_threadAlreadyInterrupted_isNotSentWithoutIo() throws Exception {
        Caller<Reply> caller = Caller.of(() -> {
            Thread.currentThread().interrupt();
            return transport.sendOnce(Calls.payout());
        });

        assertThatThrownBy(caller::result).isInstanceOf(PayoutNotSentException.class);
        assertThat(caller.flagStayed()).isTrue();
        assertThat(silent.connections()).isZero();
    }

    @Test
    void read_threadAlreadyInterrupted_failsWithoutIo() throws Exception {
        Caller<Reply> caller = Caller.of(() -> {
            Thread.currentThread().interrupt();
            return transport.read(Calls.question());
        });

        assertThatThrownBy(caller::result).isInstanceOf(PayoutReadException.class);
        assertThat(silent.connections()).isZero();
    }

    @Test
    void sendOnce_interruptedInsideAnswer_isNoAnswerThatBegan() throws Exception {
        CountDownLatch answering = new CountDownLatch(1);
        OkHttpClient own = new OkHttpClient.Builder()
                .eventListener(new okhttp3.EventListener() {
                    @Override
                    public void responseHeadersEnd(okhttp3.Call call, okhttp3.Response response) {
                        answering.countDown();
                    }
                })
                .build();
        try (HttpTransport there = HttpTransport.open(
                "test",
                halfWay.baseUrl(),
                HttpOptions.builder().readTimeout(PATIENT).okHttpClient(own).build(),
                Redaction.showing())) {
            Caller<Reply> caller = Caller.of(() -> there.sendOnce(Calls.payout()));
            answering.await();

            caller.interrupt();

            assertThat(((Reply.NoAnswer) caller.result()).progress()).isEqualTo(Progress.ANSWER_BEGUN);
        }
    }

    @Test
    void close_callInFlight_endsAsNoAnswerWithoutInterrupt() throws Exception {
        Caller<Reply> caller = Caller.of(() -> transport.sendOnce(Calls.payout()));
        received.await();

        transport.close();

        assertThat(((Reply.NoAnswer) caller.result()).progress()).isEqualTo(Progress.REQUEST_WRITTEN);
        assertThat(caller.flagStayed()).isFalse();
    }

    @Test
    void close_readInItsPause_ends() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        Upstream busy = Upstream.answering(request -> Upstream.status(503, "", "{}"));
        HttpTransport there =
                Calls.transport(busy.baseUrl(), Calls.options().time(Clock.systemUTC(), endless(pausing), () -> 0.5));
        Caller<Reply> caller = Caller.of(() -> there.read(Calls.question()));
        pausing.await();

        there.close();

        assertThat(((Reply.Answer) caller.result()).status()).isEqualTo(503);
        assertThat(busy.requests()).hasSize(1);
        Upstream.end(there);
        busy.close();
    }

    @Test
    void read_interruptedInItsPause_returnsLastAnswerAndFlagStays() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        Upstream busy = Upstream.answering(request -> Upstream.status(503, "", "{}"));
        HttpTransport there =
                Calls.transport(busy.baseUrl(), Calls.options().time(Clock.systemUTC(), endless(pausing), () -> 0.5));
        Caller<Reply> caller = Caller.of(() -> there.read(Calls.question()));
        pausing.await();

        caller.interrupt();

        assertThat(((Reply.Answer) caller.result()).status()).isEqualTo(503);
        assertThat(caller.flagStayed()).isTrue();
        assertThat(busy.requests()).hasSize(1);
        Upstream.end(there);
        busy.close();
    }

    @Test
    void sendOnce_afterClose_isNotSent() {
        transport.close();

        assertThatThrownBy(() -> transport.sendOnce(Calls.payout()))
                .isInstanceOf(PayoutNotSentException.class)
                .hasMessageContaining("closed");
        assertThat(silent.connections()).isZero();
    }

    @Test
    void close_twice_doesNothing() {
        transport.close();
        transport.close();

        assertThat(silent.connections()).isZero();
    }

    private static HttpTransport patient(URI baseUrl) {
        return Calls.transport(
                baseUrl,
                Calls.options().readTimeout(PATIENT).callDeadline(PATIENT).readDeadline(PATIENT));
    }

    private Sleeper endless(CountDownLatch pausing) {
        return duration -> {
            pausing.countDown();
            testOver.await();
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
