package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the next submit of a provider may leave, for all machines together. */
public final class Rates {
    /** By how much the clocks of two machines may differ. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Database database;

    public Rates(Database database) {
        this.database = database;
    }

    /**
     * Takes a turn in a provider's rate, which all nodes share.
     *
     * @return empty if the turn is now, else when to come again
     */
    public Optional<Instant> takeTurn(String provider, Duration interval, Instant now) {
        return database.transaction(connection -> {
            Instant freeAt = freeAt(connection, provider, now);
            boolean byWrongClock = freeAt.isAfter(now.plus(interval).plus(TOLERANCE));
            if (freeAt.isAfter(now) && !byWrongClock) {
                return Optional.of(freeAt);
            }
            int taken = Database.update(
                    connection,
                    "update payout_journal_rate set free_at = ? where provider = ? and free_at = ?",
                    (byWrongClock || freeAt.isBefore(now.minusSeconds(1)) ? now.minusSeconds(1) : freeAt)
                            .plus(interval),
                    provider,
                    freeAt);
            return taken == 1 ? Optional.empty() : Optional.of(now.plus(interval));
        });
    }

    private static Instant freeAt(Connection connection, String provider, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select free_at from payout_journal_rate where provider = ? for update")) {
            select.setString(1, provider);
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    return Database.instant(rows, "free_at");
                }
            }
        }
        Savepoint before = connection.setSavepoint();
        try {
            Database.update(
                    connection, "insert into payout_journal_rate (provider, free_at) values (?, ?)", provider, now);
            return now;
        } catch (SQLException e) {
            if (!Database.isDuplicate(e)) {
                throw e;
            }
            connection.rollback(before);
            return freeAt(connection, provider, now);
        }
    }
}
