package org.unipayout.examples.recipes;

import java.util.function.Consumer;
import org.unipayout.Exchange;
import org.unipayout.ExchangeSink;

/** Keeps what was said over the wire, redacted: one line for each exchange. */
// snippet: audit
final class AuditTrail implements ExchangeSink {
    private final Consumer<String> lines; // a logger of its own, a queue: quick and thread-safe

    AuditTrail(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void accept(Exchange exchange) { // HttpOptions.builder().exchangeSink(…)
        lines.accept(String.join(
                "\t",
                exchange.startedAt().toString(),
                exchange.provider(),
                String.valueOf(exchange.reference()),
                exchange.method() + " " + exchange.path(),
                exchange.progress().name(), // NOTHING_WRITTEN: the provider received nothing
                String.valueOf(exchange.httpStatus()),
                String.valueOf(exchange.requestId()), // what the provider's support asks for
                exchange.requestBody(), // only fields that may be shown, the others are ***
                exchange.responseBody()));
    }
}
// end
