package org.unipayout.journal.internal.run;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.PayoutListener;
import org.unipayout.journal.StatusChange;
import org.unipayout.journal.internal.decide.HistoryRow;

/** Tells the listeners what they have not heard yet, in order. */
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
        if (listeners.isEmpty()) {
            return;
        }
        PayoutStatus before = PayoutStatus.PREPARED;
        for (HistoryRow row : held.stored().history()) {
            if (row.number() > held.stored().delivered() && row.status() != before) {
                if (!tells(row, before)) {
                    return;
                }
                held.reached(Checkpoint.CHANGE_DELIVERED);
                held.delivered(row.number());
                held.reached(Checkpoint.DELIVERY_STORED);
            }
            before = row.status();
        }
        held.delivered(held.stored().version());
    }

    private boolean tells(HistoryRow row, PayoutStatus before) {
        StatusChange change = new StatusChange(
                held.reference(), held.stored().provider(), row.number(), before, row.status(), row.at());
        try {
            listeners.forEach(listener -> listener.statusChanged(change));
            return true;
        } catch (RuntimeException e) {
            LOG.debug("A listener threw; the change will be delivered again", e);
            return false;
        }
    }

    boolean isDue() {
        return !listeners.isEmpty() && held.stored().delivered() < held.stored().version();
    }
}
