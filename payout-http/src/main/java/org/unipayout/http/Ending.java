package org.unipayout.http;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Identity;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;

/**
 * What a call came to, once its reply was judged: the provider told us, refused, or nothing is proven.
 *
 * <pre>
 * Reply ──► {@link Reply#judgedBy} ──► Told     ──► the adapter reads the body
 *                          Refused  ──► {@link Refused#rejected}, or by what its row proves
 *                          Unclear  ──► {@link Unclear#payout}
 * </pre>
 *
 * <p>How an answer is judged differs for real and stays with each provider; what follows from the judgement is the same
 * for all and stands here: the exceptions and the payouts of the money contract, each with the operation, the reference,
 * the row of the error book and the request id of the call. The methods that make an exception return it for {@code throw}.
 *
 * <p>Immutable and thread-safe. {@link #toString} shows no body and no text of the provider.
 *
 * @param <T> the body of a good answer
 */
public abstract sealed class Ending<T> {
    private static final String NOT_CLEAR = "the provider's answer was not clear";

    private final Origin origin;
    private final @Nullable String requestId;

    private Ending(Origin origin, @Nullable String requestId) {
        this.origin = origin;
        this.requestId = requestId;
    }

    /**
     * Goes on by what the call came to; the compiler sees that no ending is forgotten.
     *
     * @param <R> what comes of it
     * @param told if the provider told us
     * @param refused if it refused
     * @param unclear if nothing is proven
     * @return what the one that fits gave
     */
    public abstract <R> R fold(
            Function<Told<T>, R> told, Function<Refused<T>, R> refused, Function<Unclear<T>, R> unclear);

    /** {@return the provider's id of the call, to quote to its support} */
    public final Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** {@return the row of the error book, if the provider gave an error} */
    public abstract Optional<ErrorEntry> row();

    /**
     * Puts the request id of this call on a payout.
     *
     * @param payout what the answer says about it
     * @return the same observation with the id
     */
    public final Payout withRequestId(Payout payout) {
        return payout.toBuilder().requestId(requestId).build();
    }

    /**
     * The provider says that it knows no such payout, which by itself proves nothing.
     *
     * @param ref the handle that was asked for
     * @return UNKNOWN with {@link Evidence.Kind#ABSENT}
     */
    public final Payout absent(PayoutRef ref) {
        return unknown(ref, new Evidence(Evidence.Kind.ABSENT, "The provider knows no such payout"));
    }

    /**
     * A call that only prepares had no clear answer, or one that cannot be worked with.
     *
     * @param reason what happened, in one sentence without any data of the payout
     * @return the exception: no money moved, prepare again
     */
    public final PayoutNotPreparedException notPrepared(String reason) {
        return new PayoutNotPreparedException(details(reason, Advice.SAME_REFERENCE_LATER)
                .error(row().map(Ending::beforeAnythingWasSent).orElse(null))
                .build());
    }

    /** A row that leaves the outcome open says "wait for the status", which is wrong where nothing can have been paid. */
    private static ErrorEntry beforeAnythingWasSent(ErrorEntry row) {
        return row.advice() != Advice.ASK_STATUS
                ? row
                : new ErrorEntry(
                        row.code(),
                        row.proves(),
                        row.category(),
                        row.actor(),
                        Advice.SAME_REFERENCE_LATER,
                        "The payout could not be prepared. Nothing was paid; try again a little later.",
                        "Не удалось подготовить выплату. Деньги не отправлены; повторите немного позже.");
    }

    /**
     * A call that only prepares was not done.
     *
     * @return a {@link PayoutRejectedException} if the provider refused, else a {@link PayoutNotPreparedException}
     */
    public PayoutException notDone() {
        return notPrepared(NOT_CLEAR);
    }

    /**
     * A question had no usable answer.
     *
     * @return the exception: nothing changed
     */
    public PayoutReadException unread() {
        return unread(NOT_CLEAR);
    }

    /**
     * A question had no usable answer.
     *
     * @param reason why, in one sentence without any data of the payout
     * @return the exception: nothing changed
     */
    public final PayoutReadException unread(String reason) {
        return new PayoutReadException(details(reason, Advice.ASK_STATUS).build());
    }

    /**
     * The reference belongs to a different payout: nothing of that one is adopted, and this call made none.
     *
     * @param identity what a look at that payout found
     * @return the exception with advice {@link Advice#NEW_PAYOUT_AFTER_FIX}; its row tells a cashier the same, under the
     *     provider's code if it gave one
     * @throws IllegalArgumentException if the identity is no collision
     */
    public final PayoutRejectedException taken(Identity identity) {
        if (!identity.collides()) {
            throw new IllegalArgumentException("identity: must be a collision");
        }
        String reason = "the reference belongs to a different payout, with another " + identity.difference();
        ErrorEntry row = taken(row().map(ErrorEntry::code).orElse("reference_taken"));
        return new PayoutRejectedException(origin.details(reason, row.advice())
                .error(row)
                .requestId(requestId)
                .build());
    }

    /** A provider's own row of a repeated reference says "look at its status", which is right of our own payout only. */
    private static ErrorEntry taken(String code) {
        return new ErrorEntry(
                code,
                Proves.NOT_EXECUTED,
                ErrorCategory.DUPLICATE,
                ErrorEntry.Actor.MERCHANT,
                Advice.NEW_PAYOUT_AFTER_FIX,
                "This number belongs to another payout. Nothing was paid by this one; pay it under a new number.",
                "Этот номер занят другой выплатой. По этой выплате деньги не отправлены; проведите её под новым номером.");
    }

    final Payout unknown(PayoutRef ref, Evidence evidence) {
        return withRequestId(Payout.unknown(ref, row().map(ErrorEntry::code).orElse(""), evidence));
    }

    final FailureDetails.Builder details(String reason, Advice advice) {
        return origin.details(reason, advice).error(row().orElse(null)).requestId(requestId);
    }

    /**
     * The provider did it, or answered the question.
     *
     * @param <T> the body
     */
    public static final class Told<T> extends Ending<T> {
        private final T body;

        Told(Reply.Answer answer, T body) {
            this(answer.origin(), answer.requestId().orElse(null), body);
        }

        private Told(Origin origin, @Nullable String requestId, T body) {
            super(origin, requestId);
            this.body = body;
        }

        /** {@return what it told} */
        public T body() {
            return body;
        }

        /**
         * The same ending with a part of the body, such as the one payout of a list.
         *
         * @param <P> the part
         * @param part the part
         * @return the ending
         */
        public <P> Told<P> with(P part) {
            return new Told<>(super.origin, super.requestId, part);
        }

        /** {@return empty} */
        @Override
        public Optional<ErrorEntry> row() {
            return Optional.empty();
        }

        @Override
        public <R> R fold(Function<Told<T>, R> told, Function<Refused<T>, R> refused, Function<Unclear<T>, R> unclear) {
            return told.apply(this);
        }

        @Override
        public String toString() {
            return "Told[]";
        }
    }

    /**
     * The provider says no. What that means for the money its row says: not executed, declined for good, or sent before.
     *
     * @param <T> the body that a good answer would have had
     */
    public static final class Refused<T> extends Ending<T> {
        private final ErrorEntry error;
        private final @Nullable String message;

        Refused(Reply.Answer answer, ErrorEntry error, @Nullable String message) {
            super(answer.origin(), answer.requestId().orElse(null));
            this.error = error;
            this.message = message;
        }

        /** {@return the row of the error book; it never proves {@code NOTHING}} */
        public ErrorEntry error() {
            return error;
        }

        /**
         * Whether the refusal proves this.
         *
         * @param proves what
         * @return what the row says
         */
        public boolean proves(Proves proves) {
            return error.proves() == proves;
        }

        /** {@return the provider's own text, raw: for {@link org.unipayout.Decline}, never for a message} */
        public Optional<String> message() {
            return Optional.ofNullable(message);
        }

        /** {@return the row of the error book, always} */
        @Override
        public Optional<ErrorEntry> row() {
            return Optional.of(error);
        }

        /** {@return the exception with the row's advice: the provider did not execute the call} */
        public PayoutRejectedException rejected() {
            return rejected("the provider refused the call");
        }

        /**
         * The provider did not execute the call.
         *
         * @param reason why, in one sentence without any data of the payout
         * @return the exception with the row's advice
         */
        public PayoutRejectedException rejected(String reason) {
            return rejected(reason, error.advice());
        }

        /**
         * The provider did not execute the call, and a look at the payout says more than the row.
         *
         * @param reason why, in one sentence without any data of the payout
         * @param advice what to do
         * @return the exception
         */
        public PayoutRejectedException rejected(String reason, Advice advice) {
            return new PayoutRejectedException(details(reason, advice).build());
        }

        /**
         * The provider did not execute the call, and a look at the payout says more than its code: another row of the
         * error book, so that a cashier is told what the advice says.
         *
         * @param reason why, in one sentence without any data of the payout
         * @param row the row that fits
         * @return the exception with that row and its advice
         */
        public PayoutRejectedException rejected(String reason, ErrorEntry row) {
            return new PayoutRejectedException(
                    details(reason, row.advice()).error(row).build());
        }

        /**
         * An earlier send under this reference exists, and looking it up gave no clear answer.
         *
         * @param ref the handle
         * @param text what is known, in one sentence without any data of the payout
         * @return UNKNOWN with {@link Evidence.Kind#DUPLICATE}
         */
        public Payout duplicate(PayoutRef ref, String text) {
            return unknown(ref, new Evidence(Evidence.Kind.DUPLICATE, text));
        }

        /** {@return the same exception as {@link #rejected()}} */
        @Override
        public PayoutException notDone() {
            return rejected();
        }

        @Override
        public PayoutReadException unread() {
            return unread("the provider refused the question");
        }

        @Override
        public <R> R fold(Function<Told<T>, R> told, Function<Refused<T>, R> refused, Function<Unclear<T>, R> unclear) {
            return refused.apply(this);
        }

        @Override
        public String toString() {
            return "Refused[" + error.code() + ", proves " + error.proves() + "]";
        }
    }

    /**
     * Nothing is proven.
     *
     * @param <T> the body that a good answer would have had
     */
    public static final class Unclear<T> extends Ending<T> {
        private final Evidence evidence;
        private final @Nullable ErrorEntry error;

        Unclear(Reply.Answer answer, Evidence evidence, @Nullable ErrorEntry error) {
            super(answer.origin(), answer.requestId().orElse(null));
            this.evidence = evidence;
            this.error = error;
        }

        Unclear(Reply.NoAnswer none) {
            super(none.origin(), null);
            this.evidence = none.evidence();
            this.error = null;
        }

        /** {@return why} */
        public Evidence evidence() {
            return evidence;
        }

        /** {@return the row of the error book, if the provider gave an error that leaves the outcome open} */
        @Override
        public Optional<ErrorEntry> row() {
            return Optional.ofNullable(error);
        }

        /**
         * The ending of a call that may have moved money or cancelled.
         *
         * @param ref the newest handle
         * @return {@link PayoutStatus#UNKNOWN} with the evidence, and the provider's code as its words
         */
        public Payout payout(PayoutRef ref) {
            return unknown(ref, evidence);
        }

        @Override
        public <R> R fold(Function<Told<T>, R> told, Function<Refused<T>, R> refused, Function<Unclear<T>, R> unclear) {
            return unclear.apply(this);
        }

        @Override
        public String toString() {
            return "Unclear[" + evidence.kind() + "]";
        }
    }
}
