package org.unipayout.journal.internal.run;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.journal.Attention;
import org.unipayout.journal.internal.decide.Alarms;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.NextStep;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.store.StoredObservation;

/** Carries one payout as far as it goes now: step by step, for as long as a step adds a row to its history. */
final class Pass {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    private final Held held;
    private final Settings settings;
    private final PayoutClient client;
    private final MoneyCalls moneyCalls;
    private final Notifications notifications;
    private final Delivery delivery;

    Pass(Held held) {
        this.held = held;
        settings = held.settings();
        client = held.provider().client();
        moneyCalls = new MoneyCalls(held);
        notifications = new Notifications(held);
        delivery = new Delivery(held);
    }

    /**
     * Carries it on.
     *
     * @param given the request as the caller holds it, or null: the only place where a card number may be
     * @return when to come again; empty if nothing remains to be done
     */
    Optional<Instant> run(Engine.Trigger trigger, @Nullable PayoutRequest given) {
        if (!held.holds()) {
            return Optional.of(held.now().plus(settings.longestPause())); // somebody may put back what was there
        }
        Optional<PayoutRequest> request = Optional.ofNullable(given)
                .filter(any -> !held.facts().paymentApproved())
                .or(held::request)
                .map(held::asFirstAsked);
        Run run = switch (trigger) {
            case DUE -> Run.due(held.isNotifiedSinceAsked());
            case REPLACED -> Run.doubting();
            case TOUCHED ->
                Run.touched(
                        held.questions().isFree(held.reference(), held.now()), isFresh(), held.isNotifiedSinceAsked());
        };
        if (!held.isOfAnotherAccount()) {
            carryOn(run, request);
        } else if (!held.status().isFinal()) {
            run.flags(Attention.OTHER_ACCOUNT);
        }
        Attention owed = held.facts().owed();
        if (owed != null) {
            run.flags(owed);
        }
        raiseAttention(run);
        if (trigger == Engine.Trigger.DUE) {
            delivery.deliver();
        }
        return nextTime(run);
    }

    private void carryOn(Run run, Optional<PayoutRequest> request) {
        long version;
        do {
            notifications.take(run);
            version = held.stored().version();
            step(run, request);
        } while (held.stored().version() > version && held.stillHasIt());
        notifications.takeAtTheirWord(run);
        if (held.facts().mayBeAnothers()) {
            run.flags(Attention.CONTRADICTION);
        }
        if (held.facts().paidTwice()) {
            run.flags(Attention.PAID_TWICE);
        }
    }

    private boolean isFresh() {
        Instant recently = held.now().minus(settings.firstPause());
        Instant askedAt = held.stored().askedAt();
        return held.stored().changedAt().isAfter(recently) || (askedAt != null && askedAt.isAfter(recently));
    }

    private void step(Run run, Optional<PayoutRequest> request) {
        if (run.mustAsk() && held.isWorthAQuestion()) {
            ask(run);
            return;
        }
        NextStep next = NextStep.of(held.facts(), held.rules(request.isPresent()), held.now());
        if (next.maySend() && held.mayBePaidAlready()) {
            run.flags(Attention.CONTRADICTION);
            return;
        }
        long version = held.stored().version();
        switch (next) {
            case PREPARE -> prepare(run, request.orElseThrow());
            case SUBMIT -> submit(run, request.orElseThrow());
            case CONFIRM -> confirm(run);
            case ASK, WAIT_FOR_DECISION, WAIT_FOR_PROOF, SENT_TOO_OFTEN -> askIfDue(run);
            case EXPIRE -> expire();
            case FAIL -> failAsRefused();
            case FAIL_AS_TAKEN -> fail(Answers.taken());
            case WAIT_FOR_CARD -> {
                if (held.facts().submitUnclear()) {
                    askIfDue(run);
                }
            }
            case WAIT_FOR_APPROVAL, NOTHING -> {}
        }
        Attention waitsFor = next.attention();
        if (waitsFor != null && held.stored().version() == version) { // else a question had news
            run.flags(waitsFor);
        }
    }

    // ---- the steps

    private void prepare(Run run, PayoutRequest request) {
        if (!run.begins(Operation.PREPARE) || !enters(run)) {
            return;
        }
        held.reached(Checkpoint.PREPARE_STARTING);
        Ending ending = held.provider().leaving(() -> Ending.of(() -> client.prepare(request)));
        if (ending.answer() == null) {
            prepareThrew(ending.thrown());
            return;
        }
        held.reached(Checkpoint.PREPARE_ANSWERED);
        append(Event.PREPARED, prepared(Answers.checked(held.handle(), ending.answer())), held.now());
        held.reached(Checkpoint.PREPARE_STORED);
    }

    /** A new handle says nothing about a send that may have been made by a handle which is lost. */
    private Payout prepared(Payout answer) {
        return held.facts().submitUnclear() && answer.status() == PayoutStatus.PREPARED
                ? Answers.unclear(
                        answer, Evidence.Kind.NO_ANSWER, "What was sent before the database went back is not known.")
                : answer;
    }

    /** Nothing moves money before a submit, so whatever is unclear here may simply be done again. */
    private void prepareThrew(@Nullable RuntimeException e) {
        PayoutException known = e instanceof PayoutException thrown ? thrown : null;
        boolean later = e instanceof PayoutRejectedException rejected && !Answers.isFinal(rejected);
        boolean refused = e instanceof PayoutRejectedException
                || e instanceof UnsupportedPayoutException
                || e instanceof IllegalArgumentException;
        if (refused && !later) {
            Decline decline = known == null ? Answers.invalid(e) : Answers.decline(known);
            held.append(
                    MoneyCall.refused(held.observation(), decline, held.facts().submitUnclear()), held.now());
        } else {
            postponePrepare(Answers.refusal(known));
        }
    }

    private void postponePrepare(Fields proof) {
        HistoryRow last = held.stored().history().get(held.stored().history().size() - 1);
        if (last.event() != Event.PREPARE_POSTPONED || !last.told().equals(proof.text())) {
            held.append(Event.PREPARE_POSTPONED, proof);
        }
    }

    private void submit(Run run, PayoutRequest request) {
        boolean onlyHere = request.recipient().kind() == RecipientKind.CARD_NUMBER
                && held.request().isEmpty();
        MoneyCalls.Patience patience = onlyHere ? MoneyCalls.Patience.FOR_THE_TURN : MoneyCalls.Patience.NONE;
        if (held.facts().submitUnclear() && !mayFollow(run)) {
            return;
        }
        if (run.begins(Operation.SUBMIT)) {
            moneyCalls.make(
                    MoneyCall.SUBMIT,
                    new Fields(),
                    run,
                    patience,
                    this::isStillToBeSent,
                    ref -> client.submit(ref, request));
        }
    }

    /**
     * Read first, then send again, whoever looked or ordered it just before. Where a second send is paid too, a question without an
     * answer is no leave for it.
     */
    private boolean mayFollow(Run run) {
        if (!run.hasAsked()) {
            ask(run);
        }
        boolean paidAgain = held.resubmission() instanceof Resubmission.AfterAbsence;
        boolean oneEnded = run.reason() == Attention.END_UNPROVEN;
        return isStillToBeSent() && !oneEnded && (run.isAnswered() || !paidAgain);
    }

    private boolean isStillToBeSent() {
        return NextStep.of(held.facts(), held.rules(true), held.now()) == NextStep.SUBMIT
                && held.pendingNotifications().isEmpty();
    }

    private void confirm(Run run) {
        if (run.begins(Operation.CONFIRM)) {
            moneyCalls.make(
                    MoneyCall.CONFIRM, new Fields(), run, MoneyCalls.Patience.NONE, () -> true, client::confirm);
        }
    }

    private void expire() {
        Payout expired = Payout.builder(held.handle(), PayoutStatus.EXPIRED, "").build();
        held.append(new Entry(Event.EXPIRED, new Fields(), expired), held.now());
    }

    private void failAsRefused() {
        Fields refusal = held.facts().refusal();
        fail(refusal == null ? Answers.invalid(null) : StoredObservation.readDecline(refusal, "decline"));
    }

    private void fail(@Nullable Decline decline) {
        held.append(MoneyCall.failed(held.observation(), decline), held.now());
    }

    private void append(Event event, Payout observation, Instant at) {
        held.append(new Entry(event, StoredObservation.proof(observation), observation), at);
    }

    private boolean enters(Run run) {
        boolean entered = held.provider().enter();
        if (!entered) {
            run.waitsUntil(held.soon());
        }
        return entered;
    }

    // ---- asking

    private void askIfDue(Run run) {
        if (run.mayAsk()) {
            ask(run);
        }
    }

    private void ask(Run run) {
        run.asks();
        if (!enters(run)) {
            return;
        }
        Instant askedAt = held.now();
        if (run.counts()) {
            held.questions().count(held.reference(), askedAt);
        }
        held.reached(Checkpoint.GET_STARTING);
        Ending ending = held.provider().leaving(() -> Ending.of(() -> client.get(held.handle())));
        if (ending.answer() == null) {
            LOG.debug("A status question had no usable answer; it will be asked again", ending.thrown());
            return;
        }
        run.isTold();
        held.reached(Checkpoint.GET_ANSWERED);
        run.hears(
                RowHashes.plain(ending.answer().status().name(), comparable(ending.answer())),
                Answers.movesByAnotherId(held.handle(), ending.answer()));
        Payout answer = Answers.told(held.handle(), ending.answer());
        take(Answers.withKnownPage(held.observation(), answer), askedAt, run);
        Attention found = run.reason();
        if (found != null && Alarms.isUnsaid(found, held.facts().reason())) {
            raise(found, run); // before it counts as asked: nobody may ask again
        }
        held.asked(askedAt);
        held.reached(Checkpoint.GET_STORED);
    }

    private void take(Payout answer, Instant askedAt, Run run) {
        Evidence.Kind evidence = answer.evidence().map(Evidence::kind).orElse(null);
        if (evidence == Evidence.Kind.ABSENT) {
            takeAbsence(answer, askedAt);
            return;
        }
        if (evidence == Evidence.Kind.NOT_LET_THROUGH && held.resubmission() instanceof Resubmission.Fenced) {
            boolean nonePassed = held.stored().letThrough() == null;
            if (nonePassed && !held.facts().seen()) {
                takeAbsence(answer.toBuilder().ref(held.handle()).build(), askedAt);
                return;
            }
            if (nonePassed || isOfTheOneLetThrough(answer)) {
                take(Answers.unheard(answer.toBuilder().ref(held.handle()).build()), askedAt, run);
                return;
            }
        }
        PayoutStatus known = held.status();
        Attention alarm = alarm(answer, run);
        // What is paid instead may not have been sent yet: then nothing is known already.
        boolean needed = run.doubts() || held.isReplaced();
        boolean settled = alarm != null && !needed && held.facts().isSettledAgainst(run.heard());
        if (alarm != null && !settled) {
            run.flagsByWhatIsHeard(alarm);
        }
        boolean adds = known.mayBecome(answer.status()) && isBelievable(answer, askedAt) && isNews(answer);
        if (adds && !settled) {
            Fields proof =
                    StoredObservation.proof(answer).with(Facts.ANOTHER_MOVES, run.anotherMoves() ? "true" : null);
            held.append(new Entry(Event.OBSERVED, proof, answer), askedAt);
        }
        if (answer.status().isFinal() && !held.status().isFinal() && !speaksOfAllSends(answer, Instant.MAX)) {
            run.flags(Attention.END_UNPROVEN); // one of several sends ended so, and nothing tells about the others
        }
    }

    private @Nullable Attention alarm(Payout answer, Run run) {
        if (answer.hasEvidence(Evidence.Kind.PAID_TWICE)) {
            return Attention.PAID_TWICE;
        }
        boolean contradicts = answer.hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER)
                || isOfAnother(answer)
                || contradictsTheEnd(answer, run);
        return contradicts ? Attention.CONTRADICTION : null;
    }

    /** The only one of its transactions that could have been paid, if both were asked for by its id. */
    private boolean isOfTheOneLetThrough(Payout answer) {
        Optional<String> passed = Optional.ofNullable(held.stored().letThrough());
        return passed.equals(held.handle().providerId())
                && passed.equals(answer.ref().providerId());
    }

    private boolean isBelievable(Payout answer, Instant askedAt) {
        return (answer.status().isFinal() && speaksOfAllSends(answer, askedAt))
                || NextStep.isBelievable(held.facts(), held.resubmission(), answer.status(), askedAt);
    }

    /** By its id an answer speaks of one send only. */
    private boolean speaksOfAllSends(Payout answer, Instant askedAt) {
        return held.handle().providerId().isEmpty()
                && NextStep.allWouldShow(held.facts(), held.rules(true), answer.status(), askedAt);
    }

    /** Before anything of ours was sent it is a reference to be given up, afterwards a riddle for a person. */
    private boolean isOfAnother(Payout answer) {
        return Answers.proves(answer, Evidence.Proves.ANOTHER_PAYOUT)
                && held.facts().mayBeOut();
    }

    /** A person's "not paid" is contradicted even by an answer that only says that the payout is on its way. */
    private boolean contradictsTheEnd(Payout answer, Run run) {
        PayoutStatus known = held.status();
        boolean ends = answer.status().isFinal()
                || ((held.facts().settledByPerson() || isDoubted(run)) && answer.status() == PayoutStatus.PROCESSING);
        boolean overtaken = known == PayoutStatus.RETURNED && answer.status() == PayoutStatus.SUCCEEDED;
        return known.isFinal()
                && ends
                && !overtaken
                && !known.mayBecome(answer.status())
                && !Facts.agree(known, answer.status());
    }

    private boolean isDoubted(Run run) {
        return run.doubts() && held.status().funds() == PayoutStatus.Funds.NOT_MOVED;
    }

    private void takeAbsence(Payout answer, Instant askedAt) {
        Facts facts = held.facts();
        boolean speaksOfSubmit = held.status() == PayoutStatus.UNKNOWN && facts.submitUnclear() && !facts.seen();
        boolean adds = facts.absences().isEmpty() || NextStep.wouldCount(facts, held.resubmission(), askedAt);
        if (speaksOfSubmit && adds) {
            append(Event.ABSENT, answer, askedAt);
        }
    }

    private boolean isNews(Payout answer) {
        Payout known = held.observation();
        return known.status() != answer.status()
                || known.nextAction().isPresent() != answer.nextAction().isPresent()
                || !comparable(known).equals(comparable(answer));
    }

    private static String comparable(Payout payout) {
        return StoredObservation.proof(payout.toBuilder().requestId(null).build())
                .text();
    }

    // ---- attention, the next time

    private void raiseAttention(Run run) {
        raise(attention(run, held.facts().reason()), run);
    }

    private void raise(@Nullable Attention raised, Run run) {
        Attention present = held.facts().reason();
        if (raised != null && (present == null || Alarms.replaces(raised, present))) {
            held.append(
                    Event.ATTENTION,
                    new Fields()
                            .with("attention", raised)
                            .with(Facts.FLAGGED_BY, run.because())
                            .with(Facts.ANOTHER_MOVES, run.anotherMoves() ? "true" : null));
        }
    }

    private @Nullable Attention attention(Run run, @Nullable Attention present) {
        if (run.reason() != null || held.status().isFinal()) {
            return run.reason();
        }
        if (held.facts().confirmRefused()) {
            return Attention.CONFIRMATION_REFUSED;
        }
        Instant overdueAt = held.stored().requestedAt().plus(settings.attentionAfter());
        return (present == null || present == Attention.LISTENER_FAILED)
                        && !held.now().isBefore(overdueAt)
                ? Attention.OVERDUE
                : null;
    }

    private Optional<Instant> nextTime(Run run) {
        Instant notBefore = run.notBefore();
        if (notBefore != null) {
            return Optional.of(notBefore);
        }
        if (held.status().isFinal()) {
            return nextTimeAfterTheEnd();
        }
        Instant now = held.now();
        Instant byPause = now.plus(settings.pauseSince(held.facts().progressAt(), now));
        Optional<Instant> counting = NextStep.nextCountingAt(held.facts(), held.resubmission());
        return Stream.of(counting, Optional.of(held.facts().doneAt())) // from then on an answer proves more than now
                .flatMap(Optional::stream)
                .filter(proving -> proving.isAfter(now) && proving.isBefore(byPause))
                .min(Instant::compareTo)
                .or(() -> Optional.of(byPause));
    }

    private Optional<Instant> nextTimeAfterTheEnd() {
        if (delivery.isDue()) {
            return Optional.of(held.soon());
        }
        Instant now = held.now();
        if (held.isOfAnotherAccount() && !held.pendingNotifications().isEmpty()) {
            return Optional.of(now.plus(settings.longestPause())); // whoever pays from that account takes them in
        }
        if (held.isNotifiedSinceLetGo()) {
            return Optional.of(now);
        }
        return held.isStillToBeAskedAbout() || NextStep.isWatched(held.facts(), held.rules(true), now)
                ? Optional.of(now.plus(settings.pauseSince(held.facts().progressAt(), now)))
                : Optional.empty();
    }
}
