package org.unipayout.journal.internal.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.Word;
import org.unipayout.journal.Absence;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Confirmation;

/** What is to be done with a payout now. A pure function of the facts: it is computed each time and stored nowhere. */
public enum NextStep {
    PREPARE,
    SUBMIT,
    ASK,
    CONFIRM,
    /** It may no longer start, and nothing was executed. */
    EXPIRE,
    /** A submit was refused for good, and it is proven that no earlier one was executed. */
    FAIL,
    /** A different payout has the reference, and nothing of ours was sent. */
    FAIL_AS_TAKEN,
    /** The payment waits for another actor's approval; nothing is prepared or sent before. */
    WAIT_FOR_APPROVAL,
    /** It is to be sent, but the card number is not stored. */
    WAIT_FOR_CARD,
    /** Absence is proven as far as it can be; a person decides whether to send again. */
    WAIT_FOR_DECISION,
    /** It may not be sent any more, and it is not proven that nothing sent before is executed. */
    WAIT_FOR_PROOF,
    /** It was sent again as often as is allowed; a person looks, and asking goes on. */
    SENT_TOO_OFTEN,
    NOTHING;

    /** What the decision depends on beside the history. */
    public record Rules(
            Resubmission resubmission,
            Absence absence,
            Confirmation confirmation,
            int greatestSubmits,
            boolean requestKnown,
            @Nullable Instant expiresAt,
            boolean returnsQuietly,
            Duration watchedFor) {
        public boolean expired(Instant now) {
            return expiresAt != null && !now.isBefore(expiresAt);
        }

        /** Whether a person has a say before it is sent again: the provider would pay a second send too, or the end is lost. */
        boolean needsDecision(Facts facts) {
            boolean asks = absence == Absence.ASK_MERCHANT;
            boolean paidAgain = resubmission instanceof Resubmission.AfterAbsence && asks;
            return !facts.resubmitOrdered() && (paidAgain || (facts.endLost() && (asks || isUnguarded(facts))));
        }

        /** Whether the end may be lost that it was told, so that nothing goes on without the merchant. */
        boolean mayBeEnded(Facts facts) {
            return facts.endLost() && absence == Absence.ASK_MERCHANT;
        }

        /** Whether what makes a second send harmless was lost with the database: the fence's memory, or the handle. */
        private boolean isUnguarded(Facts facts) {
            return resubmission instanceof Resubmission.Fenced || mayHaveAnotherHandle(facts, resubmission);
        }
    }

    /** Whether it brings the payout nearer to a payment. */
    public boolean maySend() {
        return this == PREPARE || this == SUBMIT || this == CONFIRM;
    }

    /** Why a person should look; null if the journal or the provider works on it. */
    public @Nullable Attention attention() {
        return switch (this) {
            case WAIT_FOR_CARD -> Attention.CARD_NEEDED;
            case WAIT_FOR_DECISION -> Attention.DECISION_NEEDED;
            case WAIT_FOR_PROOF -> Attention.END_UNPROVEN;
            case SENT_TOO_OFTEN -> Attention.SENT_TOO_OFTEN;
            case PREPARE, SUBMIT, ASK, CONFIRM, EXPIRE, FAIL, FAIL_AS_TAKEN, WAIT_FOR_APPROVAL, NOTHING -> null;
        };
    }

    public static NextStep of(Facts facts, Rules rules, Instant now) {
        NextStep next = next(facts, rules, now);
        // Of several sends one is known to have ended: no decision lets another one out.
        return next == WAIT_FOR_DECISION && facts.oneEnded() ? WAIT_FOR_PROOF : next;
    }

    private static NextStep next(Facts facts, Rules rules, Instant now) {
        if (facts.status().isFinal()) {
            return isWatched(facts, rules, now) ? ASK : NOTHING;
        }
        if (facts.paymentWaits()) {
            if (facts.submitUnclear()) { // the approval may be lost, and with it a send
                boolean rejected = facts.order().isEmpty() && !now.isBefore(facts.doneAt());
                return rejected ? WAIT_FOR_PROOF : ASK;
            }
            return rules.expired(now) ? EXPIRE : WAIT_FOR_APPROVAL;
        }
        if (!facts.prepared() && !facts.submitUnclear()) {
            return start(rules, now, PREPARE);
        }
        if (facts.taken() && !facts.mayBeOut()) {
            return FAIL_AS_TAKEN;
        }
        return switch (facts.status()) {
            case PREPARED -> prepared(facts, rules, now);
            case UNKNOWN -> unclear(facts, rules, now);
            case AWAITING_CONFIRMATION -> awaitingConfirmation(facts, rules, now);
            default -> ASK;
        };
    }

    /** An end is looked at again while something says otherwise, or may still come to say so without telling us. */
    public static boolean isWatched(Facts facts, Rules rules, Instant now) {
        Instant endedAt = facts.endedAt();
        boolean mayChange =
                (facts.status() == PayoutStatus.SUCCEEDED && rules.returnsQuietly()) || facts.word() != Word.PROVIDER;
        return facts.openClaim().isPresent()
                || (mayChange && endedAt != null && now.isBefore(endedAt.plus(rules.watchedFor())));
    }

    private static NextStep prepared(Facts facts, Rules rules, Instant now) {
        if (facts.cancelPending() || facts.witnessed()) {
            return ASK;
        }
        if (!facts.submitUnclear()) {
            return start(rules, now, SUBMIT);
        }
        if (facts.keyUsed() || now.isBefore(facts.doneAt())) {
            return ASK;
        }
        // After an unclear submit only a handle that is harmless to submit twice can be believed to be unused.
        if (!(rules.resubmission() instanceof Resubmission.SameHandle same)) {
            return ASK;
        }
        if (rules.needsDecision(facts)) {
            return WAIT_FOR_DECISION;
        }
        // "Not started" is not "will not start": what timed out may lie in a queue of the provider.
        if (facts.refusal() != null || rules.expired(now)) {
            return WAIT_FOR_PROOF;
        }
        return isKept(facts, same.keptFor(), now) ? resubmit(facts, rules, now) : WAIT_FOR_DECISION;
    }

    private static NextStep unclear(Facts facts, Rules rules, Instant now) {
        if (facts.cancelPending() || !facts.submitUnclear()) {
            return ASK;
        }
        if (facts.seen()) {
            return isUnderALostHandle(facts, rules, now) ? WAIT_FOR_PROOF : ASK;
        }
        if (rules.resubmission() instanceof Resubmission.Replays replays) {
            return replay(facts, rules, replays, now);
        }
        if (rules.resubmission() instanceof Resubmission.SameHandle && !facts.prepared()) {
            return withoutHandle(facts, rules, now);
        }
        if (!absenceProven(facts, rules.resubmission())) {
            return ASK;
        }
        if (rules.needsDecision(facts)) {
            return WAIT_FOR_DECISION;
        }
        // It makes a second send harmless; the first may lie in a queue, or the index lag. So it may if the fence has
        // forgotten it.
        if ((rules.resubmission() instanceof Resubmission.SameReference || mayHavePassed(facts, rules.resubmission()))
                && (facts.refusal() != null || rules.expired(now))) {
            return WAIT_FOR_PROOF;
        }
        return facts.refusal() != null ? FAIL : resubmit(facts, rules, now);
    }

    /** No question by reference proves that a lost handle was not used, so only a person can let another one be made. */
    private static NextStep withoutHandle(Facts facts, Rules rules, Instant now) {
        if (now.isBefore(facts.doneAt())) {
            return ASK;
        }
        if (rules.needsDecision(facts)) {
            return WAIT_FOR_DECISION;
        }
        return facts.refusal() != null || rules.expired(now) ? WAIT_FOR_PROOF : resubmit(facts, rules, now);
    }

    /** While the provider keeps the key, the same call brings the first one's outcome. */
    private static NextStep replay(Facts facts, Rules rules, Resubmission.Replays replays, Instant now) {
        if (facts.firstSubmitAt() == null || now.isBefore(facts.doneAt())) {
            return ASK;
        }
        if (facts.refusal() != null || rules.expired(now)) {
            return WAIT_FOR_PROOF;
        }
        if (rules.needsDecision(facts)) {
            return WAIT_FOR_DECISION;
        }
        return isKept(facts, replays.keptFor(), now) ? resubmit(facts, rules, now) : WAIT_FOR_DECISION;
    }

    /** Whether the provider still knows the first submit, or a person says that it does no harm to send it again. */
    private static boolean isKept(Facts facts, Duration keptFor, Instant now) {
        Instant first = facts.firstSubmitAt();
        return facts.resubmitOrdered() || first == null || now.isBefore(first.plus(keptFor));
    }

    private static NextStep resubmit(Facts facts, Rules rules, Instant now) {
        if (facts.oneEnded()) {
            return WAIT_FOR_PROOF;
        }
        if (facts.submitUnclear() && facts.submits() >= rules.greatestSubmits() && !facts.resubmitOrdered()) {
            return SENT_TOO_OFTEN;
        }
        return start(rules, now, facts.prepared() ? SUBMIT : PREPARE);
    }

    private static NextStep start(Rules rules, Instant now, NextStep step) {
        if (rules.expired(now)) {
            return EXPIRE;
        }
        return rules.requestKnown() ? step : WAIT_FOR_CARD;
    }

    /** What is too late to start is let go only by an order; nobody else knows whether it is still wanted. */
    private static NextStep awaitingConfirmation(Facts facts, Rules rules, Instant now) {
        if (facts.confirmRefused() || facts.cancelPending() || facts.movesByAnotherId()) {
            return ASK;
        }
        if (!facts.confirmOrdered() && rules.confirmation() != Confirmation.AUTOMATIC) {
            return ASK;
        }
        if (rules.mayBeEnded(facts)) {
            return WAIT_FOR_DECISION;
        }
        if (facts.confirmOrdered()) {
            return CONFIRM;
        }
        return rules.expired(now) ? WAIT_FOR_PROOF : CONFIRM;
    }

    /** Whether the provider's own rule says that what was submitted was not executed. */
    static boolean absenceProven(Facts facts, Resubmission rule) {
        return countedAbsences(facts, rule, null) >= lookupsNeeded(rule);
    }

    /** Whether one more answer "no such payout" at an instant would count; what is proven already needs no more. */
    public static boolean wouldCount(Facts facts, Resubmission rule, Instant askedAt) {
        return counts(rule)
                && !absenceProven(facts, rule)
                && countedAbsences(facts, rule, askedAt) > countedAbsences(facts, rule, null);
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

    private static boolean counts(Resubmission rule) {
        return lookupsNeeded(rule) != Integer.MAX_VALUE;
    }

    /** When the next answer "no such payout" would count; empty if none ever does, or enough have. */
    public static Optional<Instant> nextCountingAt(Facts facts, Resubmission rule) {
        if (!counts(rule) || !facts.submitUnclear() || absenceProven(facts, rule)) {
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
        return Integer.MAX_VALUE; // absence proves nothing: only PREPARED does, or the same call again
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

    /**
     * Whether an answer by reference speaks of every send: the merchant relies on the window, after which each of them shows, and
     * no signed notification has told of one that does not.
     */
    public static boolean allWouldShow(Facts facts, Rules rules, PayoutStatus answer, Instant askedAt) {
        return rules.resubmission() instanceof Resubmission.AfterAbsence afterAbsence
                && rules.absence() == Absence.RESUBMIT
                && facts.openClaim().filter(claim -> claim != answer).isEmpty()
                && !askedAt.isBefore(facts.settledAt().plus(afterAbsence.window()));
    }

    /** Whether an answer that says "nothing happened yet" can be believed, so soon after what was sent. */
    public static boolean isBelievable(Facts facts, Resubmission rule, PayoutStatus answer, Instant askedAt) {
        return switch (answer) {
            case PREPARED ->
                !facts.submitUnclear()
                        || (rule instanceof Resubmission.SameHandle same
                                && !facts.keyUsed()
                                && !facts.witnessed()
                                && !askedAt.isBefore(facts.doneAt().plus(same.settling())));
            case AWAITING_CONFIRMATION -> !askedAt.isBefore(facts.doneAt());
            case FAILED, CANCELED, EXPIRED -> isOfTheOnlySend(facts, rule);
            default -> true;
        };
    }

    /** Of several sends that the provider takes for different payouts, the end of one is not the end of all. */
    private static boolean isOfTheOnlySend(Facts facts, Resubmission rule) {
        if (rule instanceof Resubmission.AfterAbsence after) {
            return facts.sends() < 2 && !facts.lostTimes().mayHoldAnotherSend(after.window());
        }
        return !mayHavePassed(facts, rule)
                && !mayBeForgotten(facts, rule)
                && (facts.sends() < 2 || !mayHaveAnotherHandle(facts, rule));
    }

    /** Whether the provider may have forgotten the first send when another one came, and taken that for a new payout. */
    private static boolean mayBeForgotten(Facts facts, Resubmission rule) {
        Instant first = facts.firstSubmitAt();
        Duration keptFor = null;
        if (rule instanceof Resubmission.Replays replays) {
            keptFor = replays.keptFor();
        } else if (rule instanceof Resubmission.SameHandle same) {
            keptFor = same.keptFor();
        }
        return first != null && keptFor != null && facts.mayBeSentAgainAfter(first.plus(keptFor));
    }

    /** Whether the fence may have let another one through than it knows. */
    private static boolean mayHavePassed(Facts facts, Resubmission rule) {
        return rule instanceof Resubmission.Fenced && facts.lostTimes().mayHoldAPassing();
    }

    /** The key was used and not by the handle that is known, so no answer will ever tell the end. */
    private static boolean isUnderALostHandle(Facts facts, Rules rules, Instant now) {
        return facts.keyUsed() && mayHaveAnotherHandle(facts, rules.resubmission()) && !now.isBefore(facts.doneAt());
    }

    private static boolean mayHaveAnotherHandle(Facts facts, Resubmission rule) {
        return rule instanceof Resubmission.SameHandle && facts.lostTimes().mayHoldAHandle();
    }
}
