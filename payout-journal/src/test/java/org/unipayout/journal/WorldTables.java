package org.unipayout.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.decide.Event;

/** The tables of a {@link World}: the queue as a worker sees it, and the rows as a checker reads them. */
final class WorldTables {
    private static final String TASK = "payout_journal_task";

    private final DataSource dataSource;

    WorldTables(DataSource dataSource) {
        this.dataSource = dataSource;
        for (String table : Tables.ALL) {
            run("delete from " + table);
        }
    }

    /** A task that a worker has taken. */
    record Task(String reference, long version) {}

    /** A row of a history, as far as a checker needs it. */
    record Row(long number, Event event, PayoutStatus status, String proof, String previousHash) {}

    // ---- the queue

    /** When the next task is due by the clock of whoever put it there; one that was taken and left is due, too. */
    Optional<Instant> nextTask() {
        return query(
                        "select min(case when picked then null else execution_time end),"
                                + " min(case when picked then last_heartbeat end) from " + TASK,
                        rows -> {
                            Instant waiting = instant(rows, 1);
                            Instant seen = instant(rows, 2);
                            Instant left = seen == null ? null : seen.plus(World.REVIVED_AFTER);
                            return waiting == null || (left != null && left.isBefore(waiting)) ? left : waiting;
                        })
                .stream()
                .findFirst();
    }

    Optional<Task> take(Machine machine) {
        Instant now = machine.now();
        Optional<Task> due = query(
                        "select task_instance, version from " + TASK
                                + " where (picked = false and execution_time <= ?) or (picked = true and last_heartbeat <= ?)"
                                + " order by execution_time, task_instance fetch first 1 row only",
                        rows -> new Task(rows.getString(1), rows.getLong(2)),
                        now,
                        now.minus(World.REVIVED_AFTER))
                .stream()
                .findFirst();
        return due.filter(task -> run(
                                "update " + TASK
                                        + " set picked = true, picked_by = ?, last_heartbeat = ?, version = version + 1"
                                        + " where task_instance = ? and version = ?",
                                machine.name,
                                now,
                                task.reference,
                                task.version)
                        == 1)
                .map(task -> new Task(task.reference, task.version + 1));
    }

    void remove(Task task) {
        run("delete from " + TASK + " where task_instance = ? and version = ?", task.reference, task.version);
    }

    void putBack(Task task, Instant at) {
        run(
                "update " + TASK + " set picked = false, picked_by = null, last_heartbeat = null, execution_time = ?,"
                        + " version = version + 1 where task_instance = ? and version = ?",
                at,
                task.reference,
                task.version);
    }

    // ---- the rows

    @Nullable PayoutStatus status(String reference) {
        return query(
                        "select status from payout_journal where reference = ?",
                        rows -> PayoutStatus.valueOf(rows.getString(1)),
                        reference)
                .stream()
                .findFirst()
                .orElse(null);
    }

    List<String> flagged() {
        return query(
                "select reference from payout_journal where attention is not null order by reference",
                rows -> rows.getString(1));
    }

    long version(String reference) {
        return query("select version from payout_journal where reference = ?", rows -> rows.getLong(1), reference)
                .get(0);
    }

    List<Row> history(String reference) {
        return query(
                "select number, event, status, proof, previous_hash from payout_journal_history where reference = ? order by number",
                rows -> new Row(
                        rows.getLong(1),
                        Event.valueOf(rows.getString(2)),
                        PayoutStatus.valueOf(rows.getString(3)),
                        rows.getString(4),
                        rows.getString(5)),
                reference);
    }

    // ---- plain JDBC

    @FunctionalInterface
    private interface Reader<T> {
        @Nullable T read(ResultSet rows) throws SQLException;
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            fill(select, parameters);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    T one = reader.read(rows);
                    if (one != null) {
                        found.add(one);
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int run(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            fill(update, parameters);
            return update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object one = parameters[i];
            statement.setObject(i + 1, one instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : one);
        }
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
