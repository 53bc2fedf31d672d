package org.unipayout.ioka.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ioka.internal.wire.ErrorObject;

/** What ioka's decline codes mean. */
final class Declines {
    private Declines() {}

    /** The reason of a decline. */
    static Decline of(@Nullable ErrorObject error, ErrorBook errorBook) {
        String code = error == null || error.code() == null || error.code().isBlank()
                ? IokaErrors.WITHOUT_CODE
                : error.code();
        return new Decline(errorBook.entry(code), error == null ? null : error.message());
    }

    /**
     * Whether a decline is too fresh to be believed: it has no code, or one that leaves the outcome open or that the book
     * does not have.
     *
     * @param attempted when the attempt was made; null is never old enough
     * @param asked when ioka was asked
     */
    static boolean isUnsettled(Decline decline, @Nullable Instant attempted, ErrorBook errorBook, Instant asked) {
        boolean doubtful = decline.code().equals(IokaErrors.WITHOUT_CODE) || isOpen(decline, errorBook);
        return doubtful && isFresh(attempted, asked);
    }

    /** Whether something may still change behind ioka's back. */
    static boolean isFresh(@Nullable Instant since, Instant asked) {
        return since == null || asked.isBefore(since.plus(IokaTables.SETTLING));
    }

    /** A decline that is believed, so that its text does not say that the outcome is open. */
    static Decline settled(Decline decline, ErrorBook errorBook) {
        return isOpen(decline, errorBook)
                ? new Decline(
                        IokaErrors.under(decline.code(), errorBook.entry(IokaErrors.SETTLED)),
                        decline.providerText().orElse(null))
                : decline;
    }

    private static boolean isOpen(Decline decline, ErrorBook errorBook) {
        return errorBook
                .find(decline.code())
                .filter(row -> row.advice() != Advice.ASK_STATUS)
                .isEmpty();
    }
}
