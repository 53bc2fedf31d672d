package org.unipayout.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can write to the database and has read how histories are hashed: makes a chain fit again after an edit. Shares no line
 * with what it deceives.
 */
final class Forger {
    private static final String KEY = "history.key=";

    private final UnaryOperator<byte[]> digest;
    private final @Nullable String key;

    private Forger(UnaryOperator<byte[]> digest, @Nullable String key) {
        this.digest = digest;
        this.key = key;
    }

    static Forger withoutKey() {
        return new Forger(Forger::sha256, null);
    }

    static Forger with(String id, SecretKey secret) {
        return new Forger(
                bytes -> {
                    try {
                        Mac mac = Mac.getInstance("HmacSHA256");
                        mac.init(secret);
                        return mac.doFinal(bytes);
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException(e);
                    }
                },
                id);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes hashes of a whole history fit what the tables say now. */
    void rewrite(DataSource dataSource, String reference) {
        try (Connection connection = dataSource.getConnection()) {
            rewrite(connection, reference);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void rewrite(Connection connection, String reference) throws SQLException {
        String request;
        String observation;
        try (PreparedStatement select = connection.prepareStatement(
                "select request, observation, provider_id from payout_journal where reference = ?")) {
            select.setString(1, reference);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                request = hex(sha256(row.getString(1).getBytes(StandardCharsets.UTF_8)));
                observation = hex(sha256(framed(row.getString(2), row.getString(3))));
            }
        }
        List<String[]> rows = rows(connection, reference);
        String previous = "0".repeat(64);
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            String proof = proof(row[4], request, i == rows.size() - 1 ? observation : null);
            String hash = hex(digest.apply(framed(previous, reference, row[0], row[1], row[2], row[3], proof, row[5])));
            update(connection, reference, Long.parseLong(row[0]), proof, previous, hash);
            previous = hash;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update payout_journal set head_hash = ?, version = ? where reference = ?")) {
            update.setString(1, previous);
            update.setLong(2, Long.parseLong(rows.get(rows.size() - 1)[0]));
            update.setString(3, reference);
            update.executeUpdate();
        }
    }

    private static List<String[]> rows(Connection connection, String reference) throws SQLException {
        List<String[]> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select number, happened_at, event, status, proof, node from payout_journal_history"
                        + " where reference = ? order by number")) {
            select.setString(1, reference);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new String[] {
                        rows.getString(1),
                        rows.getObject(2, OffsetDateTime.class).toInstant().toString(),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6)
                    });
                }
            }
        }
        return found;
    }

    /** The order of the lines does not matter to whoever reads them. */
    private String proof(String proof, String request, @Nullable String observation) {
        StringBuilder lines = new StringBuilder(key == null ? "" : KEY + key + "\n");
        for (String line : proof.split("\n", -1)) {
            if (line.startsWith("requestHash=")) {
                lines.append("requestHash=").append(request).append('\n');
            } else if (line.startsWith("history.observation=") && observation != null) {
                lines.append("history.observation=").append(observation).append('\n');
            } else if (!line.startsWith(KEY) && !line.isEmpty()) {
                lines.append(line).append('\n');
            }
        }
        return lines.toString();
    }

    private static void update(
            Connection connection, String reference, long number, String proof, String previous, String hash)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update payout_journal_history set proof = ?,"
                + " previous_hash = ?, hash = ? where reference = ? and number = ?")) {
            update.setString(1, proof);
            update.setString(2, previous);
            update.setString(3, hash);
            update.setString(4, reference);
            update.setLong(5, number);
            update.executeUpdate();
        }
    }

    private static byte[] framed(@Nullable String... texts) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        for (String text : texts) {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            buffer.putInt(text == null ? -1 : bytes.length).put(bytes);
        }
        buffer.flip();
        byte[] all = new byte[buffer.remaining()];
        buffer.get(all);
        return all;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
