package org.unipayout.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes HTTP/1.1 messages off a socket and counts their bytes. For one thread. */
final class RawReader {
    /** The first byte of a TLS handshake, and of no HTTP message. */
    private static final int TLS_HANDSHAKE = 0x16;

    private final InputStream in;
    private long bytes;

    RawReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Bytes taken so far, framing included. */
    long bytes() {
        return bytes;
    }

    /** Start line and headers; empty if the other side ended the connection between two messages. */
    Optional<RawHead> head() throws IOException {
        refuseTls();
        Optional<String> startLine = line();
        if (startLine.isEmpty()) {
            return Optional.empty();
        }
        List<RawHead.Header> headers = new ArrayList<>();
        for (String line = lineOrFail(); !line.isEmpty(); line = lineOrFail()) {
            String[] pair = line.split(":", 2);
            headers.add(new RawHead.Header(pair[0].trim(), pair.length == 2 ? pair[1].trim() : ""));
        }
        return Optional.of(new RawHead(startLine.get(), headers));
    }

    /** A request body; empty if the head announces none. */
    byte[] requestBody(RawHead head) throws IOException {
        if (head.isChunked()) {
            return chunks();
        }
        return exactly(head.contentLength().orElse(0));
    }

    /** An answer's body; without a length it lasts until the other side closes. */
    byte[] answerBody(RawHead head) throws IOException {
        if (head.isChunked()) {
            return chunks();
        }
        OptionalInt length = head.contentLength();
        if (length.isPresent()) {
            return exactly(length.getAsInt());
        }
        byte[] rest = in.readAllBytes();
        bytes += rest.length;
        return rest;
    }

    /** Such a client would wait for an answer, and this side for the end of a line. */
    private void refuseTls() throws IOException {
        in.mark(1);
        if (in.read() == TLS_HANDSHAKE) {
            throw new IOException("speaks TLS to a server without");
        }
        in.reset();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(exactly(size));
            lineOrFail();
        }
        while (!lineOrFail().isEmpty()) {
            // Trailers are dropped: the body goes on with a Content-Length, which leaves no room for them.
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        String size = lineOrFail().split(";", 2)[0].trim();
        try {
            return Integer.parseInt(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("not a chunk size", e);
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] body = in.readNBytes(length);
        bytes += body.length;
        if (body.length < length) {
            throw new EOFException("ended inside a body");
        }
        return body;
    }

    private String lineOrFail() throws IOException {
        return line().orElseThrow(() -> new EOFException("ended inside a message"));
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return endOfInput(line);
            }
            bytes++;
            line.write(next);
        }
        bytes++;
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    private static Optional<String> endOfInput(ByteArrayOutputStream line) throws EOFException {
        if (line.size() > 0) {
            throw new EOFException("ended inside a line");
        }
        return Optional.empty();
    }
}
