package org.unipayout.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Answers on 127.0.0.1 with bytes, over plain sockets or TLS, each connection in a thread of its own until its client closes it. */
final class RawServer implements AutoCloseable {
    private static final int BACKLOG = 1_000;

    private final ServerSocket listener;
    private final Script script;
    private final ExecutorService connections = Executors.newCachedThreadPool(RawServer::daemon);

    /** What it answers, called by many threads. */
    interface Script {
        byte[] answer(Request request) throws IOException;
    }

    /** What it was asked: all bytes, and the beginning of the first line. */
    static final class Request {
        private final byte[] bytes;
        private final int bodyAt;

        private Request(byte[] bytes, int bodyAt) {
            this.bytes = bytes;
            this.bodyAt = bodyAt;
        }

        /** Method, a space, path and query. */
        String line() {
            String head = head();
            return head.substring(0, head.indexOf(" HTTP/"));
        }

        String head() {
            return new String(bytes, 0, bodyAt, StandardCharsets.ISO_8859_1);
        }

        String body() {
            return new String(bytes, bodyAt, bytes.length - bodyAt, StandardCharsets.UTF_8);
        }
    }

    RawServer(ServerSocketFactory sockets, Script script) throws IOException {
        this.script = script;
        listener = sockets.createServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        daemon(this::accept).start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                socket.getOutputStream().write(script.answer(request));
            }
        } catch (IOException gone) {
            // The client went away: the next connection is another matter.
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int last = 0; // the last four bytes
        while (last != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
            last = last << 8 | next;
        }
        int bodyAt = bytes.size();
        bytes.write(in.readNBytes(length(bytes.toString(StandardCharsets.ISO_8859_1))));
        return new Request(bytes.toByteArray(), bodyAt);
    }

    private static int length(String head) {
        return head.toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        connections.shutdownNow();
    }
}
