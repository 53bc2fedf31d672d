package org.unipayout.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Every single change of a byte of the body or of a header's value: each bit, other characters, one less, one more, cut. */
final class ByteForgeries {
    private static final byte[] PUT_IN = {' ', '0'};
    private static final byte[] PUT_OVER = {'9', '\\', (byte) 0xc0};

    private final Notice signed;
    private final Consumer<Forgery> out;

    private ByteForgeries(Notice signed, Consumer<Forgery> out) {
        this.signed = signed;
        this.out = out;
    }

    static void of(Notice signed, Consumer<Forgery> out) {
        ByteForgeries forgeries = new ByteForgeries(signed, out);
        change(signed.body(), (how, body) -> out.accept(Forgery.ofBody("body: " + how, body, signed)));
        signed.headers().forEach((name, values) -> forgeries.header(name, values.get(0)));
        forgeries.longer();
    }

    private void header(String name, String value) {
        change(value.getBytes(StandardCharsets.ISO_8859_1), (how, changed) -> {
            Map<String, List<String>> headers = new HashMap<>(signed.headers());
            headers.put(name, List.of(new String(changed, StandardCharsets.ISO_8859_1)));
            out.accept(new Forgery(name + ": " + how, signed.body(), headers, signed));
        });
    }

    private void longer() {
        for (String more : List.of(" ", "\n", "\0", "}", ",", "{}", "null", "/**/", "#")) {
            byte[] end = more.getBytes(StandardCharsets.US_ASCII);
            out.accept(Forgery.ofBody("body: followed by " + more, joined(signed.body(), end), signed));
            out.accept(Forgery.ofBody("body: behind " + more, joined(end, signed.body()), signed));
        }
        out.accept(Forgery.ofBody("body: twice", joined(signed.body(), signed.body()), signed));
    }

    private static void change(byte[] text, BiConsumer<String, byte[]> out) {
        for (int at = 0; at < text.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                out.accept("bit " + bit + " of " + at, with(text, at, (byte) (text[at] ^ (1 << bit))));
            }
            for (byte other : PUT_OVER) {
                if (other != text[at]) {
                    out.accept(other + " over " + at, with(text, at, other));
                }
            }
            for (byte more : PUT_IN) {
                out.accept(more + " before " + at, joined(text, at, new byte[] {more}, at));
            }
            if (at > 0) {
                out.accept("without " + at, joined(text, at, new byte[0], at + 1));
                out.accept("cut at " + at, Arrays.copyOf(text, at));
            }
        }
        out.accept("empty", new byte[0]);
    }

    private static byte[] with(byte[] text, int at, byte other) {
        byte[] changed = text.clone();
        changed[at] = other;
        return changed;
    }

    static byte[] joined(byte[] one, byte[] other) {
        return joined(one, one.length, other, one.length);
    }

    /** The text up to a place, something, and the text from a place on. */
    private static byte[] joined(byte[] text, int to, byte[] between, int from) {
        byte[] all = Arrays.copyOf(text, to + between.length + text.length - from);
        System.arraycopy(between, 0, all, to, between.length);
        System.arraycopy(text, from, all, to + between.length, text.length - from);
        return all;
    }
}
