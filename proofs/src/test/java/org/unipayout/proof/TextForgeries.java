package org.unipayout.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** The same document written in another way: spaces, order of keys, escapes, character sets, wrappings. */
final class TextForgeries {
    private final Notice signed;
    private final Consumer<Forgery> out;

    private TextForgeries(Notice signed, Consumer<Forgery> out) {
        this.signed = signed;
        this.out = out;
    }

    static void of(Notice signed, Consumer<Forgery> out) {
        TextForgeries forgeries = new TextForgeries(signed, out);
        JsonNode document = JsonForgeries.parsed(signed.body());
        for (String space :
                List.of("", " ", "  ", "\t", "\n", "\r\n", "\f", "\u000b", "\u00a0", "\u2028", "\ufeff", "/**/")) {
            for (boolean turned : List.of(false, true)) {
                for (boolean escaped : List.of(false, true)) {
                    forgeries.written(document, space, turned, escaped);
                }
            }
        }
        forgeries.charsets(document.toString());
        forgeries.wrappings();
    }

    private void written(JsonNode document, String space, boolean turned, boolean escaped) {
        StringBuilder text = new StringBuilder();
        write(document, new Style(space, turned, escaped), text);
        String how = "space " + JsonForgeries.escaped(space) + (turned ? ", keys turned round" : "")
                + (escaped ? ", all escaped" : "");
        send(how, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A way to write.
     *
     * @param space what stands around each sign
     * @param turned whether the last key is the first
     * @param escaped whether each character of a text is an escape
     */
    private record Style(String space, boolean turned, boolean escaped) {
        String sign(char sign) {
            return space + sign + space;
        }
    }

    private static void write(JsonNode value, Style style, StringBuilder to) {
        if (value.isObject()) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(value.properties());
            if (style.turned()) {
                Collections.reverse(members);
            }
            to.append(style.sign('{'));
            for (int index = 0; index < members.size(); index++) {
                to.append(index > 0 ? style.sign(',') : "")
                        .append(text(members.get(index).getKey(), style));
                to.append(style.sign(':'));
                write(members.get(index).getValue(), style, to);
            }
            to.append(style.sign('}'));
        } else if (value.isArray()) {
            to.append(style.sign('['));
            for (int index = 0; index < value.size(); index++) {
                to.append(index > 0 ? style.sign(',') : "");
                write(value.get(index), style, to);
            }
            to.append(style.sign(']'));
        } else {
            to.append(value.isTextual() ? text(value.textValue(), style) : value.toString());
        }
    }

    private static String text(String value, Style style) {
        return style.escaped() ? JsonForgeries.escaped(value) : JsonForgeries.quoted(value);
    }

    private void charsets(String text) {
        for (String name : List.of(
                "UTF-8",
                "UTF-16",
                "UTF-16LE",
                "UTF-16BE",
                "UTF-32",
                "UTF-32LE",
                "ISO-8859-1",
                "windows-1251",
                "IBM037")) {
            send("character set " + name, text.getBytes(Charset.forName(name)));
            send("character set " + name + " with a mark", ("\ufeff" + text).getBytes(Charset.forName(name)));
        }
        send("slashes two bytes long", overlong(text, '/'));
        send("letters two bytes long", overlong(text, 'e'));
        send("slashes escaped", text.replace("/", "\\/").getBytes(StandardCharsets.UTF_8));
        send("tilde escaped", text.replace("-", "\\u002D").getBytes(StandardCharsets.UTF_8));
    }

    /** As no writer of UTF-8 may write it, and as some readers read it. */
    private static byte[] overlong(String text, char which) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            if (next == which) {
                bytes.write(0xc0 | (next >> 6));
                bytes.write(0x80 | (next & 0x3f));
            } else {
                bytes.write(next);
            }
        }
        return bytes.toByteArray();
    }

    private void wrappings() {
        String text = new String(signed.body(), StandardCharsets.UTF_8);
        for (String wrapped : List.of(
                '[' + text + ']',
                "{\"value\":" + text + '}',
                "{\"transaction\":" + text + '}',
                JsonForgeries.quoted(text),
                "payload=" + URLEncoder.encode(text, StandardCharsets.UTF_8),
                ")]}'," + text,
                "callback(" + text + ')',
                Base64.getEncoder().encodeToString(signed.body()))) {
            send("wrapped: " + wrapped.substring(0, 12), wrapped.getBytes(StandardCharsets.UTF_8));
        }
        send("compressed", compressed(signed.body()));
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void send(String how, byte[] body) {
        out.accept(Forgery.ofBody(how, body, signed));
    }
}
