package org.unipayout.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose connections a test serves itself, each in a thread of its own, closed when it is served. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Service service;
    private final AtomicInteger connections = new AtomicInteger();

    /** What it does with one connection, counted from 0. */
    interface Service {
        void serve(int number, Socket socket) throws IOException;
    }

    private RawServer(ServerSocket listener, Service service) {
        this.listener = listener;
        this.service = service;
        Upstream.thread(this::accept);
    }

    static RawServer serving(Service service) {
        try {
            InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return new RawServer(new ServerSocket(0, 50, here), service);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                int number = connections.getAndIncrement();
                Upstream.thread(() -> serve(number, socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(int number, Socket accepted) {
        try (Socket socket = accepted) {
            service.serve(number, socket);
        } catch (IOException gone) {
            // the client has gone or the test is over
        }
    }

    @Override
    public void close() {
        Upstream.end(listener);
    }
}
