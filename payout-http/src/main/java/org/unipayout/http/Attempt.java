package org.unipayout.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Evidence;
import org.unipayout.Exchange.Progress;

/**
 * One call on its way: knows how far it got, lets it leave once, and can be stopped at any moment.
 *
 * <p>How far it got is what OkHttp's events say. Whether it may leave is decided at the gate, which {@link OneSend} opens
 * in the last moment before the first byte: a call that was stopped before can never leave afterwards, so that stopping
 * proves something without waiting for the network.
 *
 * <p>An answer begins for OkHttp when its head is complete: a head that is cut counts as REQUEST_WRITTEN. It ends with its
 * last byte, and is handed over in that moment, because OkHttp closes the connection before it hands that byte on.
 */
final class Attempt extends EventListener {
    /** What OkHttp's BridgeInterceptor adds to every request of ours, after the headers of its body. */
    private static final List<String> ADDED = List.of("Host", "Connection", "Accept-Encoding");

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private enum Gate {
        SHUT,
        OPENED,
        SEALED
    }

    private final Call call;
    private final Request request;
    private final Origin origin;
    private final int maxResponseBytes;
    private final Duration limit;
    private final long startedAt = System.nanoTime();
    private final AtomicReference<Gate> gate = new AtomicReference<>(Gate.SHUT);
    private final CompletableFuture<Reply> ended = new CompletableFuture<>();
    private volatile boolean written;
    private volatile boolean answerBegun;
    private volatile int status;
    private volatile @Nullable Call carrier;
    private @Nullable Connection connection;
    private @Nullable Response head;
    private @Nullable BufferedSource body;

    Attempt(Call.Factory client, Request request, Origin origin, int maxResponseBytes, Duration limit) {
        this.request = request.newBuilder().tag(Attempt.class, this).build();
        this.call = client.newCall(this.request);
        this.origin = origin;
        this.maxResponseBytes = maxResponseBytes;
        this.limit = limit;
        call.addEventListener(this);
    }

    @Override
    public void requestHeadersStart(Call started) {
        written = true;
    }

    @Override
    public void responseHeadersStart(Call started) {
        answerBegun = true;
    }

    @Override
    public void connectionAcquired(Call started, Connection acquired) {
        connection = acquired;
    }

    /** Also the only place where Retry-After is seen: {@link OneSend} hides it. */
    @Override
    public void responseHeadersEnd(Call started, Response received) {
        head = received;
        status = received.code();
    }

    /** A compressed body is still to be unpacked, so {@link #run} hands it over. */
    @Override
    public void responseBodyEnd(Call started, long byteCount) {
        closeWithoutWaiting(connection);
        if (head != null && head.header("Content-Encoding") == null) {
            byte[] bytes = body == null ? new byte[0] : copied(body.getBuffer());
            if (bytes.length <= maxResponseBytes) {
                ended.complete(answer(head, bytes));
            }
        }
    }

    /** A snapshot would share the buffer's memory, and what is shared is not used again: 8 kB for each answer. */
    private static byte[] copied(Buffer buffer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(buffer.size()));
        try {
            buffer.copyTo(bytes);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toByteArray();
    }

    /**
     * The JDK's TLS sockets wait with closing for what the other side says to it, a round trip or the read timeout; without
     * a timeout they do not. OkHttp sets the timeout again before it uses a connection that was kept.
     */
    private static void closeWithoutWaiting(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.socket().setSoTimeout(0);
            }
        } catch (SocketException closed) {
            // there is nothing to wait for
        }
    }

    /**
     * True once, and never after {@link #stop} or the deadline: a process that stood still has both threads wake up at once, and
     * the one that stops may be the later.
     */
    boolean mayLeave() {
        return System.nanoTime() - startedAt < limit.toNanos() && gate.compareAndSet(Gate.SHUT, Gate.OPENED);
    }

    /** The call whose connection it may take; both end when it is stopped. */
    void isCarriedBy(Call ahead) {
        carrier = ahead;
    }

    /** The request as OkHttp makes it above the gate, where another went through in its place. */
    Request completedLike(Request other) {
        Request.Builder complete = request.newBuilder();
        RequestBody content = request.body();
        if (content instanceof OneShotBody known) {
            known.describe(complete);
        }
        for (String name : ADDED) {
            complete.header(name, Objects.requireNonNull(other.header(name), name));
        }
        return complete.build();
    }

    /** Runs in a thread of the transport. */
    void run() {
        try (Response response = call.execute()) {
            end(response);
        } catch (Throwable broken) { // an event listener of the user may throw anything, and the reply must come
            end(broken);
            if (broken instanceof VirtualMachineError error) {
                throw error;
            }
        }
    }

    void end(Response response) throws IOException {
        ended.complete(read(response));
    }

    void end(Throwable broken) {
        answerBegun |= written && broken instanceof ProtocolException; // bytes came, and they made no sense
        ended.complete(Reply.NoAnswer.of(origin, progress(), status, reason(broken)));
    }

    private Reply read(Response response) throws IOException {
        BufferedSource source = response.body().source();
        body = source;
        if (source.request(maxResponseBytes + 1L)) {
            cancel(); // or closing would read on, to keep the connection
            return new Reply.NoAnswer(
                    origin,
                    Progress.ANSWER_BEGUN,
                    status,
                    new Evidence(
                            Evidence.Kind.UNREADABLE_ANSWER,
                            "the answer is larger than maxResponseBytes (" + maxResponseBytes + ")"));
        }
        return answer(head == null ? response : head, source.readByteArray());
    }

    private Reply.Answer answer(Response received, byte[] bytes) {
        return new Reply.Answer(origin, received.code(), received.headers(), bytes);
    }

    /** Waits for the end in the thread of the caller; an interrupt stops the call at once and stays set. */
    Reply await() {
        try {
            return ended.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            stop("the call took longer than its deadline");
        } catch (InterruptedException interrupted) {
            stop("the thread was interrupted");
            Thread.currentThread().interrupt();
        } catch (ExecutionException never) {
            throw new AssertionError("an attempt ends with a reply");
        }
        return ended.join();
    }

    /** Ends the call now, from any thread; without effect if it has ended. */
    void stop(String reason) {
        boolean sealed = gate.compareAndSet(Gate.SHUT, Gate.SEALED);
        Progress progress = sealed ? Progress.NOTHING_WRITTEN : progressOnceOpened();
        ended.complete(Reply.NoAnswer.of(origin, progress, status, reason));
        cancel();
    }

    private void cancel() {
        cancel(call);
        Call ahead = carrier;
        if (ahead != null) {
            cancel(ahead);
        }
    }

    /** OkHttp closes the connection and tells the event listener of the user, which may throw anything: the reply must come. */
    static void cancel(Call call) {
        try {
            call.cancel();
        } catch (Throwable thrown) {
            LOG.debug("An event listener threw; the call ends without it");
        }
    }

    private Progress progressOnceOpened() {
        return answerBegun ? Progress.ANSWER_BEGUN : Progress.REQUEST_WRITTEN;
    }

    private Progress progress() {
        return written ? progressOnceOpened() : Progress.NOTHING_WRITTEN;
    }

    /** Fixed sentences: the texts of these exceptions can hold URLs, headers and hosts. */
    private String reason(Throwable broken) {
        if (broken instanceof UnknownHostException) {
            return "the host name could not be resolved";
        }
        if (broken instanceof ConnectException) {
            return "the connection was refused";
        }
        if (broken instanceof SocketTimeoutException) {
            return written ? "the connection fell silent for longer than readTimeout" : "connecting timed out";
        }
        if (broken instanceof SSLException) {
            return "TLS failed";
        }
        if (broken instanceof ProtocolException) {
            return "the answer broke off or is not HTTP";
        }
        return written ? "the connection broke" : "the connection could not be made";
    }
}
