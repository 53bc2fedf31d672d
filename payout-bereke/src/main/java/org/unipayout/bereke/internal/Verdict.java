package org.unipayout.bereke.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.bereke.internal.wire.Envelope;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/**
 * What an answer proves about the call that it answers.
 *
 * <p>HTTP status and {@code errorCode} decide together; the bank's text only where that pair stands for rows of
 * different meaning in the table of errors, and then the row without words is the careful reading.
 *
 * @param <T> the body of a good answer
 */
public sealed interface Verdict<T> {
    /** The row of a repeated order number, whatever HTTP status it comes with. */
    String DUPLICATE = "200/1";

    /** The row of "order not found". */
    String ORDER_NOT_FOUND = "400/98 order not found in payout proxy";

    /** Short words only, because the code shows in messages. */
    Pattern CODE = Pattern.compile("-?[0-9A-Za-z]{1,8}");

    /**
     * The bank did it, and says so.
     *
     * @param body the answer
     */
    record Told<T>(T body) implements Verdict<T> {}

    /**
     * The bank says no.
     *
     * @param error the row of the error book; its {@code proves} is never {@code NOTHING}
     */
    record Refused<T>(ErrorEntry error) implements Verdict<T> {}

    /**
     * Nothing is proven.
     *
     * @param evidence why
     * @param words the row's code, or empty
     * @param error the row of the error book if the bank gave a code, or null
     */
    record Unclear<T>(
            Evidence evidence, String words, @Nullable ErrorEntry error) implements Verdict<T> {}

    /** Judges the reply to a call that was sent once. */
    static <T extends Envelope> Verdict<T> of(Reply reply, Class<T> type, ErrorBook errorBook) {
        if (reply instanceof Reply.NoAnswer none) {
            return new Unclear<>(none.evidence(), "", null);
        }
        return of((Reply.Answer) reply, type, errorBook);
    }

    /** Judges a complete answer. */
    static <T extends Envelope> Verdict<T> of(Reply.Answer answer, Class<T> type, ErrorBook errorBook) {
        T body;
        try {
            body = answer.json(type);
        } catch (UnreadableBodyException e) {
            return answer.successful()
                    ? unclear(answer, Evidence.Kind.UNREADABLE_ANSWER, "a body that is not the bank's JSON")
                    : withoutCode(answer, errorBook);
        }
        String code = body.errorCode();
        if (answer.successful() && "0".equals(code)) {
            return new Told<>(body);
        }
        return code == null || !CODE.matcher(code).matches() || answer.status() == 429
                ? withoutCode(answer, errorBook)
                : byRow(answer, row(errorBook, answer.status(), code, body.errorMessage()), errorBook);
    }

    /** The row of the error book for what the bank said; a row that proves nothing if there is none. */
    static ErrorEntry row(ErrorBook errorBook, int httpStatus, String code, @Nullable String text) {
        if (code.equals("1") || BankText.speaksOfDuplicate(text)) {
            return errorBook.entry(DUPLICATE);
        }
        String pair = httpStatus + "/" + code;
        String folded = BankText.fold(text);
        return errorBook.entries().stream()
                .filter(entry -> entry.code().startsWith(pair + " "))
                .filter(entry -> folded.contains(entry.code().substring(pair.length() + 1)))
                .findFirst()
                .orElseGet(() -> errorBook.entry(pair));
    }

    private static <T> Verdict<T> byRow(Reply.Answer answer, ErrorEntry entry, ErrorBook errorBook) {
        if (entry.proves() != ErrorEntry.Proves.NOTHING) {
            return new Refused<>(entry);
        }
        if (errorBook.find(entry.code()).isPresent()) {
            Evidence unsure = new Evidence(Evidence.Kind.PROVIDER_UNSURE, "The bank's error leaves the outcome open");
            return new Unclear<>(unsure, entry.code(), entry);
        }
        Evidence.Kind kind = answer.status() >= 500 ? Evidence.Kind.SERVER_ERROR : Evidence.Kind.UNDOCUMENTED_ANSWER;
        return new Unclear<>(new Evidence(kind, "The bank's error is not in the error book"), entry.code(), entry);
    }

    /** HTTP statuses that speak for themselves have rows of their own. */
    private static <T> Verdict<T> withoutCode(Reply.Answer answer, ErrorBook errorBook) {
        ErrorEntry entry = errorBook.find(String.valueOf(answer.status())).orElse(null);
        if (entry != null) {
            return new Refused<>(entry);
        }
        return answer.status() >= 500
                ? unclear(answer, Evidence.Kind.SERVER_ERROR, "a server error without a code")
                : unclear(answer, Evidence.Kind.UNDOCUMENTED_ANSWER, "neither a result nor an error code");
    }

    private static <T> Verdict<T> unclear(Reply.Answer answer, Evidence.Kind kind, String what) {
        return new Unclear<>(new Evidence(kind, "HTTP " + answer.status() + " with " + what), "", null);
    }
}
