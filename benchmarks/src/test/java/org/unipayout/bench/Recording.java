package org.unipayout.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ServerSocketFactory;
import org.unipayout.Payout;
import org.unipayout.PayoutAdapter;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/**
 * What every provider's simulator answers to one payout that is made and asked about. A path before the provider's own tells which of both it
 * was, so that one server has all answers. Those of vendors, who have no simulator, are samples.
 */
final class Recording implements RawServer.Script {
    /** Fits the reference rules of all providers. */
    static final String REFERENCE = "bench-1";

    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("connection", "content-length", "host", "transfer-encoding");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, byte[]> answers = new TreeMap<>();
    private final Map<String, URI> simulators = new TreeMap<>();

    private Recording() {}

    /** The recorded answers by what was asked, and each provider's credentials under its name and a dot. */
    static Properties of(List<ProviderUnderTest> providers) throws IOException {
        Recording recording = new Recording();
        Properties all = new Properties();
        for (ProviderUnderTest provider : providers) {
            try (Simulator simulator = provider.start()) {
                recording.simulators.put(provider.provider(), simulator.baseUrl());
                recording.play(provider, simulator);
                simulator
                        .credentials(URI.create("http://at"))
                        .forEach((name, value) -> all.setProperty(provider.provider() + '.' + name, value));
            }
        }
        for (Vendor vendor : Vendor.values()) {
            byte[] answer = answer(200, List.of("Content-Type: application/json"), vendor.sample());
            vendor.questions().forEach(asked -> recording.answers.put(asked, answer));
        }
        recording.answers.forEach(
                (asked, answer) -> all.setProperty(asked, Base64.getEncoder().encodeToString(answer)));
        return all;
    }

    private void play(ProviderUnderTest provider, Simulator simulator) throws IOException {
        try (RawServer between = new RawServer(ServerSocketFactory.getDefault(), this)) {
            PayoutRequest request = request(provider);
            String at = "http://127.0.0.1:" + between.port() + '/' + provider.provider();
            try (PayoutClient making = open(provider, simulator.credentials(URI.create(at + "-create")));
                    PayoutClient asking = open(provider, simulator.credentials(URI.create(at + "-get")))) {
                Payout payout = making.create(request);
                asking.get(payout.ref());
            }
        }
    }

    static PayoutRequest request(ProviderUnderTest provider) {
        return provider.request(REFERENCE, Scenario.PAID.amount(150)).build();
    }

    /** As a merchant would, with all that is set by default. */
    static PayoutClient open(ProviderUnderTest provider, Map<String, String> credentials) {
        return PayoutAdapter.all().stream()
                .filter(adapter -> adapter.provider().equals(provider.provider()))
                .findFirst()
                .orElseThrow()
                .open(credentials);
    }

    @Override
    public synchronized byte[] answer(RawServer.Request request) throws IOException {
        String[] line = request.line().split("[ /]", 4); // method, nothing, provider and phase, the provider's own path
        URI simulator = simulators.get(line[2].substring(0, line[2].lastIndexOf('-')));
        byte[] answer = forward(request, URI.create(simulator + "/" + line[3]), line[0]);
        byte[] earlier = answers.put(request.line(), answer);
        if (earlier != null && !body(earlier).equals(body(answer))) {
            throw new IllegalStateException("one question with two answers cannot be replayed: " + request.line());
        }
        return answer;
    }

    private static String body(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8).split("\r\n\r\n", 2)[1];
    }

    private byte[] forward(RawServer.Request request, URI to, String method) throws IOException {
        HttpRequest.Builder onward =
                HttpRequest.newBuilder(to).method(method, HttpRequest.BodyPublishers.ofString(request.body()));
        request.head()
                .lines()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(": ", 2))
                .forEach(header -> {
                    if (!OF_ONE_CONNECTION.contains(header[0].toLowerCase(Locale.ROOT))
                            && !header[0].equals("Accept-Encoding")) {
                        onward.header(header[0], header[1]);
                    }
                });
        try {
            return bytes(http.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static byte[] bytes(HttpResponse<byte[]> response) throws IOException {
        List<String> headers = new ArrayList<>();
        response.headers().map().forEach((name, values) -> {
            if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> headers.add(name + ": " + value));
            }
        });
        return answer(response.statusCode(), headers, response.body());
    }

    private static byte[] answer(int status, List<String> headers, byte[] body) throws IOException {
        List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + status + " Recorded"));
        lines.addAll(headers);
        lines.add("Content-Length: " + body.length + "\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(body);
        return bytes.toByteArray();
    }
}
