package org.unipayout.journal.internal.run;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Capabilities;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutStatus;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.journal.Actor;
import org.unipayout.journal.HistoryFault;
import org.unipayout.journal.Settlement;
import org.unipayout.journal.Verb;
import org.unipayout.journal.WaitingOrder;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.OpenVerbs;
import org.unipayout.journal.internal.store.Stored;

/** What an actor orders about a payout, and what becomes of it under four eyes. */
public final class Orders {
    private final Held held;
    private final Actor actor;

    Orders(Held held, Actor actor) {
        this.held = held;
        this.actor = actor;
    }

    public void confirm() {
        give(Verb.CONFIRM, null);
    }

    public void resubmit() {
        give(Verb.RESUBMIT, null);
    }

    public void cancel() {
        give(Verb.CANCEL, null);
    }

    public void settle(Settlement settlement) {
        give(Verb.SETTLE, settlement);
    }

    /** Carries an order out, or has it wait for another actor. */
    private void give(Verb verb, @Nullable Settlement settlement) {
        requireItHolds(verb);
        if (isDone(verb, settlement)) {
            return;
        }
        check(verb, settlement);
        WaitingOrder before = held.facts().order().orElse(null);
        if (before != null) {
            requireEqual(before, verb, settlement);
        } else if (held.settings().fourEyes().contains(verb)) {
            append(waiting(verb, settlement, actor, held.stored()));
            held.reached(Checkpoint.ORDER_STORED);
        } else {
            carryOut(verb, settlement, new Fields().with("who", actor));
        }
    }

    /** The row of an order that waits. The hash of the request is in it, so that it is an order for this amount and recipient. */
    public static Entry waiting(Verb verb, @Nullable Settlement settlement, Actor actor, Stored stored) {
        Fields proof = new Fields().with("order", verb).with("who", actor).with("requestHash", stored.requestHash());
        if (settlement != null) {
            proof.with("statement", settlement.why())
                    .with("paid", settlement.end() == PayoutStatus.SUCCEEDED ? "true" : null)
                    .with("returned", settlement.end() == PayoutStatus.RETURNED ? "true" : null)
                    .with("overruling", settlement.overrules() ? "true" : null);
        }
        return new Entry(Event.ORDERED, proof, stored.observation());
    }

    private void requireEqual(WaitingOrder before, Verb verb, @Nullable Settlement settlement) {
        if (before.verb() != verb || !Objects.equals(before.settlement(), settlement)) {
            throw new IllegalStateException("order: for payout " + held.reference() + " an order waits already, "
                    + before.verb() + "; approve or reject it first");
        }
    }

    public void approve(String hash) {
        requireItHolds(Verb.APPROVE);
        WaitingOrder order = held.facts().isDecided(hash) ? null : waiting(hash);
        if (order == null) {
            return;
        }
        if (order.actor().isSameAs(actor)) {
            throw new IllegalStateException(
                    "approve: payout " + held.reference() + " waits for another actor than the one who ordered it");
        }
        if (order.verb() != Verb.PAY) {
            check(order.verb(), order.settlement());
        }
        Fields proof = new Fields()
                .with("who", order.actor())
                .with("approvedBy", actor)
                .with(Facts.DECIDES, hash);
        carryOut(order.verb(), order.settlement(), proof);
        held.reached(Checkpoint.APPROVAL_STORED);
    }

    public void reject(String hash) {
        requireItHolds(Verb.REJECT);
        WaitingOrder order = held.facts().isDecided(hash) ? null : waiting(hash);
        if (order == null) {
            return;
        }
        Fields proof = new Fields().with("who", actor).with(Facts.DECIDES, hash);
        Payout after = order.verb() == Verb.PAY && nothingIsOut() ? canceled() : held.observation();
        held.append(new Entry(Event.REJECTED, proof, after), held.now());
    }

    private WaitingOrder waiting(String hash) {
        WaitingOrder order = held.facts()
                .order()
                .orElseThrow(() -> new IllegalStateException(
                        "order: none waits for payout " + held.reference() + ", which is " + held.status()));
        if (!order.hash().equals(hash)) {
            throw new IllegalArgumentException("hash: another order waits for payout " + held.reference()
                    + " than the one that was looked at; look at PayoutRecord.order() again");
        }
        return order;
    }

    private boolean isDone(Verb verb, @Nullable Settlement settlement) {
        Facts facts = held.facts();
        return switch (verb) {
            case CONFIRM ->
                held.status().isFinal() || (facts.confirmOrdered() && !facts.confirmRefused() && !facts.endLost());
            case CANCEL -> held.status().isFinal();
            case SETTLE ->
                held.stored().fault() == null
                        && held.status() == end(settlement)
                        && facts.reason() == null
                        && facts.owed() == null
                        && !held.mayBeReplacedByWhatIsLost();
            default -> false;
        };
    }

    /** Whether the order can be carried out now; throws if not. */
    private void check(Verb verb, @Nullable Settlement settlement) {
        switch (verb) {
            case CONFIRM -> checkConfirm();
            case CANCEL -> checkCancel();
            case RESUBMIT -> checkResubmit();
            case SETTLE -> checkSettle(settlement);
            default -> throw new IllegalArgumentException("order: " + verb + " is none");
        }
    }

    private void checkConfirm() {
        if (held.status() == PayoutStatus.AWAITING_CONFIRMATION && held.facts().movesByAnotherId()) {
            throw new IllegalStateException("confirm: payout " + held.reference()
                    + " moves under another id of the provider already; look into its statement and settle it");
        }
        if (held.status() != PayoutStatus.AWAITING_CONFIRMATION) {
            throw new IllegalStateException("confirm: payout " + held.reference() + " is " + held.status()
                    + "; only one that is AWAITING_CONFIRMATION can be confirmed");
        }
    }

    private void checkResubmit() {
        if (!OpenVerbs.mayBeResubmitted(held.facts())) {
            throw new IllegalStateException("resubmit: payout " + held.reference()
                    + " does not wait for a decision; only one with DECISION_NEEDED or SENT_TOO_OFTEN does");
        }
    }

    private void checkCancel() {
        if (nothingIsOut()) {
            return;
        }
        if (held.isOfAnotherAccount()) {
            throw new IllegalStateException("cancel: payout " + held.reference()
                    + " was asked for at another account; give the builder that one under the provider's name");
        }
        if (!held.provider().client().capabilities().has(Capabilities.Feature.CANCEL)) {
            throw new UnsupportedPayoutException(details("the provider cannot cancel", Advice.ASK_STATUS));
        }
    }

    private void checkSettle(@Nullable Settlement settlement) {
        if (held.stored().fault() != null) {
            return;
        }
        boolean overrules = settlement != null && settlement.overrules();
        OpenVerbs.refusal(held.facts(), held.handle().recipientKind(), overrules, end(settlement))
                .ifPresent(why -> {
                    throw new IllegalStateException("settle: payout " + held.reference() + " " + why);
                });
    }

    private void carryOut(Verb verb, @Nullable Settlement settlement, Fields proof) {
        switch (verb) {
            case PAY -> held.append(Event.APPROVED, proof);
            case CONFIRM -> {
                held.append(Event.CONFIRM_ORDERED, proof);
                held.reached(Checkpoint.CONFIRM_ORDERED);
            }
            case RESUBMIT -> held.append(Event.RESUBMIT_ORDERED, proof);
            case CANCEL -> carryOutCancel(proof);
            case SETTLE -> carryOutSettle(settlement, proof);
            default -> throw new IllegalArgumentException("order: " + verb + " is none");
        }
    }

    private void carryOutCancel(Fields proof) {
        if (nothingIsOut()) {
            held.append(new Entry(Event.CANCELED, proof, canceled()), held.now());
            return;
        }
        Ending ending = new MoneyCalls(held)
                .make(
                        MoneyCall.CANCEL,
                        proof,
                        Run.ordered(),
                        MoneyCalls.Patience.FOR_A_PLACE,
                        () -> true,
                        held.provider().client()::cancel)
                .orElseThrow(() -> new PayoutNotSentException(
                        details("no call to the provider became free in time", Advice.SAME_REFERENCE_LATER)));
        RuntimeException thrown = ending.thrown();
        if (thrown != null && MoneyCall.hadNoEffect(thrown)) {
            throw thrown;
        }
    }

    private void carryOutSettle(@Nullable Settlement settlement, Fields proof) {
        Payout settled = Payout.builder(
                        held.handle(), end(settlement), held.observation().providerStatus())
                .decline(end(settlement) == PayoutStatus.FAILED ? Answers.settledAsNotPaid() : null)
                .build();
        String statement = settlement == null ? null : settlement.why();
        append(new Entry(Event.SETTLED, proof.with("statement", statement), settled));
    }

    private void append(Entry entry) {
        HistoryFault fault = held.stored().fault();
        if (fault == null) {
            held.append(entry, held.now());
        } else {
            held.startAnew(fault, entry);
        }
    }

    /** Only a person's word ends what somebody has changed in the database. */
    private void requireItHolds(Verb verb) {
        HistoryFault fault = held.stored().fault();
        if (fault == null && !held.holds() && verb != Verb.SETTLE && verb != Verb.APPROVE && verb != Verb.REJECT) {
            throw new IllegalStateException("order: " + verb + " is refused, because what was stored of payout "
                    + held.reference() + " did not fit its history; look into the provider's statement and settle it");
        }
        if (fault != null && verb != Verb.SETTLE) {
            throw new IllegalStateException("order: " + verb + " is refused, because what is stored of payout "
                    + held.reference() + " does not fit its history, row " + fault.number() + ": " + fault.text()
                    + " Put back what was there, or look into the provider's statement and settle it");
        }
    }

    private static PayoutStatus end(@Nullable Settlement settlement) {
        return settlement == null ? PayoutStatus.FAILED : settlement.end();
    }

    private boolean nothingIsOut() {
        return OpenVerbs.nothingIsOut(held.facts(), held.handle().recipientKind());
    }

    private Payout canceled() {
        return Payout.builder(held.handle(), PayoutStatus.CANCELED, "").build();
    }

    private FailureDetails details(String message, Advice advice) {
        return FailureDetails.builder(held.provider().name(), Operation.CANCEL, message, advice)
                .reference(held.reference())
                .build();
    }
}
