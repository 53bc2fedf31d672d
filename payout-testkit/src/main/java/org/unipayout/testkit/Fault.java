package org.unipayout.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One way in which a network or a gateway breaks an exchange; a {@link FaultServer} plays it.
 *
 * <p>The client's duty is the same for nearly all of them: bytes may have left and no clear answer came, so the payout
 * is unknown, is sent only once, and is looked up later. Each fault says which careless reading it exposes. Immutable.
 */
public final class Fault {
    /**
     * The connection is accepted, then nothing is read and nothing answered. Exposes a client without a read timeout,
     * and one that takes every timeout for "not sent".
     */
    public static final Fault HANG_ON_CONNECT =
            new Fault("HANG_ON_CONNECT", Moment.CONNECTED, (client, answer) -> client.hang());

    /**
     * The connection is accepted and reset before a byte of the request is read. The client may already have written
     * all of it, so it exposes one that treats "connection reset" as "never arrived".
     */
    public static final Fault RESET_BEFORE_REQUEST =
            new Fault("RESET_BEFORE_REQUEST", Moment.CONNECTED, (client, answer) -> client.reset());

    /**
     * Reset after the headers were read and before the body was: the upstream never sees the request. Exposes a client
     * that sends again after a write error.
     */
    public static final Fault RESET_INSIDE_REQUEST =
            new Fault("RESET_INSIDE_REQUEST", Moment.HEADERS_READ, (client, answer) -> client.reset());

    /**
     * The whole request is read, never forwarded, and the connection reset: no money moved. To the client it looks
     * exactly like {@link #RESET_AFTER_REQUEST}, so whatever it concludes must hold for both.
     */
    public static final Fault LOSE_REQUEST =
            new Fault("LOSE_REQUEST", Moment.REQUEST_READ, (client, answer) -> client.reset());

    /**
     * The upstream executes the request, then the connection is reset without a byte of the answer: money moved.
     * Exposes a client that calls this a failure or sends again.
     */
    public static final Fault RESET_AFTER_REQUEST =
            new Fault("RESET_AFTER_REQUEST", Moment.UPSTREAM_ANSWERED, (client, answer) -> client.reset());

    /**
     * As {@link #RESET_AFTER_REQUEST} with an orderly close. On a reused connection HTTP clients take this for a stale
     * connection; exposes one whose library silently sends again.
     */
    public static final Fault CLOSE_AFTER_REQUEST =
            new Fault("CLOSE_AFTER_REQUEST", Moment.UPSTREAM_ANSWERED, (client, answer) -> client.close());

    /**
     * A complete, normal exchange, after which the connection is closed without notice. Exposes a client that loses
     * or repeats its next request on the stale pooled connection.
     */
    public static final Fault CLOSE_IDLE = new Fault("CLOSE_IDLE", Moment.UPSTREAM_ANSWERED, (client, answer) -> {
        client.send(answer);
        client.close();
    });

    /** A complete, normal exchange that announces the end of its connection, so that the next one needs another. */
    public static final Fault LAST_ON_CONNECTION =
            new Fault("LAST_ON_CONNECTION", Moment.UPSTREAM_ANSWERED, Fault::sendAndClose);

    /**
     * A complete, normal exchange, after which nobody gets in ({@link FaultServer#refuseConnections}) until {@link
     * FaultServer#acceptAgain}. Exposes a client for which a later call that was not sent says something about an earlier one.
     */
    public static final Fault REFUSE_AFTERWARDS =
            new Fault("REFUSE_AFTERWARDS", Moment.UPSTREAM_ANSWERED, Fault::sendAndClose);

    /** The upstream executes the request and no answer ever comes. Exposes a read timeout that is read as failure. */
    public static final Fault HANG_AFTER_REQUEST =
            new Fault("HANG_AFTER_REQUEST", Moment.UPSTREAM_ANSWERED, (client, answer) -> client.hang());

    /** Executed; the connection closes in the middle of the answer's status line and headers. */
    public static final Fault CUT_HEADERS = new Fault("CUT_HEADERS", Moment.UPSTREAM_ANSWERED, (client, answer) -> {
        byte[] head = answer.head();
        client.send(head, head.length / 2);
        client.close();
    });

    /**
     * Executed; full headers, half of the promised body, then the connection closes. Exposes a client that parses
     * what it has. An empty answer is announced with one byte, which does not come.
     */
    public static final Fault CUT_BODY = new Fault("CUT_BODY", Moment.UPSTREAM_ANSWERED, (client, answer) -> {
        sendHalfOfBody(client, answer);
        client.close();
    });

    /** As {@link #CUT_BODY}, then silence. Exposes a client whose deadline ends with the headers. */
    public static final Fault STALL_BODY = new Fault("STALL_BODY", Moment.UPSTREAM_ANSWERED, (client, answer) -> {
        sendHalfOfBody(client, answer);
        client.hang();
    });

    /**
     * Executed; status 200, the right headers and length, and body bytes that are neither JSON nor UTF-8. Exposes a
     * client that reads "cannot be parsed" as "failed".
     */
    public static final Fault GARBLE_BODY = new Fault("GARBLE_BODY", Moment.UPSTREAM_ANSWERED, (client, answer) -> {
        byte[] garbage = new byte[answer.body().length];
        Arrays.fill(garbage, (byte) 0xFF);
        client.send(answer.replacedBy(garbage));
    });

    /** Executed; status 200 and no body. Exposes a client that trusts the status or trips over the missing body. */
    public static final Fault EMPTY_BODY = new Fault(
            "EMPTY_BODY", Moment.UPSTREAM_ANSWERED, (client, answer) -> client.send(answer.replacedBy(new byte[0])));

    /** Executed; status 200 and a well-formed JSON body of 32 MiB, nearly all spaces. Exposes a client without a size limit. */
    public static final Fault OVERSIZE_BODY =
            new Fault("OVERSIZE_BODY", Moment.UPSTREAM_ANSWERED, (client, answer) -> sendOversizeBody(client));

    /** Executed; status 200 and 100,000 nested JSON arrays. Exposes a parser that overflows its stack. */
    public static final Fault DEEP_JSON = answer(
                    200, Map.of("Content-Type", "application/json"), "[".repeat(100_000) + "]".repeat(100_000))
            .afterForwarding()
            .named("DEEP_JSON");

    /** Executed; a gateway in between answers 502 with its own HTML page. Exposes a client that reads 5xx as failure. */
    public static final Fault HTML_ERROR = answer(
                    502,
                    Map.of("Content-Type", "text/html"),
                    "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>")
            .afterForwarding()
            .named("HTML_ERROR");

    /** No fault. */
    static final Fault NONE = new Fault("NONE", Moment.UPSTREAM_ANSWERED, ClientConnection::send);

    private static final int OVERSIZE_BLOCK = 64 * 1024;
    private static final int OVERSIZE_BLOCKS = 512;

    private final String name;
    private final Moment moment;
    /** How long a request waits before it goes on. */
    private final Duration delay;

    private final Effect effect;

    /** How far an exchange gets before the fault strikes. */
    enum Moment {
        CONNECTED,
        HEADERS_READ,
        REQUEST_READ,
        UPSTREAM_ANSWERED
    }

    /** What the client is made to see; the connection goes on unless it is closed. */
    @FunctionalInterface
    private interface Effect {
        void strike(ClientConnection client, RawAnswer answer) throws IOException;
    }

    private Fault(String name, Moment moment, Effect effect) {
        this(name, moment, Duration.ZERO, effect);
    }

    private Fault(String name, Moment moment, Duration delay, Effect effect) {
        this.name = name;
        this.moment = moment;
        this.delay = delay;
        this.effect = effect;
    }

    /**
     * Somebody on the way answers instead of the upstream, which never sees the request: for example 408, 429, 500, 503
     * with {@code Retry-After: 0}, or 307 with {@code Location}. Exposes a client that follows or retries on its own.
     *
     * @param status HTTP status, 200 to 599
     * @param headers header names and values; the length of the body is added
     * @param body text, sent as UTF-8
     * @return a new fault
     */
    public static Fault answer(int status, Map<String, String> headers, String body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: must be 200 to 599, but was " + status);
        }
        List<RawHead.Header> lines = headers.entrySet().stream()
                .map(header -> new RawHead.Header(header.getKey(), header.getValue()))
                .toList();
        RawAnswer instead = RawAnswer.of(status, lines, body.getBytes(StandardCharsets.UTF_8));
        return new Fault("ANSWER_" + status, Moment.REQUEST_READ, (client, answer) -> client.send(instead));
    }

    /**
     * Executed; the upstream's own answer with another body, for example with one more field. Exposes a client that
     * breaks when the provider's answers grow.
     *
     * @param change makes the new body from the old one, both as UTF-8 text
     * @return a new fault
     */
    public static Fault rewriteBody(UnaryOperator<String> change) {
        return new Fault("REWRITE_BODY", Moment.UPSTREAM_ANSWERED, (client, answer) -> {
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            client.send(answer.withBody(change.apply(body).getBytes(StandardCharsets.UTF_8)));
        });
    }

    /**
     * The upstream's own answer, late. Exposes a client that sends again while the first request is still under way.
     *
     * @param delay how long after the upstream answered, not negative
     * @return a new fault
     */
    public static Fault slowAnswer(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: must not be negative");
        }
        return new Fault("SLOW_ANSWER", Moment.UPSTREAM_ANSWERED, (client, answer) -> {
            client.pause(delay);
            client.send(answer);
        });
    }

    /**
     * The request arrives late, and so does its answer: the upstream executes it when the client may have given up. Exposes a client
     * that takes silence, or a look in the meantime that found nothing, for "not executed".
     *
     * @param delay how long after the request was read, not negative
     * @return a new fault
     */
    public static Fault lateRequest(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: must not be negative");
        }
        return new Fault("LATE_REQUEST", Moment.UPSTREAM_ANSWERED, delay, ClientConnection::send);
    }

    /**
     * The same view for the client, but the upstream executes the request first.
     *
     * @return a new fault; this one if it already does so
     * @throws IllegalStateException if the fault strikes before there is a whole request to forward
     */
    public Fault afterForwarding() {
        return switch (moment) {
            case UPSTREAM_ANSWERED -> this;
            case REQUEST_READ -> new Fault(name + "_AFTER_FORWARDING", Moment.UPSTREAM_ANSWERED, effect);
            case CONNECTED, HEADERS_READ ->
                throw new IllegalStateException(name + " strikes before there is a whole request to forward");
        };
    }

    /** The name of the constant, or what the factory makes. */
    @Override
    public String toString() {
        return name;
    }

    Moment moment() {
        return moment;
    }

    Duration delay() {
        return delay;
    }

    void strike(ClientConnection client, RawAnswer answer) throws IOException {
        effect.strike(client, answer);
    }

    private Fault named(String other) {
        return new Fault(other, moment, delay, effect);
    }

    private static void sendAndClose(ClientConnection client, RawAnswer answer) throws IOException {
        client.send(answer.closing());
        client.close();
    }

    private static void sendHalfOfBody(ClientConnection client, RawAnswer answer) throws IOException {
        byte[] body = answer.body();
        client.send(answer.announcing(Math.max(1, body.length)).head());
        client.send(body, body.length / 2);
    }

    private static void sendOversizeBody(ClientConnection client) throws IOException {
        List<RawHead.Header> headers = List.of(new RawHead.Header("Content-Type", "application/json"));
        client.send(RawAnswer.of(200, headers, new byte[0])
                .announcing((long) OVERSIZE_BLOCK * OVERSIZE_BLOCKS)
                .head());
        byte[] block = new byte[OVERSIZE_BLOCK];
        Arrays.fill(block, (byte) ' ');
        block[0] = '{';
        for (int i = 1; i < OVERSIZE_BLOCKS; i++) {
            client.send(block);
            block[0] = ' ';
        }
        block[OVERSIZE_BLOCK - 1] = '}';
        client.send(block);
    }
}
