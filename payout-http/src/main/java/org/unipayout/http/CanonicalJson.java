package org.unipayout.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A JSON document in canonical text: keys sorted by code point at every level, characters raw, numbers as they were
 * written, escapes as Python's {@code json.dumps(ensure_ascii=False)} writes them.
 *
 * <p>A stranger may send a document, so that it must cost little to find out that its signature is wrong: it is made
 * canonical once and in place, because no canonical string is longer than what it came from, and members are sorted as ranges
 * of bytes. An index of its members, and a second copy if they do not stand in order, is all that is allocated. Nothing
 * here proves that the text is JSON; what was signed is read out of the canonical text, by {@link #read}. Not thread-safe.
 */
public final class CanonicalJson {
    private static final int MAX_DEPTH = 100;
    private static final int SHORTEST_MEMBER = 5; // "":1 and a comma
    private static final int CHUNK = 8192;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] text;
    private final long[] members;
    private byte[] scratch = {};
    private int in;
    private int out;
    private int top;

    /** Takes bytes; {@code Mac::update} and {@code MessageDigest::update} are such. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes some bytes; they may change afterwards.
         *
         * @param bytes where they stand
         * @param offset where they begin
         * @param length how many they are
         */
        void take(byte[] bytes, int offset, int length);
    }

    private CanonicalJson(byte[] body) {
        text = body;
        members = new long[body.length / SHORTEST_MEMBER + 1];
    }

    /**
     * Makes a document canonical.
     *
     * @param body UTF-8 JSON, which is taken over and overwritten: give a copy
     * @return its canonical text; empty if it is not JSON, names a key twice or has more than 100 levels
     */
    public static Optional<CanonicalJson> of(byte[] body) {
        CanonicalJson canonical = new CanonicalJson(body);
        try {
            canonical.value(0);
            canonical.skipSpace();
            return canonical.in == body.length ? Optional.of(canonical) : Optional.empty();
        } catch (UnreadableBodyException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Gives the text without spaces.
     *
     * @param sink takes all of it
     */
    public void compact(Sink sink) {
        sink.take(text, 0, out);
    }

    /**
     * Gives the text with a space after each comma and colon that separates, in pieces.
     *
     * @param sink takes one piece after the other
     */
    public void spaced(Sink sink) {
        byte[] chunk = new byte[CHUNK];
        int filled = 0;
        boolean quoted = false;
        for (int at = 0; at < out; at++) {
            if (filled > CHUNK - 2) {
                sink.take(chunk, 0, filled);
                filled = 0;
            }
            byte next = text[at];
            chunk[filled++] = next;
            if (quoted && next == '\\') {
                chunk[filled++] = text[++at];
            } else if (next == '"') {
                quoted = !quoted;
            } else if (!quoted && (next == ',' || next == ':')) {
                chunk[filled++] = ' ';
            }
        }
        sink.take(chunk, 0, filled);
    }

    /** {@return a digest that is equal for all ways of writing the same document: SHA-256 in hex} */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            compact(sha::update);
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads the canonical text, so that what is read is what was signed.
     *
     * @param <T> the type
     * @param type the type
     * @return the value, never null
     * @throws UnreadableBodyException as {@link Json#read}
     */
    public <T> T read(Class<T> type) throws UnreadableBodyException {
        return Json.read(Arrays.copyOf(text, out), type);
    }

    // ---------------------------------------------------------------- one pass: read at "in", write at "out"

    private void value(int depth) throws UnreadableBodyException {
        skipSpace();
        switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            default -> word();
        }
    }

    private void array(int depth) throws UnreadableBodyException {
        open(depth);
        if (closes(']')) {
            return;
        }
        do {
            value(depth);
        } while (goesOn(']'));
    }

    private void object(int depth) throws UnreadableBodyException {
        open(depth);
        if (closes('}')) {
            return;
        }
        int first = top;
        boolean more;
        do {
            skipSpace();
            int start = out;
            string();
            skipSpace();
            require(peek() == ':');
            copy();
            value(depth);
            members[top++] = ((long) start << Integer.SIZE) | out;
            skipSpace();
            more = peek() == ',';
            require(more || peek() == '}');
            copy();
        } while (more);
        arrange(first);
        top = first;
    }

    private void open(int depth) throws UnreadableBodyException {
        require(depth <= MAX_DEPTH);
        copy();
    }

    private boolean closes(char end) throws UnreadableBodyException {
        skipSpace();
        if (peek() == end) {
            copy();
            return true;
        }
        return false;
    }

    private boolean goesOn(char end) throws UnreadableBodyException {
        skipSpace();
        boolean more = peek() == ',';
        require(more || peek() == end);
        copy();
        return more;
    }

    /** A number as it was written, true, false or null. */
    private void word() throws UnreadableBodyException {
        int start = in;
        while (in < text.length && isPartOfWord(text[in])) {
            copy();
        }
        require(in > start);
    }

    private static boolean isPartOfWord(byte next) {
        return (next >= '0' && next <= '9')
                || (next >= 'a' && next <= 'z')
                || next == '-'
                || next == '+'
                || next == '.'
                || next == 'E';
    }

    private void string() throws UnreadableBodyException {
        require(peek() == '"');
        copy();
        while (peek() != '"') {
            if (peek() == '\\') {
                in++;
                escape();
            } else {
                require((peek() & 0xff) >= ' ');
                copy();
            }
        }
        copy();
    }

    private void escape() throws UnreadableBodyException {
        byte kind = peek();
        in++;
        switch (kind) {
            case '"', '\\', 'b', 'f', 'n', 'r', 't' -> {
                text[out++] = '\\';
                text[out++] = kind;
            }
            case '/' -> text[out++] = kind;
            case 'u' -> character(codePoint());
            default -> require(false);
        }
    }

    private int codePoint() throws UnreadableBodyException {
        char first = hex();
        if (!Character.isSurrogate(first)) {
            return first;
        }
        require(Character.isHighSurrogate(first) && peek() == '\\');
        in++;
        require(peek() == 'u');
        in++;
        char second = hex();
        require(Character.isLowSurrogate(second));
        return Character.toCodePoint(first, second);
    }

    private char hex() throws UnreadableBodyException {
        int value = 0;
        for (int digit = 0; digit < 4; digit++) {
            int next = Character.digit(peek(), 16);
            require(next >= 0);
            value = (value << 4) | next;
            in++;
        }
        return (char) value;
    }

    private void character(int codePoint) {
        if (codePoint < 0x20 || codePoint == '"' || codePoint == '\\') {
            escaped(codePoint);
        } else if (codePoint < 0x80) {
            text[out++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            text[out++] = (byte) (0xc0 | (codePoint >> 6));
            continued(codePoint, 0);
        } else if (codePoint < 0x10000) {
            text[out++] = (byte) (0xe0 | (codePoint >> 12));
            continued(codePoint, 6);
        } else {
            text[out++] = (byte) (0xf0 | (codePoint >> 18));
            continued(codePoint, 12);
        }
    }

    private void continued(int codePoint, int from) {
        for (int shift = from; shift >= 0; shift -= 6) {
            text[out++] = (byte) (0x80 | ((codePoint >> shift) & 0x3f));
        }
    }

    private void escaped(int codePoint) {
        text[out++] = '\\';
        int letter = "\b\t\n\f\r\"\\".indexOf(codePoint);
        if (letter >= 0) {
            text[out++] = (byte) "btnfr\"\\".charAt(letter);
            return;
        }
        text[out++] = 'u';
        text[out++] = '0';
        text[out++] = '0';
        text[out++] = HEX[codePoint >> 4];
        text[out++] = HEX[codePoint & 0xf];
    }

    private void skipSpace() {
        while (in < text.length && (text[in] == ' ' || text[in] == '\n' || text[in] == '\r' || text[in] == '\t')) {
            in++;
        }
    }

    private byte peek() throws UnreadableBodyException {
        require(in < text.length);
        return text[in];
    }

    private void copy() {
        text[out++] = text[in++];
    }

    private static void require(boolean asExpected) throws UnreadableBodyException {
        if (!asExpected) {
            throw new UnreadableBodyException("the body is not JSON");
        }
    }

    // ---------------------------------------------------------------- the members of one object, which was just closed

    private void arrange(int first) throws UnreadableBodyException {
        boolean inOrder = true;
        for (int member = first + 1; member < top && inOrder; member++) {
            inOrder = compare(members[member - 1], members[member]) < 0;
        }
        if (inOrder) {
            return;
        }
        int start = start(members[first]);
        int length = out - 1 - start;
        sort(first, top);
        for (int member = first + 1; member < top; member++) {
            require(compare(members[member - 1], members[member]) != 0);
        }
        if (scratch.length == 0) {
            scratch = new byte[text.length];
        }
        System.arraycopy(text, start, scratch, 0, length);
        int to = start;
        for (int member = first; member < top; member++) {
            int from = start(members[member]);
            int size = (int) members[member] - from;
            System.arraycopy(scratch, from - start, text, to, size);
            to += size;
            text[to++] = (byte) (member == top - 1 ? '}' : ',');
        }
    }

    private static int start(long member) {
        return (int) (member >>> Integer.SIZE);
    }

    /** Heap sort: in place, and never slower for what a stranger chose. */
    private void sort(int from, int to) {
        int size = to - from;
        for (int root = size / 2 - 1; root >= 0; root--) {
            sink(from, root, size);
        }
        for (int last = size - 1; last > 0; last--) {
            swap(from, from + last);
            sink(from, 0, last);
        }
    }

    private void sink(int from, int start, int size) {
        int root = start;
        while (2 * root + 1 < size) {
            int child = 2 * root + 1;
            if (child + 1 < size && compare(members[from + child], members[from + child + 1]) < 0) {
                child++;
            }
            if (compare(members[from + root], members[from + child]) >= 0) {
                return;
            }
            swap(from + root, from + child);
            root = child;
        }
    }

    private void swap(int one, int other) {
        long member = members[one];
        members[one] = members[other];
        members[other] = member;
    }

    /** By code point, which is the order of UTF-8 too; a canonical escape stands for one of ASCII. */
    private int compare(long left, long right) {
        int one = start(left) + 1;
        int other = start(right) + 1;
        while (true) {
            byte a = text[one];
            byte b = text[other];
            if (a == '"' || b == '"') {
                return Boolean.compare(b == '"', a == '"');
            }
            int difference = Integer.compare(plain(one), plain(other));
            if (difference != 0) {
                return difference;
            }
            one += width(one);
            other += width(other);
        }
    }

    private int width(int at) {
        if (text[at] != '\\') {
            return 1;
        }
        return text[at + 1] == 'u' ? 6 : 2;
    }

    private int plain(int at) {
        if (text[at] != '\\') {
            return text[at] & 0xff;
        }
        int letter = "btnfr\"\\".indexOf(text[at + 1]);
        return letter >= 0
                ? "\b\t\n\f\r\"\\".charAt(letter)
                : Character.digit(text[at + 4], 16) * 16 + Character.digit(text[at + 5], 16);
    }
}
