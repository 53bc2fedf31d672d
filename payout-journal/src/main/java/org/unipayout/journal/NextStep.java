package org.unipayout.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;

/** What is to be done with a payout now. A pure function of the facts: it is computed each time and stored nowhere. */
enum NextStep {
    PREPARE,
    SUBMIT,
    ASK,
    CONFIRM,
    /** It may no longer start, and nothing was executed. */
    EXPIRE,
    /** A submit was refused for good, and it is proven that no earlier one was executed. */
    FAIL,
    /** It is to be sent, but the card number is not stored. */
    WAIT_FOR_CARD,
    /** Absence is proven as far as it can be; a person decides whether to send again. */
    WAIT_FOR_DECISION,
    /** It was sent again as often as is allowed; a person looks, and asking goes on. */
    SENT_TOO_OFTEN,
    NOTHING;

    /** What the decision depends on beside the history. */
    record Rules(
            Resubmission resubmission,
            Absence absence,
            Confirmation confirmation,
            int greatestSubmits,
            boolean requestKnown,
            @Nullable Instant expiresAt) {}

    static NextStep of(Facts facts, Rules rules, Instant now) {
        if (facts.status().isFinal()) {
            return NOTHING;
        }
        if (!facts.prepared()) {
            return start(rules, now, PREPARE);
        }
        return switch (facts.status()) {
            case PREPARED -> prepared(facts, rules, now);
            case UNKNOWN -> unclear(facts, rules, now);
            case AWAITING_CONFIRMATION -> awaitingConfirmation(facts, rules);
            default -> ASK;
        };
    }

    private static NextStep prepared(Facts facts, Rules rules, Instant now) {
        if (facts.cancelPending()) {
            return ASK;
        }
        // After an unclear submit only a handle that is harmless to submit twice can be believed to be unused.
        if (facts.submitUnclear() && !(rules.resubmission() instanceof Resubmission.SameHandle)) {
            return ASK;
        }
        return facts.refusal() != null ? FAIL : resubmit(facts, rules, now);
    }

    private static NextStep unclear(Facts facts, Rules rules, Instant now) {
        if (facts.cancelPending() || !facts.submitUnclear() || !absenceProven(facts, rules.resubmission())) {
            return ASK;
        }
        if (facts.refusal() != null) {
            return FAIL;
        }
        boolean paysTwice = rules.resubmission() instanceof Resubmission.AfterAbsence;
        if (paysTwice && rules.absence() == Absence.ASK_MERCHANT && !facts.resubmitOrdered()) {
            return WAIT_FOR_DECISION;
        }
        return resubmit(facts, rules, now);
    }

    private static NextStep resubmit(Facts facts, Rules rules, Instant now) {
        if (facts.submitUnclear() && facts.submits() >= rules.greatestSubmits() && !facts.resubmitOrdered()) {
            return SENT_TOO_OFTEN;
        }
        return start(rules, now, SUBMIT);
    }

    private static NextStep start(Rules rules, Instant now, NextStep step) {
        Instant expiresAt = rules.expiresAt();
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return EXPIRE;
        }
        return rules.requestKnown() ? step : WAIT_FOR_CARD;
    }

    private static NextStep awaitingConfirmation(Facts facts, Rules rules) {
        boolean wanted = rules.confirmation() == Confirmation.AUTOMATIC || facts.confirmOrdered();
        return wanted && !facts.confirmRefused() && !facts.cancelPending() ? CONFIRM : ASK;
    }

    /** Whether the provider's own rule says that what was submitted was not executed. */
    static boolean absenceProven(Facts facts, Resubmission rule) {
        return countedAbsences(facts, rule, null) >= lookupsNeeded(rule);
    }

    /** Whether one more answer "no such payout" at an instant would count. */
    static boolean wouldCount(Facts facts, Resubmission rule, Instant askedAt) {
        return countedAbsences(facts, rule, askedAt) > countedAbsences(facts, rule, null);
    }

    private static int countedAbsences(Facts facts, Resubmission rule, @Nullable Instant oneMore) {
        Instant earliest = facts.settledAt().plus(quietTime(rule));
        int count = 0;
        for (Instant absentAt : facts.absences()) {
            if (!absentAt.isBefore(earliest)) {
                count++;
                earliest = absentAt.plus(spacing(rule));
            }
        }
        return oneMore != null && !oneMore.isBefore(earliest) ? count + 1 : count;
    }

    /** When the next answer "no such payout" would count; empty if none ever does. */
    static Optional<Instant> nextCountingAt(Facts facts, Resubmission rule) {
        if (rule instanceof Resubmission.SameHandle || !facts.submitUnclear()) {
            return Optional.empty();
        }
        Instant earliest = facts.settledAt().plus(quietTime(rule));
        for (Instant absentAt : facts.absences()) {
            if (!absentAt.isBefore(earliest)) {
                earliest = absentAt.plus(spacing(rule));
            }
        }
        return Optional.of(earliest);
    }

    private static int lookupsNeeded(Resubmission rule) {
        if (rule instanceof Resubmission.SameReference sameReference) {
            return Math.max(2, sameReference.lookups());
        }
        if (rule instanceof Resubmission.AfterAbsence afterAbsence) {
            return Math.max(2, afterAbsence.lookups());
        }
        if (rule instanceof Resubmission.Fenced fenced) {
            return Math.max(2, fenced.lookups());
        }
        return Integer.MAX_VALUE; // SameHandle: absence proves nothing, only PREPARED does
    }

    private static Duration quietTime(Resubmission rule) {
        return rule instanceof Resubmission.AfterAbsence afterAbsence ? afterAbsence.window() : spacing(rule);
    }

    private static Duration spacing(Resubmission rule) {
        if (rule instanceof Resubmission.SameReference sameReference) {
            return sameReference.spacing();
        }
        if (rule instanceof Resubmission.AfterAbsence afterAbsence) {
            return afterAbsence.spacing();
        }
        if (rule instanceof Resubmission.Fenced fenced) {
            return fenced.spacing();
        }
        return Duration.ZERO;
    }

    /** Whether an answer that says "nothing happened yet" can be believed, so soon after what was sent. */
    static boolean isBelievable(Facts facts, Resubmission rule, PayoutStatus answer, Instant askedAt) {
        return switch (answer) {
            case PREPARED ->
                !facts.submitUnclear()
                        || (rule instanceof Resubmission.SameHandle && !askedAt.isBefore(facts.settledAt()));
            case AWAITING_CONFIRMATION -> !askedAt.isBefore(facts.settledAt());
            default -> true;
        };
    }
}
