package org.unipayout.ioka.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.http.Ending;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;
import org.unipayout.ioka.internal.wire.ErrorObject;

/**
 * What an answer of ioka proves about the call that it answers.
 *
 * <p>A code of ioka counts under any 4xx, because ioka gives no HTTP status for several of them. A server error proves
 * nothing whatever it holds, with one exception that ioka documents: 503 is guaranteed not to have been executed. A
 * gateway in front of ioka says 503 too and guarantees nothing, so the exception needs an error of ioka's own form.
 */
final class IokaJudge {
    /**
     * The error book's rows for what a status says by itself. For 401, 403, 404, 409 and 503 the body must be an error of
     * ioka, whatever its code: ioka publishes no codes of transfer orders.
     */
    private static final Map<Integer, String> BY_STATUS = Map.of(
            401, "HTTP 401",
            403, "HTTP 403",
            404, "HTTP 404",
            409, "HTTP 409",
            503, "HTTP 503");

    /** The row for too many requests, which says so without a body. */
    private static final String RATE_LIMIT = "HTTP 429";

    private final ErrorBook errorBook;

    IokaJudge(ErrorBook errorBook) {
        this.errorBook = errorBook;
    }

    /**
     * How a good answer is read.
     *
     * @param <T> what it tells
     */
    @FunctionalInterface
    interface Reader<T> {
        /** Reads it; what it throws is an answer that proves nothing. */
        Ending<T> read(Reply.Answer answer) throws UnreadableBodyException;
    }

    /** Reads a good answer as one object. */
    static <T> Reader<T> one(Class<T> type) {
        return answer -> answer.told(answer.json(type));
    }

    /** Judges a complete answer. */
    <T> Ending<T> judge(Reply.Answer answer, Reader<T> reader) {
        if (answer.successful()) {
            return told(answer, reader);
        }
        ErrorObject error = error(answer);
        if (answer.status() >= 500 && (answer.status() != 503 || error == null)) {
            return answer.unclear(Evidence.Kind.SERVER_ERROR, "nothing that proves anything");
        }
        if (answer.status() == 429) {
            return answer.error(row(RATE_LIMIT, error), error == null ? null : error.message());
        }
        return error == null
                ? answer.unclear(Evidence.Kind.UNDOCUMENTED_ANSWER, "neither a result nor an error code of ioka")
                : answer.error(rowOf(answer.status(), error), error.message());
    }

    /** The one order that a search found, or null if the answer is no list; an empty list says the same as 404. */
    <T> Ending<T> hit(Reply.Answer answer, @Nullable List<T> ours) {
        if (ours == null) {
            return answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "a body that is not ioka's list");
        }
        return switch (ours.size()) {
            case 0 -> answer.error(errorBook.entry("HTTP 404"), null);
            case 1 -> answer.told(ours.get(0));
            default -> answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "more than one order under one reference");
        };
    }

    private static <T> Ending<T> told(Reply.Answer answer, Reader<T> reader) {
        try {
            return reader.read(answer);
        } catch (UnreadableBodyException e) {
            return answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "a body that is not ioka's JSON");
        }
    }

    private ErrorEntry rowOf(int httpStatus, ErrorObject error) {
        String code = String.valueOf(error.code());
        String status = BY_STATUS.get(httpStatus);
        return status != null && errorBook.find(code).isEmpty() ? row(status, error) : errorBook.entry(code);
    }

    /** The row of a status, under the code that came with it. */
    private ErrorEntry row(String status, @Nullable ErrorObject error) {
        String code = error == null || error.code() == null ? status : error.code();
        return IokaErrors.under(code, errorBook.entry(status));
    }

    private static @Nullable ErrorObject error(Reply.Answer answer) {
        try {
            ErrorObject error = answer.json(ErrorObject.class);
            return error.isDocumentedShape() ? error : null;
        } catch (UnreadableBodyException e) {
            return null;
        }
    }
}
