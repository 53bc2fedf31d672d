package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call costs while it waits for the provider, and that nobody waits once the answer is there. */
class HttpTransportWaitTest {
    private static final Duration THINKING = Duration.ofSeconds(1);
    private static final Duration LITTLE = Duration.ofMillis(60);
    private static final Duration SOONER_THAN_ANY_TIMEOUT = Duration.ofSeconds(5);
    private static final HeldCertificate SERVER =
            new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();

    /** Asked again while it was dear, because the JVM compiles and collects beside. */
    @Test
    void sendOnce_providerThinks_costsNoProcessorTime() {
        try (Upstream slow = Upstream.answering(request -> {
                    new CountDownLatch(1).await(THINKING.toMillis(), TimeUnit.MILLISECONDS);
                    return Upstream.ok("{}");
                });
                HttpTransport transport = Calls.transport(slow.baseUrl(), Calls.patient())) {
            Duration cost = costOf(transport);
            for (int calls = 1; calls < 6 && cost.compareTo(LITTLE) > 0; calls++) {
                cost = costOf(transport);
            }

            assertThat(cost).isLessThanOrEqualTo(LITTLE);
            assertThat(slow.connections()).isEqualTo(slow.requests().size());
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

    @ParameterizedTest
    @EnumSource(Body.class)
    void sendOnce_tlsServerDoesNotReactToTheClose_handsTheAnswerOver(Body body) throws IOException {
        try (TakesItsTime provider = TakesItsTime.answering(body.answer.getBytes(StandardCharsets.US_ASCII), SERVER);
                HttpTransport transport = Calls.transport(
                        provider.baseUrl(),
                        Calls.patient()
                                .callDeadline(SOONER_THAN_ANY_TIMEOUT)
                                .trustedCertificates(SERVER.certificatePem()))) {
            Reply reply = transport.sendOnce(Calls.payout());

            assertThat(provider.reacted()).isFalse();
            assertThat(reply).isInstanceOf(Reply.Answer.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void sendOnce_connectedAheadAndTlsServerDoesNotReactToTheClose_handsTheAnswerOver(Body body) throws Exception {
        Heard heard = new Heard();
        try (TakesItsTime provider = TakesItsTime.answering(body.answer.getBytes(StandardCharsets.US_ASCII), SERVER);
                HttpTransport transport = Calls.transport(
                        provider.baseUrl(),
                        Calls.patient()
                                .okHttpClient(heard.client())
                                .readTimeout(Duration.ofMinutes(1))
                                .callDeadline(SOONER_THAN_ANY_TIMEOUT)
                                .trustedCertificates(SERVER.certificatePem()))) {
            transport.connectAhead("order-7");
            heard.awaitConnected();
            Reply reply = transport.sendOnce(Calls.payout());

            assertThat(provider.reacted()).isFalse();
            assertThat(reply).isInstanceOf(Reply.Answer.class);
            heard.awaitOver(); // nor does a thread wait
        }
    }

    @Test
    void sendOnce_compressedAnswerAndTlsServerDoesNotReactToTheClose_isUnpacked() throws Exception {
        try (TakesItsTime provider = TakesItsTime.answering(compressed("{\"amount\":100}"), SERVER);
                HttpTransport transport = Calls.transport(
                        provider.baseUrl(),
                        Calls.patient()
                                .callDeadline(SOONER_THAN_ANY_TIMEOUT)
                                .trustedCertificates(SERVER.certificatePem()))) {
            Reply reply = transport.sendOnce(Calls.payout());

            assertThat(provider.reacted()).isFalse();
            assertThat(((Reply.Answer) reply).text()).isEqualTo("{\"amount\":100}");
        }
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void sendOnce_closingHangs_answerIsNotLostToTheDeadline(Body body) throws Exception {
        HangingClose sockets = new HangingClose();
        OkHttpClient own = new OkHttpClient.Builder().socketFactory(sockets).build();
        try (Upstream provider = Upstream.answering(request -> body.answer);
                HttpTransport transport = Calls.transport(
                        provider.baseUrl(),
                        Calls.patient().callDeadline(SOONER_THAN_ANY_TIMEOUT).okHttpClient(own))) {
            Reply reply = transport.sendOnce(Calls.payout());

            assertThat(reply).isInstanceOf(Reply.Answer.class);
            assertThat(sockets.hang()).isTrue();
        } finally {
            sockets.release();
        }
    }

    private static byte[] compressed(String body) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        zipped.writeTo(answer);
        return answer.toByteArray();
    }

    /** How an answer says where it ends. */
    enum Body {
        LENGTH(Upstream.ok("{}")),
        CHUNKED("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        EMPTY("HTTP/1.1 204 No Content\r\n\r\n");

        private final String answer;

        Body(String answer) {
            this.answer = answer;
        }
    }

    /** A TLS server that answers one request and then neither reads nor closes, as one that is far away. */
    private static final class TakesItsTime implements AutoCloseable {
        private final ServerSocket listener;
        private final CountDownLatch over = new CountDownLatch(1);

        private TakesItsTime(ServerSocket listener, byte[] answer) {
            this.listener = listener;
            Upstream.thread(() -> serve(answer));
        }

        static TakesItsTime answering(byte[] answer, HeldCertificate certificate) throws IOException {
            HandshakeCertificates held = new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build();
            return new TakesItsTime(
                    held.sslContext()
                            .getServerSocketFactory()
                            .createServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})),
                    answer);
        }

        private void serve(byte[] answer) {
            try (Socket socket = listener.accept()) {
                Upstream.read(socket.getInputStream());
                socket.getOutputStream().write(answer);
                socket.getOutputStream().flush();
                over.await();
            } catch (IOException | InterruptedException gone) {
                // the client has gone or the test is over
            }
        }

        URI baseUrl() {
            return URI.create("https://127.0.0.1:" + listener.getLocalPort());
        }

        boolean reacted() {
            return over.getCount() == 0;
        }

        @Override
        public void close() {
            over.countDown();
            Upstream.end(listener);
        }
    }

    /** Sockets whose close hangs, like that of a TLS library with habits of its own. */
    private static final class HangingClose extends UnconnectedSockets {
        private final CountDownLatch closing = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public synchronized void close() throws IOException {
                    closing.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                    super.close();
                }
            };
        }

        boolean hang() throws InterruptedException {
            return closing.await(10, TimeUnit.SECONDS);
        }

        void release() {
            released.countDown();
        }
    }
}
