package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.unipayout.Exchange.Progress;
import org.unipayout.Operation;
import org.unipayout.PayoutNotSentException;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.UnreachableAddress;

/** Deadline, interrupt and close end a call over a connection that was opened ahead as they end any other. */
@Timeout(20)
class HttpTransportAheadEndTest {
    private static final String REFERENCE = "order-7";
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private final Heard heard = new Heard();
    private final CountDownLatch received = new CountDownLatch(1);
    private final CountDownLatch testOver = new CountDownLatch(1);
    private final Upstream silent = Upstream.answering(request -> {
        received.countDown();
        testOver.await();
        return "";
    });

    @AfterEach
    void close() {
        testOver.countDown();
        silent.close();
    }

    private HttpTransport transport(URI baseUrl, Duration callDeadline) {
        return Calls.transport(
                baseUrl,
                HttpOptions.builder()
                        .okHttpClient(heard.client())
                        .connectTimeout(PATIENT)
                        .readTimeout(PATIENT)
                        .callDeadline(callDeadline));
    }

    @Test
    void sendOnce_deadlinePassesWhileConnecting_isNotSent() {
        try (UnreachableAddress nowhere = FaultServer.unreachable();
                HttpTransport there = transport(nowhere.baseUrl(), Calls.SHORT)) {
            there.connectAhead(REFERENCE);

            assertThatThrownBy(() -> there.sendOnce(Calls.payout()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageContaining("deadline");
        }
    }

    @Test
    void sendOnce_deadlinePassesAfterWriting_isNoAnswer() throws Exception {
        try (HttpTransport there = transport(silent.baseUrl(), Calls.SHORT)) {
            there.connectAhead(REFERENCE);
            heard.awaitConnected();

            Reply.NoAnswer noAnswer = (Reply.NoAnswer) there.sendOnce(Calls.payout());
            assertThat(noAnswer.progress()).isEqualTo(Progress.REQUEST_WRITTEN);
            assertThat(silent.requests()).hasSize(1);
        }
    }

    @Test
    void sendOnce_connectedLongerAgoThanTheDeadline_isAnswered() throws Exception {
        try (Upstream provider = Upstream.answering(request -> Upstream.ok("{}"));
                HttpTransport there = transport(provider.baseUrl(), Calls.SHORT)) {
            there.connectAhead(REFERENCE);
            heard.awaitConnected();
            assertThat(testOver.await(Calls.SHORT.toMillis() + 100, TimeUnit.MILLISECONDS))
                    .isFalse();

            assertThat(there.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void sendOnce_interruptedWhileConnecting_isNotSentAndFlagStays() throws Exception {
        try (UnreachableAddress nowhere = FaultServer.unreachable();
                HttpTransport there = transport(nowhere.baseUrl(), PATIENT)) {
            there.connectAhead(REFERENCE);
            Caller<Reply> caller = Caller.of(() -> there.sendOnce(Calls.payout()));
            caller.awaitWaiting();

            caller.interrupt();

            assertThatThrownBy(caller::result).isInstanceOf(PayoutNotSentException.class);
            assertThat(caller.flagStayed()).isTrue();
            heard.awaitOver(); // the connection that was opened ahead
            heard.awaitOver(); // the call's own
        }
    }

    @Test
    void sendOnce_interruptedWhileNameIsLookedUp_isNotSentAndNeverLeaves() throws Exception {
        CountDownLatch found = new CountDownLatch(1);
        OkHttpClient slow = heard.client()
                .newBuilder()
                .dns(host -> {
                    awaitQuietly(found);
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .build();
        try (HttpTransport there = HttpTransport.open(
                "test",
                URI.create("http://localhost:" + silent.port()),
                HttpOptions.builder().okHttpClient(slow).build(),
                Redaction.showing())) {
            there.connectAhead(REFERENCE);
            Caller<Reply> caller = Caller.of(() -> there.sendOnce(Calls.payout()));
            caller.awaitWaiting();

            caller.interrupt();

            assertThatThrownBy(caller::result).isInstanceOf(PayoutNotSentException.class);
            found.countDown();
            heard.awaitOver();
            heard.awaitOver();
            assertThat(silent.requests()).isEmpty();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void sendOnce_interruptedAfterWriting_isNoAnswerAndFlagStays() throws Exception {
        try (HttpTransport there = transport(silent.baseUrl(), PATIENT)) {
            there.connectAhead(REFERENCE);
            heard.awaitConnected();
            Caller<Reply> caller = Caller.of(() -> there.sendOnce(Calls.payout()));
            received.await();

            caller.interrupt();

            assertThat(((Reply.NoAnswer) caller.result()).progress()).isEqualTo(Progress.REQUEST_WRITTEN);
            assertThat(caller.flagStayed()).isTrue();
            heard.awaitFailed();
            assertThat(silent.requests()).hasSize(1);
            assertThat(silent.connections()).isEqualTo(1);
        }
    }

    @Test
    void connectAhead_noCallComes_isClosedInTimeWithoutAByteAndWithoutWork() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicInteger bytes = new AtomicInteger();
        try (RawServer provider = RawServer.serving((number, socket) -> {
                    bytes.addAndGet(socket.getInputStream().readAllBytes().length);
                    closed.countDown();
                });
                HttpTransport there = transport(provider.baseUrl(), PATIENT)) {
            there.connectAhead(REFERENCE);
            heard.awaitConnected();
            long connectedAt = System.nanoTime();
            Thread waiting = threadThatWaits();
            int looks = 0;
            int busy = 0;
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                looks++;
                busy += waiting.getState() == Thread.State.RUNNABLE ? 1 : 0;
                assertThat(Duration.ofNanos(System.nanoTime() - connectedAt)).isLessThan(Duration.ofSeconds(10));
            }

            assertThat(Duration.ofNanos(System.nanoTime() - connectedAt))
                    .isGreaterThan(Ahead.LONGEST_WAIT.dividedBy(2));
            assertThat(busy).isLessThan(looks / 2);
            assertThat(bytes).hasValue(0);
            heard.awaitFailed();
        }
    }

    private static Thread threadThatWaits() {
        while (true) {
            for (Map.Entry<Thread, StackTraceElement[]> thread :
                    Thread.getAllStackTraces().entrySet()) {
                if (Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(Ahead.class.getName()))) {
                    return thread.getKey();
                }
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void connectAhead_threadIsInterrupted_doesNothing() throws Exception {
        try (Upstream provider = Upstream.answering(request -> Upstream.ok("{}"));
                HttpTransport there = transport(provider.baseUrl(), PATIENT)) {
            Caller<Boolean> caller = Caller.of(() -> {
                Thread.currentThread().interrupt();
                there.connectAhead("order-8");
                return true;
            });
            assertThat(caller.result()).isTrue();
            there.sendOnce(Calls.payout());

            assertThat(caller.flagStayed()).isTrue();
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    /** A thread that shakes hands over TLS hears of no interrupt. */
    @Test
    void close_handshakeHangs_isClosedAtOnce() throws Exception {
        CountDownLatch greeted = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (RawServer provider = RawServer.serving((number, socket) -> {
            socket.getInputStream().read();
            greeted.countDown();
            try {
                socket.getInputStream().readAllBytes();
            } finally {
                ended.countDown();
            }
        })) {
            HttpTransport there = transport(URI.create("https://127.0.0.1:" + provider.port()), PATIENT);
            there.connectAhead(REFERENCE);
            greeted.await();

            there.close();

            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            heard.awaitOver();
        }
    }

    @Test
    void close_connectionWaits_isClosedAtOnceAndNothingIsSent() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawServer provider = RawServer.serving((number, socket) -> {
            if (socket.getInputStream().readAllBytes().length == 0) {
                ended.countDown();
            }
        })) {
            HttpTransport there = transport(provider.baseUrl(), PATIENT);
            there.connectAhead(REFERENCE);
            heard.awaitConnected();
            long closedAt = System.nanoTime();

            there.close();

            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(System.nanoTime() - closedAt).isLessThan(Ahead.LONGEST_WAIT.toNanos() / 2);
            heard.awaitOver();
            assertThatThrownBy(() -> there.sendOnce(Calls.payout())).isInstanceOf(PayoutNotSentException.class);
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void close_whileConnectingAheadForACall_isNotSent() throws Exception {
        try (UnreachableAddress nowhere = FaultServer.unreachable()) {
            HttpTransport there = transport(nowhere.baseUrl(), PATIENT);
            there.connectAhead(REFERENCE);
            Caller<Reply> caller = Caller.of(() -> there.sendOnce(Calls.payout()));
            caller.awaitWaiting();

            there.close();

            assertThatThrownBy(caller::result).isInstanceOf(PayoutNotSentException.class);
            assertThat(caller.flagStayed()).isFalse();
            heard.awaitOver();
        }
    }

    @Test
    void connectAhead_afterClose_doesNothing() {
        HttpTransport there = transport(silent.baseUrl(), PATIENT);
        there.close();
        there.connectAhead(REFERENCE);

        assertThatThrownBy(() -> there.sendOnce(Calls.payout()))
                .isInstanceOf(PayoutNotSentException.class)
                .hasMessageContaining("closed");
        assertThat(silent.connections()).isZero();
    }

    /** A call that is given in time is seen late if the process stood still: the connection is as old as the clock says. */
    @Test
    void awaited_processStoodStill_attemptGoesOnWithoutIt() throws Exception {
        AtomicLong now = new AtomicLong();
        AtomicReference<Attempt> afresh = new AtomicReference<>();
        OkHttpClient client =
                heard.client().newBuilder().addNetworkInterceptor(new OneSend()).build();
        Request request = new Request.Builder().url(silent.baseUrl().toString()).build();
        Ahead ahead = new Ahead(client, request, afresh::set, () -> {
            long before = now.get();
            now.addAndGet(Ahead.LONGEST_WAIT.toNanos() + 1);
            return before;
        });
        Attempt attempt =
                new Attempt(client, request, new Origin("test", Operation.SUBMIT, null, "X-Request-Id"), 1, PATIENT);
        CompletableFuture<Void> running = CompletableFuture.runAsync(ahead::run);
        heard.awaitConnected();

        assertThat(ahead.carries(attempt)).isTrue();

        running.get(10, TimeUnit.SECONDS);
        assertThat(afresh).hasValue(attempt);
        assertThat(silent.requests()).isEmpty();
    }

    @Test
    void carries_gone_isFalse() throws Exception {
        OkHttpClient client =
                heard.client().newBuilder().addNetworkInterceptor(new OneSend()).build();
        Request request = new Request.Builder().url(silent.baseUrl().toString()).build();
        Ahead ahead = new Ahead(client, request, attempt -> {}, System::nanoTime);
        ahead.end(new IOException("no thread"));

        assertThat(ahead.carries(new Attempt(
                        client, request, new Origin("test", Operation.SUBMIT, null, "X-Request-Id"), 1, PATIENT)))
                .isFalse();
    }

    /** A server or a name service that lost this one may answer the next at once. */
    @Test
    void carries_connectsForLongerThanAnyMayWait_isFalseAndItIsEnded() throws Exception {
        AtomicLong now = new AtomicLong();
        CountDownLatch lookingUp = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        OkHttpClient client = heard.client()
                .newBuilder()
                .addNetworkInterceptor(new OneSend())
                .dns(host -> {
                    lookingUp.countDown();
                    awaitQuietly(found);
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .build();
        Request request = new Request.Builder()
                .url("http://localhost:" + silent.port() + "/")
                .build();
        Ahead ahead = new Ahead(client, request, attempt -> {}, now::get);
        CompletableFuture<Void> running = CompletableFuture.runAsync(ahead::run);
        lookingUp.await();
        now.addAndGet(Ahead.LONGEST_WAIT.toNanos() + 1);

        assertThat(ahead.carries(new Attempt(
                        client, request, new Origin("test", Operation.SUBMIT, null, "X-Request-Id"), 1, PATIENT)))
                .isFalse();
        found.countDown();
        running.get(10, TimeUnit.SECONDS);
        assertThat(silent.requests()).isEmpty();
    }
}
