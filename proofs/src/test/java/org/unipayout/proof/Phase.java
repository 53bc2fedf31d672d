package org.unipayout.proof;

import static java.util.Map.entry;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.ReceivedRequest;

/** How far an exchange gets before it breaks, and how it breaks: the columns of the fault matrix. */
@SuppressWarnings("ImmutableEnumChecker") // a fault is immutable
enum Phase {
    REFUSED(
            "refused",
            "the connection is refused, and so are all until the merchant comes back",
            Fault.REFUSE_AFTERWARDS),
    HANG_ON_CONNECT("connected, silence", "the connection is accepted, and nothing is read", Fault.HANG_ON_CONNECT),
    RESET_BEFORE_REQUEST("connected, reset", "reset before a byte of the request is read", Fault.RESET_BEFORE_REQUEST),
    RESET_INSIDE_REQUEST("reset in request", "reset between headers and body", Fault.RESET_INSIDE_REQUEST),
    REQUEST_LOST("request lost", "the whole request is read and lost, then reset", Fault.LOSE_REQUEST),
    REQUEST_LATE("request late", "executed just after the client gave up", Fault.lateRequest(Patience.EXCEEDED)),
    ANSWER_LOST("answer lost", "executed, then reset without an answer", Fault.RESET_AFTER_REQUEST),
    ANSWER_CLOSED("closed", "executed, then closed in good order without an answer", Fault.CLOSE_AFTER_REQUEST),
    ANSWER_SILENT("silence", "executed, and no answer ever comes", Fault.HANG_AFTER_REQUEST),
    ANSWER_LATE(
            "answer late", "executed, and the answer comes after the deadline", Fault.slowAnswer(Patience.EXCEEDED)),
    HEAD_CUT("head cut", "executed, the answer's headers break off", Fault.CUT_HEADERS),
    BODY_CUT("body cut", "executed, the answer's body breaks off", Fault.CUT_BODY),
    BODY_STALLED("body stalled", "executed, half of the answer's body, then silence", Fault.STALL_BODY),
    GARBLED("garbled", "executed, 200 and bytes that are no text", Fault.GARBLE_BODY),
    EMPTY("empty", "executed, 200 and no body", Fault.EMPTY_BODY),
    OVERSIZE("32 MiB", "executed, 200 and a body of 32 MiB", Fault.OVERSIZE_BODY),
    DEEP("deep", "executed, 200 and 100,000 nested lists", Fault.DEEP_JSON),
    OBJECT_DONE(
            "{} done",
            "executed, 200 and an empty JSON object",
            answer(200, "{}").afterForwarding()),
    OBJECT("{}", "not executed, 200 and an empty JSON object", answer(200, "{}")),
    LIST_DONE(
            "[] done", "executed, 200 and an empty JSON list", answer(200, "[]").afterForwarding()),
    LIST("[]", "not executed, 200 and an empty JSON list", answer(200, "[]")),
    NO_CONTENT("204 done", "executed, 204", answer(204, "").afterForwarding()),
    PORTAL("200 page", "not executed, somebody's page with 200", page(200)),
    MOVED("307", "not executed, sent elsewhere", moved()),
    MOVED_DONE("307 done", "executed, and sent elsewhere", moved().afterForwarding()),
    FIREWALL("403 page", "not executed, a firewall's page", page(403)),
    FIREWALL_DONE(
            "403 page done",
            "executed, and a firewall's page for its answer",
            page(403).afterForwarding()),
    NOT_FOUND("404 page", "not executed, a page that is not the provider's", page(404)),
    NOT_FOUND_DONE(
            "404 page done",
            "executed, and a page that is not the provider's",
            page(404).afterForwarding()),
    TIMEOUT("408", "not executed, 408", answer(408, "")),
    TIMEOUT_DONE("408 done", "executed, 408", answer(408, "").afterForwarding()),
    TOO_MANY("429", "not executed, 429 with Retry-After: 0", retryAfterZero(429)),
    ERROR("500", "not executed, 500", answer(500, "")),
    ERROR_DONE("500 done", "executed, 500", answer(500, "").afterForwarding()),
    BAD_GATEWAY("502 page", "not executed, a gateway's page", page(502)),
    BAD_GATEWAY_DONE("502 page done", "executed, a gateway's page", page(502).afterForwarding()),
    UNAVAILABLE("503", "not executed, 503 with Retry-After: 0", retryAfterZero(503)),
    UNAVAILABLE_DONE(
            "503 done", "executed, 503 with Retry-After: 0", retryAfterZero(503).afterForwarding()),
    GATEWAY_TIMEOUT("504", "not executed, 504", answer(504, "{}")),
    GATEWAY_TIMEOUT_DONE("504 done", "executed, 504", answer(504, "{}").afterForwarding());

    private final String title;
    private final String words;
    private final Fault fault;

    Phase(String title, String words, Fault fault) {
        this.title = title;
        this.words = words;
        this.fault = fault;
    }

    private static Fault answer(int status, String body) {
        return Fault.answer(status, Map.of("Content-Type", "application/json"), body);
    }

    private static Fault page(int status) {
        return Fault.answer(
                status,
                Map.of("Content-Type", "text/html"),
                "<html><head><title>Please wait</title></head><body>This is not the page you are looking for</body></html>");
    }

    private static Fault moved() {
        return Fault.answer(307, Map.of("Location", "/elsewhere"), "");
    }

    private static Fault retryAfterZero(int status) {
        return Fault.answer(
                status, Map.ofEntries(entry("Retry-After", "0"), entry("Content-Type", "text/html")), "<html></html>");
    }

    String title() {
        return title;
    }

    String words() {
        return words;
    }

    /** Sets the fault up for one exchange, counted from 0. */
    void layOn(FaultServer network, int exchange) {
        switch (this) {
            case REFUSED -> refuse(network, exchange);
            case HANG_ON_CONNECT, RESET_BEFORE_REQUEST -> {
                network.onConnection(exchange).play(fault);
                network.on(any -> true).always().play(Fault.LAST_ON_CONNECTION); // so that each exchange has its own
            }
            default -> network.on(number(exchange)).play(fault);
        }
    }

    /** Sets the fault up for the next exchange of a kind; only if it {@link #isOfARequest}. */
    void layOn(FaultServer network, Predicate<ReceivedRequest> request) {
        network.on(request).play(fault);
    }

    /** Whether it strikes after something of the request is read. */
    boolean isOfARequest() {
        return switch (this) {
            case REFUSED, HANG_ON_CONNECT, RESET_BEFORE_REQUEST -> false;
            default -> true;
        };
    }

    private void refuse(FaultServer network, int exchange) {
        if (exchange == 0) {
            network.refuseConnections();
        } else {
            network.on(number(exchange - 1)).play(fault);
        }
    }

    private static Predicate<ReceivedRequest> number(int number) {
        AtomicInteger before = new AtomicInteger(number);
        return any -> before.getAndDecrement() == 0;
    }
}
