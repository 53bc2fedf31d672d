package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.HistoryRow;

/** The rows of histories. They are added and read, and nothing else. */
final class Histories {
    private Histories() {}

    static void insert(Connection connection, HistoryRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into payout_journal_history (reference,"
                + " number, happened_at, event, status, proof, node, previous_hash, hash)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, row.reference());
            insert.setLong(2, row.number());
            insert.setObject(3, Database.utc(row.at()));
            insert.setString(4, row.event().name());
            insert.setString(5, row.status().name());
            insert.setString(6, row.proof());
            insert.setString(7, row.node());
            insert.setString(8, row.previousHash());
            insert.setString(9, row.hash());
            if (insert.executeUpdate() != 1) { // a trigger may swallow it, and "being sent" must never be lost
                throw new JournalException("journal: the database did not take a row of the history in");
            }
        }
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
