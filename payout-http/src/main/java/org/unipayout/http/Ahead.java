package org.unipayout.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.AsyncTimeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is opened ahead of the one call that it is for.
 *
 * <p>It is a call of OkHttp whose request is not known yet: proxy, TLS, certificate and host name are checked as for any
 * other, and it stops in {@link OneSend}, in the last moment before the first byte. There it waits for an {@link Attempt},
 * which passes its own gate as ever. So it can be used once only, and nothing is written for its own sake.
 *
 * <p>If it cannot be used, nothing of the attempt was written: the attempt goes on as if there had been none.
 */
final class Ahead extends EventListener {
    /**
     * How long it may wait for its call. Long enough for a question, a call that prepares or commits of a database, and far
     * below the 5 seconds and more after which servers and balancers close or forget a silent connection.
     */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** Of a millisecond, if the socket keeps to it and the process does not stand still. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final Call call;
    private final Consumer<Attempt> afresh;
    private final LongSupplier nanoTime;
    private final long begunAt;
    private final CompletableFuture<Attempt> given = new CompletableFuture<>();
    private volatile boolean idle;
    private @Nullable Attempt passenger;

    /**
     * Connects with {@link #run}.
     *
     * @param placeholder a request to the host that the attempt goes to; never written
     * @param afresh lets an attempt go on that cannot have this connection
     * @param nanoTime the time of {@link System#nanoTime}
     */
    Ahead(Call.Factory client, Request placeholder, Consumer<Attempt> afresh, LongSupplier nanoTime) {
        this.call =
                client.newCall(placeholder.newBuilder().tag(Ahead.class, this).build());
        this.afresh = afresh;
        this.nanoTime = nanoTime;
        begunAt = nanoTime.getAsLong();
        call.addEventListener(this);
    }

    /**
     * False if it is gone already, or has been connecting for so long that one begun now may be sooner; else the attempt ends, by
     * this connection or by one of its own.
     */
    boolean carries(Attempt attempt) {
        if (!idle && !isYoung(begunAt)) {
            drop();
            return false;
        }
        attempt.isCarriedBy(call);
        return given.complete(attempt);
    }

    /** Ends the waiting now, from any thread. */
    void drop() {
        given.cancel(false);
        Attempt.cancel(call);
    }

    /** Connects, waits and carries, in a thread of the transport. */
    void run() {
        try (Response response = call.execute()) {
            passenger().end(response);
        } catch (Throwable broken) { // an event listener of the user may throw anything
            end(broken);
            if (broken instanceof VirtualMachineError error) {
                throw error;
            }
        }
    }

    private Attempt passenger() throws IOException {
        if (passenger == null) {
            throw new IOException("nothing was sent, so nothing can be answered");
        }
        return passenger;
    }

    /** Gives it up; an attempt that was given to it and has not left goes on without it. */
    void end(Throwable broken) {
        if (passenger != null) {
            passenger.end(broken);
        } else if (!given.cancel(false) && !given.isCancelled()) {
            afresh.accept(given.join());
        }
    }

    /**
     * Waits on a finished connection for the attempt that it is for.
     *
     * @throws IOException if none came in time, or the connection cannot be used any more
     */
    Attempt awaited(Connection connection) throws IOException {
        idle |= !given.isDone();
        long connectedAt = nanoTime.getAsLong();
        Attempt attempt = next();
        if (idle && !(isYoung(connectedAt) && isSilent(connection.socket()))) {
            throw new IOException("the connection is too old, or the other side spoke or ended it");
        }
        attempt.connectionAcquired(call, connection);
        passenger = attempt;
        return attempt;
    }

    private Attempt next() throws IOException {
        try {
            return given.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no call came");
        } catch (InterruptedException | CancellationException closed) {
            throw new InterruptedIOException("the client is closed");
        } catch (ExecutionException never) {
            throw new AssertionError("an attempt is given and nothing else");
        }
    }

    /** A call that came in time is seen late if the process stood still. */
    private boolean isYoung(long since) {
        return nanoTime.getAsLong() - since <= LONGEST_WAIT.toNanos();
    }

    /**
     * Nobody speaks before a request: an end of the stream and a byte, such as those of a 408, both say that it is over. So does
     * a look that lasts, because sockets of the user may not keep to a timeout.
     */
    private boolean isSilent(Socket socket) throws IOException {
        AsyncTimeout limit = new LookLimit();
        limit.enter();
        try {
            return hasNothingToSay(socket) && !limit.exit();
        } finally {
            limit.exit();
        }
    }

    private static boolean hasNothingToSay(Socket socket) throws IOException {
        int timeout = socket.getSoTimeout();
        socket.setSoTimeout(1);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(timeout);
        }
    }

    /** Closes the connection under a look that does not end. */
    private final class LookLimit extends AsyncTimeout {
        LookLimit() {
            timeout(LONGEST_LOOK.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        protected void timedOut() {
            Attempt.cancel(call);
        }
    }

    /** A call that came before it was connected has a connection that is as new as its own would be. */
    @Override
    public void connectEnd(Call started, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        idle |= !given.isDone();
    }

    @Override
    public void requestHeadersStart(Call started) {
        if (passenger != null) {
            passenger.requestHeadersStart(started);
        }
    }

    @Override
    public void responseHeadersStart(Call started) {
        if (passenger != null) {
            passenger.responseHeadersStart(started);
        }
    }

    @Override
    public void responseHeadersEnd(Call started, Response received) {
        if (passenger != null) {
            passenger.responseHeadersEnd(started, received);
        }
    }

    @Override
    public void responseBodyEnd(Call started, long byteCount) {
        if (passenger != null) {
            passenger.responseBodyEnd(started, byteCount);
        }
    }
}
