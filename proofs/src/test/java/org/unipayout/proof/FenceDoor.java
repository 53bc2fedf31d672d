package org.unipayout.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.unipayout.PayoutFence;

/** Where a provider asks the merchant before it pays. Answers in a thread of its own; close it. */
final class FenceDoor implements AutoCloseable {
    private final HttpServer server;

    /** Who answers; an exception leaves the question without an answer. */
    @FunctionalInterface
    interface Keeper {
        PayoutFence.Answer answer(byte[] body, Map<String, List<String>> headers);
    }

    FenceDoor(Keeper keeper) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> answer(exchange, keeper));
        server.start();
    }

    private static void answer(HttpExchange exchange, Keeper keeper) throws IOException {
        try (exchange) {
            PayoutFence.Answer answer =
                    keeper.answer(exchange.getRequestBody().readAllBytes(), Map.copyOf(exchange.getRequestHeaders()));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/verify";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
