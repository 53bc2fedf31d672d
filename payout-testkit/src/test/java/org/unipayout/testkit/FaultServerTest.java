package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultServerTest {
    private static final String REQUEST = "{\"amount\":100}";
    private static final String ANSWER = "{\"status\":\"succeeded\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private Upstream upstream;
    private FaultServer network;

    @BeforeEach
    void open() throws IOException {
        upstream = new Upstream();
        network = FaultServer.before(upstream.baseUrl());
    }

    @AfterEach
    void close() {
        network.close();
        upstream.close();
    }

    // Forwarding

    @Test
    void forward_post_reachesUpstreamUnchanged() throws Exception {
        post("/pay?key=a%20b");

        Received received = upstream.only();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.uri()).isEqualTo("/pay?key=a%20b");
        assertThat(received.body()).isEqualTo(REQUEST);
        assertThat(received.headers().getFirst("X-Signature")).isEqualTo("c2lnbmVk");
    }

    @Test
    void forward_post_bringsTheAnswerBackUnchanged() throws Exception {
        HttpResponse<String> response = post("/pay");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("X-Request-Id")).contains("42");
        assertThat(response.body()).isEqualTo(ANSWER);
    }

    @Test
    void forward_severalExchanges_shareOneConnection() throws Exception {
        post("/first");
        post("/second");
        post("/third");

        assertThat(network.connections()).isEqualTo(1);
        assertThat(network.exchanges())
                .extracting(FaultServer.Exchange::path)
                .containsExactly("/first", "/second", "/third");
    }

    @Test
    void forward_upgradeOffer_isNotPassedOn() throws Exception {
        HttpResponse<String> response = http.send(
                request("/pay").version(HttpClient.Version.HTTP_2).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(upstream.only().headers()).doesNotContainKeys("Upgrade", "Http2-settings");
    }

    @Test
    void forward_chunkedRequest_reachesUpstreamWhole() throws Exception {
        try (RawClient client = new RawClient(network)) {
            client.write("POST /pay HTTP/1.1\r\nHost: test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.write("5;note=x\r\n{\"amo\r\n");
            client.write("9\r\nunt\":100}\r\n");
            client.write("0\r\nTrailer: x\r\n\r\n");
            client.untilEnd();
        }

        assertThat(upstream.only().body()).isEqualTo(REQUEST);
    }

    @Test
    void forward_chunkedAnswer_arrivesWithItsLength() throws Exception {
        HttpResponse<String> response = post("/chunked");

        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(response.headers().firstValue("Content-Length")).contains(Integer.toString(ANSWER.length()));
        assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @Test
    void forward_head_keepsTheLengthOfTheAbsentBody() throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(network.baseUrl().resolve("/pay"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.headers().firstValue("Content-Length")).contains("7");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void forward_expectContinue_asksForTheBody() throws Exception {
        HttpResponse<String> response =
                http.send(request("/pay").expectContinue(true).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo(ANSWER);
        assertThat(upstream.only().body()).isEqualTo(REQUEST);
    }

    @Test
    void forward_connectionClose_closesAfterTheAnswer() throws Exception {
        try (RawClient client = new RawClient(network)) {
            client.write("GET /pay HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");

            Seen seen = client.untilEnd();
            assertThat(seen.end()).isEqualTo(End.CLOSED);
            assertThat(seen.text()).endsWith(ANSWER);
        }
    }

    @Test
    void forward_clientThatSpeaksTls_isHungUpOnAtOnce() throws Exception {
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), network.baseUrl().getPort())) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write(new byte[] {0x16, 0x03, 0x01});

            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void forward_upstreamGone_resetsAndListsNoAnswer() throws Exception {
        upstream.close();

        assertThat(rawPost("/pay")).isEqualTo(new Seen("", End.RESET));
        assertThat(onlyExchange().answerBytes()).isEmpty();
    }

    @Test
    void exchanges_faithful_countBytesOfBothSides() throws Exception {
        String sent = rawRequest("/pay?card=secret").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        try (RawClient client = new RawClient(network)) {
            client.write(sent);
            client.untilEnd();
        }

        FaultServer.Exchange exchange = onlyExchange();
        assertThat(exchange.method()).isEqualTo("POST");
        assertThat(exchange.path()).isEqualTo("/pay");
        assertThat(exchange.requestBytes()).isEqualTo(sent.length());
        assertThat(exchange.fault()).isEmpty();
        assertThat(exchange.answerBytes().orElse(0)).isGreaterThan(ANSWER.length());
        assertThat(exchange.toString()).startsWith("POST /pay (").doesNotContain("secret");
    }

    // Faults before the upstream sees anything

    @Test
    void hangOnConnect_neverReadsNorAnswers() throws Exception {
        network.onConnection().play(Fault.HANG_ON_CONNECT);

        try (RawClient client = new RawClient(network)) {
            client.write(rawRequest("/pay"));
            assertThat(client.untilQuiet()).isEqualTo(new Seen("", End.SILENT));
        }
        assertThat(upstream.received()).isEmpty();
        assertStruckUnforwarded(Fault.HANG_ON_CONNECT, 0);
    }

    @Test
    void resetBeforeRequest_resetsWithoutReading() throws Exception {
        network.onConnection().play(Fault.RESET_BEFORE_REQUEST);

        assertThat(rawPost("/pay")).isEqualTo(new Seen("", End.RESET));
        assertThat(upstream.received()).isEmpty();
        assertStruckUnforwarded(Fault.RESET_BEFORE_REQUEST, 0);
    }

    @Test
    void resetInsideRequest_resetsBeforeTheBodyIsWhole() throws Exception {
        network.on(anything -> true).play(Fault.RESET_INSIDE_REQUEST);
        String head = "POST /pay HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\n";

        try (RawClient client = new RawClient(network)) {
            client.write(head + "{\"amount\":");
            assertThat(client.untilEnd()).isEqualTo(new Seen("", End.RESET));
        }
        assertThat(upstream.received()).isEmpty();
        assertStruckUnforwarded(Fault.RESET_INSIDE_REQUEST, head.length());
    }

    @Test
    void loseRequest_readsAllAndForwardsNothing() throws Exception {
        network.on(anything -> true).play(Fault.LOSE_REQUEST);

        assertThat(rawPost("/pay")).isEqualTo(new Seen("", End.RESET));
        assertThat(upstream.received()).isEmpty();
        assertStruckUnforwarded(Fault.LOSE_REQUEST, rawRequest("/pay").length());
    }

    // Faults after the upstream has executed

    @Test
    void resetAfterRequest_executesAndResetsWithoutAByte() throws Exception {
        network.on(anything -> true).play(Fault.RESET_AFTER_REQUEST);

        assertThat(rawPost("/pay")).isEqualTo(new Seen("", End.RESET));
        assertExecutedAndStruck(Fault.RESET_AFTER_REQUEST);
    }

    @Test
    void closeAfterRequest_executesAndClosesWithoutAByte() throws Exception {
        network.on(anything -> true).play(Fault.CLOSE_AFTER_REQUEST);

        assertThat(rawPost("/pay")).isEqualTo(new Seen("", End.CLOSED));
        assertExecutedAndStruck(Fault.CLOSE_AFTER_REQUEST);
    }

    @Test
    void closeIdle_answersInFullThenCloses() throws Exception {
        network.on(anything -> true).play(Fault.CLOSE_IDLE);

        Seen seen = rawPost("/pay");
        assertThat(seen.text()).startsWith("HTTP/1.1 201").endsWith(ANSWER);
        assertThat(seen.end()).isEqualTo(End.CLOSED);
        assertExecutedAndStruck(Fault.CLOSE_IDLE);
    }

    @Test
    void hangAfterRequest_executesAndStaysSilent() throws Exception {
        network.on(anything -> true).play(Fault.HANG_AFTER_REQUEST);

        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(() -> http.send(
                        request("/pay").timeout(Duration.ofSeconds(1)).build(), HttpResponse.BodyHandlers.ofString()));
        assertExecutedAndStruck(Fault.HANG_AFTER_REQUEST);
    }

    @Test
    void cutHeaders_closesInsideTheHeaders() throws Exception {
        network.on(anything -> true).play(Fault.CUT_HEADERS);

        Seen seen = rawPost("/pay");
        assertThat(seen.text()).startsWith("HTTP/1.1 201").doesNotContain("\r\n\r\n");
        assertThat(seen.end()).isEqualTo(End.CLOSED);
        assertExecutedAndStruck(Fault.CUT_HEADERS);
    }

    @Test
    void cutBody_closesAfterHalfOfTheBody() throws Exception {
        network.on(anything -> true).play(Fault.CUT_BODY);

        Seen seen = rawPost("/pay");
        assertThat(seen.text())
                .contains("Content-Length: " + ANSWER.length())
                .endsWith("\r\n\r\n" + ANSWER.substring(0, ANSWER.length() / 2));
        assertThat(seen.end()).isEqualTo(End.CLOSED);
        assertExecutedAndStruck(Fault.CUT_BODY);
    }

    @Test
    void cutBody_emptyAnswer_promisesAByteThatDoesNotCome() throws Exception {
        network.on(anything -> true).play(Fault.CUT_BODY);

        Seen seen = rawPost("/empty");
        assertThat(seen.text()).contains("Content-Length: 1\r\n").endsWith("\r\n\r\n");
        assertThat(seen.end()).isEqualTo(End.CLOSED);
    }

    @Test
    void stallBody_staysSilentAfterHalfOfTheBody() throws Exception {
        network.on(anything -> true).play(Fault.STALL_BODY);

        Seen seen;
        try (RawClient client = new RawClient(network)) {
            client.write(rawRequest("/pay"));
            seen = client.answerUntilQuiet();
        }
        assertThat(seen.text())
                .contains("Content-Length: " + ANSWER.length())
                .endsWith("\r\n\r\n" + ANSWER.substring(0, ANSWER.length() / 2));
        assertThat(seen.end()).isEqualTo(End.SILENT);
        assertExecutedAndStruck(Fault.STALL_BODY);
    }

    @Test
    void garbleBody_keepsTheLengthAndNothingElseOfTheBody() throws Exception {
        network.on(anything -> true).play(Fault.GARBLE_BODY);

        HttpResponse<byte[]> response = http.send(request("/pay").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Request-Id")).contains("42");
        assertThat(response.body()).hasSize(ANSWER.length()).containsOnly(0xFF);
        assertExecutedAndStruck(Fault.GARBLE_BODY);
    }

    @Test
    void emptyBody_answers200WithNothing() throws Exception {
        network.on(anything -> true).play(Fault.EMPTY_BODY);

        HttpResponse<String> response = post("/pay");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("0");
        assertThat(response.body()).isEmpty();
        assertExecutedAndStruck(Fault.EMPTY_BODY);
    }

    @Test
    void oversizeBody_sends32MebibytesOfJson() throws Exception {
        network.on(anything -> true).play(Fault.OVERSIZE_BODY);

        HttpResponse<String> response = post("/pay");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(32 * 1024 * 1024).startsWith("{ ").endsWith(" }");
        assertThat(response.body().strip().replace(" ", "")).isEqualTo("{}");
        assertExecutedAndStruck(Fault.OVERSIZE_BODY);
    }

    @Test
    void oversizeBody_clientLeavesEarly_keepsTheServerAlive() throws Exception {
        network.on(anything -> true).play(Fault.OVERSIZE_BODY);
        try (RawClient client = new RawClient(network)) {
            client.write(rawRequest("/pay"));
            client.readByte();
        }

        assertThat(post("/pay").statusCode()).isEqualTo(201);
    }

    @Test
    void deepJson_answersManyNestedArrays() throws Exception {
        network.on(anything -> true).play(Fault.DEEP_JSON);

        HttpResponse<String> response = post("/pay");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("[".repeat(100_000) + "]".repeat(100_000));
        assertExecutedAndStruck(Fault.DEEP_JSON);
    }

    @Test
    void htmlError_executesAndAnswers502WithAPage() throws Exception {
        network.on(anything -> true).play(Fault.HTML_ERROR);

        HttpResponse<String> response = post("/pay");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(response.body()).startsWith("<html>");
        assertExecutedAndStruck(Fault.HTML_ERROR);
    }

    @Test
    void answer_503_answersInsteadOfTheUpstream() throws Exception {
        network.on(anything -> true).play(Fault.answer(503, Map.of("Retry-After", "0"), "busy"));

        HttpResponse<String> response = post("/pay");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("0");
        assertThat(response.body()).isEqualTo("busy");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void answer_afterForwarding_executesFirst() throws Exception {
        Fault redirect = Fault.answer(307, Map.of("Location", "/elsewhere"), "").afterForwarding();
        network.on(anything -> true).play(redirect);

        HttpResponse<String> response = post("/pay");
        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.headers().firstValue("Location")).contains("/elsewhere");
        assertExecutedAndStruck(redirect);
    }

    @Test
    void answer_ownAnswer_keepsTheConnection() throws Exception {
        network.on(anything -> true).play(Fault.answer(429, Map.of(), ""));
        post("/pay");
        post("/pay");

        assertThat(network.connections()).isEqualTo(1);
    }

    @Test
    void answer_impossibleStatus_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.answer(100, Map.of(), ""));
    }

    @Test
    void afterForwarding_faultBeforeTheWholeRequest_isRefused() {
        assertThatIllegalStateException().isThrownBy(Fault.RESET_INSIDE_REQUEST::afterForwarding);
        assertThatIllegalStateException().isThrownBy(Fault.HANG_ON_CONNECT::afterForwarding);
    }

    @Test
    void slowAnswer_givesTheUpstreamsAnswerLate() throws Exception {
        Duration delay = Duration.ofMillis(200);
        network.on(anything -> true).play(Fault.slowAnswer(delay));

        long start = System.nanoTime();
        HttpResponse<String> response = post("/pay");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
        assertThat(response.body()).isEqualTo(ANSWER);
    }

    @Test
    void lateRequest_reachesTheUpstreamThoughTheClientHasGivenUp() throws Exception {
        network.on(anything -> true).play(Fault.lateRequest(Duration.ofMillis(200)));

        try (RawClient client = new RawClient(network)) {
            client.write(rawRequest("/pay"));
        }
        while (upstream.received().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(upstream.only().body()).isEqualTo(REQUEST);
    }

    @Test
    void lastOnConnection_isAnsweredAndTheNextHasAnotherConnection() throws Exception {
        network.on(anything -> true).play(Fault.LAST_ON_CONNECTION);

        assertThat(post("/pay").body()).isEqualTo(ANSWER);
        assertThat(post("/pay").body()).isEqualTo(ANSWER);
        assertThat(network.connections()).isEqualTo(2);
    }

    @Test
    void onConnection_byItsPlace_strikesThatOneOnly() throws Exception {
        network.on(anything -> true).always().play(Fault.LAST_ON_CONNECTION);
        network.onConnection(1).play(Fault.RESET_BEFORE_REQUEST);

        assertThat(post("/pay").body()).isEqualTo(ANSWER);
        try (RawClient client = new RawClient(network)) {
            assertThat(client.untilEnd().end()).isEqualTo(End.RESET);
        }
        assertThat(post("/pay").body()).isEqualTo(ANSWER);
    }

    @RepeatedTest(20)
    void onConnection_manyAtOnce_strikesByTheOrderInWhichTheyWereOpened() throws Exception {
        network.onConnection(1).play(Fault.RESET_BEFORE_REQUEST);

        try (RawClient first = new RawClient(network);
                RawClient second = new RawClient(network);
                RawClient third = new RawClient(network)) {
            assertThat(second.untilEnd().end()).isEqualTo(End.RESET);
            for (RawClient other : List.of(first, third)) {
                other.write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
                assertThat(other.untilEnd().end()).isEqualTo(End.CLOSED);
            }
        }
    }

    @Test
    void refuseAfterwards_isAnsweredAndThenNobodyGetsInUntilConnectionsAreAcceptedAgain() throws Exception {
        network.on(anything -> true).play(Fault.REFUSE_AFTERWARDS);

        assertThat(post("/pay").body()).isEqualTo(ANSWER);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> post("/pay"));
        network.acceptAgain();
        assertThat(post("/pay").body()).isEqualTo(ANSWER);
    }

    // Cues

    @Test
    void play_once_strikesOnlyTheNextMatch() throws Exception {
        network.on(request -> request.path().equals("/pay")).play(Fault.answer(500, Map.of(), ""));

        assertThat(post("/other").statusCode()).isEqualTo(201);
        assertThat(post("/pay").statusCode()).isEqualTo(500);
        assertThat(post("/pay").statusCode()).isEqualTo(201);
    }

    @Test
    void play_always_strikesUntilHealed() throws Exception {
        network.on(anything -> true).always().play(Fault.answer(500, Map.of(), ""));

        assertThat(post("/pay").statusCode()).isEqualTo(500);
        assertThat(post("/pay").statusCode()).isEqualTo(500);
        network.heal();
        assertThat(post("/pay").statusCode()).isEqualTo(201);
    }

    @Test
    void play_twoOnTheSameRequests_strikeInOrder() throws Exception {
        network.on(anything -> true).play(Fault.answer(500, Map.of(), ""));
        network.on(anything -> true).play(Fault.answer(503, Map.of(), ""));

        assertThat(post("/pay").statusCode()).isEqualTo(500);
        assertThat(post("/pay").statusCode()).isEqualTo(503);
    }

    @Test
    void play_predicate_seesQueryHeadersAndBody() throws Exception {
        network.on(request -> request.query("key").equals(Optional.of("a b"))
                        && request.header("x-signature").equals(Optional.of("c2lnbmVk"))
                        && request.text().equals(REQUEST))
                .play(Fault.answer(500, Map.of(), ""));

        assertThat(post("/pay?key=other").statusCode()).isEqualTo(201);
        assertThat(post("/pay?key=a%20b").statusCode()).isEqualTo(500);
    }

    @Test
    void play_oncePlayedUnderConcurrency_strikesExactlyOne() throws Exception {
        network.on(anything -> true).play(Fault.answer(500, Map.of(), ""));

        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            calls.add(() -> post("/pay").statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> status : pool.invokeAll(calls)) {
            statuses.add(status.get());
        }
        pool.shutdown();

        assertThat(statuses).hasSize(32).containsOnlyOnce(500);
        assertThat(network.exchanges()).hasSize(32);
        assertThat(upstream.received()).hasSize(31);
    }

    @Test
    void play_connectionFaultOnARequest_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.on(anything -> true).play(Fault.HANG_ON_CONNECT))
                .withMessageContaining("onConnection()");
    }

    @Test
    void play_requestFaultOnAConnection_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.onConnection().play(Fault.LOSE_REQUEST))
                .withMessageContaining("on(...)");
    }

    // Going down

    @Test
    void refuseConnections_newConnection_isRefused() {
        network.refuseConnections();

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new RawClient(network))
                .withMessageContaining("refused");
        assertThat(network.connections()).isZero();
    }

    @Test
    void refuseConnections_openConnection_isClosed() throws Exception {
        try (RawClient client = new RawClient(network)) {
            client.write(rawRequest("/pay"));
            assertThat(client.answerUntilQuiet().end()).isEqualTo(End.SILENT);

            network.refuseConnections();
            assertThat(client.untilEnd()).isEqualTo(new Seen("", End.CLOSED));
        }
    }

    @Test
    void acceptAgain_afterRefusing_servesTheSameAddress() throws Exception {
        URI before = network.baseUrl();
        network.refuseConnections();
        network.refuseConnections();
        network.acceptAgain();
        network.acceptAgain();

        assertThat(network.baseUrl()).isEqualTo(before);
        assertThat(post("/pay").statusCode()).isEqualTo(201);
    }

    @Test
    void close_hungClients_areReleased() throws Exception {
        network.on(anything -> true).play(Fault.HANG_AFTER_REQUEST);
        network.on(anything -> true).play(Fault.slowAnswer(Duration.ofHours(1)));
        try (RawClient hung = new RawClient(network);
                RawClient slow = new RawClient(network)) {
            hung.write(rawRequest("/pay"));
            assertThat(hung.untilQuiet().end()).isEqualTo(End.SILENT);
            slow.write(rawRequest("/pay"));
            assertThat(slow.untilQuiet().end()).isEqualTo(End.SILENT);

            network.close();
            assertThat(hung.untilEnd()).isEqualTo(new Seen("", End.CLOSED));
            assertThat(slow.untilEnd()).isEqualTo(new Seen("", End.CLOSED));
        }
    }

    @Test
    void close_twice_freesThePort() throws Exception {
        network.close();
        network.close();
        network.acceptAgain();
        network.refuseConnections();

        try (ServerSocket successor = new ServerSocket()) {
            successor.bind(at(network));
            assertThat(successor.isBound()).isTrue();
        }
    }

    @Test
    void before_notPlainHttpWithPort_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> FaultServer.before(URI.create("https://127.0.0.1:8443")));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultServer.before(URI.create("http://127.0.0.1")));
    }

    // Unreachable

    @Test
    void unreachable_connect_timesOut() {
        HttpClient impatient =
                HttpClient.newBuilder().connectTimeout(Duration.ofMillis(300)).build();
        try (UnreachableAddress nowhere = FaultServer.unreachable()) {
            HttpRequest request = HttpRequest.newBuilder(nowhere.baseUrl()).build();

            assertThatExceptionOfType(HttpConnectTimeoutException.class)
                    .isThrownBy(() -> impatient.send(request, HttpResponse.BodyHandlers.ofString()));
        }
    }

    @Test
    void unreachable_closedTwice_refuses() {
        UnreachableAddress nowhere = FaultServer.unreachable();
        nowhere.close();
        nowhere.close();

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> http.send(
                        HttpRequest.newBuilder(nowhere.baseUrl()).build(), HttpResponse.BodyHandlers.ofString()));
    }

    // Before a simulator

    @Test
    void beforeASimulator_sameViewForTheClient_moneyTellsTheFaultsApart() throws Exception {
        try (PayingSimulator simulator = new PayingSimulator();
                FaultServer wire = FaultServer.before(simulator.baseUrl())) {
            wire.on(request -> request.path().equals("/lost")).play(Fault.LOSE_REQUEST);
            wire.on(request -> request.path().equals("/paid")).play(Fault.RESET_AFTER_REQUEST);

            assertThat(rawPost(wire, "/lost")).isEqualTo(rawPost(wire, "/paid"));
            simulator.ledger().assertNotPaid("/lost");
            simulator.ledger().assertPaidExactlyOnce("/paid");
        }
    }

    private HttpResponse<String> post(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(network.baseUrl().resolve(path))
                .header("X-Signature", "c2lnbmVk")
                .POST(HttpRequest.BodyPublishers.ofString(REQUEST));
    }

    private Seen rawPost(String path) throws IOException {
        return rawPost(network, path);
    }

    private static Seen rawPost(FaultServer network, String path) throws IOException {
        try (RawClient client = new RawClient(network)) {
            client.write(rawRequest(path));
            return client.untilEnd();
        }
    }

    private static String rawRequest(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + REQUEST.length() + "\r\n\r\n" + REQUEST;
    }

    private static InetSocketAddress at(FaultServer network) throws IOException {
        return new InetSocketAddress(
                FaultServer.anyPort().getAddress(), network.baseUrl().getPort());
    }

    private FaultServer.Exchange onlyExchange() {
        assertThat(network.exchanges()).hasSize(1);
        return network.exchanges().get(0);
    }

    private void assertExecutedAndStruck(Fault fault) {
        assertThat(upstream.only().body()).isEqualTo(REQUEST);
        assertThat(onlyExchange().fault()).contains(fault);
        assertThat(onlyExchange().answerBytes().orElse(0)).isGreaterThan(ANSWER.length());
    }

    private void assertStruckUnforwarded(Fault fault, long requestBytes) {
        assertThat(onlyExchange().fault()).contains(fault);
        assertThat(onlyExchange().requestBytes()).isEqualTo(requestBytes);
        assertThat(onlyExchange().answerBytes()).isEmpty();
    }

    /** How a raw client's connection ended. */
    private enum End {
        CLOSED,
        RESET,
        SILENT
    }

    private record Seen(String text, End end) {}

    /** A client without any HTTP library between the test and the bytes. */
    private static final class RawClient implements AutoCloseable {
        private static final int PATIENCE_MILLIS = 10_000;
        private static final int SILENCE_MILLIS = 400;

        private final Socket socket;
        private boolean resetWhileWriting;

        RawClient(FaultServer network) throws IOException {
            socket = new Socket(at(network).getAddress(), at(network).getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
        }

        void write(String text) throws IOException {
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException e) {
                assertThat(e).hasMessageMatching("Broken pipe.*|Connection reset.*");
                resetWhileWriting = true; // the reset is told once, to whoever touches the socket first
            }
        }

        void readByte() throws IOException {
            assertThat(socket.getInputStream().read()).isNotNegative();
        }

        /** Everything up to the end of the connection, which is expected to come. */
        Seen untilEnd() throws IOException {
            return read(PATIENCE_MILLIS);
        }

        /** Everything up to a silence, or the end of the connection. */
        Seen untilQuiet() throws IOException {
            return read(SILENCE_MILLIS);
        }

        /** As {@link #untilQuiet}, but waits for the beginning as long as it takes. */
        Seen answerUntilQuiet() throws IOException {
            socket.setSoTimeout(PATIENCE_MILLIS);
            char first = (char) socket.getInputStream().read();
            Seen rest = untilQuiet();
            return new Seen(first + rest.text(), rest.end());
        }

        private Seen read(int timeoutMillis) throws IOException {
            socket.setSoTimeout(timeoutMillis);
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            End end = resetWhileWriting ? End.RESET : End.CLOSED;
            try {
                for (int next = in.read(); next >= 0; next = in.read()) {
                    bytes.write(next);
                }
            } catch (SocketTimeoutException e) {
                end = End.SILENT;
            } catch (SocketException e) {
                end = End.RESET;
            }
            return new Seen(bytes.toString(StandardCharsets.ISO_8859_1), end);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private record Received(String method, String uri, String body, Headers headers) {}

    /** The server behind the network: remembers what arrived. */
    private static final class Upstream implements AutoCloseable {
        private final HttpServer server = HttpServer.create(FaultServer.anyPort(), 0);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<Received> received = new CopyOnWriteArrayList<>();

        Upstream() throws IOException {
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }

        URI baseUrl() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        List<Received> received() {
            return received;
        }

        Received only() {
            assertThat(received).hasSize(1);
            return received.get(0);
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                String uri = exchange.getRequestURI().toString();
                received.add(new Received(exchange.getRequestMethod(), uri, body, exchange.getRequestHeaders()));
                exchange.getResponseHeaders().add("X-Request-Id", "42");
                if (exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseHeaders().add("Content-Length", "7");
                    exchange.sendResponseHeaders(200, -1);
                    return;
                }
                if (uri.equals("/empty")) {
                    exchange.sendResponseHeaders(201, -1);
                    return;
                }
                exchange.sendResponseHeaders(201, uri.equals("/chunked") ? 0 : ANSWER.length());
                exchange.getResponseBody().write(ANSWER.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** Pays one unit for each path that is posted to. */
    private static final class PayingSimulator extends Simulator {
        PayingSimulator() {
            super(0);
            startServer();
        }

        @Override
        protected SimulatedResponse handle(ReceivedRequest request) {
            ledger().add(new Ledger.Movement(
                    Ledger.Kind.PAID, request.path(), request.path(), 100, "KZT", "test", Instant.EPOCH));
            return SimulatedResponse.json(200, ANSWER);
        }

        @Override
        protected void resetState() {}

        @Override
        public void settle() {}

        @Override
        public String provider() {
            return "paying";
        }

        @Override
        public Map<String, String> credentials() {
            return Map.of();
        }
    }
}
