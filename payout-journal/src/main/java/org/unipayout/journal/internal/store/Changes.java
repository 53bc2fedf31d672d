package org.unipayout.journal.internal.store;

import java.util.List;
import java.util.Optional;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.StatusChange;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;

/** The changes of status that a payout's history tells. */
public final class Changes {
    private Changes() {}

    /** What a row tells a listener. */
    public static StatusChange of(Stored stored, HistoryRow row, PayoutStatus before) {
        return change(stored, row, before, row.facts());
    }

    /**
     * The end that a row tells, with what the provider said of it since, such as a fee; empty if the row tells none, or stands before a
     * place where the history did not hold.
     */
    public static Optional<StatusChange> end(Stored stored, long number) {
        int start = HistoryRow.newStart(stored.history());
        List<HistoryRow> rows =
                stored.history().subList(Math.max(start, 0), stored.history().size());
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).number() == number) {
                return end(stored, rows, i, start < 0 ? PayoutStatus.PREPARED : PayoutStatus.UNKNOWN);
            }
        }
        return Optional.empty();
    }

    private static Optional<StatusChange> end(Stored stored, List<HistoryRow> rows, int at, PayoutStatus beforeAll) {
        HistoryRow row = rows.get(at);
        PayoutStatus before = at == 0 ? beforeAll : rows.get(at - 1).status();
        return row.status().isFinal() && row.status() != before
                ? Optional.of(change(stored, row, before, toldSince(rows, at)))
                : Optional.empty();
    }

    /** The newest of what the provider answered while the status stayed. */
    private static Fields toldSince(List<HistoryRow> rows, int at) {
        Fields told = rows.get(at).facts();
        rows.stream()
                .skip(at + 1L)
                .takeWhile(row -> row.status() == rows.get(at).status())
                .filter(row -> row.event() == Event.OBSERVED)
                .forEach(row -> row.facts().all().forEach(told::with));
        return told;
    }

    private static StatusChange change(Stored stored, HistoryRow row, PayoutStatus before, Fields told) {
        return new StatusChange(
                stored.reference(),
                stored.provider(),
                stored.observation().ref().providerId().orElse(null),
                row.number(),
                before,
                row.status(),
                row.at(),
                Facts.wordOf(row.event()),
                stored.observation().ref().amount(),
                StoredObservation.readMoney(told, "fee"),
                StoredObservation.readMoney(told, "returned"),
                told.get("rrn"),
                StoredObservation.readInstant(told, "finishedAt"),
                row.hash());
    }
}
