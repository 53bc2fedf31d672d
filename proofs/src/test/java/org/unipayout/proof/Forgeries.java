package org.unipayout.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.unipayout.testkit.ReceivedRequest;

/** All that a stranger can make of what they captured: of one notification, of others, and of the merchant's own calls. */
record Forgeries(Stand stand, List<Notice> notices, List<Notice> foreign) {
    private static final Pattern A_DIGIT = Pattern.compile("\\d(?=\")");
    private static final int BODIES_TO_SIGN = 2;

    /** Of one captured notification. */
    void of(Notice signed, Consumer<Forgery> out) {
        List<Notice> others = notices.stream()
                .filter(other -> !other.reading().equals(signed.reading()))
                .toList();
        ByteForgeries.of(signed, out);
        TextForgeries.of(signed, out);
        JsonForgeries.of(signed, others, out);
        SignatureForgeries.of(signed, others, out);
    }

    /** Of the kinds that find a receiver's own mistakes, the few that cost little. */
    void few(Consumer<Forgery> out) {
        Notice signed = notices.get(0);
        List<Notice> others = notices.subList(1, notices.size());
        TextForgeries.of(signed, out);
        SignatureForgeries.of(signed, others, out);
    }

    /** Of nothing that the provider signed for this merchant: by other keys, of other merchants', other providers', the merchant's own calls. */
    void ofOthers(Consumer<Forgery> out) {
        Notice first = notices.get(0);
        KeyForgeries.of(first, stand.environment.values(), bodiesToSign(first), out);
        for (Notice other : foreign) {
            out.accept(new Forgery("another merchant's or provider's", other.body(), other.headers(), null));
            for (Notice ours : notices) {
                out.accept(new Forgery("another's under our signature", other.body(), ours.headers(), null));
                out.accept(new Forgery("ours under another's signature", ours.body(), other.headers(), null));
            }
        }
        for (ReceivedRequest call : stand.simulator.requests()) {
            Map<String, List<String>> headers = new HashMap<>();
            notices.stream()
                    .flatMap(notice -> notice.headers().keySet().stream())
                    .forEach(name -> call.header(name).ifPresent(value -> headers.put(name, List.of(value))));
            out.accept(new Forgery("our own call turned round", call.body(), headers, null));
            for (Notice ours : notices) {
                out.accept(new Forgery("our own call under a signature", call.body(), ours.headers(), null));
                out.accept(new Forgery("under the signature of our own call", ours.body(), headers, null));
            }
        }
    }

    /** None of them the first one's own, which keeps its signature where another header is spoiled. */
    private List<byte[]> bodiesToSign(Notice first) {
        List<byte[]> bodies = new ArrayList<>();
        bodies.add(A_DIGIT.matcher(new String(first.body(), StandardCharsets.UTF_8))
                .replaceFirst(digit -> digit.group().equals("7") ? "8" : "7")
                .getBytes(StandardCharsets.UTF_8));
        notices.stream().skip(1).limit(BODIES_TO_SIGN).map(Notice::body).forEach(bodies::add);
        return bodies;
    }
}
