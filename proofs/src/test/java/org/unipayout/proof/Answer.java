package org.unipayout.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An HTTP answer as it goes over the wire, right or wrong. Immutable; its bytes are shared, not copied. */
final class Answer {
    static final Answer UNUSABLE =
            new Answer("HTTP/1.1 500 Internal Server Error", List.of("Content-Length: 0"), new byte[0]);

    private final String statusLine;
    private final List<String> headers;
    private final byte[] body;

    /**
     * What is sent, without any check.
     *
     * @param headers lines
     */
    Answer(String statusLine, List<String> headers, byte[] body) {
        this.statusLine = statusLine;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    String statusLine() {
        return statusLine;
    }

    List<String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    Answer withStatusLine(String line) {
        return new Answer(line, headers, body);
    }

    Answer withHeaders(List<String> lines) {
        return new Answer(statusLine, lines, body);
    }

    /** The same head with another body, whose length it tells. */
    Answer withBody(byte[] other) {
        List<String> lines = new ArrayList<>(headers);
        lines.replaceAll(line -> line.startsWith("Content-Length:") ? "Content-Length: " + other.length : line);
        return new Answer(statusLine, lines, other);
    }

    /** Whether a client that asks will ask again for a while. */
    boolean invitesARepeat() {
        String[] words = statusLine.split(" ", -1);
        return words.length < 2
                || !words[1].matches("[2-5][0-9][0-9]")
                || List.of("408", "429", "500", "502", "503", "504").contains(words[1])
                || headers.stream().noneMatch(("Content-Length: " + body.length)::equals);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 512);
        bytes.writeBytes(latin(statusLine + "\r\n"));
        headers.forEach(line -> bytes.writeBytes(latin(line + "\r\n")));
        bytes.writeBytes(latin("\r\n"));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
