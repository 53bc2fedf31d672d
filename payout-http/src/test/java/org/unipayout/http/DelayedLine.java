package org.unipayout.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * A long line to a server on this machine: every byte takes half a round trip, and the first ones of a connection a whole
 * one more, as the TCP handshake would.
 */
final class DelayedLine implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final ServerSocket listener;
    private final int port;
    private final Duration roundTrip;

    private DelayedLine(ServerSocket listener, int port, Duration roundTrip) {
        this.listener = listener;
        this.port = port;
        this.roundTrip = roundTrip;
        Upstream.thread(this::accept);
    }

    static DelayedLine to(Upstream server, Duration roundTrip) {
        try {
            return new DelayedLine(new ServerSocket(0, 50, loopback()), server.port(), roundTrip);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Where the server seems to be. */
    URI baseUrl(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket(loopback(), port);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Duration halfWay = roundTrip.dividedBy(2);
                carry(near, far, halfWay.plus(roundTrip), halfWay);
                carry(far, near, halfWay, halfWay);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void carry(Socket from, Socket to, Duration first, Duration later) {
        DelayQueue<Parcel> onTheWay = new DelayQueue<>();
        Upstream.thread(() -> load(from, onTheWay, first, later));
        Upstream.thread(() -> deliver(onTheWay, to));
    }

    private static void load(Socket from, DelayQueue<Parcel> onTheWay, Duration first, Duration later) {
        Duration delay = first;
        byte[] buffer = new byte[BUFFER];
        int count = 0;
        while (count >= 0) {
            try {
                count = from.getInputStream().read(buffer);
            } catch (IOException broken) {
                count = -1;
            }
            byte[] bytes = count < 0 ? new byte[0] : Arrays.copyOf(buffer, count);
            onTheWay.add(new Parcel(bytes, System.nanoTime() + delay.toNanos()));
            delay = later;
        }
    }

    private static void deliver(DelayQueue<Parcel> onTheWay, Socket to) {
        try {
            byte[] bytes = onTheWay.take().bytes;
            while (bytes.length > 0) {
                to.getOutputStream().write(bytes);
                bytes = onTheWay.take().bytes;
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException gone) {
            // nobody is there to take it
        }
    }

    /** Bytes that arrive later; none at the end of the stream. */
    private static final class Parcel implements Delayed {
        private final byte[] bytes;
        private final long due;

        Parcel(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public void close() {
        Upstream.end(listener);
    }
}
