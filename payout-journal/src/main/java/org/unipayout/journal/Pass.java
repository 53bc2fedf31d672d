package org.unipayout.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Advice;
import org.unipayout.Capabilities;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.UnsupportedPayoutException;

/** One thread's work on one payout, while it alone has it. */
final class Pass {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    private final Engine engine;
    private final Store store;
    private final Settings settings;
    private final String reference;

    /** What is decided by: read at once, and replaced only by what this thread itself wrote. */
    private Store.Stored stored;

    private Facts facts;
    private final Provider provider;
    private final PayoutClient client;
    private final Resubmission resubmission;

    Pass(Engine engine, String reference) {
        this.engine = engine;
        this.store = engine.store();
        this.settings = engine.settings();
        this.reference = reference;
        stored = engine.load(reference);
        provider = engine.provider(stored.provider());
        client = provider.client();
        resubmission =
                client.capabilities().resubmission(stored.observation().ref().recipientKind());
        facts = facts(stored);
    }

    private Facts facts(Store.Stored from) {
        return Facts.of(from.history(), provider.callDeadline());
    }

    PayoutStatus status() {
        return stored.observation().status();
    }

    Facts facts() {
        return facts;
    }

    PayoutRecord record() {
        return stored.record();
    }

    /** What a client's call ended in: an answer, or else what the client threw. */
    private record Ending(@Nullable Payout answer, @Nullable RuntimeException thrown) {
        static Ending of(Supplier<Payout> call) {
            try {
                return new Ending(call.get(), null);
            } catch (RuntimeException e) {
                return new Ending(null, e);
            }
        }
    }

    // ---- the loop

    private boolean mayAsk;
    private boolean mustAsk;
    private boolean submitted;
    private boolean confirmed;
    private @Nullable Instant notBefore;
    private @Nullable Attention reason;

    Optional<Instant> run(Engine.Trigger trigger, @Nullable PayoutRequest given) {
        Optional<PayoutRequest> request = given == null ? StoredRequest.read(stored.request()) : Optional.of(given);
        mayAsk = trigger == Engine.Trigger.DUE || !isFresh();
        mustAsk = notifiedSinceAsked();
        boolean goesOn = true;
        while (goesOn) {
            takeNotifications();
            goesOn = step(request) && engine.lease(reference);
        }
        raiseAttention();
        if (trigger == Engine.Trigger.DUE) {
            deliver();
        }
        return nextTime();
    }

    private boolean notifiedSinceAsked() {
        Instant notifiedAt = facts.notifiedAt();
        Instant askedAt = stored.askedAt();
        return notifiedAt != null && (askedAt == null || askedAt.isBefore(notifiedAt));
    }

    private boolean isFresh() {
        Instant recently = settings.now().minus(settings.firstPause());
        Instant askedAt = stored.askedAt();
        return stored.changedAt().isAfter(recently) || (askedAt != null && askedAt.isAfter(recently));
    }

    private boolean step(Optional<PayoutRequest> request) {
        if (mustAsk && facts.prepared()) {
            return ask();
        }
        NextStep next = NextStep.of(facts, rules(request), settings.now());
        return switch (next) {
            case PREPARE -> prepare(request.orElseThrow());
            case SUBMIT -> !submitted && submit(request.orElseThrow());
            case CONFIRM -> !confirmed && confirm();
            case ASK -> mayAsk && ask();
            case EXPIRE -> end(Event.EXPIRED, PayoutStatus.EXPIRED, new Fields());
            case FAIL -> failAsRefused();
            case WAIT_FOR_CARD -> waits(Attention.CARD_NEEDED, false);
            case WAIT_FOR_DECISION -> waits(Attention.DECISION_NEEDED, true);
            case SENT_TOO_OFTEN -> waits(Attention.SENT_TOO_OFTEN, true);
            case NOTHING -> false;
        };
    }

    private NextStep.Rules rules(Optional<PayoutRequest> request) {
        String expiresAt = stored.request().get("expiresAt");
        return new NextStep.Rules(
                resubmission,
                settings.absence(),
                stored.confirmation(),
                settings.greatestSubmits(),
                request.isPresent(),
                expiresAt == null ? null : Instant.parse(expiresAt));
    }

    private boolean waits(Attention why, boolean asks) {
        reason = why;
        return asks && mayAsk && ask();
    }

    // ---- the steps; each tells whether there may be another one now

    private boolean prepare(PayoutRequest request) {
        if (!enter()) {
            return false;
        }
        reached(Checkpoint.PREPARE_STARTING);
        Ending ending = provider.leaving(() -> Ending.of(() -> client.prepare(request)));
        if (ending.answer() == null) {
            return prepareThrew(ending.thrown());
        }
        reached(Checkpoint.PREPARE_ANSWERED);
        Payout taken = Answers.checked(handle(), ending.answer());
        append(Event.PREPARED, settings.now(), StoredObservation.proof(taken), taken);
        mayAsk = false;
        reached(Checkpoint.PREPARE_STORED);
        return true;
    }

    /** Nothing moves money before a submit, so whatever is unclear here may simply be done again. */
    private boolean prepareThrew(@Nullable RuntimeException e) {
        if (e instanceof PayoutRejectedException rejected && !Answers.isFinal(rejected)) {
            return postponePrepare(rejected);
        }
        if (e instanceof PayoutRejectedException
                || e instanceof UnsupportedPayoutException
                || e instanceof IllegalArgumentException) {
            return fail(e instanceof PayoutException refused ? Answers.decline(refused) : Answers.invalid(e));
        }
        return postponePrepare(e instanceof PayoutException known ? known : null);
    }

    private boolean postponePrepare(@Nullable PayoutException why) {
        Fields proof = Answers.refusal(why);
        HistoryRow last = stored.history().get(stored.history().size() - 1);
        if (last.event() != Event.PREPARE_POSTPONED || !last.proof().equals(proof.text())) {
            append(Event.PREPARE_POSTPONED, settings.now(), proof, stored.observation());
        }
        return false;
    }

    private boolean submit(PayoutRequest request) {
        if (!mayCallNow(request)) {
            return false;
        }
        submitted = true;
        mayAsk = false;
        Payout before = stored.observation();
        boolean earlierUnclear = facts.submitUnclear();
        Ending ending;
        try {
            Instant startedAt = settings.now();
            append(
                    Event.SUBMITTING,
                    startedAt,
                    new Fields().with("attempt", facts.submits() + 1),
                    Answers.unclear(
                            before, Evidence.Kind.NO_ANSWER, "A submit was begun and has no stored answer yet."));
            reached(Checkpoint.SUBMIT_STORED);
            if (isHeldUp(startedAt)) {
                append(Event.SUBMIT_POSTPONED, settings.now(), new Fields().with("reason", "held up"), before);
                return false;
            }
            ending = Ending.of(() -> client.submit(before.ref(), request));
        } finally {
            provider.leave();
        }
        reached(Checkpoint.SUBMIT_ANSWERED);
        boolean goesOn = ending.answer() == null
                ? submitThrew(ending.thrown(), before, earlierUnclear)
                : takeAnswer(
                        Event.SUBMITTED,
                        Answers.settled(Answers.checked(handle(), ending.answer()), PayoutStatus.PREPARED));
        reached(Checkpoint.SUBMIT_ANSWER_STORED);
        return goesOn;
    }

    private boolean takeAnswer(Event event, Payout answer) {
        append(event, settings.now(), StoredObservation.proof(answer), answer);
        return true;
    }

    private boolean submitThrew(@Nullable RuntimeException e, Payout before, boolean earlierUnclear) {
        if (e instanceof PayoutNotSentException notSent) {
            append(Event.SUBMIT_POSTPONED, settings.now(), Answers.refusal(notSent), before);
            return false;
        }
        boolean refused = e instanceof PayoutRejectedException
                || e instanceof UnsupportedPayoutException
                || e instanceof IllegalArgumentException;
        return refused
                ? submitRefused(e, before, earlierUnclear)
                : takeAnswer(Event.SUBMITTED, Answers.brokenContract(before, e));
    }

    /** A refusal speaks of the submit that it answers and says nothing about an earlier one. */
    private boolean submitRefused(@Nullable RuntimeException e, Payout before, boolean earlierUnclear) {
        if (e instanceof PayoutRejectedException rejected && rejected.advice() == Advice.ASK_STATUS) {
            append(
                    Event.SUBMITTED,
                    settings.now(),
                    Answers.refusal(rejected),
                    Answers.unclear(before, Evidence.Kind.PROVIDER_UNSURE, "The provider refused and says to ask."));
            return true;
        }
        if (e instanceof PayoutRejectedException rejected && !Answers.isFinal(rejected)) {
            append(Event.SUBMIT_POSTPONED, settings.now(), Answers.refusal(rejected), before);
            return false;
        }
        Decline decline = e instanceof PayoutException refused ? Answers.decline(refused) : Answers.invalid(e);
        if (!earlierUnclear) {
            return fail(decline);
        }
        Fields proof = new Fields();
        StoredObservation.writeDecline(proof, "decline", decline);
        append(
                Event.SUBMIT_REFUSED,
                settings.now(),
                proof,
                Answers.unclear(
                        before,
                        Evidence.Kind.NO_ANSWER,
                        "A later submit was refused; an earlier one is still unclear."));
        return true;
    }

    private boolean confirm() {
        if (!enter()) {
            return false;
        }
        confirmed = true;
        mayAsk = false;
        Payout before = stored.observation();
        Ending ending;
        try {
            Instant startedAt = settings.now();
            append(
                    Event.CONFIRMING,
                    startedAt,
                    new Fields(),
                    Answers.unclear(
                            before, Evidence.Kind.NO_ANSWER, "A confirm was begun and has no stored answer yet."));
            reached(Checkpoint.CONFIRM_STORED);
            if (isHeldUp(startedAt)) {
                append(Event.CONFIRM_POSTPONED, settings.now(), new Fields().with("reason", "held up"), before);
                return false;
            }
            ending = Ending.of(() -> client.confirm(before.ref()));
        } finally {
            provider.leave();
        }
        reached(Checkpoint.CONFIRM_ANSWERED);
        boolean goesOn = ending.answer() == null
                ? confirmThrew(ending.thrown(), before)
                : takeAnswer(
                        Event.CONFIRMED,
                        Answers.settled(
                                Answers.checked(handle(), ending.answer()), PayoutStatus.AWAITING_CONFIRMATION));
        reached(Checkpoint.CONFIRM_ANSWER_STORED);
        return goesOn;
    }

    private boolean confirmThrew(@Nullable RuntimeException e, Payout before) {
        if (e instanceof PayoutNotSentException notSent) {
            append(Event.CONFIRM_POSTPONED, settings.now(), Answers.refusal(notSent), before);
            return false;
        }
        boolean refused = e instanceof PayoutRejectedException
                || e instanceof UnsupportedPayoutException
                || e instanceof IllegalArgumentException;
        return refused ? confirmRefused(e, before) : takeAnswer(Event.CONFIRMED, Answers.brokenContract(before, e));
    }

    private boolean confirmRefused(@Nullable RuntimeException e, Payout before) {
        PayoutException refused = e instanceof PayoutException known ? known : null;
        if (refused instanceof PayoutRejectedException rejected && !Answers.isFinal(rejected)) {
            append(Event.CONFIRM_POSTPONED, settings.now(), Answers.refusal(rejected), before);
            return false;
        }
        append(
                Event.CONFIRM_REFUSED,
                settings.now(),
                Answers.refusal(refused),
                Answers.unclear(
                        before, Evidence.Kind.PROVIDER_UNSURE, "The provider refused to confirm; it is asked why."));
        return true;
    }

    private boolean ask() {
        mayAsk = false;
        mustAsk = false;
        if (!enter()) {
            return false;
        }
        Instant askedAt = settings.now();
        reached(Checkpoint.GET_STARTING);
        Ending ending = provider.leaving(
                () -> Ending.of(() -> client.get(stored.observation().ref())));
        if (ending.answer() == null) {
            LOG.debug("A status question had no usable answer; it will be asked again", ending.thrown());
            return false;
        }
        reached(Checkpoint.GET_ANSWERED);
        boolean news = takeObservation(Answers.checked(handle(), ending.answer()), askedAt);
        stored = store.asked(stored, askedAt);
        reached(Checkpoint.GET_STORED);
        return news;
    }

    private boolean takeObservation(Payout answer, Instant askedAt) {
        Optional<Evidence.Kind> evidence = answer.evidence().map(Evidence::kind);
        if (evidence.equals(Optional.of(Evidence.Kind.ABSENT))) {
            return takeAbsence(answer, askedAt);
        }
        if (evidence.equals(Optional.of(Evidence.Kind.CONTRADICTING_ANSWER))) {
            reason = Attention.CONTRADICTION;
        }
        if (!status().mayBecome(answer.status())) {
            if (status().isFinal() && answer.status().isFinal()) {
                reason = Attention.CONTRADICTION;
            }
            return false;
        }
        boolean believable = NextStep.isBelievable(facts, resubmission, answer.status(), askedAt);
        if (!believable || !isNews(answer)) {
            return false;
        }
        append(Event.OBSERVED, askedAt, StoredObservation.proof(answer), answer);
        return true;
    }

    private boolean takeAbsence(Payout answer, Instant askedAt) {
        boolean speaksOfSubmit = status() == PayoutStatus.UNKNOWN && facts.submitUnclear() && !facts.seen();
        boolean adds = facts.absences().isEmpty() || NextStep.wouldCount(facts, resubmission, askedAt);
        if (!speaksOfSubmit || !adds) {
            return false;
        }
        append(Event.ABSENT, askedAt, StoredObservation.proof(answer), answer);
        return true;
    }

    private boolean isNews(Payout answer) {
        Payout known = stored.observation();
        return known.status() != answer.status()
                || known.nextAction().isPresent() != answer.nextAction().isPresent()
                || !comparable(known).equals(comparable(answer));
    }

    private static Fields comparable(Payout payout) {
        return StoredObservation.proof(payout.toBuilder().requestId(null).build());
    }

    // ---- orders of the merchant

    PayoutRecord orderConfirm() {
        if (status().isFinal() || (facts.confirmOrdered() && !facts.confirmRefused())) {
            return record();
        }
        if (status() != PayoutStatus.AWAITING_CONFIRMATION) {
            throw new IllegalStateException("confirm: payout " + reference + " is " + status()
                    + "; only one that is AWAITING_CONFIRMATION can be confirmed");
        }
        append(Event.CONFIRM_ORDERED, settings.now(), new Fields(), stored.observation());
        reached(Checkpoint.CONFIRM_ORDERED);
        return record();
    }

    PayoutRecord orderResubmit() {
        if (stored.attention() != Attention.DECISION_NEEDED && stored.attention() != Attention.SENT_TOO_OFTEN) {
            throw new IllegalStateException("resubmit: payout " + reference
                    + " does not wait for a decision; only one with DECISION_NEEDED or SENT_TOO_OFTEN does");
        }
        append(Event.RESUBMIT_ORDERED, settings.now(), new Fields(), stored.observation());
        return record();
    }

    PayoutRecord cancel() {
        if (status().isFinal()) {
            return record();
        }
        boolean nothingLeft = facts.submits() == 0 && status() == PayoutStatus.PREPARED;
        boolean formIsOut = facts.prepared() && stored.observation().ref().recipientKind() == RecipientKind.HOSTED_FORM;
        if (nothingLeft && !formIsOut) {
            boolean unused = end(Event.CANCELED, PayoutStatus.CANCELED, new Fields());
            return record();
        }
        if (!client.capabilities().has(Capabilities.Feature.CANCEL)) {
            throw new UnsupportedPayoutException(FailureDetails.builder(
                            provider.name(), Operation.CANCEL, "the provider cannot cancel", Advice.ASK_STATUS)
                    .reference(reference)
                    .build());
        }
        Payout before = stored.observation();
        append(Event.CANCELING, settings.now(), new Fields(), before);
        reached(Checkpoint.CANCEL_STORED);
        Payout answer;
        try {
            answer = Answers.checked(handle(), client.cancel(before.ref()));
        } catch (PayoutNotSentException | PayoutRejectedException | UnsupportedPayoutException e) {
            append(Event.CANCEL_REFUSED, settings.now(), Answers.refusal(e), before);
            throw e;
        }
        reached(Checkpoint.CANCEL_ANSWERED);
        Payout taken = before.status().mayBecome(answer.status()) ? answer : before;
        append(Event.CANCEL_ANSWERED, settings.now(), StoredObservation.proof(answer), taken);
        reached(Checkpoint.CANCEL_ANSWER_STORED);
        return record();
    }

    // ---- notifications, attention, delivery

    /** A notification is only a reason to ask; what it claims is kept in the history. */
    private void takeNotifications() {
        List<Store.Pending> pending =
                engine.database().transaction(connection -> store.pendingWebhooks(connection, stored));
        for (Store.Pending notification : pending) {
            Instant now = settings.now();
            goOnFrom(engine.database().transaction(connection -> {
                store.applied(connection, stored.provider(), notification.dedupeHash(), now);
                return store.append(
                        connection, stored, Event.NOTIFIED, now, notification.proof(), stored.observation());
            }));
            reached(Checkpoint.WEBHOOK_APPLIED);
            mustAsk = true;
        }
    }

    private void raiseAttention() {
        Instant now = settings.now();
        Attention present = stored.attention();
        boolean overdue =
                !status().isFinal() && !now.isBefore(stored.requestedAt().plus(settings.attentionAfter()));
        Attention raised = reason;
        if (raised == null && facts.confirmRefused() && !status().isFinal()) {
            raised = Attention.CONFIRMATION_REFUSED;
        }
        if (raised == null && present == null && overdue) {
            raised = Attention.OVERDUE;
        }
        if (raised != null && raised != present && present != Attention.CONTRADICTION) {
            append(Event.ATTENTION, now, new Fields().with("attention", raised), stored.observation());
        }
    }

    private void deliver() {
        if (!engine.delivers()) {
            return;
        }
        PayoutStatus before = PayoutStatus.PREPARED;
        for (HistoryRow row : stored.history()) {
            if (row.number() > stored.delivered() && row.status() != before) {
                StatusChange change =
                        new StatusChange(reference, stored.provider(), row.number(), before, row.status(), row.at());
                try {
                    settings.listeners().forEach(listener -> listener.statusChanged(change));
                } catch (RuntimeException e) {
                    LOG.debug("A listener threw; the change will be delivered again", e);
                    return;
                }
                reached(Checkpoint.CHANGE_DELIVERED);
                stored = store.delivered(stored, row.number());
                reached(Checkpoint.DELIVERY_STORED);
            }
            before = row.status();
        }
        stored = store.delivered(stored, stored.version());
    }

    private Optional<Instant> nextTime() {
        Instant now = settings.now();
        if (notBefore != null) {
            return Optional.of(notBefore);
        }
        if (status().isFinal()) {
            boolean undelivered = engine.delivers() && stored.delivered() < stored.version();
            return undelivered || notifiedSinceAsked()
                    ? Optional.of(now.plus(settings.firstPause()))
                    : Optional.empty();
        }
        Instant byPause = now.plus(settings.pauseSince(facts.progressAt(), now));
        return Optional.of(NextStep.nextCountingAt(facts, resubmission)
                .filter(counting -> counting.isAfter(now) && counting.isBefore(byPause))
                .orElse(byPause));
    }

    // ---- how rows are written

    private boolean end(Event event, PayoutStatus status, Fields proof) {
        append(
                event,
                settings.now(),
                proof,
                Payout.builder(stored.observation().ref(), status, "").build());
        return true;
    }

    private boolean failAsRefused() {
        Fields refusal = facts.refusal();
        return fail(refusal == null ? Answers.invalid(null) : StoredObservation.readDecline(refusal, "decline"));
    }

    private boolean fail(@Nullable Decline decline) {
        Payout failed = Payout.builder(stored.observation().ref(), PayoutStatus.FAILED, "")
                .decline(decline)
                .build();
        append(Event.FAILED, settings.now(), StoredObservation.proof(failed), failed);
        return true;
    }

    private void append(Event event, Instant at, Fields proof, Payout observation) {
        goOnFrom(engine.database()
                .transaction(connection -> store.append(connection, stored, event, at, proof, observation)));
    }

    private void goOnFrom(Store.Stored written) {
        stored = written;
        facts = facts(written);
    }

    private void reached(Checkpoint checkpoint) {
        engine.reached(checkpoint, reference);
    }

    // ---- calls

    private PayoutRef handle() {
        return stored.observation().ref();
    }

    private boolean enter() {
        if (provider.enter()) {
            return true;
        }
        notBefore = settings.now().plus(settings.firstPause());
        return false;
    }

    /** Takes a turn in the provider's rate. A card number that is not stored cannot come again, so it waits here. */
    private boolean mayCallNow(PayoutRequest request) {
        boolean onlyHere = request.recipient().kind() == RecipientKind.CARD_NUMBER
                && StoredRequest.read(stored.request()).isEmpty();
        for (int attempt = 0; attempt < 100; attempt++) {
            if (enter()) {
                Optional<Instant> turn = provider.takeTurn(store, settings.now());
                if (turn.isEmpty()) {
                    notBefore = null;
                    return true;
                }
                provider.leave();
                notBefore = turn.get();
            }
            if (!onlyHere || notBefore == null) {
                return false;
            }
            Duration pause = Duration.between(settings.now(), notBefore);
            engine.sleep(pause.isNegative() ? Duration.ZERO : pause);
        }
        return false;
    }

    /** Between announcing a call and making it a process may stand still; then others count on it having ended. */
    private boolean isHeldUp(Instant startedAt) {
        return Duration.between(startedAt, settings.now()).compareTo(provider.callDeadline()) >= 0;
    }
}
