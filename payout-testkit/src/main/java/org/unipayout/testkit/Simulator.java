package org.unipayout.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A payout provider on this machine: it speaks the provider's HTTP dialect, keeps the provider's state and books every
 * movement of money in a {@link Ledger}.
 *
 * <p>A simulator is written from the provider's document alone and shares no class with the adapter that it tests. It
 * runs on WireMock, listens on 127.0.0.1 only and can be used in three ways: started by hand and closed, registered as
 * a JUnit 5 extension in a static field (reset before each test, closed after all), or from the command line with
 * {@code org.unipayout.testkit.Simulators}. Extra WireMock stubs of a higher priority can be laid over it through
 * {@link #wireMock}.
 *
 * <p>Subclasses answer one request at a time: {@link #handle} is never called concurrently. All public methods are
 * thread-safe.
 */
public abstract class Simulator implements AutoCloseable, BeforeEachCallback, AfterAllCallback {
    private static final Object NO_SWITCHES = new Object();

    private final WireMockServer server;
    private final MovableClock clock = MovableClock.running();
    private final Ledger ledger = new Ledger();
    private final WebhookOutbox webhooks = new WebhookOutbox();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<SimulatedResponse>> prepared = new HashMap<>();
    private volatile @Nullable Scenario forced;

    /**
     * Binds a port and starts to answer.
     *
     * @param port the port on 127.0.0.1, or 0 for any free one
     */
    protected Simulator(int port) {
        server = new WireMockServer(options()
                .bindAddress("127.0.0.1")
                .port(port)
                .containerThreads(20)
                .gzipDisabled(true) // faults are laid on readable bytes
                .disableRequestJournal()
                .extensions(new Answers()));
    }

    /** Starts to answer; a subclass calls it as the last step of its construction. */
    protected final void startServer() {
        server.start();
        server.stubFor(
                any(anyUrl()).atPriority(10).willReturn(WireMock.aResponse().withTransformers(Answers.NAME)));
    }

    /**
     * Answers one request as the provider would.
     *
     * @param request what arrived
     * @return the answer
     */
    protected abstract SimulatedResponse handle(ReceivedRequest request);

    /** Forgets all provider state of the subclass and restores its switches. */
    protected abstract void resetState();

    /**
     * Ends everything that {@link Scenario#SLOW} keeps "in progress", so that the next look-up sees the final state.
     */
    public abstract void settle();

    /**
     * The provider's name, as the adapter's capabilities spell it.
     *
     * @return for example {@code bank131}
     */
    public abstract String provider();

    /**
     * What a client needs to be let in, made for this run unless the builder was given something else.
     *
     * @return values by the names that the adapter's {@code fromEnv()} reads
     */
    public abstract Map<String, String> credentials();

    /**
     * A card that this provider has saved from the start.
     *
     * @return its token; empty if the provider saves a card only by paying to it
     */
    public Optional<String> savedCard() {
        return Optional.empty();
    }

    /**
     * A notification with any body, signed as this provider signs its own: what a signature says nothing about must be read
     * with care all the same.
     *
     * @param body what to sign
     * @return headers and body as they would arrive; empty if the provider signs none
     */
    public Optional<WebhookOutbox.Notification> signed(byte[] body) {
        return Optional.empty();
    }

    /**
     * The same credentials, for clients that see the provider elsewhere: behind a {@link FaultServer}.
     *
     * @param seenAt where the provider seems to be
     * @return values by name, with every address moved
     */
    public final Map<String, String> credentials(URI seenAt) {
        Map<String, String> moved = new TreeMap<>(credentials());
        moved.replaceAll((name, value) -> value.replace(baseUrl().toString(), seenAt.toString()));
        return moved;
    }

    /**
     * Lets payouts that are made from now on stay invisible to look-ups for a while, until {@link #reset}: the provider's
     * reading side lags behind.
     *
     * @param duration by {@link #clock}, counted from each payout's creation
     * @return false, and nothing is hidden, if the provider's document excludes it
     */
    public boolean hideFor(Duration duration) {
        return false;
    }

    /**
     * What the provider's document leaves open, as points to turn: public fields, or pairs of methods {@code x(value)} and
     * {@code x()}. They are turned over HTTP, too.
     *
     * @return live; none unless a subclass has some
     */
    public Object switches() {
        return NO_SWITCHES;
    }

    /**
     * Answers the next request to a path with this and does not execute it; may be called several times in advance.
     *
     * @param path for example {@code /v2/transfer-orders}
     * @param response what to answer
     */
    public final void answerNext(String path, SimulatedResponse response) {
        Objects.requireNonNull(response, "response");
        synchronized (this) {
            prepared.computeIfAbsent(path, unused -> new ArrayDeque<>()).add(response);
        }
    }

    /**
     * What the provider's document does not exclude and a merchant has to live with.
     *
     * @return each with a name of its own, always in the same order; off until they are turned on
     */
    public List<Nastiness> nastinesses() {
        return List.of();
    }

    /**
     * Where it answers.
     *
     * @return scheme, host and port, no path
     */
    public final URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /**
     * The money that moved here.
     *
     * @return the live ledger
     */
    public final Ledger ledger() {
        return ledger;
    }

    /**
     * The notifications that this provider sends.
     *
     * @return the live outbox; stays empty for a provider without notifications
     */
    public final WebhookOutbox webhooks() {
        return webhooks;
    }

    /**
     * The clock that all of the provider's times come from.
     *
     * @return move it to let provider time pass
     */
    public final MovableClock clock() {
        return clock;
    }

    /**
     * Everything that reached the provider, in order of arrival.
     *
     * @return a copy
     */
    public final List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /**
     * Lets every payout from now on follow one scenario, whatever its amount, until {@link #reset}.
     *
     * @param scenario the scenario
     */
    public final void force(Scenario scenario) {
        forced = Objects.requireNonNull(scenario, "scenario");
    }

    /**
     * The scenario of a payout.
     *
     * @param minorUnits its amount
     * @return the forced scenario, else the one that the amount asks for
     */
    protected final Scenario scenario(long minorUnits) {
        Scenario scenario = forced;
        return scenario == null ? Scenario.of(minorUnits) : scenario;
    }

    /**
     * The WireMock server underneath, to lay stubs of priority 1 to 9 over the simulator.
     *
     * @return the running server; do not stop it
     */
    public final WireMockServer wireMock() {
        return server;
    }

    /** Forgets payouts, ledger, notifications, requests, forced scenario, prepared answers and switches. */
    public final void reset() {
        synchronized (this) {
            server.resetAll();
            server.stubFor(
                    any(anyUrl()).atPriority(10).willReturn(WireMock.aResponse().withTransformers(Answers.NAME)));
            forced = null;
            prepared.clear();
            requests.clear();
            ledger.clear();
            webhooks.reset();
            resetState();
        }
    }

    @Override
    public final void beforeEach(ExtensionContext context) {
        reset();
    }

    @Override
    public final void afterAll(ExtensionContext context) {
        close();
    }

    /** Frees the port; the ledger stays readable. */
    @Override
    public final void close() {
        server.stop();
        webhooks.close();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + baseUrl() + "]";
    }

    private SimulatedResponse answer(Request request) {
        URI url = URI.create(request.getAbsoluteUrl());
        Map<String, List<String>> headers = new HashMap<>();
        for (HttpHeader header : request.getHeaders().all()) {
            headers.put(header.key(), header.values());
        }
        Map<String, List<String>> query = new HashMap<>();
        for (String part : Optional.ofNullable(url.getRawQuery()).orElse("").split("&", -1)) {
            String name = part.contains("=") ? part.substring(0, part.indexOf('=')) : part;
            QueryParameter parameter = request.queryParameter(name);
            if (!name.isEmpty() && parameter.isPresent()) {
                query.put(name, parameter.values());
            }
        }
        byte[] body = request.getBody();
        ReceivedRequest received = new ReceivedRequest(
                request.getMethod().getName(), url.getRawPath(), query, headers, body == null ? new byte[0] : body);
        Optional<SimulatedResponse> control = new ControlDesk(this).answer(received);
        if (control.isPresent()) {
            return control.get();
        }
        synchronized (this) {
            requests.add(received);
            Deque<SimulatedResponse> waiting = prepared.getOrDefault(received.path(), new ArrayDeque<>());
            return waiting.isEmpty() ? handle(received) : waiting.remove();
        }
    }

    /** The bridge from WireMock's single catch-all stub to {@link #handle}. */
    private final class Answers implements ResponseDefinitionTransformerV2 {
        static final String NAME = "unipayout-simulator";

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            SimulatedResponse response = answer(event.getRequest());
            ResponseDefinitionBuilder builder =
                    WireMock.aResponse().withStatus(response.status()).withBody(response.body());
            response.headers().forEach(builder::withHeader);
            return builder.build();
        }

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
