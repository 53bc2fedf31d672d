package org.unipayout.journal.internal.run;

import org.unipayout.Advice;
import org.unipayout.Capabilities;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutStatus;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.journal.Actor;
import org.unipayout.journal.Settlement;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.OpenVerbs;

/** What a merchant orders about a payout. */
public final class Orders {
    private final Held held;
    private final Actor actor;

    Orders(Held held, Actor actor) {
        this.held = held;
        this.actor = actor;
    }

    public void confirm() {
        Facts facts = held.facts();
        if (held.status().isFinal() || (facts.confirmOrdered() && !facts.confirmRefused())) {
            return;
        }
        if (held.status() != PayoutStatus.AWAITING_CONFIRMATION) {
            throw new IllegalStateException("confirm: payout " + held.reference() + " is " + held.status()
                    + "; only one that is AWAITING_CONFIRMATION can be confirmed");
        }
        held.append(Event.CONFIRM_ORDERED, said());
        held.reached(Checkpoint.CONFIRM_ORDERED);
    }

    public void resubmit() {
        if (!OpenVerbs.mayBeResubmitted(held.facts())) {
            throw new IllegalStateException("resubmit: payout " + held.reference()
                    + " does not wait for a decision; only one with DECISION_NEEDED or SENT_TOO_OFTEN does");
        }
        held.append(Event.RESUBMIT_ORDERED, said());
    }

    public void cancel() {
        if (held.status().isFinal()) {
            return;
        }
        if (OpenVerbs.nothingIsOut(held.facts(), held.handle().recipientKind())) {
            Payout canceled =
                    Payout.builder(held.handle(), PayoutStatus.CANCELED, "").build();
            held.append(new Entry(Event.CANCELED, said(), canceled), held.now());
            return;
        }
        if (held.isOfAnotherAccount()) {
            throw new IllegalStateException("cancel: payout " + held.reference()
                    + " was asked for at another account; give the builder that one under the provider's name");
        }
        Provider provider = held.provider();
        if (!provider.client().capabilities().has(Capabilities.Feature.CANCEL)) {
            throw new UnsupportedPayoutException(details("the provider cannot cancel", Advice.ASK_STATUS));
        }
        Ending ending = new MoneyCalls(held)
                .make(
                        MoneyCall.CANCEL,
                        said(),
                        new Run(false, false),
                        MoneyCalls.Patience.FOR_A_PLACE,
                        () -> true,
                        provider.client()::cancel)
                .orElseThrow(() -> new PayoutNotSentException(
                        details("no call to the provider became free in time", Advice.SAME_REFERENCE_LATER)));
        RuntimeException thrown = ending.thrown();
        if (thrown != null && MoneyCall.hadNoEffect(thrown)) {
            throw thrown;
        }
    }

    public void settle(Settlement settlement) {
        PayoutStatus end = settlement.paid() ? PayoutStatus.SUCCEEDED : PayoutStatus.FAILED;
        if (held.status() == end && held.stored().attention() == null) {
            return;
        }
        OpenVerbs.refusal(held.facts(), held.handle().recipientKind(), settlement.overrules(), end)
                .ifPresent(why -> {
                    throw new IllegalStateException("settle: payout " + held.reference() + " " + why);
                });
        Fields proof = said().with("statement", settlement.why());
        Payout settled = Payout.builder(held.handle(), end, held.observation().providerStatus())
                .decline(settlement.paid() ? null : Answers.settledAsNotPaid())
                .build();
        held.append(new Entry(Event.SETTLED, proof, settled), held.now());
    }

    private Fields said() {
        return new Fields().with("who", actor);
    }

    private FailureDetails details(String message, Advice advice) {
        return FailureDetails.builder(held.provider().name(), Operation.CANCEL, message, advice)
                .reference(held.reference())
                .build();
    }
}
