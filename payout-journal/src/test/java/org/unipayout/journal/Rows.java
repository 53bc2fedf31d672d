package org.unipayout.journal;

import static org.unipayout.journal.JournalFixture.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;

/** A history that is written row by row, for what follows from one whatever made it. A minute lies between two rows. */
final class Rows {
    static final Duration CALL = Duration.ofSeconds(10);
    static final Duration LONGEST_CALL = CALL.multipliedBy(3);

    private final List<HistoryRow> rows = new ArrayList<>();
    private Instant now = START;

    Rows then(Event event, PayoutStatus status, Fields said) {
        now = now.plusSeconds(60);
        rows.add(HistoryRow.next("r-1", rows.size() + 1L, now, event, status, said, "node", HistoryRow.NO_HASH));
        return this;
    }

    Rows then(Event event, PayoutStatus status) {
        return then(event, status, new Fields());
    }

    /** A row that leaves the status as it is. */
    Rows same(Event event, Fields said) {
        return then(event, facts().status(), said);
    }

    Rows same(Event event) {
        return same(event, new Fields());
    }

    Rows unclear(Event event, Evidence.Kind kind) {
        return then(event, PayoutStatus.UNKNOWN, new Fields().with("evidence.kind", kind));
    }

    Rows prepared() {
        return then(Event.REQUESTED, PayoutStatus.PREPARED).then(Event.PREPARED, PayoutStatus.PREPARED);
    }

    Rows submitting() {
        return unclear(Event.SUBMITTING, Evidence.Kind.NO_ANSWER);
    }

    /** Prepared, sent, and the answer was lost. */
    Rows lost() {
        return prepared().submitting().unclear(Event.SUBMITTED, Evidence.Kind.NO_ANSWER);
    }

    Rows observed(PayoutStatus status) {
        return then(Event.OBSERVED, status);
    }

    Rows absent() {
        return unclear(Event.ABSENT, Evidence.Kind.ABSENT);
    }

    Rows paid() {
        return lost().observed(PayoutStatus.SUCCEEDED);
    }

    static Fields told(PayoutStatus reported) {
        return new Fields().with("trust", "VERIFIED").with("reported", reported).with("about", Identity.About.OURS);
    }

    Rows notified(PayoutStatus reported) {
        return same(Event.NOTIFIED, told(reported));
    }

    Rows attention(Attention attention) {
        return same(Event.ATTENTION, new Fields().with("attention", attention));
    }

    Rows ordered(Verb verb) {
        return same(Event.ORDERED, new Fields().with("order", verb).with("who", "anna"));
    }

    Rows after(Duration time) {
        now = now.plus(time);
        return this;
    }

    void clear() {
        rows.clear();
    }

    void takeBackTheLast() {
        rows.remove(rows.size() - 1);
    }

    HistoryRow last() {
        return rows.get(rows.size() - 1);
    }

    /** The time of the last row, or later. */
    Instant now() {
        return now;
    }

    Facts facts() {
        return Facts.of(rows, CALL);
    }
}
