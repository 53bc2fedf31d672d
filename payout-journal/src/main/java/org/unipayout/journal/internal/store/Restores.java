package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.unipayout.journal.internal.decide.Restore;

/** How often the database went back in time, by the merchant's word. */
public final class Restores {
    private final Database database;

    public Restores(Database database) {
        this.database = database;
    }

    /** In the order in which they were told. */
    public List<Restore> all() {
        return database.reading(Restores::all);
    }

    /** The same within a transaction of the caller's. */
    public static List<Restore> all(Connection connection) throws SQLException {
        List<Restore> restores = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select * from payout_journal_restore order by restored_at");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                restores.add(new Restore(
                        Database.instant(rows, "kept_until"),
                        Database.instant(rows, "restored_at"),
                        Database.instant(rows, "repeated_until"),
                        rows.getString("who")));
            }
        }
        return restores;
    }

    /**
     * Takes one in. One that is known already keeps its time and who told it.
     *
     * @return the restore as it is known
     */
    public Restore tell(Restore restore) {
        database.transaction(connection -> {
            int known = Database.update(
                    connection,
                    "update payout_journal_restore set repeated_until = ? where kept_until = ?",
                    restore.repeatedUntil(),
                    restore.keptUntil());
            return known > 0 || insert(connection, restore);
        });
        return all().stream()
                .filter(one -> one.keptUntil().equals(restore.keptUntil()))
                .findFirst()
                .orElseThrow();
    }

    /** Two machines may tell it in the same moment: the second one goes by what the first one wrote. */
    private static boolean insert(Connection connection, Restore restore) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            Database.update(
                    connection,
                    "insert into payout_journal_restore (kept_until, restored_at, repeated_until, who)"
                            + " values (?, ?, ?, ?)",
                    restore.keptUntil(),
                    restore.restoredAt(),
                    restore.repeatedUntil(),
                    restore.who());
            return true;
        } catch (SQLException e) {
            if (!Database.isDuplicate(e)) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
    }
}
