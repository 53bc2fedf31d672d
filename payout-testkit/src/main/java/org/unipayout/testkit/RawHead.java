package org.unipayout.testkit;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Start line and headers of an HTTP/1.1 message, in order and spelled as they came. Immutable. */
final class RawHead {
    /** Headers that concern one connection and not the message: each side of the fault server has its own. */
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final String startLine;
    private final List<Header> headers;

    /** One header line. */
    record Header(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    RawHead(String startLine, List<Header> headers) {
        this.startLine = startLine;
        this.headers = List.copyOf(headers);
    }

    /** The method of a request. */
    String method() {
        return word(0);
    }

    /** The path of a request without its query, percent-encoded as received. */
    String path() {
        return target().replaceFirst("\\?.*", "");
    }

    /** The status of an answer. */
    int status() {
        return Integer.parseInt(word(1));
    }

    Optional<String> first(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(Header::value)
                .findFirst();
    }

    boolean isChunked() {
        return says("Transfer-Encoding", "chunked");
    }

    /** Whether the client wants no further exchange on this connection. */
    boolean asksToClose() {
        return startLine.endsWith("HTTP/1.0") || says("Connection", "close");
    }

    /** Whether the client holds its body back until it is told to go on. */
    boolean asksToContinue() {
        return says("Expect", "100-continue");
    }

    OptionalInt contentLength() {
        return first("Content-Length")
                .map(Integer::valueOf)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** The same head without the headers that concern one connection only, framing included. */
    RawHead endToEnd() {
        return new RawHead(
                startLine,
                headers.stream()
                        .filter(header ->
                                !OF_ONE_CONNECTION.contains(header.name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    /** The request head for a connection that serves this one request; a body is framed by its length. */
    RawHead onward(int bodyLength) {
        RawHead head = endToEnd().with("Connection", "close");
        boolean hadBody = isChunked() || contentLength().isPresent();
        return hadBody ? head.with("Content-Length", Integer.toString(bodyLength)) : head;
    }

    RawHead with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.removeIf(header -> header.is(name));
        more.add(new Header(name, value));
        return new RawHead(startLine, more);
    }

    RawHead withStartLine(String line) {
        return new RawHead(line, headers);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The request as a test sees it. */
    ReceivedRequest request(byte[] body) {
        Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(header ->
                values.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header.value()));
        return new ReceivedRequest(method(), path(), query(), values, body);
    }

    private Map<String, List<String>> query() {
        Map<String, List<String>> values = new TreeMap<>();
        String query = Optional.ofNullable(URI.create(target()).getRawQuery()).orElse("");
        for (String part : query.split("&", -1)) {
            String[] pair = part.split("=", 2);
            if (!pair[0].isEmpty()) {
                values.computeIfAbsent(decode(pair[0]), name -> new ArrayList<>())
                        .add(pair.length == 2 ? decode(pair[1]) : "");
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private String target() {
        return word(1);
    }

    private String word(int index) {
        String[] words = startLine.split(" ", 3);
        return index < words.length ? words[index] : "";
    }

    private boolean says(String name, String token) {
        return first(name)
                .filter(value -> value.toLowerCase(Locale.ROOT).contains(token))
                .isPresent();
    }
}
