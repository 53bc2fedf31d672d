package org.unipayout.ioka.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ioka.internal.wire.ErrorObject;

/** What ioka's decline codes mean. */
final class Declines {
    /** A decline without a code stands in the error book under this name. */
    static final String WITHOUT_CODE = "DECLINED";

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
        return IokaTables.TECHNICAL.contains(decline.code())
                && (attempted == null || asked.isBefore(attempted.plus(IokaTables.SETTLING)));
    }
}
