package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.PayoutCounts;

/** Counts payouts as their rows say, without reading any of them; a word that only a newer version has is left out. */
public final class Counts {
    private Counts() {}

    public static PayoutCounts of(Connection connection) throws SQLException {
        return new PayoutCounts(
                counted(connection, PayoutStatus.class, "status", "where " + Store.OPEN),
                counted(connection, Attention.class, "attention", "where attention is not null"),
                oldestUnknown(connection));
    }

    private static <E extends Enum<E>> Map<E, Long> counted(
            Connection connection, Class<E> words, String column, String where) throws SQLException {
        Map<E, Long> counted = new EnumMap<>(words);
        try (PreparedStatement select = connection.prepareStatement("select " + column
                        + " as word, count(*) as payouts from payout_journal " + where + " group by " + column);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                String word = rows.getString("word");
                long payouts = rows.getLong("payouts");
                Stream.of(words.getEnumConstants())
                        .filter(known -> known.name().equals(word))
                        .forEach(known -> counted.put(known, payouts));
            }
        }
        return counted;
    }

    private static @Nullable Instant oldestUnknown(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select min(requested_at) as oldest from payout_journal where status = 'UNKNOWN'");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? Database.optionalInstant(rows, "oldest") : null;
        }
    }
}
