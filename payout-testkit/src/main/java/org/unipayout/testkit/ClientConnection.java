package org.unipayout.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The fault server's end of one connection from a client. Served by one thread; {@link #close} may come from any and
 * wakes a thread that hangs or waits.
 */
final class ClientConnection implements Closeable {
    private final Socket socket;
    private final RawReader reader;
    private final OutputStream out;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** The connection to the upstream, while an exchange is forwarded. */
    private volatile @Nullable Socket beyond;

    ClientConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.reader = new RawReader(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    Optional<RawHead> readHead() throws IOException {
        return reader.head();
    }

    byte[] readBody(RawHead head) throws IOException {
        if (head.asksToContinue()) {
            send("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        return reader.requestBody(head);
    }

    /** Bytes read from the client so far. */
    long bytesRead() {
        return reader.bytes();
    }

    void send(byte[] bytes) throws IOException {
        send(bytes, bytes.length);
    }

    void send(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        out.flush();
    }

    void send(RawAnswer answer) throws IOException {
        send(answer.head());
        send(answer.body());
    }

    /**
     * Has the request executed by the upstream on a connection of its own.
     *
     * @return the answer; empty if none came, or none that is whole
     */
    Optional<RawAnswer> forward(RawHead head, byte[] body, InetSocketAddress upstream) {
        try (Socket onward = new Socket()) {
            beyond = onward;
            if (!isOpen()) {
                return Optional.empty();
            }
            onward.setTcpNoDelay(true);
            onward.connect(upstream);
            onward.getOutputStream().write(head.onward(body.length).bytes());
            onward.getOutputStream().write(body);
            return Optional.of(RawAnswer.read(new RawReader(onward.getInputStream()), head.method()));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            beyond = null;
        }
    }

    /** Ends the connection with RST: unsent and unread bytes are thrown away on both sides. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    /** Says nothing more until somebody closes this connection. */
    void hang() {
        pause(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** Says nothing for a while, or until somebody closes this connection. */
    void pause(Duration duration) {
        try {
            var unused = closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the connection from another thread; the client sees it at once, even while a read is under way here. */
    void hangUp() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // Already over.
        }
        FaultServer.end(this);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        Socket onward = beyond;
        if (onward != null) {
            onward.close();
        }
    }
}
