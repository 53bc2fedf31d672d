package org.unipayout.journal.internal.decide;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.unipayout.PayoutStatus;

/** One row of a payout's history. The status is the one that holds after it. */
public record HistoryRow(
        String reference,
        long number,
        Instant at,
        Event event,
        PayoutStatus status,
        String proof,
        String node,
        String previousHash,
        String hash) {
    /** Stands for the row before the first. */
    public static final String NO_HASH = "0".repeat(64);

    public static HistoryRow next(
            String reference,
            long number,
            Instant at,
            Event event,
            PayoutStatus status,
            Fields proof,
            String node,
            String previousHash) {
        HistoryRow row =
                new HistoryRow(reference, number, at, event, status, proof.text(), node, previousHash, NO_HASH);
        return new HistoryRow(reference, number, at, event, status, row.proof, node, previousHash, row.computedHash());
    }

    public Fields facts() {
        return Fields.read(proof);
    }

    String computedHash() {
        MessageDigest digest = sha256();
        for (String field : new String[] {
            previousHash, reference, Long.toString(number), at.toString(), event.name(), status.name(), proof, node
        }) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String hash(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "HistoryRow[" + reference + " " + number + " " + event + " " + status + "]";
    }
}
