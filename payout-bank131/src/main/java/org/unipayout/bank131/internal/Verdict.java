package org.unipayout.bank131.internal;

import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.bank131.internal.wire.Envelope;
import org.unipayout.bank131.internal.wire.ErrorObject;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/**
 * What an answer proves about the call that it answers.
 *
 * <p>The error code decides and not the HTTP number, because the bank documents no numbers; a server error proves
 * nothing whatever it holds.
 *
 * @param <T> the body of a good answer
 */
public sealed interface Verdict<T> {
    /** The error book's row for an HTTP status that has no code of the bank. */
    String RATE_LIMIT = "HTTP 429";

    /** The bank documents no rate limit; that this status means "not executed" is our reading. */
    int TOO_MANY_REQUESTS = 429;

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
     * @param description the bank's own text
     */
    record Refused<T>(ErrorEntry error, @Nullable String description) implements Verdict<T> {}

    /**
     * Nothing is proven.
     *
     * @param evidence why
     * @param words the bank's own code, or empty
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
        if (answer.status() >= 500) {
            return unclear(answer, Evidence.Kind.SERVER_ERROR, "a server error");
        }
        try {
            T body = answer.json(type);
            ErrorObject error = body.error();
            if (error != null || "error".equals(body.status())) {
                return byCode(answer, error, errorBook);
            }
            if (answer.successful() && "ok".equals(body.status())) {
                return new Told<>(body);
            }
        } catch (UnreadableBodyException e) {
            if (answer.successful()) {
                return unclear(answer, Evidence.Kind.UNREADABLE_ANSWER, "a body that is not the bank's JSON");
            }
        }
        return withoutCode(answer, errorBook);
    }

    private static <T> Verdict<T> byCode(Reply.Answer answer, @Nullable ErrorObject error, ErrorBook errorBook) {
        String code = error == null || error.code() == null ? "" : error.code();
        if (code.isEmpty()) {
            return withoutCode(answer, errorBook);
        }
        ErrorEntry entry = errorBook.entry(code);
        if (entry.proves() != ErrorEntry.Proves.NOTHING) {
            return new Refused<>(entry, error == null ? null : error.description());
        }
        boolean listed = errorBook.find(code).isPresent();
        if (!listed && answer.status() == TOO_MANY_REQUESTS) {
            return withoutCode(answer, errorBook);
        }
        Evidence evidence = listed
                ? new Evidence(Evidence.Kind.PROVIDER_UNSURE, "The bank's code leaves the outcome open")
                : new Evidence(Evidence.Kind.UNDOCUMENTED_ANSWER, "The bank's code is not in the error book");
        return new Unclear<>(evidence, code, entry);
    }

    private static <T> Verdict<T> withoutCode(Reply.Answer answer, ErrorBook errorBook) {
        return answer.status() == TOO_MANY_REQUESTS
                ? new Refused<>(errorBook.entry(RATE_LIMIT), null)
                : unclear(answer, Evidence.Kind.UNDOCUMENTED_ANSWER, "neither a result nor an error code");
    }

    private static <T> Verdict<T> unclear(Reply.Answer answer, Evidence.Kind kind, String what) {
        return new Unclear<>(new Evidence(kind, "HTTP " + answer.status() + " with " + what), "", null);
    }
}
