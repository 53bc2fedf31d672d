package org.unipayout.journal.internal.run;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.store.StoredObservation;

/** The calls that may move money or end a payout, and what each writes; {@link MoneyCalls} makes them all in one way. */
final class MoneyCall {
    static final MoneyCall SUBMIT = new MoneyCall(
            Operation.SUBMIT,
            new Row(Event.SUBMITTING, Evidence.Kind.NO_ANSWER, "A submit was begun and has no stored answer yet."),
            Event.SUBMITTED,
            PayoutStatus.PREPARED,
            new Row(Event.SUBMIT_POSTPONED),
            new Row(Event.SUBMITTED, Evidence.Kind.OPEN_CODE, "The provider refused and says to ask."),
            new Row(
                    Event.SUBMIT_REFUSED,
                    Evidence.Kind.NO_ANSWER,
                    "A later submit was refused; an earlier one is still unclear."),
            new Passing(Checkpoint.SUBMIT_STORED, Checkpoint.SUBMIT_ANSWERED, Checkpoint.SUBMIT_ANSWER_STORED));

    static final MoneyCall CONFIRM = new MoneyCall(
            Operation.CONFIRM,
            new Row(Event.CONFIRMING, Evidence.Kind.NO_ANSWER, "A confirm was begun and has no stored answer yet."),
            Event.CONFIRMED,
            PayoutStatus.AWAITING_CONFIRMATION,
            new Row(Event.CONFIRM_POSTPONED),
            new Row(Event.CONFIRM_POSTPONED),
            new Row(
                    Event.CONFIRM_REFUSED,
                    Evidence.Kind.PROVIDER_UNSURE,
                    "The provider refused to confirm; it is asked why."),
            new Passing(Checkpoint.CONFIRM_STORED, Checkpoint.CONFIRM_ANSWERED, Checkpoint.CONFIRM_ANSWER_STORED));

    /** Moves no money, so the status stays what it was while it runs. */
    static final MoneyCall CANCEL = new MoneyCall(
            Operation.CANCEL,
            new Row(Event.CANCELING),
            Event.CANCEL_ANSWERED,
            null,
            new Row(Event.CANCEL_REFUSED),
            new Row(Event.CANCEL_REFUSED),
            new Row(Event.CANCEL_REFUSED),
            new Passing(Checkpoint.CANCEL_STORED, Checkpoint.CANCEL_ANSWERED, Checkpoint.CANCEL_ANSWER_STORED));

    /** A row that leaves the payout unclear, or as it was before the call. */
    private record Row(Event event, Evidence.@Nullable Kind unclear, String text) {
        Row(Event event) {
            this(event, null, "");
        }

        Entry entry(Fields proof, Payout before) {
            return new Entry(event, proof, unclear == null ? before : Answers.unclear(before, unclear, text));
        }
    }

    /** The boundaries of a call: announced, answered, and the answer stored. */
    record Passing(Checkpoint announced, Checkpoint answered, Checkpoint stored) {}

    private final Operation operation;
    private final Row announced;
    private final Event answered;
    private final @Nullable PayoutStatus noEffect;
    private final Row notExecuted;
    private final Row unsure;
    private final Row refused;
    private final Passing passing;

    private MoneyCall(
            Operation operation,
            Row announced,
            Event answered,
            @Nullable PayoutStatus noEffect,
            Row notExecuted,
            Row unsure,
            Row refused,
            Passing passing) {
        this.operation = operation;
        this.announced = announced;
        this.answered = answered;
        this.noEffect = noEffect;
        this.notExecuted = notExecuted;
        this.unsure = unsure;
        this.refused = refused;
        this.passing = passing;
    }

    Operation operation() {
        return operation;
    }

    Passing passing() {
        return passing;
    }

    /** Stored before the first byte leaves. */
    Entry announcement(Fields said, Payout before, Facts facts) {
        return announced.entry(this == SUBMIT ? said.with("attempt", facts.submits() + 1) : said, before);
    }

    /**
     * What the end of a call proves.
     *
     * @param before the observation before the call
     * @param earlierUnclear whether an earlier submit may have been executed
     * @param isEnd whether an end that the answer to a confirm or a cancel tells is that of every send
     */
    Entry entry(Ending ending, Payout before, boolean earlierUnclear, Predicate<PayoutStatus> isEnd) {
        Payout answer = ending.answer();
        return answer == null
                ? thrown(ending.thrown(), before, earlierUnclear)
                : answer(Answers.checked(before.ref(), answer), before, earlierUnclear, isEnd);
    }

    private Entry answer(Payout answer, Payout before, boolean earlierUnclear, Predicate<PayoutStatus> isEnd) {
        if (this == SUBMIT && Answers.proves(answer, Evidence.Proves.NOT_EXECUTED)) {
            return notExecuted.entry(StoredObservation.proof(answer), before);
        }
        if (this == SUBMIT && earlierUnclear && answer.status() == PayoutStatus.FAILED) {
            Fields proof = new Fields();
            StoredObservation.writeDecline(proof, "decline", answer.decline().orElseThrow());
            return refused.entry(proof, before);
        }
        Payout settled = noEffect == null ? answer : Answers.settled(answer, noEffect);
        PayoutStatus during =
                announced.entry(new Fields(), before).observation().status();
        boolean ends = settled.status().isFinal() && settled.status().funds() == PayoutStatus.Funds.NOT_MOVED;
        boolean unproven = this != SUBMIT && ends && !isEnd.test(settled.status());
        Payout taken = during.mayBecome(settled.status()) && !unproven ? settled : before;
        return new Entry(answered, StoredObservation.proof(settled), taken);
    }

    private Entry thrown(@Nullable RuntimeException e, Payout before, boolean earlierUnclear) {
        if (!hadNoEffect(e)) {
            return answer(Answers.brokenContract(before, e), before, earlierUnclear, status -> false);
        }
        if (e instanceof PayoutRejectedException rejected && rejected.advice() == Advice.ASK_STATUS) {
            return unsure.entry(Answers.refusal(rejected), before);
        }
        if (e instanceof PayoutNotSentException
                || (e instanceof PayoutRejectedException rejected && !Answers.isFinal(rejected))) {
            return notExecuted.entry(Answers.refusal((PayoutException) e), before);
        }
        return refusedForGood(e, before, earlierUnclear);
    }

    /** A refusal speaks of the submit that it answers and says nothing about an earlier one. */
    private Entry refusedForGood(@Nullable RuntimeException e, Payout before, boolean earlierUnclear) {
        PayoutException known = e instanceof PayoutException refusal ? refusal : null;
        if (this != SUBMIT) {
            return refused.entry(Answers.refusal(known), before);
        }
        return refused(before, known == null ? Answers.invalid(e) : Answers.decline(known), earlierUnclear);
    }

    /** What a refusal for good proves: the end, unless an earlier send is unclear. */
    static Entry refused(Payout before, Decline decline, boolean earlierUnclear) {
        if (!earlierUnclear) {
            return failed(before, decline);
        }
        Fields proof = new Fields();
        StoredObservation.writeDecline(proof, "decline", decline);
        return SUBMIT.refused.entry(proof, before);
    }

    static Entry failed(Payout before, @Nullable Decline decline) {
        Payout failed = Payout.builder(before.ref(), PayoutStatus.FAILED, "")
                .decline(decline)
                .build();
        return new Entry(Event.FAILED, StoredObservation.proof(failed), failed);
    }

    /** Whether what a client threw is one of the ways in which the contract says that the call had no effect. */
    static boolean hadNoEffect(@Nullable RuntimeException e) {
        return e instanceof PayoutNotSentException
                || e instanceof PayoutRejectedException
                || e instanceof UnsupportedPayoutException
                || e instanceof IllegalArgumentException;
    }
}
