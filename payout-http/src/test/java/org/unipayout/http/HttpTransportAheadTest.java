package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Evidence;
import org.unipayout.Exchange;
import org.unipayout.Exchange.Progress;
import org.unipayout.Operation;
import org.unipayout.PayoutNotSentException;
import org.unipayout.Secret;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;

/** A connection that is opened ahead changes when a call's answer comes, and nothing else. */
@Timeout(30)
class HttpTransportAheadTest {
    private static final String REFERENCE = "order-7";
    static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder()
            .addSubjectAlternativeName("127.0.0.1")
            .addSubjectAlternativeName("localhost")
            .build();

    private final Heard heard = new Heard();
    private final Upstream provider = Upstream.answering(request -> Upstream.ok("{\"id\":\"p-1\"}"));
    private final FaultServer network = FaultServer.before(provider.baseUrl());

    /** Plainly, and by TLS, where the other side may speak after the handshake: session tickets. */
    enum Scheme {
        HTTP,
        HTTPS;

        ServerSocketFactory sockets() {
            HandshakeCertificates held = new HandshakeCertificates.Builder()
                    .heldCertificate(CERTIFICATE)
                    .build();
            return this == HTTP
                    ? ServerSocketFactory.getDefault()
                    : held.sslContext().getServerSocketFactory();
        }

        Upstream answering(Upstream.Script script) {
            return Upstream.over(sockets(), name().toLowerCase(Locale.ROOT), script);
        }
    }

    @AfterEach
    void close() {
        network.close();
        provider.close();
    }

    private HttpOptions.Builder options() {
        return Calls.patient().okHttpClient(heard.client()).trustedCertificates(CERTIFICATE.certificatePem());
    }

    /** Patient enough for what works, hasty where something never answers. */
    private HttpOptions.Builder hasty() {
        return options().readTimeout(Calls.SHORT);
    }

    private void connectAhead(HttpTransport transport) throws InterruptedException {
        transport.connectAhead(REFERENCE);
        heard.awaitConnected();
    }

    // ---------------------------------------------------------------- it is taken

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void sendOnce_connectedAhead_takesThatConnectionAndTheNextDoesNot(Scheme scheme) throws Exception {
        try (Upstream there = scheme.answering(request -> Upstream.ok("{}"));
                HttpTransport transport = Calls.transport(there.baseUrl(), options())) {
            connectAhead(transport);

            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
            assertThat(there.connections()).isEqualTo(1);
            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
            assertThat(there.connections()).isEqualTo(2);
            assertThat(there.requests()).hasSize(2);
        }
    }

    @Test
    void sendOnce_stillConnecting_waitsForThatConnection() throws Exception {
        CountDownLatch lookingUp = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        OkHttpClient slow = heard.client()
                .newBuilder()
                .dns(host -> {
                    lookingUp.countDown();
                    awaitQuietly(found);
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .build();
        try (HttpTransport transport = transport(slow)) {
            transport.connectAhead(REFERENCE);
            lookingUp.await();
            Caller<Reply> caller = Caller.of(() -> transport.sendOnce(Calls.payout()));
            caller.awaitWaiting();
            found.countDown();

            assertThat(caller.result()).isInstanceOf(Reply.Answer.class);
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void connectAhead_twiceUnderOneReference_connectsOnce() throws Exception {
        try (HttpTransport transport = Calls.transport(provider.baseUrl(), options())) {
            connectAhead(transport);
            transport.connectAhead(REFERENCE);
            transport.sendOnce(Calls.payout());

            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void connectAhead_forVeryMany_isBounded() throws Exception {
        try (Upstream silent = Upstream.answering(request -> "");
                HttpTransport transport = Calls.transport(silent.baseUrl(), options())) {
            for (int reference = 0; reference < 100; reference++) {
                transport.connectAhead("order-" + reference);
            }
            for (int connection = 0; connection < 64; connection++) {
                heard.awaitConnected();
            }
            heard.awaitFailed();

            assertThat(silent.connections()).isEqualTo(64);
        }
    }

    @Test
    void prepareAndAnotherPayout_leaveItToItsCall() throws Exception {
        try (HttpTransport transport = Calls.transport(provider.baseUrl(), options())) {
            connectAhead(transport);
            transport.prepare(HttpCall.builder(Operation.PREPARE, "POST", "/orders")
                    .reference(REFERENCE)
                    .build());
            assertThat(provider.connections()).isEqualTo(2);
            transport.sendOnce(HttpCall.builder(Operation.SUBMIT, "POST", "/payouts")
                    .reference("order-8")
                    .build());
            assertThat(provider.connections()).isEqualTo(3);

            transport.sendOnce(Calls.payout());
            assertThat(provider.connections()).isEqualTo(3);
        }
    }

    // ---------------------------------------------------------------- the same call as ever

    static Stream<HttpCall> calls() {
        return Stream.of(
                Calls.payout(),
                HttpCall.builder(Operation.CONFIRM, "POST", "/confirm")
                        .reference(REFERENCE)
                        .header("X-API-Version", "3")
                        .build(),
                HttpCall.builder(Operation.SUBMIT, "GET", "/payouts/7")
                        .reference(REFERENCE)
                        .header("Accept", "text/plain")
                        .build(),
                HttpCall.builder(Operation.CANCEL, "DELETE", "/payouts/7")
                        .reference(REFERENCE)
                        .build(),
                HttpCall.builder(Operation.SUBMIT, "POST", "/payouts")
                        .reference(REFERENCE)
                        .header("Accept-Encoding", "identity")
                        .build(),
                HttpCall.builder(Operation.SUBMIT, "POST", "/payouts")
                        .reference(REFERENCE)
                        .lastStep(call -> call.body("[1]".getBytes(StandardCharsets.UTF_8)))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void sendOnce_connectedAhead_writesTheSameBytes(HttpCall call) throws Exception {
        try (HttpTransport transport = Calls.transport(provider.baseUrl().resolve("/api/v1"), options())) {
            transport.sendOnce(call);
            heard.awaitConnected();
            connectAhead(transport);
            transport.sendOnce(call);

            assertThat(provider.requests()).hasSize(2);
            assertThat(provider.requests().get(1)).isEqualTo(provider.requests().get(0));
            assertThat(provider.requests().get(0).line()).contains(" /api/v1/");
        }
    }

    @ParameterizedTest
    @MethodSource("org.unipayout.http.HttpTransportSendOnceTest#answersThatInviteToRepeat")
    void sendOnce_answerInvitesToRepeat_leavesOnceAndIsReadAsEver(int status, Map<String, String> headers)
            throws Exception {
        network.on(request -> true).play(Fault.answer(status, headers, "{}"));
        try (HttpTransport transport = Calls.transport(network.baseUrl(), options())) {
            connectAhead(transport);
            Reply.Answer answer = (Reply.Answer) transport.sendOnce(Calls.payout());

            assertThat(answer.status()).isEqualTo(status);
            headers.forEach((name, value) -> assertThat(answer.header(name)).contains(value));
            assertThat(network.exchanges()).hasSize(1);
            assertThat(network.connections()).isEqualTo(1);
        }
    }

    @Test
    void sendOnce_withoutBodyAnd503WithRetryAfterZero_leavesOnce() throws Exception {
        network.on(request -> true).play(Fault.answer(503, Map.of("Retry-After", "0", "X-Request-Id", "r-1"), "{}"));
        try (HttpTransport transport = Calls.transport(network.baseUrl(), options())) {
            connectAhead(transport);
            Reply.Answer answer = (Reply.Answer) transport.sendOnce(HttpCall.builder(Operation.CANCEL, "DELETE", "/p")
                    .reference(REFERENCE)
                    .build());

            assertThat(answer.requestId()).contains("r-1");
            assertThat(network.exchanges()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("org.unipayout.http.HttpTransportSendOnceTest#faultsAfterWriting")
    void sendOnce_brokenAfterWriting_isNoAnswerAndLeavesOnce(Fault fault, Progress progress, Evidence.Kind kind)
            throws Exception {
        network.on(request -> true).always().play(fault);
        try (HttpTransport transport = Calls.transport(network.baseUrl(), hasty())) {
            connectAhead(transport);
            Reply.NoAnswer noAnswer = (Reply.NoAnswer) transport.sendOnce(Calls.payout());

            assertThat(noAnswer.progress()).isEqualTo(progress);
            assertThat(noAnswer.evidence().kind()).isEqualTo(kind);
            assertThat(network.exchanges()).hasSize(1);
            assertThat(network.connections()).isEqualTo(1);
        }
    }

    @Test
    void sendOnce_compressedAnswer_isUnpacked() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write("{\"amount\":100}".getBytes(StandardCharsets.UTF_8));
        }
        try (RawServer there = RawServer.serving((number, socket) -> {
                    Upstream.read(socket.getInputStream());
                    String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size();
                    socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    zipped.writeTo(socket.getOutputStream());
                });
                HttpTransport transport = Calls.transport(there.baseUrl(), options())) {
            connectAhead(transport);

            assertThat(((Reply.Answer) transport.sendOnce(Calls.payout())).text())
                    .isEqualTo("{\"amount\":100}");
        }
    }

    @Test
    void exchangeSink_connectedAhead_seesTheCallOnly() throws Exception {
        List<Exchange> seen = new CopyOnWriteArrayList<>();
        try (HttpTransport transport =
                Calls.transport(provider.baseUrl(), options().exchangeSink(seen::add))) {
            connectAhead(transport);
            assertThat(seen).isEmpty();
            transport.sendOnce(Calls.payout());

            assertThat(seen).hasSize(1);
            assertThat(seen.get(0).progress()).isEqualTo(Progress.ANSWERED);
        }
    }

    @Test
    void connectAhead_proxyThatDemandsCredentials_tunnelsOnceAndShowsNoKey() throws Exception {
        try (Upstream there = Scheme.HTTPS.answering(request -> Upstream.ok("{}"));
                ConnectProxy proxy = ConnectProxy.demanding("Basic bWVyY2hhbnQ6cGFzcw==");
                HttpTransport transport = Calls.transport(
                        there.baseUrl(),
                        options().proxy("127.0.0.1", proxy.port()).proxyCredentials("merchant", Secret.of("pass")))) {
            connectAhead(transport);
            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);

            assertThat(proxy.heads()).singleElement().asString().doesNotContain(Calls.API_KEY);
            assertThat(there.connections()).isEqualTo(1);
        }
    }

    // ---------------------------------------------------------------- it cannot be used

    /** One after the other, as a server does that is tired of connections that say nothing. */
    @ParameterizedTest
    @EnumSource(Scheme.class)
    void sendOnce_serverEndedItMeanwhile_everyCallIsAnsweredAndNoneIsSeenTwice(Scheme scheme) throws Exception {
        try (Upstream there = scheme.answering(request -> Upstream.ok("{}"));
                HttpTransport transport = Calls.transport(there.baseUrl(), options())) {
            for (int call = 1; call <= 10; call++) {
                connectAhead(transport);
                there.awaitReady(2 * call - 1);
                there.hangUp();

                assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
                heard.awaitConnected();
                assertThat(there.requests()).hasSize(call);
                assertThat(there.connections()).isEqualTo(2 * call);
            }
        }
    }

    @Test
    void sendOnce_serverSpokeFirst_connectsAfresh() throws Exception {
        String busy = "HTTP/1.1 408 Too slow\r\nContent-Length: 0\r\n\r\n";
        CountDownLatch spoken = new CountDownLatch(1);
        try (RawServer there = RawServer.serving((number, socket) -> {
                    if (number == 0) {
                        socket.getOutputStream().write(busy.getBytes(StandardCharsets.US_ASCII));
                        spoken.countDown();
                        socket.getInputStream().read();
                        return;
                    }
                    Upstream.read(socket.getInputStream());
                    socket.getOutputStream().write(Upstream.ok("{}").getBytes(StandardCharsets.US_ASCII));
                });
                HttpTransport transport = Calls.transport(there.baseUrl(), options())) {
            connectAhead(transport);
            spoken.await();

            assertThat(((Reply.Answer) transport.sendOnce(Calls.payout())).status())
                    .isEqualTo(200);
            assertThat(there.connections()).isEqualTo(2);
        }
    }

    @Test
    void sendOnce_acceptedAndNothingRead_isNoAnswerAsEver() throws Exception {
        network.onConnection().always().play(Fault.HANG_ON_CONNECT);
        try (HttpTransport transport = Calls.transport(network.baseUrl(), hasty())) {
            connectAhead(transport);
            Reply.NoAnswer noAnswer = (Reply.NoAnswer) transport.sendOnce(Calls.payout());

            assertThat(noAnswer.progress()).isEqualTo(Progress.REQUEST_WRITTEN);
            assertThat(network.connections()).isEqualTo(1);
        }
    }

    @Test
    void sendOnce_couldNotConnectAhead_connectsForItself() throws Exception {
        network.refuseConnections();
        try (HttpTransport transport = Calls.transport(network.baseUrl(), options())) {
            transport.connectAhead(REFERENCE);
            heard.awaitFailed();
            assertThatThrownBy(() -> transport.sendOnce(Calls.payout())).isInstanceOf(PayoutNotSentException.class);
            network.acceptAgain();

            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
        }
    }

    @Test
    void sendOnce_connectingAheadFailsWhileItWaits_connectsForItself() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        CountDownLatch lookingUp = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        OkHttpClient failing = heard.client()
                .newBuilder()
                .dns(host -> {
                    if (lookUps.getAndIncrement() == 0) {
                        lookingUp.countDown();
                        awaitQuietly(fail);
                        throw new UnknownHostException();
                    }
                    return List.of(InetAddress.getLoopbackAddress());
                })
                .build();
        try (HttpTransport transport = transport(failing)) {
            transport.connectAhead(REFERENCE);
            lookingUp.await();
            Caller<Reply> caller = Caller.of(() -> transport.sendOnce(Calls.payout()));
            caller.awaitWaiting();
            fail.countDown();

            assertThat(caller.result()).isInstanceOf(Reply.Answer.class);
            assertThat(provider.requests()).hasSize(1);
        }
    }

    @Test
    void sendOnce_untrustedServer_isNotSent() throws Exception {
        try (Upstream there = Scheme.HTTPS.answering(request -> Upstream.ok("{}"));
                HttpTransport transport =
                        Calls.transport(there.baseUrl(), Calls.patient().okHttpClient(heard.client()))) {
            transport.connectAhead(REFERENCE);

            assertThatThrownBy(() -> transport.sendOnce(Calls.payout()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageContaining("TLS");
            assertThat(there.requests()).isEmpty();
        }
    }

    private HttpTransport transport(OkHttpClient client) {
        return HttpTransport.open(
                "test",
                URI.create("http://localhost:" + provider.port()),
                Calls.patient().okHttpClient(client).build(),
                Redaction.showing());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
