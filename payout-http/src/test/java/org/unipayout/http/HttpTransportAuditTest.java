package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Exchange;
import org.unipayout.Exchange.Progress;
import org.unipayout.Operation;
import org.unipayout.PayoutNotSentException;
import org.unipayout.Secret;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.MovableClock;

/** What the outside may see of an exchange. */
class HttpTransportAuditTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String NAME = "TESTHOLDER";

    private final Upstream provider = Upstream.answering(request -> Upstream.status(
            201, "X-Request-Id: r-1\r\nX-Trace-Id: t-1\r\n", "{\"amount\":100,\"holder\":\"" + NAME + "\"}"));
    private final FaultServer network = FaultServer.before(provider.baseUrl());
    private final MovableClock clock = MovableClock.standingAt(NOON);
    private final List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());
    private final HttpTransport transport = Calls.transport(
            network.baseUrl(), Calls.patient().exchangeSink(exchanges::add).time(clock, clock::advance, () -> 0));

    @AfterEach
    void close() {
        transport.close();
        network.close();
        provider.close();
    }

    @Test
    void sendOnce_answered_isShownRedacted() {
        transport.sendOnce(Calls.payout());

        assertThat(exchanges)
                .containsExactly(new Exchange(
                        "test",
                        Operation.SUBMIT,
                        "order-7",
                        "POST",
                        "/payouts",
                        Progress.ANSWERED,
                        201,
                        "r-1",
                        "{\"amount\":100,\"***\":\"***\"}",
                        "{\"amount\":100,\"***\":\"***\"}",
                        NOON,
                        Duration.ZERO));
    }

    @Test
    void sendOnce_providerWithAnotherRequestIdHeader_isShownWithThatId() {
        HttpOptions options = Calls.patient().exchangeSink(exchanges::add).build();
        try (HttpTransport there =
                HttpTransport.open("test", provider.baseUrl(), options, Redaction.showing(), "X-TRACE-id")) {
            Reply reply = there.sendOnce(Calls.payout());

            assertThat(((Reply.Answer) reply).requestId()).contains("t-1");
        }
        assertThat(exchanges).extracting(Exchange::requestId).containsExactly("t-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e10000", "-1e999999999", "1e-999999999"})
    void sendOnce_answerThatCannotBeRedacted_isShownWithoutItsBody(String number) {
        try (Upstream huge = Upstream.answering(request -> Upstream.ok("{\"amount\":" + number + "}"));
                HttpTransport there =
                        Calls.transport(huge.baseUrl(), Calls.patient().exchangeSink(exchanges::add))) {
            there.sendOnce(Calls.payout());
        }

        assertThat(exchanges).singleElement().satisfies(exchange -> {
            assertThat(exchange.httpStatus()).isEqualTo(200);
            assertThat(exchange.requestBody()).isNotEmpty();
            assertThat(exchange.responseBody()).isEmpty();
        });
    }

    @Test
    void sendOnce_pathWithAToken_isShownWithoutItAndItsIds() {
        HttpCall call = HttpCall.builder(Operation.EXTRA, "POST", "/people/tok-1/cards")
                .shownAs("/people/***/cards", "amount")
                .body("{\"amount\":7}".getBytes(StandardCharsets.UTF_8))
                .build();
        transport.sendOnce(call);

        assertThat(provider.requests().get(0).line()).isEqualTo("POST /people/tok-1/cards HTTP/1.1");
        assertThat(exchanges).singleElement().satisfies(exchange -> {
            assertThat(exchange.path()).isEqualTo("/people/***/cards");
            assertThat(exchange.requestBody()).isEqualTo("{\"amount\":\"***\"}");
            assertThat(exchange.responseBody()).isEqualTo("{\"amount\":\"***\",\"***\":\"***\"}");
        });
        assertThat(call.toString()).doesNotContain("tok-1");
    }

    @Test
    void sendOnce_answerCut_isShownWithStatusAndProgress() {
        network.on(request -> true).play(Fault.CUT_BODY);

        transport.sendOnce(Calls.payout());

        assertThat(exchanges).singleElement().satisfies(exchange -> {
            assertThat(exchange.progress()).isEqualTo(Progress.ANSWER_BEGUN);
            assertThat(exchange.httpStatus()).isEqualTo(201);
            assertThat(exchange.responseBody()).isEmpty();
        });
    }

    @Test
    void sendOnce_refused_isShownAsNotWritten() {
        network.refuseConnections();

        assertThatThrownBy(() -> transport.sendOnce(Calls.payout())).isInstanceOf(PayoutNotSentException.class);
        assertThat(exchanges).extracting(Exchange::progress).containsExactly(Progress.NOTHING_WRITTEN);
    }

    @Test
    void read_repeated_showsEveryExchange() {
        network.on(request -> true).play(Fault.RESET_AFTER_REQUEST);
        network.on(request -> true).play(Fault.HTML_ERROR);

        transport.read(Calls.question());

        assertThat(exchanges)
                .extracting(Exchange::progress)
                .containsExactly(Progress.REQUEST_WRITTEN, Progress.ANSWERED, Progress.ANSWERED);
        assertThat(exchanges).extracting(Exchange::httpStatus).containsExactly(0, 502, 201);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendOnce_sinkThrows_doesNotMatter(boolean error) {
        try (HttpTransport there =
                Calls.transport(provider.baseUrl(), Calls.options().exchangeSink(exchange -> {
                    if (error) {
                        throw new AssertionError("sink");
                    }
                    throw new IllegalStateException("sink");
                }))) {
            assertThat(there.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESET_AFTER_REQUEST",
                "CUT_HEADERS",
                "CUT_BODY",
                "GARBLE_BODY",
                "OVERSIZE_BODY",
                "DEEP_JSON",
                "HTML_ERROR"
            })
    void everyEnd_printed_showsNoSecret(String name) throws Exception {
        network.on(request -> true).always().play((Fault)
                Fault.class.getField(name).get(null));
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);

        out.println(transport.sendOnce(Calls.payout()));
        print(catchThrowable(() -> transport.prepare(Calls.payout())), out);
        print(catchThrowable(() -> transport.read(Calls.payout())), out);
        network.refuseConnections();
        print(catchThrowable(() -> transport.sendOnce(Calls.payout())), out);
        out.println(exchanges);

        assertThat(printed.toString()).doesNotContain(Calls.API_KEY, Calls.CARD, "query-value", NAME, "Caused by");
    }

    private static void print(Throwable thrown, PrintWriter out) {
        if (thrown != null) {
            thrown.printStackTrace(out);
        }
    }

    @Test
    void toString_everyPublicType_showsNoSecret() {
        HttpOptions options = HttpOptions.builder()
                .proxy("proxy.example", 3128)
                .proxyCredentials("proxy-user", Secret.of("proxy-password"))
                .build();

        assertThat(options.toString() + Calls.payout() + transport + transport.sendOnce(Calls.payout()))
                .doesNotContain("proxy-user", "proxy-password", Calls.API_KEY, Calls.CARD, "query-value", NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://provider.example",
                "ftp://127.0.0.1",
                "https://user:password@provider.example",
                "https://provider.example?key=password",
                "https://provider.example#password",
                "https:/path",
                "provider"
            })
    void open_unusableBaseUrl_isRefusedWithoutRepeatingIt(String baseUrl) {
        assertThat(catchThrowable(() -> Calls.transport(URI.create(baseUrl))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("baseUrl: ")
                .hasMessageNotContaining("password");
    }

    @Test
    void open_baseUrlWithPath_isAPrefix() {
        try (HttpTransport there = Calls.transport(URI.create(provider.baseUrl() + "/api/v1/"))) {
            there.read(Calls.question());
        }

        assertThat(provider.requests().get(0).line()).isEqualTo("GET /api/v1/payouts/7 HTTP/1.1");
    }
}
