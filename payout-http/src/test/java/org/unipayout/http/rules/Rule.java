package org.unipayout.http.rules;

import java.time.Duration;
import org.unipayout.Resubmission;

/** What keeps a provider from paying twice: one provider for each rule, which has no other. */
enum Rule {
    /** An order is created and then paid, once. */
    SAME_HANDLE,
    /** A reference is taken once. */
    SAME_REFERENCE,
    /** A repeated key is answered with the first outcome; the key is all that is known before an answer came. */
    REPLAYS,
    /** Nothing keeps it from it. */
    AFTER_ABSENCE,
    /** It asks the merchant, who lets one payout per reference through. */
    FENCED;

    private static final Duration SPACING = Duration.ofMinutes(1);

    Resubmission resubmission() {
        return switch (this) {
            case SAME_HANDLE -> new Resubmission.SameHandle();
            case SAME_REFERENCE -> new Resubmission.SameReference(2, SPACING);
            case REPLAYS -> new Resubmission.Replays(Duration.ofDays(90));
            case AFTER_ABSENCE -> new Resubmission.AfterAbsence(Duration.ofMinutes(10), 2, SPACING);
            case FENCED -> new Resubmission.Fenced(2, SPACING);
        };
    }

    boolean findsByReference() {
        return this != REPLAYS;
    }
}
