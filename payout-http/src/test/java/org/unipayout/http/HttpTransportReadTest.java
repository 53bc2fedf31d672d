package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Operation;
import org.unipayout.PayoutReadException;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.MovableClock;

/** Questions are repeated patiently, and not for ever. */
class HttpTransportReadTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final MovableClock clock = MovableClock.standingAt(NOON);
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final Queue<String> answers = new ArrayDeque<>();
    private final Upstream provider =
            Upstream.answering(request -> answers.size() > 1 ? answers.remove() : answers.element());
    private final FaultServer network = FaultServer.before(provider.baseUrl());
    private double random = 0.5;
    private final HttpTransport transport = Calls.transport(
            network.baseUrl(),
            Calls.options()
                    .readDeadline(Duration.ofSeconds(30))
                    .time(
                            clock,
                            duration -> {
                                pauses.add(duration);
                                clock.advance(duration);
                            },
                            () -> random));

    @AfterEach
    void close() {
        transport.close();
        network.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void read_passingTrouble_isRepeated(int status) {
        answers.add(Upstream.status(status, "", "{}"));
        answers.add(Upstream.ok("{}"));

        assertThat(transport.read(Calls.question()).status()).isEqualTo(200);
        assertThat(provider.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 400, 401, 404, 409, 501})
    void read_anyOtherAnswer_isNotRepeated(int status) {
        answers.add(Upstream.status(status, "", ""));

        assertThat(transport.read(Calls.question()).status()).isEqualTo(status);
        assertThat(provider.requests()).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void read_brokenAnswers_areRepeated() {
        answers.add(Upstream.ok("{}"));
        List<Fault> faults = List.of(
                Fault.RESET_AFTER_REQUEST,
                Fault.CUT_HEADERS,
                Fault.CUT_BODY,
                Fault.CLOSE_AFTER_REQUEST,
                Fault.OVERSIZE_BODY);
        faults.forEach(fault -> network.on(request -> true).play(fault));

        assertThat(transport.read(Calls.question()).status()).isEqualTo(200);
        assertThat(network.exchanges()).hasSize(faults.size() + 1);
    }

    @Test
    void read_trouble_pausesGrowByDoublingUpToALimit() {
        answers.add(Upstream.status(503, "", "{}"));
        random = 0;

        transport.read(Calls.question());

        assertThat(pauses.subList(0, 8))
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 3200L, 3200L);
    }

    @Test
    void read_trouble_pausesVaryByChance() {
        answers.add(Upstream.status(503, "", "{}"));
        answers.add(Upstream.ok("{}"));
        random = 0.75;

        transport.read(Calls.question());

        assertThat(pauses).containsExactly(Duration.ofMillis(175));
    }

    @Test
    void read_troubleForEver_stopsAtDeadlineWithLastAnswer() {
        answers.add(Upstream.status(500, "", "{}"));
        answers.add(Upstream.status(503, "", "{}"));

        assertThat(transport.read(Calls.question()).status()).isEqualTo(503);
        assertThat(clock.instant()).isBetween(NOON.plusSeconds(25), NOON.plusSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"SUBMIT, 6", "PREPARE, 6", "CONFIRM, 6", "CANCEL, 6", "GET, 30", "BALANCE, 30", "EXTRA, 30"})
    void read_lookOfAnotherOperation_takesAThirdOfTheCallDeadlineAtMost(Operation operation, int seconds) {
        answers.add(Upstream.status(503, "", "{}"));
        HttpOptions.Builder options = Calls.options()
                .readDeadline(Duration.ofSeconds(30))
                .callDeadline(Duration.ofSeconds(18))
                .time(clock, clock::advance, () -> 1);
        try (HttpTransport there = Calls.transport(provider.baseUrl(), options)) {
            there.read(HttpCall.builder(operation, "GET", "/payouts/7").build());
        }

        assertThat(Duration.between(NOON, clock.instant()))
                .isLessThanOrEqualTo(Duration.ofSeconds(seconds))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds / 2));
    }

    @Test
    void read_clockStandsStill_stopsNevertheless() {
        answers.add(Upstream.status(503, "", "{}"));
        List<Duration> slept = Collections.synchronizedList(new ArrayList<>());
        try (HttpTransport there = Calls.transport(
                provider.baseUrl(),
                Calls.options()
                        .readDeadline(Duration.ofSeconds(30))
                        .time(MovableClock.standingAt(NOON), slept::add, () -> 0))) {
            assertThat(there.read(Calls.question()).status()).isEqualTo(503);
            assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void read_neverAnAnswer_throwsRead() {
        network.on(request -> true).always().play(Fault.RESET_AFTER_REQUEST);
        answers.add(Upstream.ok("{}"));

        assertThatThrownBy(() -> transport.read(Calls.question()))
                .isInstanceOf(PayoutReadException.class)
                .hasNoCause();
        assertThat(pauses).hasSizeGreaterThan(5);
    }

    @Test
    void read_answerThenSilence_returnsTheAnswer() {
        answers.add(Upstream.status(503, "", "{}"));
        answers.add("");

        assertThat(transport.read(Calls.question()).status()).isEqualTo(503);
    }

    @Test
    void read_connectionRefused_isRepeatedThenThrowsRead() {
        network.refuseConnections();

        assertThatThrownBy(() -> transport.read(Calls.question())).isInstanceOf(PayoutReadException.class);
        assertThat(pauses).isNotEmpty();
    }

    @Test
    void read_retryAfterInSeconds_isKept() {
        answers.add(Upstream.status(429, "Retry-After: 7\r\n", "{}"));
        answers.add(Upstream.ok("{}"));

        transport.read(Calls.question());

        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void read_retryAfterAsDate_isKept() {
        answers.add(Upstream.status(503, "Retry-After: Mon, 02 Mar 2026 12:00:09 GMT\r\n", "{}"));
        answers.add(Upstream.ok("{}"));

        transport.read(Calls.question());

        assertThat(pauses).containsExactly(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "Mon, 02 Mar 2026 11:00:00 GMT", "99999999999999999999"})
    void read_retryAfterOfNoUse_keepsOwnPause(String value) {
        answers.add(Upstream.status(503, "Retry-After: " + value + "\r\n", "{}"));
        answers.add(Upstream.ok("{}"));

        assertThat(transport.read(Calls.question()).status()).isEqualTo(200);
        assertThat(pauses).containsExactly(Duration.ofMillis(150));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "999999999", "Tue, 03 Mar 2026 12:00:00 GMT"})
    void read_retryAfterBeyondDeadline_returnsAtOnce(String value) {
        answers.add(Upstream.status(503, "Retry-After: " + value + "\r\n", "{}"));

        assertThat(transport.read(Calls.question()).status()).isEqualTo(503);
        assertThat(pauses).isEmpty();
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void read_postQuestion_isRepeatedWithItsBody() {
        answers.add(Upstream.status(503, "Retry-After: 0\r\n", "{}"));
        answers.add(Upstream.ok("{}"));

        transport.read(Calls.payout());

        assertThat(provider.requests())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen.body()).contains("amount"));
    }

    @Test
    void read_staleConnection_isAskedAgain() {
        answers.add(Upstream.ok("{}"));
        transport.read(Calls.question());
        provider.hangUp();
        network.refuseConnections();
        network.acceptAgain();

        assertThat(transport.read(Calls.question()).status()).isEqualTo(200);
    }
}
