package org.unipayout.horizonpay.internal;

import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.horizonpay.internal.wire.Refusal;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/**
 * What an answer proves about the call that it answers.
 *
 * <p>A body that names a transaction is read by the transaction's status. Otherwise, only a 4xx with one of the platform's
 * error bodies says that nothing was done; a server error proves nothing whatever it holds. Source: "Error response",
 * "API version 3 guide".
 */
public sealed interface Verdict {
    /** The gateway's id of the call, to be quoted to its support; null if there was none. */
    @Nullable String requestId();

    /** The row of the error book that the answer named, or null. */
    default @Nullable ErrorEntry error() {
        return null;
    }

    /**
     * The gateway has a transaction.
     *
     * @param transaction with id and status
     */
    record Told(Transaction transaction, @Nullable String requestId) implements Verdict {}

    /**
     * The queue has it and did not come to it yet.
     *
     * @param id the queue's id
     * @param words the job's own status
     */
    record Queued(String id, String words, @Nullable String requestId) implements Verdict {}

    /** The gateway says itself that it has no such transaction; never the answer to a payout. */
    record Absent(@Nullable String requestId) implements Verdict {}

    /**
     * The gateway says no and has no transaction.
     *
     * @param error the row of the error book; its {@code proves} is never {@code NOTHING}
     */
    record Refused(ErrorEntry error, @Nullable String requestId) implements Verdict {}

    /**
     * Nothing is proven.
     *
     * @param evidence why
     * @param words the gateway's own code, or empty
     * @param error the row of the error book if the gateway gave a code, or null
     */
    record Unclear(
            Evidence evidence,
            String words,
            @Nullable ErrorEntry error,
            @Nullable String requestId) implements Verdict {}

    /** Judges the reply to a call that was sent once. */
    static Verdict of(Reply reply, ErrorBook errorBook) {
        return reply instanceof Reply.Answer answer
                ? of(answer, errorBook)
                : new Unclear(((Reply.NoAnswer) reply).evidence(), "", null, null);
    }

    /** Judges a complete answer. */
    static Verdict of(Reply.Answer answer, ErrorBook errorBook) {
        if (answer.status() >= 500) {
            return unclear(answer, Evidence.Kind.SERVER_ERROR, "a server error");
        }
        if (answer.status() == 429) {
            return new Refused(errorBook.entry("HTTP 429"), HorizonPayApi.requestId(answer));
        }
        boolean refusing = answer.status() >= 400;
        try {
            Transaction transaction = answer.json(Transaction.class).unwrapped().orElse(null);
            if (transaction != null && transaction.uid() != null && transaction.status() != null) {
                return answer.successful() || refusing
                        ? new Told(transaction, HorizonPayApi.requestId(answer))
                        : unclear(answer, Evidence.Kind.UNDOCUMENTED_ANSWER, "a transaction");
            }
            if (refusing) {
                return refusal(answer, answer.json(Refusal.class).unwrapped(), errorBook);
            }
        } catch (UnreadableBodyException e) {
            if (answer.successful()) {
                return unclear(answer, Evidence.Kind.UNREADABLE_ANSWER, "a body that is not the gateway's JSON");
            }
        }
        return unclear(answer, Evidence.Kind.UNDOCUMENTED_ANSWER, "neither a transaction nor a documented error");
    }

    private static Verdict refusal(Reply.Answer answer, Refusal refusal, ErrorBook errorBook) {
        String code = code(answer.status(), refusal);
        if (code.isEmpty()) {
            return unclear(answer, Evidence.Kind.UNDOCUMENTED_ANSWER, "an error that the documentation does not have");
        }
        ErrorEntry entry = errorBook.entry(code);
        return switch (entry.proves()) {
            case NOT_EXECUTED, EARLIER_SEND -> new Refused(entry, HorizonPayApi.requestId(answer));
            case DECLINED ->
                new Unclear(
                        new Evidence(Evidence.Kind.UNDOCUMENTED_ANSWER, "A decline's code came without a transaction"),
                        code,
                        entry,
                        HorizonPayApi.requestId(answer));
            case NOTHING ->
                new Unclear(
                        errorBook.find(code).isPresent()
                                ? new Evidence(Evidence.Kind.PROVIDER_UNSURE, "The code leaves the outcome open")
                                : new Evidence(Evidence.Kind.UNDOCUMENTED_ANSWER, "The code is not in the error book"),
                        code,
                        entry,
                        HorizonPayApi.requestId(answer));
        };
    }

    /** The code, or for version 2, which has none, the row that stands for the HTTP status; empty if there is neither. */
    private static String code(int status, Refusal refusal) {
        if (refusal.code() != null && !refusal.code().isBlank()) {
            return refusal.code();
        }
        if (refusal.says(HorizonPayTables.DUPLICATE_TEXT)) {
            return HorizonPayTables.DUPLICATE;
        }
        return switch (status) {
            case 400, 422 -> refusal.namesFields() ? "HTTP " + status : "";
            case 401, 403 -> refusal.text() == null ? "" : "HTTP " + status;
            default -> "";
        };
    }

    private static Verdict unclear(Reply.Answer answer, Evidence.Kind kind, String what) {
        return new Unclear(
                new Evidence(kind, "HTTP " + answer.status() + " with " + what),
                "",
                null,
                HorizonPayApi.requestId(answer));
    }
}
