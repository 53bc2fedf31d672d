package org.unipayout.journal.internal.decide;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Verb;

/** What a person can order for a payout now, and whether it stands still without one. Pure functions of the facts. */
public final class OpenVerbs {
    private OpenVerbs() {}

    public static Set<Verb> of(Facts facts, RecipientKind kind, boolean cancels) {
        if (facts.order().isPresent()) {
            return EnumSet.of(Verb.APPROVE, Verb.REJECT);
        }
        Attention attention = facts.reason();
        if (attention == Attention.TAMPERED) {
            return EnumSet.of(Verb.SETTLE);
        }
        Set<Verb> open = EnumSet.noneOf(Verb.class);
        if (facts.status().isFinal()) {
            boolean stands = attention == null || attention == Attention.LISTENER_FAILED;
            return stands ? open : EnumSet.of(Verb.SETTLE);
        }
        if (canBeConfirmed(facts)) {
            open.add(Verb.CONFIRM);
        }
        if (nothingIsOut(facts, kind) || (facts.prepared() && cancels)) {
            open.add(Verb.CANCEL);
        }
        if (mayBeResubmitted(facts)) {
            open.add(Verb.RESUBMIT);
        }
        if (attention == Attention.CARD_NEEDED) {
            open.add(Verb.PAY_AGAIN);
        }
        if (attention != null && attention != Attention.LISTENER_FAILED && mayBeSettled(facts, kind)) {
            open.add(Verb.SETTLE);
        }
        return open;
    }

    static boolean canBeConfirmed(Facts facts) {
        return facts.status() == PayoutStatus.AWAITING_CONFIRMATION
                && (!facts.confirmOrdered() || facts.confirmRefused() || facts.endLost())
                && !facts.movesByAnotherId()
                && !facts.cancelPending();
    }

    /** Never once an answer or a signed notification has shown the payout, whatever was flagged before. */
    public static boolean mayBeResubmitted(Facts facts) {
        Attention reason = facts.reason();
        return reason != null
                && Alarms.mayBeSentAgain(reason)
                && !facts.status().isFinal()
                && !facts.seen()
                && !facts.oneEnded();
    }

    /** Why a person's word about the end is not taken; empty if it is. */
    public static Optional<String> refusal(Facts facts, RecipientKind kind, boolean overrules, PayoutStatus end) {
        if (facts.reason() == Attention.TAMPERED) {
            return Optional.empty();
        }
        if (!facts.status().isFinal() && nothingIsOut(facts, kind)) {
            return Optional.of("was not sent: cancel it");
        }
        if (overrules) {
            return Optional.empty();
        }
        if (!facts.status().isFinal()) {
            return facts.reason() == null
                    ? Optional.of("does not stand still: it is asked about, wait for its end or its attention")
                    : Optional.empty();
        }
        boolean confirms = facts.status() == end
                || facts.reason() == Attention.NOTIFIED_ONLY
                || (facts.status().mayBecome(end) && facts.reason() != Attention.PAID_TWICE); // it came back since
        return confirms
                ? Optional.empty()
                : Optional.of("is " + facts.status() + " by the provider's own word; overruling() says otherwise");
    }

    /** Nothing that a provider could still execute, so that ending it here ends it. */
    public static boolean nothingIsOut(Facts facts, RecipientKind kind) {
        boolean formIsOut = facts.prepared() && kind == RecipientKind.HOSTED_FORM;
        return facts.status() == PayoutStatus.PREPARED && !facts.submitUnclear() && !facts.witnessed() && !formIsOut;
    }

    /** A person may say how it ended wherever something is out, or a provider has spoken the last word it will speak. */
    static boolean mayBeSettled(Facts facts, RecipientKind kind) {
        return facts.status().isFinal() || !nothingIsOut(facts, kind);
    }
}
