package org.unipayout.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that opens tunnels for those who present the right credentials. */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final String credentials;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private ConnectProxy(ServerSocket listener, String credentials) {
        this.listener = listener;
        this.credentials = credentials;
        Upstream.thread(this::accept);
    }

    static ConnectProxy demanding(String credentials) {
        try {
            InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return new ConnectProxy(new ServerSocket(0, 50, here), credentials);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Upstream.thread(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            if (!head.contains("Proxy-Authorization: " + credentials + "\r\n")) {
                String refusal =
                        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";
                client.getOutputStream().write(refusal.getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().read(); // until the client gives up
                return;
            }
            String[] target = head.split("[ :]", -1);
            try (Socket server = new Socket(target[1], Integer.parseInt(target[2]))) {
                client.getOutputStream().write("HTTP/1.1 200 Go\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Upstream.thread(() -> copy(server, client));
                client.getInputStream().transferTo(server.getOutputStream());
            }
        } catch (IOException over) {
            // one of the two has gone
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // one of the two has gone
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0) {
            head.write(next);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
            next = in.read();
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        Upstream.end(listener);
    }
}
