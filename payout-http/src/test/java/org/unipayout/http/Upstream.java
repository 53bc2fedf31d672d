package org.unipayout.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocket;

/** A provider on raw sockets that answers by a script and remembers every request that reached it. */
final class Upstream implements AutoCloseable {
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");

    private final ServerSocket listener;
    private final String scheme;
    private final Script script;
    private final List<Seen> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();

    /** One request as it arrived. */
    record Seen(String head, String body) {
        String line() {
            return head.substring(0, head.indexOf('\r'));
        }
    }

    /** Makes the raw answer; an empty one closes the connection, a thrown interrupt too. */
    interface Script {
        String answer(Seen request) throws InterruptedException;
    }

    private Upstream(ServerSocket listener, String scheme, Script script) {
        this.listener = listener;
        this.scheme = scheme;
        this.script = script;
        thread(this::accept);
    }

    static Upstream answering(Script script) {
        return over(ServerSocketFactory.getDefault(), "http", script);
    }

    static Upstream over(ServerSocketFactory sockets, String scheme, Script script) {
        try {
            return new Upstream(
                    sockets.createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})),
                    scheme,
                    script);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }

    static String ok(String body) {
        return status(200, "", body);
    }

    static String status(int status, String headerLines, String body) {
        return "HTTP/1.1 " + status + " Said so\r\n" + headerLines + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    URI baseUrl() {
        return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Seen> requests() {
        return List.copyOf(requests);
    }

    int connections() {
        return connections.get();
    }

    /** A client sees itself connected before its connection is accepted here and the handshake of TLS is over. */
    void awaitReady(int count) {
        while (ready.get() < count) {
            Thread.onSpinWait();
        }
    }

    /** Closes what clients keep open, as a server does with idle connections. */
    void hangUp() {
        for (Socket socket : open) {
            end(socket);
        }
        open.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(socket);
                thread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (socket instanceof SSLSocket tls) {
                tls.startHandshake(); // a JDK socket that is closed within its handshake may hang
            }
            ready.incrementAndGet();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Seen request = read(in);
                requests.add(request);
                String answer = script.answer(request);
                if (answer.isEmpty()) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            }
        } catch (IOException | InterruptedException over) {
            // the client has gone or the test is over
        }
    }

    static Seen read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = CONTENT_LENGTH.matcher(text);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return new Seen(text, new String(body, StandardCharsets.UTF_8));
    }

    static void thread(Runnable work) {
        Thread thread = new Thread(work, "upstream");
        thread.setDaemon(true);
        thread.start();
    }

    static void end(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception over) {
            // it is over either way
        }
    }

    @Override
    public void close() {
        end(listener);
        hangUp();
    }
}
