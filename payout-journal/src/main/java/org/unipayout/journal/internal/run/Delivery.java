package org.unipayout.journal.internal.run;

import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.PayoutListener;
import org.unipayout.journal.StatusChange;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.store.Changes;

/** Tells the listeners what they have not heard yet, in order, while this machine has the payout. */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Held held;
    private final List<PayoutListener> listeners;

    Delivery(Held held) {
        this.held = held;
        listeners = held.settings().listeners();
    }

    /** Whoever has no listeners delivers nothing, and leaves it to those that have. */
    void deliver() {
        if (listeners.isEmpty() || !knowsWhatIsTold()) {
            return;
        }
        List<HistoryRow> history = held.stored().history().stream()
                .filter(row -> row.event() != Event.RESEALED)
                .toList();
        int start = HistoryRow.newStart(history); // what stands before it did not hold, and is told to nobody
        PayoutStatus heard = PayoutStatus.PREPARED;
        for (int i = 0; i < history.size(); i++) {
            HistoryRow row = history.get(i);
            if (i < start) {
                heard = row.number() <= held.stored().told().delivered() ? row.status() : heard;
                continue;
            }
            if (row.event().announces() && isUnderWay(history, i)) {
                return; // its answer is the news
            }
            boolean isNew = row.number() > held.stored().told().delivered();
            if (isNew && row.event().announces() && isPassedOver(history, i)) {
                continue;
            }
            if (isNew && row.status() != heard) {
                if (!held.keep() || !tells(row, heard)) {
                    return;
                }
                held.reached(Checkpoint.CHANGE_DELIVERED);
                held.delivered(row.number());
                held.reached(Checkpoint.DELIVERY_STORED);
            }
            heard = row.status();
        }
        held.delivered(held.stored().version());
        if (held.facts().reason() == Attention.LISTENER_FAILED) {
            held.append(Event.LISTENERS_HEARD, new Fields());
            held.delivered(held.stored().version());
        }
    }

    /** While our own call lasted, another machine may have told it as unclear; it tells nothing any more once the lease is ours. */
    private boolean knowsWhatIsTold() {
        if (!passesOverACall()) {
            return true;
        }
        boolean kept = held.keep();
        if (kept) {
            held.learnWhatIsTold();
        }
        return kept;
    }

    private boolean passesOverACall() {
        List<HistoryRow> history = held.stored().history();
        return IntStream.range(0, history.size())
                .filter(i -> history.get(i).number() > held.stored().told().delivered())
                .anyMatch(i -> history.get(i).event().announces() && isPassedOver(history, i));
    }

    private boolean isUnderWay(List<HistoryRow> history, int at) {
        return at == history.size() - 1 && held.now().isBefore(held.facts().doneAt());
    }

    /** The answer of a call is the news, unless listeners may have heard that there is none. */
    private boolean isPassedOver(List<HistoryRow> history, int at) {
        return at < history.size() - 1
                && history.get(at + 1).event().answers()
                && history.get(at).number() != held.stored().told().begun();
    }

    private boolean tells(HistoryRow row, PayoutStatus before) {
        if (row.event().announces() && !held.telling(row.number())) {
            return false;
        }
        StatusChange change = Changes.of(held.stored(), row, before);
        try {
            listeners.forEach(listener -> listener.statusChanged(change));
            return true;
        } catch (RuntimeException e) {
            failed(e);
            return false;
        }
    }

    /** Said once and flagged: books that do not follow are noticed by nobody else. */
    private void failed(RuntimeException e) {
        if (held.facts().reason() == null) {
            LOG.warn(
                    "A payout listener throws ({}); its changes are delivered again",
                    e.getClass().getName());
            held.append(Event.ATTENTION, new Fields().with("attention", Attention.LISTENER_FAILED));
        } else {
            LOG.debug("A listener threw; the change will be delivered again", e);
        }
    }

    boolean isDue() {
        return !listeners.isEmpty()
                && held.stored().told().delivered() < held.stored().version();
    }
}
