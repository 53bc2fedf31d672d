package org.unipayout.journal.internal.decide;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** Under such names the proof says what the chain needs, beside what happened. */
    private static final String OF_THE_CHAIN = "history.";

    private static final String KEY = OF_THE_CHAIN + "key";
    private static final String OBSERVATION = OF_THE_CHAIN + "observation";
    private static final String FAULT = OF_THE_CHAIN + "fault";

    /** A row under no key. */
    public static HistoryRow next(
            String reference,
            long number,
            Instant at,
            Event event,
            PayoutStatus status,
            Fields proof,
            String node,
            String previousHash) {
        return next(reference, number, at, event, status, proof, node, previousHash, RowHashes.PLAIN);
    }

    /** A row that names the key that it is hashed under. */
    public static HistoryRow next(
            String reference,
            long number,
            Instant at,
            Event event,
            PayoutStatus status,
            Fields proof,
            String node,
            String previousHash,
            RowHashes hashes) {
        String text = proof.copy().with(KEY, hashes.presentKey()).text();
        HistoryRow row = new HistoryRow(reference, number, at, event, status, text, node, previousHash, NO_HASH);
        return new HistoryRow(reference, number, at, event, status, text, node, previousHash, row.computedHash(hashes));
    }

    /** What a row is to say of the observation that holds from then on, and of the provider's id beside it. */
    public static Fields withObservation(Fields proof, String stored, @Nullable String providerId) {
        return proof.copy().with(OBSERVATION, observationHash(stored, providerId));
    }

    static String observationHash(String stored, @Nullable String providerId) {
        return RowHashes.plain(stored, providerId);
    }

    /** What a row is to say of the fault after which a person lets the chain start anew. */
    public static Fields withFault(Fields proof, String fault) {
        return proof.copy().with(FAULT, fault);
    }

    public Fields facts() {
        return Fields.read(proof);
    }

    /** What happened, without what only the chain needs. */
    public String told() {
        return facts().without(OF_THE_CHAIN).text();
    }

    /** The name of the key that it is hashed under; null if it is under none. */
    public @Nullable String key() {
        return key(proof);
    }

    /** The same of a proof alone. */
    public static @Nullable String key(String proof) {
        return proof.contains(KEY) ? Fields.read(proof).get(KEY) : null;
    }

    @Nullable String observationHash() {
        return facts().get(OBSERVATION);
    }

    /** The fault of the rows before it, in spite of which a person spoke; null but for such a row. */
    public @Nullable String fault() {
        return event == Event.SETTLED || event == Event.ORDERED ? facts().get(FAULT) : null;
    }

    /**
     * Where the chain starts anew for the last time, after rows that did not hold or that were retired; -1 if it never did.
     */
    public static int newStart(List<HistoryRow> history) {
        int at = history.size() - 1;
        while (at >= 0 && history.get(at).fault() == null) {
            at--;
        }
        return at < 0 && isRetired(history) ? 0 : at;
    }

    /** Whether the first row stands for those before it, which went to the archive. */
    public static boolean isRetired(List<HistoryRow> history) {
        return !history.isEmpty() && history.get(0).event == Event.RETIRED;
    }

    /** Stands for rows that did not hold, as they were found. */
    public static String hashAsFound(List<HistoryRow> rows) {
        StringBuilder found = new StringBuilder();
        for (HistoryRow row : rows) {
            found.append(RowHashes.plain(row.texts())).append(row.hash).append('\n');
        }
        return hash(found.toString());
    }

    String computedHash(RowHashes hashes) {
        return hashes.hash(key(), texts());
    }

    private String[] texts() {
        return new String[] {
            previousHash, reference, Long.toString(number), at.toString(), event.name(), status.name(), proof, node
        };
    }

    public static String hash(String text) {
        return HexFormat.of().formatHex(RowHashes.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "HistoryRow[" + reference + " " + number + " " + event + " " + status + "]";
    }
}
