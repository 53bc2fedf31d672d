package org.unipayout.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The network between a client and a simulated provider: forwards faithfully, and breaks the exchanges that a test
 * chooses.
 *
 * <pre>{@code
 * try (FaultServer network = FaultServer.before(simulator.baseUrl())) {
 *     network.on(request -> request.path().endsWith("/session/start/payout")).play(Fault.RESET_AFTER_REQUEST);
 *     // let the client talk to network.baseUrl()
 * }
 * }</pre>
 *
 * <p>It speaks HTTP/1.1 over plain sockets on 127.0.0.1, keeps client connections alive, and has a connection of its
 * own to the upstream for each exchange. Methods, paths, end-to-end headers and bodies pass unchanged; chunked bodies
 * go on with a {@code Content-Length}. When the upstream gives no answer, the client's connection is reset.
 * Thread-safe.
 */
public final class FaultServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final ReceivedRequest NOT_READ = new ReceivedRequest("", "", Map.of(), Map.of(), new byte[0]);

    private final InetSocketAddress upstream;
    private final InetSocketAddress address;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    /** Connections to be closed when the network goes down. */
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    /** Absent while connections are refused and after the end. */
    private @Nullable ServerSocket listener;
    /** Takes connections from the listener. */
    private @Nullable Thread acceptor;
    /** Bound but not listening while connections are refused, so that nobody else takes the port. */
    private @Nullable Socket reservation;
    /** Whether it was closed for good. */
    private boolean ended;

    private FaultServer(URI upstream) {
        this.upstream = new InetSocketAddress(upstream.getHost(), upstream.getPort());
        try {
            this.address = listen(anyPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a network before a server.
     *
     * @param upstream {@code http}, host and port of the server that requests are forwarded to
     * @return a running server on a free port, which the caller closes
     * @throws IllegalArgumentException if the address is not plain HTTP with a port
     */
    public static FaultServer before(URI upstream) {
        if (!"http".equals(upstream.getScheme()) || upstream.getHost() == null || upstream.getPort() < 0) {
            throw new IllegalArgumentException("upstream: must be http://host:port");
        }
        return new FaultServer(upstream);
    }

    /**
     * An address where attempts to connect get no reply.
     *
     * @return a reserved port, which the caller closes
     */
    public static UnreachableAddress unreachable() {
        return new UnreachableAddress();
    }

    /**
     * Where clients connect; stays the same while connections are refused.
     *
     * @return scheme, host and port, no path
     */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    /**
     * Chooses exchanges by their request. Faults that strike inside the request are tried first and see a request
     * without its body; among the others the one that was set up first wins.
     *
     * @param request tells which requests are meant; called by several threads
     * @return says what happens to them
     */
    public Cue on(Predicate<ReceivedRequest> request) {
        return new Cue(Objects.requireNonNull(request, "request"), false, false);
    }

    /**
     * Chooses new connections, for the faults that strike before a request is read. A client that reuses a connection
     * does not meet them.
     *
     * @return says what happens to them
     */
    public Cue onConnection() {
        return new Cue(request -> true, true, false);
    }

    /**
     * Chooses one new connection by its place; see {@link #onConnection()}.
     *
     * @param number how many connections come before it, from now on
     * @return says what happens to it
     */
    public Cue onConnection(int number) {
        AtomicInteger before = new AtomicInteger(number);
        return new Cue(request -> before.getAndDecrement() == 0, true, false);
    }

    /** From now on forwards faithfully: forgets all faults that were set up. What hangs, hangs on. */
    public void heal() {
        rules.clear();
    }

    /**
     * Goes down: closes every open connection, those in use too, and lets the system refuse new ones until
     * {@link #acceptAgain}.
     */
    public synchronized void refuseConnections() {
        if (ended || listener == null) {
            return;
        }
        hangUp();
        try {
            reservation = new Socket();
            reservation.setReuseAddress(true);
            reservation.bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Comes back on the same port. Does nothing if connections are accepted, or after {@link #close}. */
    public synchronized void acceptAgain() {
        if (ended || listener != null) {
            return;
        }
        release();
        try {
            listen(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What passed so far, broken or not, in the order in which it was decided. An exchange is listed before the client
     * sees its end.
     *
     * @return a copy
     */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /**
     * How many connections clients opened.
     *
     * @return accepted connections, refused ones not counted
     */
    public int connections() {
        return connections.get();
    }

    /** Closes every connection, hung ones too, and frees the port. Closing again does nothing. */
    @Override
    public synchronized void close() {
        ended = true;
        hangUp();
        release();
    }

    @Override
    public String toString() {
        return "FaultServer[" + baseUrl() + "]";
    }

    /** Which exchanges a fault is for. Immutable. */
    public final class Cue {
        private final Predicate<ReceivedRequest> request;
        private final boolean connection;
        private final boolean always;

        private Cue(Predicate<ReceivedRequest> request, boolean connection, boolean always) {
            this.request = request;
            this.connection = connection;
            this.always = always;
        }

        /**
         * The fault is played every time until {@link FaultServer#heal}, not only the next time.
         *
         * @return a new cue
         */
        public Cue always() {
            return new Cue(request, connection, true);
        }

        /**
         * Sets the fault up.
         *
         * @param fault what happens to the next one that is chosen
         * @throws IllegalArgumentException if the fault strikes a connection and the cue waits for a request, or the
         *     other way round
         */
        public void play(Fault fault) {
            if (connection != (fault.moment() == Fault.Moment.CONNECTED)) {
                throw new IllegalArgumentException(
                        "fault: " + fault + " belongs to " + (connection ? "on(...)" : "onConnection()"));
            }
            rules.add(new Rule(request, fault, always));
        }
    }

    /** One exchange as the network saw it: no header, query or body. Immutable. */
    public static final class Exchange {
        private final String method;
        private final String path;
        private final long requestBytes;
        private final Fault fault;
        private final OptionalLong answerBytes;

        private Exchange(ReceivedRequest request, long requestBytes, Fault fault, OptionalLong answerBytes) {
            this.method = request.method();
            this.path = request.path();
            this.requestBytes = requestBytes;
            this.fault = fault;
            this.answerBytes = answerBytes;
        }

        /**
         * The HTTP method.
         *
         * @return upper case; empty if no request was read
         */
        public String method() {
            return method;
        }

        /**
         * The path without the query.
         *
         * @return percent-encoding as received; empty if no request was read
         */
        public String path() {
            return path;
        }

        /**
         * How much of the request was read, headers included.
         *
         * @return bytes
         */
        public long requestBytes() {
            return requestBytes;
        }

        /**
         * What was done to it.
         *
         * @return empty if it was forwarded faithfully
         */
        public Optional<Fault> fault() {
            return Optional.of(fault).filter(played -> played != Fault.NONE);
        }

        /**
         * How much the upstream answered, headers included, whatever the client got of it.
         *
         * @return bytes; empty if the request was not forwarded or never answered
         */
        public OptionalLong answerBytes() {
            return answerBytes;
        }

        @Override
        public String toString() {
            return method + " " + path + " (" + requestBytes + " bytes, " + fault + ", "
                    + (answerBytes.isPresent() ? "answered with " + answerBytes.getAsLong() + " bytes" : "not answered")
                    + ")";
        }
    }

    /** A fault that waits for its exchange. */
    private static final class Rule {
        private final Predicate<ReceivedRequest> request;
        private final Fault fault;
        private final boolean always;
        private final AtomicBoolean played = new AtomicBoolean();

        Rule(Predicate<ReceivedRequest> request, Fault fault, boolean always) {
            this.request = request;
            this.fault = fault;
            this.always = always;
        }

        boolean isFor(ReceivedRequest candidate, List<Fault.Moment> moments) {
            return moments.contains(fault.moment()) && request.test(candidate);
        }

        /** Whether the caller may play the fault: of several threads only one may, unless it is played always. */
        boolean claim() {
            return always || played.compareAndSet(false, true);
        }
    }

    /** Closes a socket that nobody waits for any more. */
    static void end(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is over either way.
        }
    }

    /** A free port of 127.0.0.1; the system's own loopback address may be that of IPv6. */
    static InetSocketAddress anyPort() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    private synchronized InetSocketAddress listen(InetSocketAddress where) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(where, BACKLOG);
        listener = socket;
        acceptor = startThread(() -> accept(socket));
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private synchronized void hangUp() {
        if (listener != null) {
            end(listener);
            listener = null;
        }
        if (acceptor != null) {
            // The system keeps the port listening until the thread has left its call, and the thread may have just
            // taken one more connection.
            await(acceptor);
            acceptor = null;
        }
        open.forEach(ClientConnection::hangUp);
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void release() {
        if (reservation != null) {
            end(reservation);
            reservation = null;
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                welcome(socket.accept());
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void welcome(Socket accepted) {
        connections.incrementAndGet();
        Optional<Fault> fault = take(NOT_READ, Fault.Moment.CONNECTED); // here, in the order in which they come
        try {
            ClientConnection client = new ClientConnection(accepted);
            open.add(client);
            startThread(() -> serve(client, fault));
        } catch (IOException e) {
            end(accepted); // The client is gone already.
        }
    }

    private void serve(ClientConnection client, Optional<Fault> fault) {
        try (client) {
            if (fault.isPresent()) {
                strikeUnforwarded(client, fault.get(), NOT_READ, 0);
            }
            while (client.isOpen()) {
                exchange(client);
            }
        } catch (IOException e) {
            // The client went away or the network went down: both are the normal end of a connection here.
        } finally {
            open.remove(client);
        }
    }

    private void exchange(ClientConnection client) throws IOException {
        long start = client.bytesRead();
        Optional<RawHead> read = client.readHead();
        if (read.isEmpty()) {
            client.close();
            return;
        }
        RawHead head = read.get();
        ReceivedRequest withoutBody = head.request(new byte[0]);
        Optional<Fault> inside = take(withoutBody, Fault.Moment.HEADERS_READ);
        if (inside.isPresent()) {
            strikeUnforwarded(client, inside.get(), withoutBody, client.bytesRead() - start);
            return;
        }
        byte[] body = client.readBody(head);
        ReceivedRequest request = head.request(body);
        Fault fault = take(request, Fault.Moment.REQUEST_READ, Fault.Moment.UPSTREAM_ANSWERED)
                .orElse(Fault.NONE);
        long requestBytes = client.bytesRead() - start;
        if (fault.moment() == Fault.Moment.REQUEST_READ) {
            strikeUnforwarded(client, fault, request, requestBytes);
        } else {
            client.pause(fault.delay());
            Optional<RawAnswer> answer = client.forward(head, body, upstream);
            strikeForwarded(client, fault, request, requestBytes, answer);
        }
        if (head.asksToClose()) {
            client.close();
        }
    }

    private void strikeUnforwarded(ClientConnection client, Fault fault, ReceivedRequest request, long requestBytes)
            throws IOException {
        exchanges.add(new Exchange(request, requestBytes, fault, OptionalLong.empty()));
        fault.strike(client, RawAnswer.NONE);
    }

    private void strikeForwarded(
            ClientConnection client,
            Fault fault,
            ReceivedRequest request,
            long requestBytes,
            Optional<RawAnswer> answer)
            throws IOException {
        if (answer.isEmpty()) {
            exchanges.add(new Exchange(request, requestBytes, fault, OptionalLong.empty()));
            client.reset();
            return;
        }
        RawAnswer whole = answer.get();
        exchanges.add(new Exchange(request, requestBytes, fault, OptionalLong.of(whole.receivedBytes())));
        if (fault == Fault.REFUSE_AFTERWARDS) {
            open.remove(client); // it still gets its answer
            refuseConnections();
        }
        fault.strike(client, whole);
    }

    /** The fault that was set up for this request and one of these moments; it is not given out again unless always. */
    private Optional<Fault> take(ReceivedRequest request, Fault.Moment... moments) {
        return rules.stream()
                .filter(rule -> rule.isFor(request, List.of(moments)))
                .filter(Rule::claim)
                .map(rule -> rule.fault)
                .findFirst();
    }

    private static Thread startThread(Runnable task) {
        Thread thread = new Thread(task, "fault-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
