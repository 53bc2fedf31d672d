package org.unipayout.tinypay.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.unipayout.PayoutRequest;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;

/** What Tinypay promises and refuses, checked before any I/O. Source: tinypay-api.md, "Calls". */
public final class TinypayRules {
    /** The page's own characters and length. */
    public static final ReferenceRule REFERENCE =
            new ReferenceRule(40, Pattern.compile("[A-Za-z0-9_-]+"), "letters, digits, dash and underscore");

    /** In tiyn. */
    public static final long GREATEST_AMOUNT = 100_000_000;

    /** One reference is paid once, for ever; a payout is found after 30 seconds, and twice that is the safe side. */
    public static final Resubmission RESUBMISSION = new Resubmission.SameReference(2, Duration.ofMinutes(1));

    private TinypayRules() {}

    /**
     * Checks what the capabilities cannot say. Tinypay has no field for a deadline, so the payout is not started after it.
     *
     * @throws IllegalArgumentException if the payout's deadline has come
     */
    public static void check(PayoutRequest request, Instant now) {
        if (request.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
            throw new IllegalArgumentException("expiresAt: has passed, so nothing was sent; pay under a new deadline");
        }
    }
}
