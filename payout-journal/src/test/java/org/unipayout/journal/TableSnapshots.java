package org.unipayout.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Puts the journal's tables aside and back, without its queue. */
final class TableSnapshots {
    private static final List<String> TABLES =
            List.of("payout_journal", "payout_journal_history", "payout_journal_webhook", "payout_journal_restore");

    private final DataSource dataSource;

    TableSnapshots(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The rows of each table. */
    record Snapshot(List<List<List<@Nullable Object>>> tables) {}

    Snapshot take() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            List<List<List<@Nullable Object>>> tables = new ArrayList<>();
            for (String table : TABLES) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                try (ResultSet found = statement.executeQuery("select * from " + table)) {
                    while (found.next()) {
                        rows.add(row(found));
                    }
                }
                tables.add(rows);
            }
            return new Snapshot(tables);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<@Nullable Object> row(ResultSet found) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            row.add(found.getObject(i));
        }
        return row;
    }

    void putBack(Snapshot snapshot) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from payout_journal_task");
            for (int i = 0; i < TABLES.size(); i++) {
                statement.execute("delete from " + TABLES.get(i));
                insert(connection, TABLES.get(i), snapshot.tables.get(i));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void insert(Connection connection, String table, List<List<@Nullable Object>> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String marks = String.join(", ", Collections.nCopies(rows.get(0).size(), "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + table + " values (" + marks + ")")) {
            for (List<@Nullable Object> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    long pendingNotices() {
        return Tables.texts(dataSource, "select dedupe_hash from payout_journal_webhook where applied_at is null")
                .size();
    }
}
