package org.unipayout.ioka.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;
import org.unipayout.ioka.internal.wire.ErrorObject;

/**
 * What an answer proves about the call that it answers.
 *
 * <p>A code of ioka counts under any 4xx, because ioka gives no HTTP status for several of them. A server error proves
 * nothing whatever it holds, with one exception that ioka documents: 503 is guaranteed not to have been executed. A
 * gateway in front of ioka says 503 too and guarantees nothing, so the exception needs an error of ioka's own form.
 *
 * @param <T> the body of a good answer
 */
public sealed interface Verdict<T> {
    /**
     * The error book's rows for what a status says by itself. For 401, 403, 404, 409 and 503 the body must be an error of
     * ioka, whatever its code: ioka publishes no codes of transfer orders.
     */
    Map<Integer, String> BY_STATUS = Map.of(
            401, "HTTP 401",
            403, "HTTP 403",
            404, "HTTP 404",
            409, "HTTP 409",
            503, "HTTP 503");

    /** The row for too many requests, which says so without a body. */
    String RATE_LIMIT = "HTTP 429";

    /** ioka's id of the call, to be quoted to its support; null if there was none. */
    @Nullable String traceId();

    /**
     * ioka did it.
     *
     * @param body the answer
     */
    record Told<T>(T body, @Nullable String traceId) implements Verdict<T> {}

    /**
     * ioka says no.
     *
     * @param error the row of the error book; its {@code proves} is never {@code NOTHING}
     * @param message ioka's own text
     */
    record Refused<T>(
            ErrorEntry error,
            @Nullable String message,
            @Nullable String traceId) implements Verdict<T> {}

    /**
     * Nothing is proven.
     *
     * @param evidence why
     * @param words ioka's own code, or empty
     * @param error the row of the error book if ioka gave a code, or null
     */
    record Unclear<T>(
            Evidence evidence,
            String words,
            @Nullable ErrorEntry error,
            @Nullable String traceId) implements Verdict<T> {}

    /** Whether ioka said no for this reason. */
    default boolean isRefusedAs(ErrorCategory category) {
        return this instanceof Refused<T> refused && refused.error().category() == category;
    }

    /** The row of the error book that the answer named, or null. */
    static @Nullable ErrorEntry code(Verdict<?> verdict) {
        if (verdict instanceof Refused<?> refused) {
            return refused.error();
        }
        return verdict instanceof Unclear<?> unclear ? unclear.error() : null;
    }

    /** Judges the reply to a call that was sent once. */
    static <T> Verdict<T> of(Reply reply, Class<T> type, ErrorBook errorBook) {
        if (reply instanceof Reply.NoAnswer none) {
            return new Unclear<>(none.evidence(), "", null, null);
        }
        return of((Reply.Answer) reply, type, errorBook);
    }

    /** Judges a complete answer. */
    static <T> Verdict<T> of(Reply.Answer answer, Class<T> type, ErrorBook errorBook) {
        if (answer.successful()) {
            return told(answer, type);
        }
        ErrorObject error = error(answer);
        if (answer.status() >= 500 && (answer.status() != 503 || error == null)) {
            return unclear(answer, Evidence.Kind.SERVER_ERROR, "HTTP " + answer.status() + " proves nothing");
        }
        if (answer.status() == 429) {
            return refused(answer, row(RATE_LIMIT, error, errorBook), error);
        }
        return error == null
                ? unclear(
                        answer,
                        Evidence.Kind.UNDOCUMENTED_ANSWER,
                        "HTTP " + answer.status() + " with neither a result nor an error code of ioka")
                : byCode(answer, error, errorBook);
    }

    private static <T> Verdict<T> told(Reply.Answer answer, Class<T> type) {
        try {
            return new Told<>(answer.json(type), traceId(answer));
        } catch (UnreadableBodyException e) {
            return unclear(
                    answer,
                    Evidence.Kind.UNREADABLE_ANSWER,
                    "HTTP " + answer.status() + " with a body that is not ioka's JSON");
        }
    }

    private static <T> Verdict<T> byCode(Reply.Answer answer, ErrorObject error, ErrorBook errorBook) {
        String code = String.valueOf(error.code());
        ErrorEntry listed = errorBook.find(code).orElse(null);
        String status = BY_STATUS.get(answer.status());
        if (listed == null && status != null) {
            return refused(answer, row(status, error, errorBook), error);
        }
        ErrorEntry entry = errorBook.entry(code);
        if (entry.proves() != Proves.NOTHING) {
            return refused(answer, entry, error);
        }
        Evidence evidence = listed == null
                ? new Evidence(Evidence.Kind.UNDOCUMENTED_ANSWER, "The code is not in the error book")
                : new Evidence(Evidence.Kind.PROVIDER_UNSURE, "The code leaves the outcome open");
        return new Unclear<>(evidence, code, entry, traceId(answer));
    }

    /** The row of a status, under the code that came with it. */
    private static ErrorEntry row(String status, @Nullable ErrorObject error, ErrorBook errorBook) {
        ErrorEntry row = errorBook.entry(status);
        String code = error == null || error.code() == null ? status : error.code();
        return new ErrorEntry(
                code, row.proves(), row.category(), row.actor(), row.advice(), row.english(), row.russian());
    }

    private static <T> Verdict<T> refused(Reply.Answer answer, ErrorEntry entry, @Nullable ErrorObject error) {
        return new Refused<>(entry, error == null ? null : error.message(), traceId(answer));
    }

    private static <T> Verdict<T> unclear(Reply.Answer answer, Evidence.Kind kind, String text) {
        return new Unclear<>(new Evidence(kind, text), "", null, traceId(answer));
    }

    private static @Nullable ErrorObject error(Reply.Answer answer) {
        try {
            ErrorObject error = answer.json(ErrorObject.class);
            return error.isDocumentedShape() ? error : null;
        } catch (UnreadableBodyException e) {
            return null;
        }
    }

    private static @Nullable String traceId(Reply.Answer answer) {
        return answer.header("x-trace-id")
                .filter(value -> value.matches("[!-~]{1,128}"))
                .orElse(null);
    }
}
