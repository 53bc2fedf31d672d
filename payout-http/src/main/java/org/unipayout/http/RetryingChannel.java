package org.unipayout.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import org.unipayout.Sleeper;

/**
 * Asks again: after no answer and after answers that say "not now", with pauses that grow and differ, until the limit.
 *
 * <p>Only for questions. A pause that the server asks for is kept in full; if it does not fit, there is no point in
 * asking. Thread-safe.
 */
final class RetryingChannel implements Channel {
    private static final Set<Integer> NOT_NOW = Set.of(408, 429, 500, 502, 503, 504);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int DOUBLINGS = 5;

    private final Channel next;
    private final CallRunner runner;
    private final Duration callDeadline;
    private final Clock clock;
    private final Sleeper sleeper;
    private final DoubleSupplier random;

    RetryingChannel(Channel next, CallRunner runner, HttpOptions options) {
        this.next = next;
        this.runner = runner;
        this.callDeadline = options.callDeadline();
        this.clock = options.clock();
        this.sleeper = options.sleeper();
        this.random = options.random();
    }

    /** The last complete answer whatever its status, or no answer if there never was one. */
    @Override
    public Reply send(HttpCall call, Duration limit) {
        Instant deadline = clock.instant().plus(limit);
        Duration paused = Duration.ZERO; // counts as well, so that a clock that is set back cannot keep us here
        Reply best = next.send(call, shorter(callDeadline, limit));
        Reply latest = best;
        for (int repetition = 0; asksForAnother(latest); repetition++) {
            Duration pause = pause(latest, repetition);
            Duration left = shorter(Duration.between(clock.instant(), deadline), limit.minus(paused))
                    .minus(pause);
            if (left.toMillis() < 1 || !runner.pause(sleeper, pause)) {
                return best;
            }
            paused = paused.plus(pause);
            latest = next.send(call, shorter(callDeadline, left));
            best = latest instanceof Reply.Answer || best instanceof Reply.NoAnswer ? latest : best;
        }
        return best;
    }

    private static boolean asksForAnother(Reply reply) {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        return !(reply instanceof Reply.Answer answer) || NOT_NOW.contains(answer.status());
    }

    /** At least half of a step that doubles each time, so that clients that failed together do not come back together. */
    private Duration pause(Reply reply, int repetition) {
        long step = FIRST_PAUSE.toMillis() << Math.min(repetition, DOUBLINGS);
        Duration own = Duration.ofMillis(step / 2 + (long) (random.getAsDouble() * step / 2));
        Duration asked = reply instanceof Reply.Answer answer
                ? answer.header("Retry-After").map(this::retryAfter).orElse(Duration.ZERO)
                : Duration.ZERO;
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /** Seconds or an HTTP date (RFC 9110, section 10.2.3); zero if it is neither. */
    private Duration retryAfter(String value) {
        try {
            return SECONDS.matcher(value).matches()
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException unreadable) {
            return Duration.ZERO;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
