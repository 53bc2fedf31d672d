package org.unipayout.proof;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Answers on 127.0.0.1 with whatever bytes it is told to: one exchange after another, each on a connection of its own, beside
 * others that wait. Its script is called by one thread at a time.
 */
final class RawServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket listener;
    private final Script script;

    /** What it answers. */
    interface Script {
        Answer answer(Request request) throws IOException;
    }

    /** What it was asked. */
    static final class Request {
        private final String method;
        private final String target;
        private final List<String> headers;
        private final byte[] body;

        private Request(List<String> head, byte[] body) {
            String[] words = head.get(0).split(" ", -1);
            this.method = words[0];
            this.target = words[1];
            this.headers = List.copyOf(head.subList(1, head.size()));
            this.body = body;
        }

        String method() {
            return method;
        }

        /** Path and query. */
        String target() {
            return target;
        }

        String path() {
            return target.replaceFirst("\\?.*", "");
        }

        List<String> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }
    }

    RawServer(Script script) throws IOException {
        this.script = script;
        listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread thread = new Thread(() -> exchange(socket), "raw-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void exchange(Socket connection) {
        try (Socket socket = connection) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            synchronized (script) {
                out.write(script.answer(request).bytes());
            }
            out.flush();
        } catch (IOException e) {
            // The client went away: the next connection is another matter.
        }
    }

    private static Request read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!ends(head)) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no request");
            }
            head.append((char) next); // ISO 8859-1
        }
        List<String> lines = new ArrayList<>(Arrays.asList(head.toString().split("\r\n", 0)));
        int length = lines.stream()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return new Request(lines, in.readNBytes(length));
    }

    private static boolean ends(StringBuilder head) {
        int end = head.length();
        return end >= 4 && head.indexOf("\r\n\r\n", end - 4) >= 0;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
