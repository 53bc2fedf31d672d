package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Exchange.Progress;
import org.unipayout.Operation;
import org.unipayout.PayoutNotSentException;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;

/** A client that the user brings cannot make a payout leave twice. */
@Timeout(30)
class HttpTransportOwnClientTest {
    private final Upstream provider = Upstream.answering(request -> Upstream.ok("{}"));
    private final FaultServer network = FaultServer.before(provider.baseUrl());
    private final AtomicInteger events = new AtomicInteger();
    private final OkHttpClient hostile = new OkHttpClient.Builder()
            .retryOnConnectionFailure(true)
            .followRedirects(true)
            .followSslRedirects(true)
            .connectionPool(new ConnectionPool(5, 5, TimeUnit.MINUTES))
            .addInterceptor(HttpTransportOwnClientTest::twice)
            .addNetworkInterceptor(HttpTransportOwnClientTest::retryAfterZero)
            .authenticator((route, response) -> response.request())
            .proxyAuthenticator((route, response) -> response.request())
            .eventListener(new EventListener() {
                @Override
                public void callStart(Call call) {
                    events.incrementAndGet();
                }
            })
            .build();
    private final HttpTransport transport =
            Calls.transport(network.baseUrl(), Calls.options().okHttpClient(hostile));

    @AfterEach
    void close() {
        transport.close();
        network.close();
        provider.close();
    }

    @Test
    void sendOnce_hostileClient_leavesOnce() {
        assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);

        assertThat(provider.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 308, 401, 408, 503})
    void sendOnce_hostileClientAndAnswerThatInvitesToRepeat_leavesOnce(int status) {
        network.on(request -> true)
                .always()
                .play(Fault.answer(
                        status, Map.of("Retry-After", "0", "Location", "/", "WWW-Authenticate", "Basic"), ""));

        transport.sendOnce(Calls.payout());

        assertThat(network.exchanges()).hasSize(1);
    }

    @Test
    void sendOnce_hostileClientAndResetConnection_leavesOnce() {
        network.on(request -> true).always().play(Fault.RESET_AFTER_REQUEST);

        assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.NoAnswer.class);

        assertThat(network.exchanges()).hasSize(1);
    }

    @Test
    void sendOnce_ownClient_keepsItsEventListener() {
        transport.sendOnce(Calls.payout());

        assertThat(events).hasValue(1);
    }

    @Test
    void sendOnce_ownListenerThrowsAfterWriting_isNoAnswer() {
        OkHttpClient own = listening(new EventListener() {
            @Override
            public void requestHeadersEnd(Call call, Request request) {
                throw new AssertionError("listener");
            }
        });
        try (HttpTransport there =
                Calls.transport(network.baseUrl(), Calls.options().okHttpClient(own))) {
            Reply.NoAnswer noAnswer = (Reply.NoAnswer) there.sendOnce(Calls.payout());

            assertThat(noAnswer.progress()).isEqualTo(Progress.REQUEST_WRITTEN);
        }
    }

    @Test
    void sendOnce_ownListenerThrowsBeforeWriting_isNotSent() {
        OkHttpClient own = listening(new EventListener() {
            @Override
            public void dnsStart(Call call, String host) {
                throw new IllegalStateException("listener");
            }
        });
        try (HttpTransport there = Calls.transport(
                URI.create("http://localhost:" + provider.port()),
                Calls.options().okHttpClient(own))) {
            assertThatThrownBy(() -> there.sendOnce(Calls.payout())).isInstanceOf(PayoutNotSentException.class);
            assertThat(provider.connections()).isZero();
        }
    }

    /** It is told when the call is ended for it, when its bytes may have left. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendOnce_deadlinePassesAndOwnListenerThrows_isNoAnswer(boolean ahead) throws Exception {
        try (Silence silence = new Silence();
                HttpTransport there = throwingWhenCanceled(silence, Calls.SHORT)) {
            silence.connect(there, ahead);
            Reply.NoAnswer noAnswer = (Reply.NoAnswer) there.sendOnce(Calls.payout());

            assertThat(noAnswer.progress()).isEqualTo(Progress.REQUEST_WRITTEN);
            assertThat(silence.provider.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendOnce_interruptedAndOwnListenerThrows_isNoAnswerAndFlagStays(boolean ahead) throws Exception {
        try (Silence silence = new Silence();
                HttpTransport there = throwingWhenCanceled(silence, Duration.ofSeconds(60))) {
            silence.connect(there, ahead);
            Caller<Reply> caller = Caller.of(() -> there.sendOnce(Calls.payout()));
            silence.received.acquire();

            caller.interrupt();

            assertThat(((Reply.NoAnswer) caller.result()).progress()).isEqualTo(Progress.REQUEST_WRITTEN);
            assertThat(caller.flagStayed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void close_ownListenerThrows_endsAllCalls(boolean ahead) throws Exception {
        try (Silence silence = new Silence()) {
            HttpTransport there = throwingWhenCanceled(silence, Duration.ofSeconds(60));
            silence.connect(there, ahead);
            Caller<Reply> one = Caller.of(() -> there.sendOnce(Calls.payout()));
            Caller<Reply> another = Caller.of(() -> there.sendOnce(Calls.payout()));
            silence.received.acquire(2);
            there.connectAhead("order-8");

            there.close();

            assertThat(one.result()).isInstanceOf(Reply.NoAnswer.class);
            assertThat(another.result()).isInstanceOf(Reply.NoAnswer.class);
        }
    }

    private static HttpTransport throwingWhenCanceled(Silence silence, Duration callDeadline) {
        OkHttpClient own = listening(new EventListener() {
            @Override
            public void connectionAcquired(Call call, Connection connection) {
                silence.connected.release();
            }

            @Override
            public void canceled(Call call) {
                throw new IllegalStateException("listener");
            }
        });
        return Calls.transport(
                silence.provider.baseUrl(),
                HttpOptions.builder().callDeadline(callDeadline).okHttpClient(own));
    }

    /** A provider that reads and never answers. */
    private static final class Silence implements AutoCloseable {
        private final Semaphore connected = new Semaphore(0);
        private final Semaphore received = new Semaphore(0);
        private final CountDownLatch over = new CountDownLatch(1);
        private final Upstream provider = Upstream.answering(request -> {
            received.release();
            over.await();
            return "";
        });

        static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void connect(HttpTransport transport, boolean ahead) throws InterruptedException {
            if (ahead) {
                transport.connectAhead("order-7");
                connected.acquire();
            }
        }

        @Override
        public void close() {
            over.countDown();
            provider.close();
        }
    }

    @Test
    void sendOnce_ownListenerCannotBeMade_isNotSent() {
        OkHttpClient own = new OkHttpClient.Builder()
                .eventListenerFactory(call -> {
                    throw new IllegalStateException("listener");
                })
                .build();
        try (HttpTransport there =
                Calls.transport(network.baseUrl(), Calls.options().okHttpClient(own))) {
            assertThatCode(() -> there.connectAhead("order-7")).doesNotThrowAnyException();
            assertThatThrownBy(() -> there.sendOnce(Calls.payout()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageContaining("listener");
        }
        assertThat(provider.connections()).isZero();
    }

    /** As many threads as can be between the look at what there is and the entry. */
    @Test
    void connectAhead_fromManyThreadsAtOnce_isBounded() throws Exception {
        CountDownLatch between = new CountDownLatch(100);
        CountDownLatch tooMany = new CountDownLatch(65);
        OkHttpClient own = new OkHttpClient.Builder()
                .eventListenerFactory(call -> {
                    between.countDown();
                    Silence.awaitQuietly(between);
                    return new EventListener() {
                        @Override
                        public void callStart(Call started) {
                            tooMany.countDown();
                        }
                    };
                })
                .build();
        try (Silence silence = new Silence();
                HttpTransport there = Calls.transport(
                        silence.provider.baseUrl(), Calls.options().okHttpClient(own))) {
            List<Caller<Boolean>> callers = new ArrayList<>();
            for (int thread = 0; thread < 100; thread++) {
                String reference = "order-" + thread;
                callers.add(Caller.of(() -> {
                    there.connectAhead(reference);
                    return true;
                }));
            }
            for (Caller<Boolean> caller : callers) {
                caller.result();
            }

            assertThat(tooMany.await(1, TimeUnit.SECONDS)).isFalse();
            assertThat(tooMany.getCount()).isLessThan(65);
        }
    }

    /** Sockets of the user, such as those of a tunnel, may know of no timeout. */
    @Test
    void sendOnce_ownSocketsKeepToNoTimeout_isAnswered() throws Exception {
        Semaphore connected = new Semaphore(0);
        OkHttpClient own = new OkHttpClient.Builder()
                .socketFactory(new TimelessSockets())
                .eventListener(new EventListener() {
                    @Override
                    public void connectionAcquired(Call call, Connection connection) {
                        connected.release();
                    }
                })
                .build();
        try (HttpTransport there =
                Calls.transport(provider.baseUrl(), Calls.patient().okHttpClient(own))) {
            there.connectAhead("order-7");
            connected.acquire();

            assertThat(there.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
            assertThat(provider.requests()).hasSize(1);
        }
    }

    private static OkHttpClient listening(EventListener listener) {
        return new OkHttpClient.Builder().eventListener(listener).build();
    }

    @Test
    void close_ownClient_staysUsable() throws Exception {
        transport.sendOnce(Calls.payout());
        transport.close();
        provider.close();

        try (Upstream another = Upstream.answering(request -> Upstream.ok("{}"));
                Response response = hostile.newCall(new Request.Builder()
                                .url(another.baseUrl().toString())
                                .build())
                        .execute()) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(another.requests()).isNotEmpty();
        }
    }

    @Test
    void oneSend_secondPassage_isStoppedBeforeWriting() throws Exception {
        OkHttpClient proceedsTwice = new OkHttpClient.Builder()
                .addInterceptor(HttpTransportOwnClientTest::twice)
                .addNetworkInterceptor(new OneSend())
                .build();
        Request request =
                new Request.Builder().url(network.baseUrl().toString()).build();
        Origin origin = new Origin("test", Operation.SUBMIT, null, "X-Request-Id");
        Attempt attempt = new Attempt(proceedsTwice, request, origin, 100, Duration.ofSeconds(60));

        attempt.run();

        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void oneSend_deadlineIsOverAndNobodyStoppedTheCallYet_isStoppedBeforeWriting() {
        OkHttpClient client =
                new OkHttpClient.Builder().addNetworkInterceptor(new OneSend()).build();
        Request request =
                new Request.Builder().url(network.baseUrl().toString()).build();
        Origin origin = new Origin("test", Operation.SUBMIT, null, "X-Request-Id");
        Attempt attempt = new Attempt(client, request, origin, 100, Duration.ZERO);

        attempt.run();

        assertThat(provider.requests()).isEmpty();
        assertThat(attempt.await())
                .isInstanceOfSatisfying(
                        Reply.NoAnswer.class,
                        reply -> assertThat(reply.nothingWritten()).isTrue());
    }

    private static Response twice(Interceptor.Chain chain) throws IOException {
        chain.proceed(chain.request()).close();
        return chain.proceed(chain.request());
    }

    private static Response retryAfterZero(Interceptor.Chain chain) throws IOException {
        return chain.proceed(chain.request())
                .newBuilder()
                .code(503)
                .header("Retry-After", "120")
                .build();
    }

    @Test
    void open_clientThatTakesAnyHost_isRefused() {
        assertRefused(new OkHttpClient.Builder().hostnameVerifier((host, session) -> true), "host name verifier");
    }

    @Test
    void open_clientThatTakesAnyCertificate_isRefused() throws Exception {
        X509TrustManager all = new TakesAll();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {all}, null);

        assertRefused(new OkHttpClient.Builder().sslSocketFactory(context.getSocketFactory(), all), "trust manager");
    }

    @Test
    void open_carefulClient_isTaken() {
        OkHttpClient careful = new OkHttpClient.Builder()
                .hostnameVerifier((host, session) -> {
                    throw new IllegalStateException("asked about " + host);
                })
                .build();

        Calls.transport(provider.baseUrl(), HttpOptions.builder().okHttpClient(careful))
                .close();
    }

    private void assertRefused(OkHttpClient.Builder client, String what) {
        HttpOptions.Builder options = HttpOptions.builder().okHttpClient(client.build());
        assertThatThrownBy(() -> Calls.transport(provider.baseUrl(), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("okHttpClient: its " + what);
    }

    private static final class TakesAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
