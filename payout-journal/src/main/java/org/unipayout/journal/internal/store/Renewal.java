package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.unipayout.Payout;
import org.unipayout.journal.HistoryFault;
import org.unipayout.journal.HistoryHead;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryCheck;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.RowHashes;

/** What goes over all payouts, page by page: sealing them anew under the present keys, and the heads of their histories. */
public final class Renewal {
    private final Database database;
    private final Sealer sealer;
    private final RowHashes hashes;
    private final Reader reader;
    private final String node;

    public Renewal(Database database, Sealer sealer, RowHashes hashes, String node) {
        this.database = database;
        this.sealer = sealer;
        this.hashes = hashes;
        reader = new Reader(sealer, hashes);
        this.node = node;
    }

    /** Some payouts in the order of their references. */
    public record Page<T>(String last, List<T> found, boolean more) {}

    /** Those after a reference that are not under the present keys. */
    public Page<String> earlier(String after, int size) {
        return page(
                "select p.reference, p.request, p.observation, h.proof from payout_journal p left join"
                        + " payout_journal_history h on h.reference = p.reference and h.number = p.version",
                after,
                size,
                row -> isEarlier(row.getString(2), row.getString(3), row.getString(4))
                        ? Optional.of(row.getString(1))
                        : Optional.empty());
    }

    private boolean isEarlier(String request, String observation, String proof) {
        String key = proof == null ? null : HistoryRow.key(proof);
        boolean otherKey = hashes.presentKey() != null && !Objects.equals(key, hashes.presentKey());
        return otherKey || (!request.isEmpty() && sealer.isEarlier(request)) || sealer.isEarlier(observation);
    }

    public Page<HistoryHead> heads(String after, int size) {
        return page(
                "select p.reference, p.version, p.head_hash from payout_journal p",
                after,
                size,
                row -> Optional.of(new HistoryHead(row.getString(1), row.getLong(2), row.getString(3))));
    }

    private interface Taking<T> {
        Optional<T> from(ResultSet row) throws SQLException;
    }

    private <T> Page<T> page(String select, String after, int size, Taking<T> taking) {
        return database.transaction(connection -> {
            List<T> found = new ArrayList<>();
            String last = after;
            int count = 0;
            try (PreparedStatement query = connection.prepareStatement(
                    select + " where p.reference > ? order by p.reference fetch first " + size + " rows only")) {
                query.setString(1, after);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        last = rows.getString(1);
                        taking.from(rows).ifPresent(found::add);
                        count++;
                    }
                }
            }
            return new Page<>(last, found, count == size);
        });
    }

    /**
     * Seals a payout anew and adds a row that says so, unless it is under the present keys already.
     *
     * @return whether it is under the present keys now; never if it does not fit its history, because a row on top would make that
     *     hold
     * @throws Superseded if somebody else has added a row meanwhile; the transaction is to be rolled back
     */
    public boolean renew(Connection connection, String reference, Instant at) throws SQLException {
        Optional<Reader.Found> found = reader.found(connection, reference);
        if (found.isEmpty()) {
            return true; // deleted meanwhile, and nothing remains to be done for it
        }
        Stored stored = reader.readable(found.get());
        if (!stored.holds()) {
            return false;
        }
        HistoryCheck.Row payout = found.get().payout();
        boolean requestCounts = !stored.startsAnew(); // else it cannot be opened, or is not to be
        String proof = last(stored).proof();
        if (isEarlier(requestCounts ? payout.request() : payout.observation(), payout.observation(), proof)) {
            String request = requestCounts ? sealed(stored) : payout.request();
            write(connection, stored, request, at);
        }
        return true;
    }

    private static HistoryRow last(Stored stored) {
        return stored.history().get(stored.history().size() - 1);
    }

    private String sealed(Stored stored) {
        return sealer.seal(stored.request().text(), Sealer.Place.request(stored.version() + 1, stored.reference()));
    }

    /** Nothing about it is news: neither a listener nor a worker has anything to do. */
    private void write(Connection connection, Stored stored, String request, Instant at) throws SQLException {
        String reference = stored.reference();
        long number = stored.version() + 1;
        Payout observation = stored.observation();
        String sealed =
                sealer.seal(StoredObservation.write(observation).text(), Sealer.Place.observation(number, reference));
        Fields proof = HistoryRow.withObservation(
                new Fields().with("requestHash", HistoryRow.hash(request)),
                sealed,
                observation.ref().providerId().orElse(null));
        HistoryRow row = HistoryRow.next(
                reference, number, at, Event.RESEALED, observation.status(), proof, node, stored.headHash(), hashes);
        int updated = Database.update(
                connection,
                "update payout_journal set request = ?, observation = ?, version = ?, head_hash = ?,"
                        + " delivered = case when delivered = version then ? else delivered end"
                        + " where reference = ? and version = ? and head_hash = ?",
                request,
                sealed,
                number,
                row.hash(),
                number,
                reference,
                stored.version(),
                stored.headHash());
        if (updated == 0) {
            throw new Superseded();
        }
        Histories.insert(connection, row);
    }

    /** Whether a payout's history still holds and has a row that it once ended with. */
    public Optional<HistoryFault> fault(Connection connection, HistoryHead head) throws SQLException {
        return reader.readableOrFault(head.reference(), head.number(), () -> {
            Optional<Reader.Found> found = reader.found(connection, head.reference());
            if (found.isEmpty()) {
                return Optional.of(new HistoryFault(
                        head.reference(), head.number(), "The payout itself is missing, and was there before."));
            }
            return anchorFault(found.get().history(), head).or(() -> reader.fault(found.get()));
        });
    }

    private static Optional<HistoryFault> anchorFault(List<HistoryRow> history, HistoryHead head) {
        if (HistoryRow.isRetired(history) && head.number() < history.get(0).number()) {
            return retiredFault(history.get(0), head);
        }
        Optional<HistoryRow> row =
                history.stream().filter(one -> one.number() == head.number()).findFirst();
        if (row.isEmpty()) {
            return Optional.of(
                    new HistoryFault(head.reference(), head.number(), "The row was there before and is missing."));
        }
        return row.get().hash().equals(head.hash())
                ? Optional.empty()
                : Optional.of(new HistoryFault(
                        head.reference(), head.number(), "The row is another one than was there before."));
    }

    /** The first row names the last one that went to the archive; of those before nothing is known here. */
    private static Optional<HistoryFault> retiredFault(HistoryRow first, HistoryHead head) {
        return head.number() < first.number() - 1 || head.hash().equals(first.previousHash())
                ? Optional.empty()
                : Optional.of(new HistoryFault(
                        head.reference(), head.number(), "The row is another one than went to the archive."));
    }
}
