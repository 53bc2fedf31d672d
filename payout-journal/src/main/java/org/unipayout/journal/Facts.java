package org.unipayout.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.PayoutStatus;

/**
 * What a payout's history proves. Computed from the rows each time and stored nowhere, so that it cannot disagree with
 * them.
 */
final class Facts {
    private final Duration longestCall;

    private PayoutStatus status = PayoutStatus.PREPARED;
    private boolean prepared;
    private int submits;
    private Instant progressAt = Instant.EPOCH;

    /** Set while a submit may have been executed: from then on an answer of the provider reflects it. */
    private @Nullable Instant submitSettledAt;

    private List<Instant> absences = new ArrayList<>();
    private boolean seen;
    private @Nullable Fields refusal;

    /** The same three before the submit that is under way, for the case that it is proven not to have left. */
    private @Nullable Instant earlierSettledAt;

    private List<Instant> earlierAbsences = new ArrayList<>();
    private boolean earlierSeen;
    private boolean earlierResubmitOrdered;

    private @Nullable Instant confirmSettledAt;
    private @Nullable Instant earlierConfirmSettledAt;
    private boolean confirmOrdered;
    private boolean confirmRefused;
    private boolean cancelPending;
    private boolean resubmitOrdered;
    private @Nullable Instant notifiedAt;
    private @Nullable Attention attention;

    private Facts(Duration callDeadline) {
        // A process may be held up between storing an attempt and sending it (see Engine); twice covers both.
        longestCall = callDeadline.multipliedBy(2);
    }

    static Facts of(List<HistoryRow> history, Duration callDeadline) {
        Facts facts = new Facts(callDeadline);
        history.forEach(facts::take);
        return facts;
    }

    private void take(HistoryRow row) {
        PayoutStatus before = status;
        status = row.status();
        switch (row.event()) {
            case PREPARED -> prepared(row);
            case SUBMITTING -> submitting(row);
            case SUBMITTED -> submitted(row);
            case SUBMIT_POSTPONED -> restoreEarlier();
            case SUBMIT_REFUSED -> refused(row);
            case ABSENT -> absences.add(row.at());
            case OBSERVED -> observed(row);
            case CONFIRM_ORDERED -> {
                confirmOrdered = true;
                confirmRefused = false;
                attention = null;
            }
            case CONFIRMING -> {
                earlierConfirmSettledAt = confirmSettledAt;
                confirmSettledAt = row.at().plus(longestCall);
            }
            case CONFIRM_POSTPONED -> confirmSettledAt = earlierConfirmSettledAt;
            case CONFIRMED -> confirmSettledAt = row.at();
            case CONFIRM_REFUSED -> {
                confirmRefused = true;
                confirmSettledAt = row.at();
            }
            case NOTIFIED -> notifiedAt = row.at();
            case CANCELING -> cancelPending = true;
            case CANCEL_REFUSED -> cancelPending = false;
            case RESUBMIT_ORDERED -> {
                resubmitOrdered = true;
                attention = null;
            }
            case ATTENTION -> attention = Attention.valueOf(row.facts().need("attention"));
            case REQUESTED, PREPARE_POSTPONED, CANCEL_ANSWERED, CANCELED, EXPIRED, FAILED -> {}
        }
        if (isProgress(row.event(), before)) {
            progressAt = row.at();
        }
        if (status.isFinal() && attention != Attention.CONTRADICTION) {
            attention = null;
        } else if (attention == Attention.CARD_NEEDED && row.event() == Event.SUBMITTING) {
            attention = null;
        }
    }

    private boolean isProgress(Event event, PayoutStatus before) {
        return switch (event) {
            case REQUESTED, PREPARED, NOTIFIED, CONFIRM_ORDERED, RESUBMIT_ORDERED -> true;
            case SUBMITTING -> submits == 1;
            case SUBMITTED, OBSERVED, CONFIRMED -> status != before;
            default -> false;
        };
    }

    private void prepared(HistoryRow row) {
        prepared = true;
        if (status == PayoutStatus.UNKNOWN) {
            submitSettledAt = row.at();
            seen = isSighting(row.facts());
        }
    }

    private void submitting(HistoryRow row) {
        submits++;
        earlierSettledAt = submitSettledAt;
        earlierAbsences = absences;
        earlierSeen = seen;
        earlierResubmitOrdered = resubmitOrdered;
        submitSettledAt = row.at().plus(longestCall);
        absences = new ArrayList<>();
        seen = false;
        resubmitOrdered = false;
    }

    private void submitted(HistoryRow row) {
        submitSettledAt = row.at();
        seen = status != PayoutStatus.UNKNOWN || isSighting(row.facts());
    }

    private void restoreEarlier() {
        submitSettledAt = earlierSettledAt;
        absences = earlierAbsences;
        seen = earlierSeen;
        resubmitOrdered = earlierResubmitOrdered;
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
    }

    /** Whether an unclear answer still shows that the provider has the payout. */
    static boolean isSighting(Fields proof) {
        String kind = proof.get("evidence.kind");
        return kind != null && isSighting(Evidence.Kind.valueOf(kind));
    }

    static boolean isSighting(Evidence.Kind kind) {
        return kind.proves() == Evidence.Proves.IT_EXISTS;
    }

    PayoutStatus status() {
        return status;
    }

    /** Whether the handle that prepare gave is stored. */
    boolean prepared() {
        return prepared;
    }

    int submits() {
        return submits;
    }

    /** When the payout last came nearer to its end. */
    Instant progressAt() {
        return progressAt;
    }

    /** Whether a submit may have been executed. */
    boolean submitUnclear() {
        return submitSettledAt != null;
    }

    /** From when on an answer reflects the last submit and the last confirm, whatever became of them. */
    Instant settledAt() {
        Instant submit = submitSettledAt == null ? Instant.EPOCH : submitSettledAt;
        Instant confirm = confirmSettledAt == null ? Instant.EPOCH : confirmSettledAt;
        return submit.isAfter(confirm) ? submit : confirm;
    }

    /** When the provider did not know the payout, since the last submit; empty once it has shown it. */
    List<Instant> absences() {
        return seen ? List.of() : absences;
    }

    boolean seen() {
        return seen;
    }

    /** Why a submit was refused while an earlier one was unclear. */
    @Nullable Fields refusal() {
        return refusal;
    }

    boolean confirmOrdered() {
        return confirmOrdered;
    }

    boolean confirmRefused() {
        return confirmRefused;
    }

    /** Whether a cancel may have reached the provider: nothing is sent or confirmed any more. */
    boolean cancelPending() {
        return cancelPending;
    }

    boolean resubmitOrdered() {
        return resubmitOrdered;
    }

    /** When the last notification was taken in. */
    @Nullable Instant notifiedAt() {
        return notifiedAt;
    }

    @Nullable Attention attention() {
        return attention;
    }
}
