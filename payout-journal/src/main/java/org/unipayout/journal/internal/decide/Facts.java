package org.unipayout.journal.internal.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.WebhookEvent;
import org.unipayout.Word;
import org.unipayout.journal.Actor;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Settlement;
import org.unipayout.journal.Verb;
import org.unipayout.journal.WaitingOrder;

/**
 * What a payout's history proves. Computed from the rows each time and stored nowhere, so that it cannot disagree with
 * them.
 */
public final class Facts {
    /**
     * A call ends at most so many call deadlines after it was announced: a process may be held up for one between storing and
     * calling, an adapter may look for up to one before it sends, and the send itself takes one.
     */
    private static final int LONGEST_CALL = 3;

    /** The field in which a row names the order that it carries out or lets go. */
    public static final String DECIDES = "orderHash";

    /** The field in which the first row says that nothing is sent before an approval, whatever becomes of the order's own row. */
    public static final String WAITS = "waits";

    /** The field in which a row says because of what answer a person is asked to look. */
    public static final String FLAGGED_BY = "flaggedBy";

    /** The field in which a row says that money moves under our reference by another id. */
    public static final String ANOTHER_MOVES = "anotherMoves";

    /** Under these the row that stands for a whole history says what was called, so that answers are read as they were before. */
    private static final String PREPARED = "prepared";

    private static final String SENT = "sent";
    private static final String FORM_OUT = "formOut";

    private final Duration longestCall;

    private PayoutStatus status = PayoutStatus.PREPARED;
    private boolean prepared;
    private @Nullable Instant preparedAt;
    private int submits;
    private Instant progressAt = Instant.EPOCH;

    /** Set while a submit may have been executed: from then on an answer of the provider reflects it. */
    private @Nullable Instant submitSettledAt;

    /** From when on an answer "nothing happened yet" can reflect the last submit, whatever was answered to it. */
    private Instant submitDoneAt = Instant.EPOCH;

    private @Nullable Instant firstSubmitAt;
    private Instant lastSubmitAt = Instant.EPOCH;

    /** Whether the provider said that the key or the reference was used before: its "not started" proves nothing then. */
    private boolean keyUsed;

    /** Whether the reference belongs to a different payout at the provider. */
    private boolean taken;

    /** Whether one of its sends has ended and nothing tells about the others, or something sent before may be executed: none follows. */
    private boolean oneEnded;

    /** Whether money moved, or is on its way, under the reference by another id of the provider. */
    private boolean anotherMoves;

    /** Whether a signed notification named ours, beyond being prepared: no later absence counts. */
    private boolean witnessed;

    private boolean letThrough;
    private @Nullable Instant letThroughAt;
    private boolean formOut;
    private int sends;
    private boolean takenOver;

    /** Whether a signed notification told of a second one under the reference that was paid, and no person has settled since. */
    private boolean secondPaid;

    /** Whether an answer after a send showed that the reference is another payout's. */
    private boolean anotherShown;

    private final LostTimes lostTimes = new LostTimes();
    private @Nullable PayoutStatus claim;
    private @Nullable Instant claimedAt;
    private @Nullable Instant endedAt;
    private boolean settledByPerson;
    private Word word = Word.PROVIDER;

    private List<Instant> absences = new ArrayList<>();
    private boolean seen;
    private @Nullable Fields refusal;

    /** The same three before the submit that is under way, for the case that it is proven not to have left. */
    private @Nullable Instant earlierSettledAt;

    private Instant earlierDoneAt = Instant.EPOCH;

    private List<Instant> earlierAbsences = new ArrayList<>();
    private boolean earlierSeen;
    private boolean earlierResubmitOrdered;
    private Instant earlierSubmitAt = Instant.EPOCH;

    private @Nullable Instant confirmSettledAt;
    private @Nullable Instant earlierConfirmSettledAt;
    private boolean confirmOrdered;
    private boolean confirmRefused;
    private boolean cancelPending;
    private boolean resubmitOrdered;
    private @Nullable Instant notifiedAt;
    private final Flags flags = new Flags();

    private @Nullable WaitingOrder order;
    private boolean approvalNeeded;
    private boolean paymentApproved;
    private final Set<String> decided = new HashSet<>();

    private Facts(Duration callDeadline) {
        longestCall = callDeadline.multipliedBy(LONGEST_CALL);
    }

    public static Facts of(List<HistoryRow> history, Duration callDeadline) {
        Facts facts = new Facts(callDeadline);
        int start = Math.max(HistoryRow.newStart(history), 0); // what stands before a new start proves nothing
        history.subList(start, history.size()).forEach(facts::take);
        return facts;
    }

    private void take(HistoryRow row) {
        PayoutStatus before = status;
        status = row.status();
        formOut |= status == PayoutStatus.AWAITING_RECIPIENT;
        switch (row.event()) {
            case PREPARED -> prepared(row);
            case SUBMITTING -> submitting(row);
            case SUBMITTED -> submitted(row);
            case SUBMIT_POSTPONED -> {
                restoreEarlier();
                if (submitUnclear() && evidence(row.facts()).equals(Optional.of(Evidence.Kind.EQUAL_PAYOUT))) {
                    submitSettledAt = row.at(); // the equal one may be the earlier send: its absence is proven anew
                    absences = new ArrayList<>();
                    resubmitOrdered = false;
                }
            }
            case SUBMIT_REFUSED -> refused(row);
            case ABSENT -> absences.add(row.at());
            case OBSERVED -> observed(row);
            case CONFIRM_ORDERED -> {
                confirmOrdered = true;
                confirmRefused = false;
                lostTimes.decided();
                flags.goesOn();
            }
            case CONFIRMING -> {
                earlierConfirmSettledAt = confirmSettledAt;
                confirmSettledAt = row.at().plus(longestCall);
            }
            case CONFIRM_POSTPONED -> confirmSettledAt = earlierConfirmSettledAt;
            case CONFIRMED -> confirmSettledAt = status == PayoutStatus.UNKNOWN ? confirmSettledAt : row.at();
            case CONFIRM_REFUSED -> {
                confirmRefused = true;
                confirmSettledAt = row.at();
            }
            case NOTIFIED -> notified(row);
            case LET_THROUGH -> letThrough(row);
            case SETTLED -> {
                settledByPerson = true;
                secondPaid = false;
                anotherShown = false;
                claim = null;
            }
            case CANCELING -> {
                cancelPending = true;
                flags.ceases(Attention.CARD_NEEDED); // nothing is sent meanwhile
            }
            case CANCEL_REFUSED -> cancelPending = false;
            case RESUBMIT_ORDERED -> {
                resubmitOrdered = true;
                lostTimes.decided();
                flags.goesOn();
            }
            case LISTENERS_HEARD -> flags.ceases(Attention.LISTENER_FAILED);
            case ATTENTION -> {
                flags.raised(row.facts());
                if (flags.reason() == Attention.END_UNPROVEN) {
                    oneEnded = true;
                    resubmitOrdered = false;
                }
            }
            case RESTORED -> restored(row);
            case TAKEN_OVER -> takenOver(row);
            case ORDERED -> ordered(row);
            case REQUESTED -> approvalNeeded = row.facts().get(WAITS) != null;
            case APPROVED -> paymentApproved = true;
            case REJECTED,
                    REPLACED,
                    RESEALED,
                    PREPARE_POSTPONED,
                    CANCEL_ANSWERED,
                    CANCELED,
                    EXPIRED,
                    FAILED,
                    TAKEN_AT_ITS_WORD,
                    RETIRED -> {}
        }
        if (row.facts().get(ANOTHER_MOVES) != null) {
            anotherMoves = true;
            witnessed = true;
        }
        flags.owes(row, evidence(row.facts()));
        preparedAt = prepared && preparedAt == null ? row.at() : preparedAt;
        decides(row);
        if (status.isFinal() && status != before) {
            order = null;
            endedAt = row.at();
            settledByPerson = row.event() == Event.SETTLED;
        }
        if (status != before || row.event() == Event.SETTLED) {
            word = wordOf(row.event());
        }
        if (row.event() == Event.RETIRED) {
            retired(row.facts());
        }
        if (isProgress(row.event(), before)) {
            progressAt = row.at();
        }
        if (row.event() == Event.SETTLED) {
            flags.settled(status);
        } else if (status.isFinal()) {
            flags.goesOn();
        }
        if (row.event() == Event.SUBMITTING || isNotSentAnyMore()) {
            flags.ceases(Attention.CARD_NEEDED);
        }
    }

    /** What is still known of a payout whose history went to the archive. */
    private void retired(Fields said) {
        prepared = said.get(PREPARED) != null;
        formOut = said.get(FORM_OUT) != null;
        letThrough = said.get("letThrough") != null;
        word = Word.valueOf(said.need("word"));
        settledByPerson = word == Word.PERSON;
        endedAt = Instant.parse(said.need("endedAt"));
        submitSettledAt = said.get(SENT) != null ? endedAt : null;
    }

    /** What the row says that stands for a history which goes to the archive. */
    public Fields whenRetired() {
        return new Fields()
                .with(PREPARED, prepared ? "true" : null)
                .with(SENT, submitUnclear() ? "true" : null)
                .with(FORM_OUT, formOut ? "true" : null)
                .with("word", word)
                .with("endedAt", endedAt);
    }

    /** Something of it was shown, so a card number would not be used. */
    private boolean isNotSentAnyMore() {
        return switch (status) {
            case PREPARED -> witnessed;
            case UNKNOWN -> witnessed || seen;
            default -> true;
        };
    }

    private void ordered(HistoryRow row) {
        Fields said = row.facts();
        Settlement settlement = null;
        String statement = said.get("statement");
        if (statement != null) {
            settlement = settlement(said, statement);
        }
        flags.ordered(row.fault() != null);
        order = new WaitingOrder(
                Verb.valueOf(said.need("order")), new Actor(said.need("who")), row.at(), row.hash(), settlement);
    }

    private static Settlement settlement(Fields said, String statement) {
        Settlement settlement = said.get("paid") == null ? Settlement.notPaid(statement) : Settlement.paid(statement);
        settlement = said.get("returned") == null ? settlement : Settlement.returned(statement);
        return said.get("overruling") == null ? settlement : settlement.overruling();
    }

    /** Whether it carries an order out that waited, or lets it go. */
    private void decides(HistoryRow row) {
        String hash = switch (row.event()) {
            case APPROVED, REJECTED, CONFIRM_ORDERED, CANCELING, CANCELED, RESUBMIT_ORDERED, SETTLED ->
                row.facts().get(DECIDES);
            default -> null;
        };
        if (hash != null) {
            decided.add(hash);
            order = order != null && order.hash().equals(hash) ? null : order;
        }
    }

    /** By whose word a row has its status. */
    public static Word wordOf(Event event) {
        return switch (event) {
            case SETTLED -> Word.PERSON;
            case TAKEN_AT_ITS_WORD -> Word.SIGNED_NOTIFICATION;
            default -> Word.PROVIDER;
        };
    }

    private boolean isProgress(Event event, PayoutStatus before) {
        return switch (event) {
            case REQUESTED, PREPARED, NOTIFIED, CONFIRM_ORDERED, RESUBMIT_ORDERED, RESTORED, TAKEN_OVER, SETTLED ->
                true;
            case SUBMITTING -> submits == 1;
            case SUBMITTED, OBSERVED, CONFIRMED -> status != before;
            default -> false;
        };
    }

    private void prepared(HistoryRow row) {
        prepared = true;
        if (submitUnclear()) {
            seen |= shows(row);
            sends += status == PayoutStatus.AWAITING_RECIPIENT ? 1 : 0; // beside a form that may be out
        } else if (status == PayoutStatus.UNKNOWN) {
            submitSettledAt = row.at();
            seen = isSighting(row.facts());
        }
        learn(row);
    }

    /** Whether an answer shows that the provider has more of it than a handle. */
    private boolean shows(HistoryRow row) {
        return switch (status) {
            case PREPARED -> false;
            case UNKNOWN -> isSighting(row.facts());
            default -> true;
        };
    }

    /**
     * The database went back in time. Whatever is open may have been sent since by what is lost: it counts as sent without an answer,
     * at the latest when the restore was told. It may have been ended, too, and told to be.
     */
    private void restored(HistoryRow row) {
        notifiedAt = row.at(); // what was notified is lost, so it is a reason to ask
        if (status.isFinal()) {
            return;
        }
        Restore.Told told = Restore.Told.by(row);
        boolean firstKept = submitSettledAt != null && LostTimes.isKept(firstSubmitAt, told);
        sends += !firstKept || lostTimes.mayHoldAHandle() ? 1 : 0;
        firstSubmitAt = firstKept ? firstSubmitAt : told.keptUntil();
        lostTimes.add(told, submitSettledAt, preparedAt, letThroughAt);
        submitSettledAt = later(submitSettledAt, told.restoredAt().plus(longestCall));
        submitDoneAt = later(submitDoneAt, submitSettledAt);
        absences = new ArrayList<>();
        resubmitOrdered = false;
        earlierSeen = seen;
        flags.goesOn(); // what is not for ever is raised anew by what is found now
    }

    /**
     * A send without an answer, of an intent that may have been ended and told so before it came here. How often it was sent is not known,
     * so it counts as more than one. Told again it only brings the provider's id.
     */
    private void takenOver(HistoryRow row) {
        boolean handleKnown =
                PayoutRef.parse(row.facts().need("ref")).providerId().isPresent();
        if (!takenOver) {
            submitting(row);
            sends++;
            firstSubmitAt = Instant.parse(row.facts().need("sentAt"));
            lostTimes.precede(handleKnown);
        }
        takenOver = true;
        prepared |= handleKnown;
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }

    private void submitting(HistoryRow row) {
        submits++;
        sends++;
        earlierSettledAt = submitSettledAt;
        earlierDoneAt = submitDoneAt;
        earlierAbsences = absences;
        earlierSeen = seen;
        earlierResubmitOrdered = resubmitOrdered;
        submitSettledAt = row.at().plus(longestCall);
        submitDoneAt = submitSettledAt;
        firstSubmitAt = firstSubmitAt == null ? row.at() : firstSubmitAt;
        earlierSubmitAt = lastSubmitAt;
        lastSubmitAt = row.at();
        absences = new ArrayList<>();
        seen = false;
        resubmitOrdered = false;
    }

    private void submitted(HistoryRow row) {
        submitSettledAt = row.at();
        seen = status != PayoutStatus.UNKNOWN || isSighting(row.facts());
        learn(row);
    }

    /** What an answer says about the reference itself. */
    private void learn(HistoryRow row) {
        Optional<Evidence.Kind> kind = evidence(row.facts());
        keyUsed |= kind.equals(Optional.of(Evidence.Kind.DUPLICATE));
        taken = provesAnother(row);
        anotherShown |= taken && mayBeOut();
    }

    private static boolean provesAnother(HistoryRow row) {
        return evidence(row.facts())
                .filter(kind -> kind.proves() == Evidence.Proves.ANOTHER_PAYOUT)
                .isPresent();
    }

    private void letThrough(HistoryRow row) {
        letThrough = true;
        letThroughAt = letThroughAt == null ? row.at() : letThroughAt;
        witnessed = true;
    }

    private void notified(HistoryRow row) {
        notifiedAt = row.at();
        String about = row.facts().get("about"); // rows of the first version have none: they were matched by name alone
        String reported = row.facts().get("reported");
        boolean anotherOfOurs = row.facts().get("anotherOfOurs") != null;
        boolean signed = WebhookEvent.Trust.VERIFIED.name().equals(row.facts().get("trust"));
        if (signed && reported != null && (about == null || about.equals(Identity.About.OURS.name()))) {
            PayoutStatus told = PayoutStatus.valueOf(reported);
            if (claim == null || !told.mayBecome(claim)) { // an older one that comes late takes nothing back
                claim = told;
                claimedAt = row.at();
            }
            witnessed |= told != PayoutStatus.PREPARED;
            if (status.isFinal() && told.isFinal() && isNews(told) && !status.mayBecome(told)) {
                flags.owes(Attention.CONTRADICTION); // a later one may say something else
            }
        }
        witnessed |= signed && reported != null && anotherOfOurs;
        boolean second =
                signed && anotherOfOurs && PayoutStatus.SUCCEEDED.name().equals(reported);
        secondPaid |= second;
        anotherMoves |= second;
        if (second && status == PayoutStatus.SUCCEEDED) {
            flags.owes(Attention.PAID_TWICE);
        } else if (second || (signed && Identity.About.COLLISION.name().equals(about))) {
            flags.owes(Attention.CONTRADICTION);
        }
    }

    /** A second one under our reference, with another id: it is ours too, and nothing may be sent any more. */
    public static boolean isAnotherOfOurs(Identity identity) {
        return identity.about() == Identity.About.SOMEBODY_ELSE
                && identity.difference().equals("provider id");
    }

    private void restoreEarlier() {
        sends--;
        submitSettledAt = earlierSettledAt;
        submitDoneAt = earlierDoneAt;
        firstSubmitAt = earlierSettledAt == null ? null : firstSubmitAt;
        absences = earlierAbsences;
        seen = earlierSeen;
        resubmitOrdered = earlierResubmitOrdered;
        lastSubmitAt = earlierSubmitAt;
    }

    /** What was refused is this submit. The earlier one has to be proven absent anew. */
    private void refused(HistoryRow row) {
        refusal = row.facts();
        submitSettledAt = row.at();
        absences = new ArrayList<>();
        seen = earlierSeen;
    }

    private void observed(HistoryRow row) {
        if (status == PayoutStatus.PREPARED) {
            seen = false;
        } else if (status != PayoutStatus.UNKNOWN || isSighting(row.facts())) {
            seen = true;
        }
        prepared |= status != PayoutStatus.UNKNOWN; // found by its reference after its handle was lost
        learn(row);
    }

    /** Whether an unclear answer still shows that the provider has the payout. */
    static boolean isSighting(Fields proof) {
        return evidence(proof).filter(Facts::isSighting).isPresent();
    }

    private static Optional<Evidence.Kind> evidence(Fields proof) {
        return Optional.ofNullable(proof.get("evidence.kind")).map(Evidence.Kind::valueOf);
    }

    static boolean isSighting(Evidence.Kind kind) {
        return kind.proves() == Evidence.Proves.IT_EXISTS;
    }

    public PayoutStatus status() {
        return status;
    }

    /** Whether the handle that prepare gave is stored. */
    public boolean prepared() {
        return prepared;
    }

    public int submits() {
        return submits;
    }

    /** When the payout last came nearer to its end. */
    public Instant progressAt() {
        return progressAt;
    }

    /** Whether a submit may have been executed. */
    public boolean submitUnclear() {
        return submitSettledAt != null;
    }

    /** From when on an answer reflects the last submit and the last confirm, whatever became of them. */
    Instant settledAt() {
        Instant submit = submitSettledAt == null ? Instant.EPOCH : submitSettledAt;
        Instant confirm = confirmSettledAt == null ? Instant.EPOCH : confirmSettledAt;
        return submit.isAfter(confirm) ? submit : confirm;
    }

    /** From when on "not started" and "not confirmed" reflect the last submit and the last confirm. */
    public Instant doneAt() {
        Instant confirm = confirmSettledAt == null ? Instant.EPOCH : confirmSettledAt;
        return submitDoneAt.isAfter(confirm) ? submitDoneAt : confirm;
    }

    /** When the first submit that may have been executed began; from then on a provider keeps its key. */
    @Nullable Instant firstSubmitAt() {
        return firstSubmitAt;
    }

    /** Whether a send may have come at or after an instant, beside one before it. */
    boolean mayBeSentAgainAfter(Instant instant) {
        return lostTimes.mayHoldASendAfter(instant) || (sends > 1 && !lastSubmitAt.isBefore(instant));
    }

    /** When the provider did not know the payout, since the last submit; empty once it or a notification has shown it. */
    public List<Instant> absences() {
        return seen() ? List.of() : absences;
    }

    public boolean seen() {
        return seen || witnessed;
    }

    /** Whether the fence has let a transaction of it through, and the history says so. */
    public boolean isLetThrough() {
        return letThrough;
    }

    /** Whether the recipient may have the provider's form. */
    public boolean formOut() {
        return formOut;
    }

    /** How many submits may have made a payout at the provider. */
    int sends() {
        return sends;
    }

    LostTimes lostTimes() {
        return lostTimes;
    }

    /** Whether the database has lost a time that may have sent or ended it, and nobody has decided since that it is still to be sent. */
    public boolean endLost() {
        return lostTimes.mayHoldTheEnd();
    }

    /** Whether something of it, or its form, may be out, so that another payout under its reference is a riddle. */
    public boolean mayBeOut() {
        return submitUnclear() || formOut || witnessed;
    }

    /** Whether it is known of one send how it ended, and of another nothing. */
    boolean oneEnded() {
        return oneEnded;
    }

    public boolean movesByAnotherId() {
        return anotherMoves;
    }

    boolean witnessed() {
        return witnessed;
    }

    boolean keyUsed() {
        return keyUsed;
    }

    public boolean taken() {
        return taken;
    }

    /** Whether a signed notification about it says what is not known yet. */
    public boolean isNews(PayoutStatus reported) {
        return !reported.mayBecome(status) && !agree(status, reported);
    }

    /** Whether two ends say the same about the money: failed, canceled and expired are one to whoever looks into a statement. */
    public static boolean agree(PayoutStatus one, PayoutStatus other) {
        return one.isFinal() && other.isFinal() && one.funds() == other.funds();
    }

    /** What the last signed notification said that no answer has agreed with since; empty if one has. */
    public Optional<PayoutStatus> openClaim() {
        return Optional.ofNullable(claim).filter(this::isNews);
    }

    public @Nullable Instant claimedAt() {
        return claimedAt;
    }

    /** When it came to its present end. */
    @Nullable Instant endedAt() {
        return endedAt;
    }

    /** By whose word it has its status. */
    public Word word() {
        return word;
    }

    /** Whether another payout was shown under the reference, and no end says that ours was not paid: answers may be about that one. */
    public boolean mayBeAnothers() {
        return anotherShown && status.funds() != PayoutStatus.Funds.NOT_MOVED;
    }

    /** Whether a person has settled it knowing an answer, by its hash: said again it is no news. */
    public boolean isSettledAgainst(String answer) {
        return flags.isSettledAgainst(answer);
    }

    /** Whether it was paid, and a second one under its reference too, whichever was told first. */
    public boolean paidTwice() {
        return secondPaid && status == PayoutStatus.SUCCEEDED;
    }

    public boolean settledByPerson() {
        return settledByPerson;
    }

    /** Why a submit was refused while an earlier one was unclear. */
    public @Nullable Fields refusal() {
        return refusal;
    }

    public boolean confirmOrdered() {
        return confirmOrdered;
    }

    public boolean confirmRefused() {
        return confirmRefused;
    }

    /** Whether a cancel may have reached the provider: nothing is sent or confirmed any more. */
    public boolean cancelPending() {
        return cancelPending;
    }

    boolean resubmitOrdered() {
        return resubmitOrdered;
    }

    /** When the last notification was taken in. */
    public @Nullable Instant notifiedAt() {
        return notifiedAt;
    }

    /** Why a person should look, an order that waits for one aside. */
    public @Nullable Attention reason() {
        return flags.reason();
    }

    /** Why a person should look by what was told, where no row has said so yet. */
    public @Nullable Attention owed() {
        return flags.owed();
    }

    /** What a person sees first: an order that waits is the answer to the reason before it, and not to one that came since. */
    public @Nullable Attention attention() {
        Attention reason = flags.reason();
        boolean waits = order != null ? !flags.newsSinceOrder() : reason == null && paymentWaits() && !status.isFinal();
        return waits ? Attention.APPROVAL_NEEDED : reason;
    }

    /** The order that waits for another actor. */
    public Optional<WaitingOrder> order() {
        return Optional.ofNullable(order);
    }

    /** Whether the payment itself waits: nothing may be prepared or sent. */
    boolean paymentWaits() {
        return (approvalNeeded && !paymentApproved) || (order != null && order.verb() == Verb.PAY);
    }

    /** Whether the payment was ordered under four eyes: what is stored was approved, and nothing else may be sent. */
    public boolean paymentApproved() {
        return paymentApproved;
    }

    /** Whether an order was carried out or let go already, by its hash. */
    public boolean isDecided(String hash) {
        return decided.contains(hash);
    }
}
