package org.unipayout.http;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Prints what a new connection per payout saves and costs: docs/proof.md, fresh-connection; docs/decisions/0002-fresh-connections.md. */
final class FreshConnectionMeasurement {
    private static final String REFERENCE = "order-7";
    private static final int PAYOUTS = 200;
    private static final int WARM_UP = 2_000;
    private static final int TIMED = 2_000;
    private static final int FAR_CALLS = 40;
    private static final int THOUGHTFUL_CALLS = 5;
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PrintStream out;
    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();

    private FreshConnectionMeasurement(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws InterruptedException {
        FreshConnectionMeasurement measurement = new FreshConnectionMeasurement(System.out);
        measurement.lose("pooled", Wire.pooledConnections());
        measurement.lose("fresh", Wire.freshConnections());
        measurement.loseAhead();
        HandshakeCertificates held = new HandshakeCertificates.Builder()
                .heldCertificate(measurement.certificate)
                .build();
        for (String scheme : new String[] {"http", "https"}) {
            ServerSocketFactory sockets = scheme.equals("http")
                    ? ServerSocketFactory.getDefault()
                    : held.sslContext().getServerSocketFactory();
            measurement.time(scheme, sockets, "pooled", Wire.pooledConnections());
            measurement.time(scheme, sockets, "fresh", Wire.freshConnections());
        }
        measurement.line("fresh", held.sslContext().getServerSocketFactory(), Wire.freshConnections());
        measurement.lineAhead(held.sslContext().getServerSocketFactory());
        measurement.think("fresh", Wire.freshConnections());
    }

    /** The server closes its idle connections before each payout. */
    private void lose(String what, ConnectionPool connections) {
        int unknown = 0;
        try (Upstream provider = Upstream.answering(request -> Upstream.ok("{}"));
                CallRunner runner = new CallRunner("test");
                Wire wire = wire(provider.baseUrl(), HttpOptions.defaults(), connections, runner)) {
            for (int payout = 0; payout < PAYOUTS; payout++) {
                unknown += wire.send(Calls.payout(), LIMIT) instanceof Reply.NoAnswer ? 1 : 0;
                provider.hangUp();
            }
        }
        printLost(what, unknown);
    }

    /** The server closes the connection that was opened for the payout, and was silent since, before the payout takes it. */
    private void loseAhead() throws InterruptedException {
        int unknown = 0;
        Heard heard = new Heard();
        HttpOptions options = HttpOptions.builder().okHttpClient(heard.client()).build();
        try (Upstream provider = Upstream.answering(request -> Upstream.ok("{}"));
                CallRunner runner = new CallRunner("test");
                Wire wire = wire(provider.baseUrl(), options, Wire.freshConnections(), runner)) {
            for (int payout = 0; payout < PAYOUTS; payout++) {
                wire.connectAhead(REFERENCE);
                heard.awaitConnected();
                provider.awaitReady(2 * payout + 1);
                provider.hangUp();
                unknown += wire.send(Calls.payout(), LIMIT) instanceof Reply.NoAnswer ? 1 : 0;
                heard.awaitConnected();
            }
            if (provider.requests().size() != PAYOUTS) {
                throw new IllegalStateException("a payout was sent twice or not at all");
            }
        }
        printLost("ahead", unknown);
    }

    private void printLost(String what, int unknown) {
        out.printf(
                Locale.ROOT,
                "fresh-connection connections=%s server=closes-idle payouts=%d unknown=%d%n",
                what,
                PAYOUTS,
                unknown);
    }

    private void time(String scheme, ServerSocketFactory sockets, String what, ConnectionPool connections) {
        HttpOptions options = HttpOptions.builder()
                .trustedCertificates(certificate.certificatePem())
                .build();
        long[] nanos = new long[TIMED];
        try (Upstream provider = Upstream.over(sockets, scheme, request -> Upstream.ok("{}"));
                CallRunner runner = new CallRunner("test");
                Wire wire = wire(provider.baseUrl(), options, connections, runner)) {
            for (int call = 0; call < WARM_UP + TIMED; call++) {
                nanos[Math.max(0, call - WARM_UP)] = timed(wire);
            }
        }
        print(scheme, 0, what, nanos);
    }

    /** TLS 1.3 to a provider that is a round trip away. */
    private void line(String what, ServerSocketFactory sockets, ConnectionPool connections) {
        HttpOptions options = HttpOptions.builder()
                .trustedCertificates(certificate.certificatePem())
                .build();
        long[] nanos = new long[FAR_CALLS];
        try (Upstream provider = Upstream.over(sockets, "https", request -> Upstream.ok("{}"));
                DelayedLine line = DelayedLine.to(provider, ROUND_TRIP);
                CallRunner runner = new CallRunner("test");
                Wire wire = wire(line.baseUrl("https"), options, connections, runner)) {
            for (int call = 0; call < FAR_CALLS; call++) {
                nanos[call] = timed(wire);
            }
        }
        print("https", ROUND_TRIP.toMillis(), what, nanos);
    }

    /** The same where the connection was there before the payout, for the whole of what it took. */
    private void lineAhead(ServerSocketFactory sockets) throws InterruptedException {
        Heard heard = new Heard();
        HttpOptions options = HttpOptions.builder()
                .okHttpClient(heard.client())
                .trustedCertificates(certificate.certificatePem())
                .build();
        long[] nanos = new long[FAR_CALLS];
        try (Upstream provider = Upstream.over(sockets, "https", request -> Upstream.ok("{}"));
                DelayedLine line = DelayedLine.to(provider, ROUND_TRIP);
                CallRunner runner = new CallRunner("test");
                Wire wire = wire(line.baseUrl("https"), options, Wire.freshConnections(), runner)) {
            for (int call = 0; call < FAR_CALLS; call++) {
                wire.connectAhead(REFERENCE);
                heard.awaitConnected();
                nanos[call] = timed(wire);
            }
        }
        print("https", ROUND_TRIP.toMillis(), "ahead", nanos);
    }

    /** What a payout costs whose provider thinks for a second. */
    private void think(String what, ConnectionPool connections) {
        try (Upstream provider = Upstream.answering(request -> {
                    new CountDownLatch(1).await(1, TimeUnit.SECONDS);
                    return Upstream.ok("{}");
                });
                CallRunner runner = new CallRunner("test");
                Wire wire = wire(provider.baseUrl(), HttpOptions.defaults(), connections, runner)) {
            for (int call = 0; call < THOUGHTFUL_CALLS; call++) {
                long before = processorTime().toMillis();
                timed(wire);
                out.printf(
                        Locale.ROOT,
                        "waiting-call connections=%s waits-ms=1000 cpu-ms=%d%n",
                        what,
                        processorTime().toMillis() - before);
            }
        }
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static long timed(Wire wire) {
        long start = System.nanoTime();
        if (!(wire.send(Calls.payout(), LIMIT) instanceof Reply.Answer)) {
            throw new IllegalStateException("a call failed; the figures would be worth nothing");
        }
        return System.nanoTime() - start;
    }

    private void print(String scheme, long roundTripMillis, String what, long[] nanos) {
        Arrays.sort(nanos);
        out.printf(
                Locale.ROOT,
                "fresh-connection connections=%s scheme=%s round-trip-ms=%d least-ms=%.3f median-ms=%.3f p99-ms=%.3f%n",
                what,
                scheme,
                roundTripMillis,
                nanos[0] / 1e6,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static Wire wire(URI baseUrl, HttpOptions options, ConnectionPool connections, CallRunner runner) {
        return new Wire("test", baseUrl, "X-Request-Id", options, connections, runner);
    }
}
