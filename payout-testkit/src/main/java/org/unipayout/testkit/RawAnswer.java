package org.unipayout.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/** A whole HTTP/1.1 answer, ready to be sent on or spoilt. Immutable; its bytes are shared, not copied. */
final class RawAnswer {
    /** What a fault is given when nobody was asked. */
    static final RawAnswer NONE = new RawAnswer(new RawHead("", List.of()), new byte[0], 0);

    private final RawHead head;
    private final byte[] body;
    private final long receivedBytes;

    private RawAnswer(RawHead head, byte[] body, long receivedBytes) {
        this.head = head;
        this.body = body;
        this.receivedBytes = receivedBytes;
    }

    static RawAnswer of(int status, List<RawHead.Header> headers, byte[] body) {
        return new RawAnswer(new RawHead(statusLine(status), headers).endToEnd(), body, 0).announcing(body.length);
    }

    /** Reads the answer to a request of the given method; bodies are framed by their length from here on. */
    static RawAnswer read(RawReader in, String requestMethod) throws IOException {
        RawHead head = in.head().orElseThrow(() -> new EOFException("no answer"));
        if (head.status() / 100 == 1) {
            return read(in, requestMethod);
        }
        if (requestMethod.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            // The length is that of a body which is not sent.
            RawHead whole = head.first("Content-Length")
                    .map(length -> head.endToEnd().with("Content-Length", length))
                    .orElseGet(head::endToEnd);
            return new RawAnswer(whole, new byte[0], in.bytes());
        }
        byte[] body = in.answerBody(head);
        return new RawAnswer(head.endToEnd(), body, in.bytes()).announcing(body.length);
    }

    byte[] head() {
        return head.bytes();
    }

    byte[] body() {
        return body;
    }

    /** How much came from the upstream, framing included; 0 if this answer did not come from there. */
    long receivedBytes() {
        return receivedBytes;
    }

    /** The same body bytes under a promise of another length. */
    RawAnswer announcing(long length) {
        return new RawAnswer(head.with("Content-Length", Long.toString(length)), body, receivedBytes);
    }

    /** The same answer, after which the client is to take another connection. */
    RawAnswer closing() {
        return new RawAnswer(head.with("Connection", "close"), body, receivedBytes);
    }

    /** The same headers with status 200 and another body. */
    RawAnswer replacedBy(byte[] other) {
        return new RawAnswer(head.withStartLine(statusLine(200)), other, receivedBytes).announcing(other.length);
    }

    /** The same status and headers with another body. */
    RawAnswer withBody(byte[] other) {
        return new RawAnswer(head, other, receivedBytes).announcing(other.length);
    }

    private static String statusLine(int status) {
        return "HTTP/1.1 " + status + " Simulated";
    }
}
