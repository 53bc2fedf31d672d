package org.unipayout.proof;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Damages answers and notifications, always in the same way for the same source of randomness. Thread-safe. */
final class Mutator {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_OTHER = 2000;

    private static final List<String> HEADERS = List.of(
            "Content-Type: text/html",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: ;;;",
            "Content-Encoding: gzip",
            "Content-Encoding: br, deflate, x",
            "Content-Length: 0",
            "Content-Length: 1",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 5\r\nContent-Length: 6",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: identity, x",
            "Retry-After: 0",
            "Retry-After: -1",
            "Retry-After: 99999999999",
            "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
            "Location: javascript:alert(1)",
            "Location: //",
            "Date: never",
            "Set-Cookie: a=b; Domain=.",
            "WWW-Authenticate: Basic realm=\"",
            "WWW-Authenticate: Digest nonce=",
            "Proxy-Authenticate: Basic",
            "Connection: upgrade\r\nUpgrade: h2c",
            "X-Request-Id: \u0000\u0001",
            "X-Request-Id: " + "x".repeat(10_000),
            "X-Request-Id: \u00e9\u00ff",
            ": no name",
            "no colon",
            " folded: line",
            "A: " + "b".repeat(300_000));

    private final List<byte[]> bodies;
    private final List<String> values;

    /**
     * Learns from genuine ones, whose parts it puts into others.
     *
     * @param bodies at least one
     */
    Mutator(List<byte[]> bodies) {
        this.bodies = List.copyOf(bodies);
        List<String> found = new ArrayList<>();
        bodies.forEach(body -> parsed(body).ifPresent(root -> collect(root, found)));
        this.values = found.stream().distinct().toList();
    }

    private static void collect(JsonNode node, List<String> found) {
        String text = node.toString();
        if (text.length() <= LONGEST_OTHER) {
            found.add(text);
        }
        node.forEach(child -> collect(child, found));
    }

    /** The document; empty if it is not one. */
    static Optional<JsonNode> parsed(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(root -> !root.isMissingNode());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    Answer mutant(Answer genuine, SplittableRandom random) {
        Answer mutant = genuine;
        for (int i = rounds(random); i > 0; i--) {
            mutant = switch (random.nextInt(10)) {
                case 0 -> mutant.withStatusLine(statusLine(random));
                case 1 -> mutant.withHeaders(headers(mutant.headers(), random));
                default -> mutant.withBody(once(mutant.body(), random));
            };
        }
        return mutant;
    }

    byte[] mutant(byte[] genuine, SplittableRandom random) {
        byte[] mutant = genuine;
        for (int i = rounds(random); i > 0; i--) {
            mutant = once(mutant, random);
        }
        return mutant;
    }

    /** Mostly one thing is wrong, so that the rest is still read. */
    private static int rounds(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0 -> 3;
            case 1, 2 -> 2;
            default -> 1;
        };
    }

    private static String statusLine(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> "HTTP/1.1 abc";
            case 1 -> "HTTP/9.9 200 OK";
            case 2 -> "HTTP/1.1 200";
            case 3 -> "HTTP/1.0 " + random.nextInt(200, 600) + " x";
            case 4 -> "200 OK";
            default -> "HTTP/1.1 " + random.nextInt(100, 600) + " Mutant";
        };
    }

    private static List<String> headers(List<String> genuine, SplittableRandom random) {
        List<String> lines = new ArrayList<>(genuine);
        String strange = HEADERS.get(random.nextInt(HEADERS.size()));
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(random.nextInt(lines.size()));
            case 1 -> lines.set(random.nextInt(lines.size()), strange);
            case 2 -> lines.add(lines.get(random.nextInt(lines.size())));
            default -> lines.add(random.nextInt(lines.size() + 1), strange);
        }
        return lines;
    }

    private byte[] once(byte[] body, SplittableRandom random) {
        if (random.nextInt(4) > 0) {
            Optional<JsonNode> root = parsed(body);
            if (root.isPresent()) {
                return new JsonMutant(random, values).of(root.get()).getBytes(StandardCharsets.UTF_8);
            }
        }
        return bytes(body, random);
    }

    private byte[] bytes(byte[] body, SplittableRandom random) {
        int at = random.nextInt(body.length + 1);
        return switch (random.nextInt(12)) {
            case 0 -> part(body, 0, at);
            case 1 -> part(body, at, body.length);
            case 2, 3 -> flipped(body, random);
            case 4 -> joined(part(body, 0, at), noise(random), part(body, at, body.length));
            case 5 -> joined(part(body, 0, at), new byte[] {(byte) 0xC0, (byte) 0xAF}, part(body, at, body.length));
            case 6 -> joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, body);
            case 7 -> text(body).getBytes(StandardCharsets.UTF_16);
            case 8 -> text(body).getBytes(Charset.forName("UTF-32LE"));
            case 9 -> joined(body, body);
            case 10 -> joined(body, " ".repeat(1 << random.nextInt(20)).getBytes(StandardCharsets.US_ASCII));
            default -> bodies.get(random.nextInt(bodies.size()));
        };
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] part(byte[] body, int from, int to) {
        return Arrays.copyOfRange(body, from, to);
    }

    private static byte[] flipped(byte[] body, SplittableRandom random) {
        byte[] flipped = body.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] noise = new byte[random.nextInt(1, 40)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
