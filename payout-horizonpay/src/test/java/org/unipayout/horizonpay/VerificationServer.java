package org.unipayout.horizonpay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.unipayout.PayoutFence;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;

/** The merchant's side of the question before a payout, for one question a connection. */
public final class VerificationServer implements AutoCloseable {
    private final ServerSocket server;
    private final BiFunction<byte[], Map<String, List<String>>, PayoutFence.Answer> merchant;

    VerificationServer(HorizonPayVerification verification, Predicate<WebhookEvent> approval) {
        this((body, headers) -> verification.answer(new WebhookRequest(body, headers), approval));
    }

    /**
     * Listens on a free port.
     *
     * @param merchant answers raw bodies and headers
     */
    public VerificationServer(BiFunction<byte[], Map<String, List<String>>, PayoutFence.Answer> merchant) {
        this.merchant = merchant;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "merchant");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@return where to ask} */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/verify");
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                byte[] answer = answer(socket.getInputStream()).body();
                String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + answer.length
                        + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(answer);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private PayoutFence.Answer answer(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        line(in);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon), List.of(line.substring(colon + 1).trim()));
        }
        int length = Integer.parseInt(
                headers.getOrDefault("Content-Length", List.of("0")).get(0));
        return merchant.apply(in.readNBytes(length), headers);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).trim();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
