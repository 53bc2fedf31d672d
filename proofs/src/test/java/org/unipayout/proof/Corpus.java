package org.unipayout.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.MovableClock;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.WebhookOutbox;

/** What the simulators answer at every door, and what they notify of: genuine, and what mutants are made from. Close it. */
final class Corpus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "transfer-encoding",
            "host",
            "expect",
            "upgrade",
            "http2-settings",
            ":status");
    private static final int LOOKS = 3;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Simulator> simulators = new TreeMap<>();
    private final List<Door> doors = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    /** When it was recorded: times in the answers are near it. */
    private final MovableClock clock;

    /** One notification. */
    record Notice(ProviderUnderTest provider, WebhookOutbox.Notification notification) {}

    private Corpus(List<ProviderUnderTest> providers) throws IOException {
        for (ProviderUnderTest provider : providers) {
            Simulator simulator = simulators.computeIfAbsent(provider.simulator(), name -> provider.start());
            for (Scenario scenario : Scenario.values()) {
                record(provider, simulator, scenario, Operation.CONFIRM);
            }
            if (provider.waitsForMerchant()) {
                record(provider, simulator, Scenario.PAID, Operation.CANCEL);
            }
        }
        clock = MovableClock.standingAt(
                simulators.values().iterator().next().clock().instant());
    }

    static Corpus of(List<ProviderUnderTest> providers) throws IOException {
        return new Corpus(providers);
    }

    List<Door> doors() {
        return doors;
    }

    List<Notice> notices() {
        return notices;
    }

    MovableClock clock() {
        return clock;
    }

    Simulator simulator(ProviderUnderTest provider) {
        return Objects.requireNonNull(simulators.get(provider.simulator()));
    }

    @Override
    public void close() {
        simulators.values().forEach(Simulator::close);
    }

    private void record(ProviderUnderTest provider, Simulator simulator, Scenario scenario, Operation order)
            throws IOException {
        simulator.reset();
        List<Door.Exchange> heard = new ArrayList<>();
        try (RawServer between = new RawServer(request -> forward(request, simulator.baseUrl(), heard));
                PayoutClient client =
                        provider.client(simulator.credentials(between.baseUrl()), simulator.clock(), PATIENCE)) {
            new Recorder(provider, client, heard).walk(scenario, order, simulator);
        }
        if (provider.webhooks(simulator.credentials()).isPresent()) {
            simulator.webhooks().created().forEach(sent -> notices.add(new Notice(provider, sent)));
        }
    }

    private Answer forward(RawServer.Request request, URI upstream, List<Door.Exchange> heard) throws IOException {
        HttpRequest.Builder onward = HttpRequest.newBuilder(URI.create(upstream + request.target()))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        for (String line : request.headers()) {
            String[] header = line.split(":", 2);
            if (!OF_ONE_CONNECTION.contains(header[0].toLowerCase(Locale.ROOT))) {
                onward.header(header[0], header[1].strip());
            }
        }
        try {
            HttpResponse<byte[]> response = http.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
            List<String> lines = new ArrayList<>();
            response.headers().map().forEach((name, values) -> {
                if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> lines.add(name + ": " + value));
                }
            });
            lines.add("Content-Length: " + response.body().length);
            lines.add("Connection: close");
            Answer answer = new Answer("HTTP/1.1 " + response.statusCode() + " Recorded", lines, response.body());
            heard.add(new Door.Exchange(request.method(), request.path(), answer));
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Goes through all doors with one payout. */
    private final class Recorder {
        private final ProviderUnderTest provider;
        private final PayoutClient client;
        private final List<Door.Exchange> heard;

        Recorder(ProviderUnderTest provider, PayoutClient client, List<Door.Exchange> heard) {
            this.provider = provider;
            this.client = client;
            this.heard = heard;
        }

        void walk(Scenario scenario, Operation order, Simulator simulator) {
            PayoutRequest request = provider.request("fuzz-" + doors.size(), scenario.amount(150))
                    .requestedAt(simulator.clock().instant())
                    .build();
            Payout known = at(Operation.PREPARE, request, null, () -> client.prepare(request));
            PayoutRef ref = known == null ? PayoutRef.of(client.capabilities().provider(), request) : known.ref();
            PayoutRef withoutId = ref;
            known = at(Operation.SUBMIT, request, ref, () -> client.submit(withoutId, request));
            PayoutRef last = known == null ? ref : known.ref();
            for (int i = 0; i < LOOKS; i++) {
                known = look(request, last);
                if (known != null && known.status() == PayoutStatus.AWAITING_CONFIRMATION) {
                    PayoutRef waiting = known.ref();
                    at(
                            order,
                            request,
                            waiting,
                            () -> order == Operation.CONFIRM ? client.confirm(waiting) : client.cancel(waiting));
                }
            }
            simulator.settle();
            look(request, last);
            look(
                    request,
                    PayoutRef.of(client.capabilities().provider(), request)); // by the reference, where there is no id
            at(Operation.SUBMIT, request, last, () -> client.submit(last, request)); // once more
            if (scenario == Scenario.PAID && client.capabilities().has(Feature.BALANCE)) {
                at(Operation.BALANCE, request, null, () -> {
                    client.balance();
                    return null;
                });
            }
        }

        private @Nullable Payout look(PayoutRequest request, PayoutRef ref) {
            return at(Operation.GET, request, ref, () -> client.get(ref));
        }

        private @Nullable Payout at(
                Operation operation, PayoutRequest request, @Nullable PayoutRef ref, Supplier<@Nullable Payout> call) {
            heard.clear();
            Payout payout = null;
            try {
                payout = call.get();
            } catch (PayoutException asTheScenarioHasIt) {
                // the answers are what counts
            }
            if (!heard.isEmpty()) {
                doors.add(new Door(provider, operation, request, ref, List.copyOf(heard)));
            }
            return payout;
        }
    }

    /** All that they were recorded of. */
    Set<Operation> operations() {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        doors.forEach(door -> operations.add(door.operation()));
        return operations;
    }
}
