package org.unipayout.horizonpay.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.horizonpay.internal.wire.AsyncJob;
import org.unipayout.horizonpay.internal.wire.Refusal;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.horizonpay.internal.wire.Transactions;
import org.unipayout.http.Ending;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/**
 * What an answer proves about the call that it answers.
 *
 * <p>A body that names a transaction is read by the transaction's status, unless the HTTP status says otherwise. Without
 * one, only a 4xx with one of the platform's error bodies says that nothing was done; a server error proves nothing
 * whatever it holds. Source: "Error response", "API version 3 guide". Pure functions.
 */
record HorizonPayJudge(ErrorBook errorBook) {

    /**
     * The answer to a call that makes a transaction.
     *
     * @param as what is made of the transaction
     */
    <T> Ending<T> made(Reply.Answer answer, String reference, Function<Transaction, T> as) {
        Transaction transaction = transaction(answer).orElse(null);
        if (answer.status() >= 500 || answer.status() == 429 || transaction == null) {
            return notTold(answer);
        }
        boolean refusing = answer.status() >= 400;
        if (answer.successful() || (refusing && HorizonPayTables.FAILED.equals(transaction.status()))) {
            return answer.told(as.apply(transaction));
        }
        boolean ours = refusing && reference.equals(transaction.trackingId());
        return answer.unclear(
                ours ? Evidence.Kind.CONTRADICTING_ANSWER : Evidence.Kind.UNDOCUMENTED_ANSWER,
                "a transaction that says otherwise");
    }

    /** The answer to a look-up: all that the gateway has; nothing if it says itself that it has none. */
    Ending<List<Transaction>> found(Reply.Answer answer) {
        if (saysAbsent(answer)) {
            return answer.told(List.of());
        }
        Optional<List<Transaction>> found = answer.successful() ? listed(answer) : Optional.empty();
        return found.isPresent() ? answer.told(found.get()) : notTold(answer);
    }

    /** An element that cannot be read might be the paid one, so it spoils the whole answer. */
    private static Optional<List<Transaction>> listed(Reply.Answer answer) {
        List<@Nullable Transaction> listed =
                body(answer, Transactions.class).map(Transactions::transactions).orElse(null);
        if (listed == null) {
            return transaction(answer).map(List::of); // older pages of the platform give one instead of an array
        }
        List<Transaction> read = listed.stream()
                .flatMap(Stream::ofNullable)
                .flatMap(element -> element.unwrapped().stream())
                .toList();
        return read.size() < listed.size() ? Optional.empty() : Optional.of(read);
    }

    /** The answer to a payout that is queued. */
    Ending<AsyncJob> queued(Reply.Answer answer) {
        Optional<AsyncJob> job = answer.successful() ? body(answer, AsyncJob.class) : Optional.empty();
        return job.filter(queued -> HorizonPayReadings.isUsableId(queued.requestId()))
                .map(answer::told)
                .orElseGet(() -> notTold(answer));
    }

    /** The answer of the queue: that it has not come to a job, its transaction, or that it has no such job any more. */
    Ending<QueueEntry> dequeued(Reply.Answer answer, String reference) {
        if (answer.status() == 425) {
            return answer.told(QueueEntry.WAITING);
        }
        return saysAbsent(answer)
                ? answer.told(QueueEntry.GONE)
                : made(answer, reference, transaction -> new QueueEntry(false, transaction));
    }

    /** The answer to any question whose body is of another sort. */
    <T> Ending<T> told(Reply.Answer answer, Optional<T> body) {
        return body.isPresent() ? answer.told(body.get()) : notTold(answer);
    }

    private <T> Ending<T> notTold(Reply.Answer answer) {
        if (answer.status() >= 500) {
            return answer.unclear(Evidence.Kind.SERVER_ERROR, "a server error");
        }
        if (answer.status() == 429) {
            return answer.error(errorBook.entry("HTTP 429"), null);
        }
        Optional<Refusal> refusal = body(answer, Refusal.class).map(Refusal::unwrapped);
        if (answer.successful() && refusal.isEmpty()) {
            return answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "a body that is not the gateway's JSON");
        }
        return refusal.filter(any -> answer.status() >= 400)
                .flatMap(error -> row(answer.status(), error))
                .map(row -> this.<T>error(answer, row))
                .orElseGet(() -> answer.unclear(
                        Evidence.Kind.UNDOCUMENTED_ANSWER, "neither a transaction nor a documented error"));
    }

    private <T> Ending<T> error(Reply.Answer answer, ErrorEntry row) {
        return row.proves() == ErrorEntry.Proves.DECLINED // a decline is a transaction with that status
                ? answer.unclear(Evidence.Kind.UNDOCUMENTED_ANSWER, "a decline's code and no transaction", row)
                : answer.error(row, null);
    }

    /** The row of the code, or for version 2, which has none, the one that stands for the HTTP status. */
    private Optional<ErrorEntry> row(int status, Refusal refusal) {
        return Optional.ofNullable(code(status, refusal))
                .map(errorBook::entry)
                .map(row -> HorizonPayReadings.naming(row, refusal.fields()));
    }

    private static @Nullable String code(int status, Refusal refusal) {
        if (refusal.code() != null && !refusal.code().isBlank()) {
            return refusal.code();
        }
        if (refusal.says(HorizonPayTables.DUPLICATE_TEXT)) {
            return HorizonPayTables.DUPLICATE;
        }
        return switch (status) {
            case 400, 422 -> refusal.namesFields() ? "HTTP " + status : null;
            case 401, 403 -> refusal.text() == null ? null : "HTTP " + status;
            default -> null;
        };
    }

    private static Optional<Transaction> transaction(Reply.Answer answer) {
        return body(answer, Transaction.class)
                .flatMap(Transaction::unwrapped)
                .filter(transaction -> transaction.uid() != null && transaction.status() != null);
    }

    /** A 404 that is not the gateway's own is one of a proxy, and says nothing. */
    private static boolean saysAbsent(Reply.Answer answer) {
        return answer.status() == 404
                && body(answer, Refusal.class)
                        .map(Refusal::unwrapped)
                        .filter(refusal -> refusal.says("record not found"))
                        .isPresent();
    }

    /** The body; empty if it is not of this shape. */
    static <T> Optional<T> body(Reply.Answer answer, Class<T> type) {
        try {
            return Optional.of(answer.json(type));
        } catch (UnreadableBodyException e) {
            return Optional.empty();
        }
    }
}
