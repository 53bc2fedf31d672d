package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Evidence;
import org.unipayout.Exchange.Progress;
import org.unipayout.Operation;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.UnreachableAddress;

/** A call that may move money leaves at most once, and says how far it got. */
class HttpTransportSendOnceTest {
    private record Created(String id) {}

    private final Upstream provider = Upstream.answering(request -> Upstream.ok("{\"id\":\"p-1\"}"));
    private final FaultServer network = FaultServer.before(provider.baseUrl());
    private HttpTransport transport;

    @BeforeEach
    void open() {
        transport = Calls.transport(network.baseUrl());
    }

    @AfterEach
    void close() {
        transport.close();
        network.close();
        provider.close();
    }

    @Test
    void sendOnce_answer_comesWhole() throws Exception {
        Reply.Answer answer = (Reply.Answer) transport.sendOnce(Calls.payout());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.successful()).isTrue();
        assertThat(answer.header("content-LENGTH")).contains("12");
        assertThat(answer.json(Created.class)).isEqualTo(new Created("p-1"));
    }

    @Test
    void sendOnce_request_leavesAsGiven() {
        transport.sendOnce(Calls.payout());

        Upstream.Seen seen = provider.requests().get(0);
        assertThat(seen.line()).isEqualTo("POST /payouts?trace=query-value HTTP/1.1");
        assertThat(seen.head()).containsIgnoringCase("api-key: " + Calls.API_KEY);
        assertThat(seen.head()).containsIgnoringCase("content-type: application/json\r\n");
        assertThat(seen.body()).isEqualTo("{\"amount\":100,\"pan\":\"" + Calls.CARD + "\"}");
    }

    @Test
    void sendOnce_postWithoutBody_hasNoContentType() {
        transport.sendOnce(
                HttpCall.builder(Operation.CONFIRM, "POST", "/confirm").build());

        assertThat(provider.requests().get(0).head())
                .doesNotContainIgnoringCase("content-type")
                .containsIgnoringCase("content-length: 0");
    }

    static Stream<Arguments> answersThatInviteToRepeat() {
        return Stream.of(
                arguments(408, Map.of()),
                arguments(408, Map.of("Retry-After", "0")),
                arguments(503, Map.of("Retry-After", "0")),
                arguments(429, Map.of("Retry-After", "0")),
                arguments(401, Map.of("WWW-Authenticate", "Basic realm=\"x\"")),
                arguments(421, Map.of()),
                arguments(301, Map.of("Location", "/elsewhere")),
                arguments(302, Map.of("Location", "/elsewhere")),
                arguments(303, Map.of("Location", "/elsewhere")),
                arguments(307, Map.of("Location", "/elsewhere")),
                arguments(308, Map.of("Location", "/elsewhere")));
    }

    @ParameterizedTest
    @MethodSource("answersThatInviteToRepeat")
    void sendOnce_answerInvitesToRepeat_leavesOnce(int status, Map<String, String> headers) {
        network.on(request -> true).play(Fault.answer(status, headers, "{}"));

        Reply.Answer answer = (Reply.Answer) transport.sendOnce(Calls.payout());

        assertThat(answer.status()).isEqualTo(status);
        headers.forEach((name, value) -> assertThat(answer.header(name)).contains(value));
        assertThat(network.exchanges()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void sendOnce_withoutBodyAnd503WithRetryAfterZero_leavesOnce(String method) {
        network.on(request -> true).play(Fault.answer(503, Map.of("Retry-After", "0"), "{}"));

        Reply.Answer answer = (Reply.Answer) transport.sendOnce(
                HttpCall.builder(Operation.CANCEL, method, "/payouts/7").build());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(network.exchanges()).hasSize(1);
    }

    static Stream<Arguments> faultsAfterWriting() {
        return Stream.of(
                arguments(Fault.RESET_INSIDE_REQUEST, Progress.REQUEST_WRITTEN, Evidence.Kind.NO_ANSWER),
                arguments(Fault.LOSE_REQUEST, Progress.REQUEST_WRITTEN, Evidence.Kind.NO_ANSWER),
                arguments(Fault.RESET_AFTER_REQUEST, Progress.REQUEST_WRITTEN, Evidence.Kind.NO_ANSWER),
                arguments(Fault.CLOSE_AFTER_REQUEST, Progress.REQUEST_WRITTEN, Evidence.Kind.NO_ANSWER),
                arguments(Fault.HANG_AFTER_REQUEST, Progress.REQUEST_WRITTEN, Evidence.Kind.NO_ANSWER),
                arguments(Fault.CUT_HEADERS, Progress.REQUEST_WRITTEN, Evidence.Kind.NO_ANSWER),
                arguments(Fault.CUT_BODY, Progress.ANSWER_BEGUN, Evidence.Kind.NO_ANSWER),
                arguments(Fault.STALL_BODY, Progress.ANSWER_BEGUN, Evidence.Kind.NO_ANSWER),
                arguments(Fault.OVERSIZE_BODY, Progress.ANSWER_BEGUN, Evidence.Kind.UNREADABLE_ANSWER));
    }

    @ParameterizedTest
    @MethodSource("faultsAfterWriting")
    void sendOnce_brokenAfterWriting_isNoAnswerAndLeavesOnce(Fault fault, Progress progress, Evidence.Kind kind) {
        network.on(request -> true).always().play(fault);

        Reply.NoAnswer noAnswer = (Reply.NoAnswer) transport.sendOnce(Calls.payout());

        assertThat(noAnswer.progress()).isEqualTo(progress);
        assertThat(noAnswer.evidence().kind()).isEqualTo(kind);
        assertThat(network.exchanges()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("faultsAfterWriting")
    void prepare_brokenAfterWriting_isNotPreparedAndLeavesOnce(Fault fault) {
        network.on(request -> true).always().play(fault);

        assertThatThrownBy(() -> transport.prepare(Calls.payout())).isInstanceOf(PayoutNotPreparedException.class);
        assertThat(network.exchanges()).hasSize(1);
    }

    @Test
    void sendOnce_connectedButNothingRead_isNoAnswer() {
        network.onConnection().always().play(Fault.HANG_ON_CONNECT);

        Reply.NoAnswer noAnswer = (Reply.NoAnswer) transport.sendOnce(Calls.payout());

        assertThat(noAnswer.progress()).isEqualTo(Progress.REQUEST_WRITTEN);
        assertThat(network.connections()).isEqualTo(1);
    }

    @Test
    void sendOnce_resetAsSoonAsConnected_connectsOnceOnly() {
        network.onConnection().always().play(Fault.RESET_BEFORE_REQUEST);

        // Whether a byte was written before the reset arrived is a race, so both ends are true ones.
        assertThat(catchThrowable(
                        () -> assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.NoAnswer.class)))
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        notSent -> assertThat(notSent).isInstanceOf(PayoutNotSentException.class));
        assertThat(network.connections()).isEqualTo(1);
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void sendOnce_providerPretendsToBeAProxy_isNoAnswerAndLeavesOnce() {
        network.on(request -> true)
                .always()
                .play(Fault.answer(407, Map.of("Proxy-Authenticate", "Basic realm=\"x\""), "{}"));

        Reply.NoAnswer noAnswer = (Reply.NoAnswer) transport.sendOnce(Calls.payout());

        assertThat(noAnswer.progress()).isEqualTo(Progress.ANSWER_BEGUN);
        assertThat(network.exchanges()).hasSize(1);
    }

    @Test
    void sendOnce_answerIsNoHttp_isNoAnswerWhoseAnswerBegan() {
        try (Upstream babble = Upstream.answering(request -> "SSH-2.0-OpenSSH_9\r\n\r\n");
                HttpTransport there = Calls.transport(babble.baseUrl())) {
            Reply.NoAnswer noAnswer = (Reply.NoAnswer) there.sendOnce(Calls.payout());

            assertThat(noAnswer.progress()).isEqualTo(Progress.ANSWER_BEGUN);
            assertThat(babble.requests()).hasSize(1);
        }
    }

    @Test
    void sendOnce_chunkedAnswerIsCut_isNoAnswer() {
        try (Upstream cut = Upstream.answering(request -> {
                    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n{\"a\":\r\n";
                });
                HttpTransport there = Calls.transport(cut.baseUrl())) {
            Reply.NoAnswer noAnswer = (Reply.NoAnswer) there.sendOnce(Calls.payout());

            assertThat(noAnswer.progress()).isEqualTo(Progress.ANSWER_BEGUN);
            assertThat(noAnswer.evidence().kind()).isEqualTo(Evidence.Kind.NO_ANSWER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBLE_BODY", "EMPTY_BODY", "DEEP_JSON", "HTML_ERROR"})
    void sendOnce_completeAnswerThatIsNoJson_isUnreadable(String name) throws Exception {
        network.on(request -> true).play((Fault) Fault.class.getField(name).get(null));

        Reply.Answer answer = (Reply.Answer) transport.sendOnce(Calls.payout());

        assertThatThrownBy(() -> answer.json(Map.class))
                .isInstanceOf(UnreadableBodyException.class)
                .hasNoCause();
    }

    @Test
    void sendOnce_userAgent_namesTheVersion() {
        transport.sendOnce(Calls.payout());

        assertThat(provider.requests().get(0).head()).containsPattern("(?im)^user-agent: unipayout/[0-9]+\\.[^ ${}]+$");
    }

    @Test
    void sendOnce_answerOfExactlyTheLimit_isAnAnswer() {
        String atLimit = "\"" + "x".repeat(98) + "\"";
        try (Upstream there = Upstream.answering(request -> Upstream.ok(atLimit));
                HttpTransport limited =
                        Calls.transport(there.baseUrl(), Calls.options().maxResponseBytes(100))) {
            assertThat(limited.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
        }
    }

    @Test
    void sendOnce_errorAnswerOverTheLimit_isNoAnswer() {
        try (Upstream there = Upstream.answering(request -> Upstream.status(400, "", "x".repeat(101)));
                HttpTransport limited =
                        Calls.transport(there.baseUrl(), Calls.options().maxResponseBytes(100))) {
            Reply.NoAnswer noAnswer = (Reply.NoAnswer) limited.sendOnce(Calls.payout());

            assertThat(noAnswer.evidence().kind()).isEqualTo(Evidence.Kind.UNREADABLE_ANSWER);
        }
    }

    @Test
    void sendOnce_connectionRefused_isNotSent() {
        network.refuseConnections();

        assertThatThrownBy(() -> transport.sendOnce(Calls.payout()))
                .isInstanceOf(PayoutNotSentException.class)
                .hasNoCause()
                .hasMessageContaining("refused")
                .hasMessageContaining("order-7");
    }

    @Test
    void sendOnce_connectTimesOut_isNotSent() {
        try (UnreachableAddress nowhere = FaultServer.unreachable();
                HttpTransport there = Calls.transport(nowhere.baseUrl())) {
            assertThatThrownBy(() -> there.sendOnce(Calls.payout()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageContaining("connecting timed out");
        }
    }

    @Test
    void prepare_connectionRefused_isNotSent() {
        network.refuseConnections();

        assertThatThrownBy(() -> transport.prepare(Calls.payout())).isInstanceOf(PayoutNotSentException.class);
    }

    @Test
    void sendOnce_unknownHost_isNotSent() {
        try (HttpTransport there = Calls.transport(URI.create("https://provider.invalid"))) {
            assertThatThrownBy(() -> there.sendOnce(Calls.payout()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasNoCause();
        }
    }

    @Test
    void sendOnce_deadlinePassesWhileDripping_isNoAnswer() {
        network.on(request -> true).play(Fault.HANG_AFTER_REQUEST);
        try (HttpTransport hasty = Calls.transport(
                network.baseUrl(),
                Calls.options().readTimeout(Duration.ofSeconds(60)).callDeadline(Duration.ofMillis(300)))) {
            Reply.NoAnswer noAnswer = (Reply.NoAnswer) hasty.sendOnce(Calls.payout());

            assertThat(noAnswer.progress()).isEqualTo(Progress.REQUEST_WRITTEN);
            assertThat(noAnswer.evidence().text()).contains("deadline");
        }
    }

    @Test
    void sendOnce_serverClosesIdleConnections_everyCallIsAnswered() {
        network.on(request -> true).always().play(Fault.CLOSE_IDLE);

        for (int call = 0; call < 5; call++) {
            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
        }
        assertThat(provider.requests()).hasSize(5);
    }

    @Test
    void sendOnce_twice_usesTwoConnections() {
        transport.sendOnce(Calls.payout());
        transport.sendOnce(Calls.payout());

        assertThat(network.connections()).isEqualTo(2);
    }

    /** An answer is handed over a moment before its connection is free again, so the next call waits for that here. */
    @Test
    void read_twice_sharesAConnection() throws InterruptedException {
        Semaphore released = new Semaphore(0);
        OkHttpClient heard = new OkHttpClient.Builder()
                .eventListener(new EventListener() {
                    @Override
                    public void connectionReleased(Call call, Connection connection) {
                        released.release();
                    }
                })
                .build();
        try (HttpTransport own =
                Calls.transport(network.baseUrl(), Calls.options().okHttpClient(heard))) {
            own.read(Calls.question());
            assertThat(released.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            own.read(Calls.question());
        }

        assertThat(network.connections()).isEqualTo(1);
    }

    @Test
    void sendOnce_afterRead_doesNotTakeItsConnection() {
        transport.read(Calls.question());
        transport.sendOnce(Calls.payout());

        assertThat(network.connections()).isEqualTo(2);
    }

    @Test
    void sendOnce_redirectToAnotherHost_doesNotFollow() {
        try (Upstream thief = Upstream.answering(request -> Upstream.ok("{}"))) {
            network.on(request -> true)
                    .always()
                    .play(Fault.answer(307, Map.of("Location", thief.baseUrl() + "/payouts"), ""));

            transport.sendOnce(Calls.payout());
            transport.read(Calls.question());

            assertThat(thief.connections()).isZero();
        }
    }
}
