package org.unipayout.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Exchange;
import org.unipayout.Exchange.Progress;
import org.unipayout.ExchangeSink;

/** Shows every exchange, redacted, to the audit trail; what the trail does has no influence on the call. Thread-safe. */
final class AuditedChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private final Channel next;
    private final String provider;
    private final ExchangeSink sink;
    private final Redaction redaction;
    private final Clock clock;

    AuditedChannel(Channel next, String provider, HttpOptions options, Redaction redaction) {
        this.next = next;
        this.provider = provider;
        this.sink = options.exchangeSink();
        this.redaction = redaction;
        this.clock = options.clock();
    }

    @Override
    public Reply send(HttpCall call, Duration limit) {
        Instant startedAt = clock.instant();
        Reply reply = next.send(call, limit);
        if (!sink.equals(ExchangeSink.NONE)) {
            show(call, reply, startedAt);
        }
        return reply;
    }

    private void show(HttpCall call, Reply reply, Instant startedAt) {
        try {
            sink.accept(exchange(call, reply, startedAt));
        } catch (Throwable swallowed) { // money may have moved: nothing may hide the reply
            LOG.debug("An exchange sink threw; the call goes on without it");
        }
    }

    private Exchange exchange(HttpCall call, Reply reply, Instant startedAt) {
        if (reply instanceof Reply.Answer answer) {
            String requestId = answer.requestId().orElse(null);
            String responseBody = redaction.redact(answer.bytes(), call.hidden());
            return exchange(call, Progress.ANSWERED, answer.status(), requestId, responseBody, startedAt);
        }
        Reply.NoAnswer noAnswer = (Reply.NoAnswer) reply;
        return exchange(call, noAnswer.progress(), noAnswer.status(), null, "", startedAt);
    }

    private Exchange exchange(
            HttpCall call,
            Progress progress,
            int status,
            @Nullable String requestId,
            String responseBody,
            Instant startedAt) {
        byte[] requestBody = call.body();
        return new Exchange(
                provider,
                call.operation(),
                call.reference(),
                call.method(),
                call.shownPath(),
                progress,
                status,
                requestId,
                requestBody == null ? "" : redaction.redact(requestBody, call.hidden()),
                responseBody,
                startedAt,
                Duration.between(startedAt, clock.instant()));
    }
}
