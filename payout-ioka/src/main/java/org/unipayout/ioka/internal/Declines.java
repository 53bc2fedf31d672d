package org.unipayout.ioka.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ioka.internal.wire.ErrorObject;

/** What ioka's decline codes mean. */
final class Declines {
    /**
     * How long we doubt what may still change behind ioka's back: a technical decline after the attempt, an order without
     * a payment after its {@code due_date}. Our own choice; ioka gives no number.
     */
    static final Duration SETTLING = Duration.ofMinutes(15);

    /** A decline without a code stands in the error book under this name. */
    static final String WITHOUT_CODE = "DECLINED";

    /** Failures on the way to a bank, which may have paid all the same. */
    private static final Set<String> TECHNICAL =
            Set.of("TRANSACTION_ERROR", "ACQUIRER_SYSTEM_ERROR", "BANK_CONNECTION_ERROR", "DATA_INPUT_TIMEOUT");

    private Declines() {}

    /** The reason of a decline. */
    static Decline of(@Nullable ErrorObject error, ErrorBook errorBook) {
        String code = error == null || error.code() == null || error.code().isBlank() ? WITHOUT_CODE : error.code();
        return new Decline(errorBook.entry(code), error == null ? null : error.message());
    }

    /**
     * Whether a decline is too fresh to be believed.
     *
     * @param attempted when the attempt was made; null is never old enough
     * @param asked when ioka was asked
     */
    static boolean isUnsettled(Decline decline, @Nullable Instant attempted, Instant asked) {
        return TECHNICAL.contains(decline.code()) && (attempted == null || asked.isBefore(attempted.plus(SETTLING)));
    }
}
