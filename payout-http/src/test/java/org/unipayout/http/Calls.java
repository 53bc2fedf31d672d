package org.unipayout.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.unipayout.Operation;
import org.unipayout.Secret;

/** Calls and transports that many tests need. */
final class Calls {
    static final String API_KEY = "test-api-key-93c1";
    static final String CARD = "4111111111111111";
    static final Duration SHORT = Duration.ofMillis(400);

    private Calls() {}

    /** A call that moves money. */
    static HttpCall payout() {
        return payoutFrom("POST").build();
    }

    static HttpCall.Builder payoutFrom(String method) {
        return HttpCall.builder(Operation.SUBMIT, method, "/payouts")
                .reference("order-7")
                .secretHeader("API-KEY", Secret.of(API_KEY))
                .query("trace", "query-value")
                .body(("{\"amount\":100,\"pan\":\"" + CARD + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    static HttpCall question() {
        return HttpCall.builder(Operation.GET, "GET", "/payouts/7")
                .reference("order-7")
                .secretHeader("API-KEY", Secret.of(API_KEY))
                .build();
    }

    static HttpTransport transport(URI baseUrl) {
        return transport(baseUrl, options());
    }

    static HttpTransport transport(URI baseUrl, HttpOptions.Builder options) {
        return HttpTransport.open("test", baseUrl, options.build(), Redaction.showing("amount"));
    }

    /** For tests whose network works, on a machine that may be busy. */
    static HttpOptions.Builder patient() {
        return HttpOptions.builder().connectTimeout(Duration.ofSeconds(10)).readTimeout(Duration.ofSeconds(10));
    }

    /** For tests in which something never answers. */
    static HttpOptions.Builder options() {
        return HttpOptions.builder().connectTimeout(SHORT).readTimeout(SHORT);
    }
}
