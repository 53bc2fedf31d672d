package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.HistoryRow;

/** The rows of histories. They are added and read, and go only together, when a payout is retired. */
final class Histories {
    private static final String INSERT = "insert into payout_journal_history (reference,"
            + " number, happened_at, event, status, proof, node, previous_hash, hash)";

    private Histories() {}

    static void insert(Connection connection, HistoryRow row) throws SQLException {
        requireTaken(Database.update(connection, INSERT + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values(row)));
    }

    /**
     * Changes a payout's own row, and if that is found adds a row to its history. On PostgreSQL it is one statement.
     *
     * @param waits whether it has the transaction wait for the disk as well
     * @return false if the payout's own row was not changed
     */
    static boolean insertWith(
            Connection connection, String change, List<@Nullable Object> parameters, HistoryRow row, boolean waits)
            throws SQLException {
        if (PostgreSql.isBehind(connection)) {
            return insertAtOnce(connection, change, parameters, row, waits);
        }
        if (Database.update(connection, change, parameters.toArray()) == 0) {
            return false;
        }
        insert(connection, row);
        return true;
    }

    private static boolean insertAtOnce(
            Connection connection, String change, List<@Nullable Object> parameters, HistoryRow row, boolean waits)
            throws SQLException {
        String both = "with changed as (" + change + " returning 1), added as (" + INSERT
                + " select ?, ?, ?, ?, ?, ?, ?, ?, ? from changed returning 1)"
                + " select (select count(*) from changed), (select count(*) from added)"
                + (waits ? ", (" + PostgreSql.WAIT_FOR_THE_DISK + ")" : "");
        List<@Nullable Object> all = new ArrayList<>(parameters);
        all.addAll(Arrays.asList(values(row)));
        try (PreparedStatement statement = connection.prepareStatement(both)) {
            Database.set(statement, all.toArray());
            try (ResultSet counts = statement.executeQuery()) {
                counts.next();
                if (counts.getInt(1) == 0) {
                    return false;
                }
                requireTaken(counts.getInt(2));
                return true;
            }
        }
    }

    /** Puts one row in the place of all. */
    static void replace(Connection connection, int all, HistoryRow row) throws SQLException {
        int gone =
                Database.update(connection, "delete from payout_journal_history where reference = ?", row.reference());
        if (gone != all) {
            throw new JournalException("journal: the database did not let go of the rows of a history");
        }
        insert(connection, row);
    }

    /** A trigger may swallow it, and "being sent" must never be lost. */
    private static void requireTaken(int rows) {
        if (rows != 1) {
            throw new JournalException("journal: the database did not take a row of the history in");
        }
    }

    private static @Nullable Object[] values(HistoryRow row) {
        return new @Nullable Object[] {
            row.reference(),
            row.number(),
            row.at(),
            row.event().name(),
            row.status().name(),
            row.proof(),
            row.node(),
            row.previousHash(),
            row.hash()
        };
    }

    static List<HistoryRow> of(Connection connection, String reference) throws SQLException {
        List<HistoryRow> history = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select * from payout_journal_history where reference = ? order by number")) {
            select.setString(1, reference);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    history.add(new HistoryRow(
                            rows.getString("reference"),
                            rows.getLong("number"),
                            Database.instant(rows, "happened_at"),
                            Event.valueOf(rows.getString("event")),
                            PayoutStatus.valueOf(rows.getString("status")),
                            rows.getString("proof"),
                            rows.getString("node"),
                            rows.getString("previous_hash"),
                            rows.getString("hash")));
                }
            }
        }
        return history;
    }
}
