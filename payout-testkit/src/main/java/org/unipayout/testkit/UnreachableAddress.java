package org.unipayout.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An address on this machine where attempts to connect get no reply, so that a connect timeout can be tested: nothing
 * was received, and a client must say so.
 *
 * <p>It is a listening socket that nobody accepts from and whose queue this object keeps full; Linux then ignores
 * further attempts. Other systems may refuse them instead. Thread-safe.
 */
public final class UnreachableAddress implements AutoCloseable {
    private static final int FILLING_PATIENCE_MILLIS = 250;
    private static final int MOST_QUEUED = 16;

    private final InetSocketAddress address;
    private final Deque<Closeable> sockets = new ArrayDeque<>();

    UnreachableAddress() {
        try {
            ServerSocket listener = new ServerSocket();
            sockets.add(listener);
            listener.bind(FaultServer.anyPort(), 1);
            address = (InetSocketAddress) listener.getLocalSocketAddress();
            fillQueue();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where nobody answers.
     *
     * @return scheme, host and port, no path
     */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    /** Frees the port; attempts that still wait fail. Closing again does nothing. */
    @Override
    public void close() {
        synchronized (sockets) {
            while (!sockets.isEmpty()) {
                FaultServer.end(sockets.removeLast());
            }
        }
    }

    private void fillQueue() throws IOException {
        for (int i = 0; i < MOST_QUEUED; i++) {
            Socket filler = new Socket();
            sockets.add(filler);
            try {
                filler.connect(address, FILLING_PATIENCE_MILLIS);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new IOException("this system accepts more connections than the queue of a listening socket may hold");
    }
}
