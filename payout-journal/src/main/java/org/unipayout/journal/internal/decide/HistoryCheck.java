package org.unipayout.journal.internal.decide;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.journal.HistoryFault;

/**
 * Holds a payout's history against itself and against the payout's own row. A pure function, and linear in the rows: it is asked
 * whenever a payout is read.
 */
public final class HistoryCheck {
    /** What a payout's own row says, in the texts as they are stored. */
    public record Row(
            String reference,
            String provider,
            String amount,
            String recipientKind,
            String confirmation,
            String request,
            String observation,
            @Nullable String providerId,
            @Nullable String letThrough,
            @Nullable String letThroughMark,
            String status,
            @Nullable String attention,
            long version,
            String headHash,
            Instant requestedAt) {
        @Override
        public String toString() {
            return "Row[" + reference + " " + version + "]";
        }
    }

    private final Row payout;
    private final List<HistoryRow> history;
    private final RowHashes hashes;
    private final int start;

    /** How many rows from the start follow each other as they should. */
    private int sound;

    private final Optional<HistoryFault> chain;

    private HistoryCheck(Row payout, List<HistoryRow> history, RowHashes hashes) {
        this.payout = payout;
        this.history = history;
        this.hashes = hashes;
        start = HistoryRow.newStart(history);
        chain = chainFault();
    }

    public static HistoryCheck of(Row payout, List<HistoryRow> history, RowHashes hashes) {
        return new HistoryCheck(payout, history, hashes);
    }

    /** The name of a key that some row is hashed under and that is not known here. */
    public Optional<String> unknownKey() {
        return history.stream()
                .skip(Math.max(start, 0))
                .map(HistoryRow::key)
                .filter(key -> !hashes.knows(key))
                .map(String::valueOf)
                .findFirst();
    }

    /** The first place that does not fit; empty if everything does. */
    public Optional<HistoryFault> fault() {
        return chain.or(this::payoutFault);
    }

    /** The fault after which a person let the chain start anew. */
    public Optional<HistoryFault> settledFault() {
        return start < 0 || history.get(start).fault() == null
                ? Optional.empty()
                : fault(history.get(start).number(), history.get(start).fault() + " A person's word stands since.");
    }

    /** Whether the rows themselves hold, and with them the payout's version and head. */
    public boolean chainHolds() {
        return chain.isEmpty();
    }

    /** Whether the newest observation is the one that the rows speak of. */
    public boolean observationHolds() {
        return chainHolds() && observationFits() && last().status().name().equals(payout.status);
    }

    /** The rows before the first that does not fit, from where the chain starts. */
    public List<HistoryRow> sound() {
        int from = Math.max(start, 0);
        return history.subList(from, Math.max(sound, from));
    }

    /** The row that says what was asked for: the first, or where the chain starts anew. */
    private HistoryRow basis() {
        return history.get(Math.max(start, 0));
    }

    private HistoryRow last() {
        return history.get(history.size() - 1);
    }

    // ---- the rows among each other

    private Optional<HistoryFault> chainFault() {
        if (history.isEmpty()) {
            return fault(1, "The row is missing.");
        }
        int from = Math.max(start, 0);
        String previous = start < 0 ? HistoryRow.NO_HASH : beforeStart();
        long number = start < 0 ? 1 : history.get(start).number();
        boolean keyed = false;
        for (HistoryRow row : history.subList(from, history.size())) {
            String fault = fault(row, number, previous, keyed);
            if (fault != null) {
                return fault(number, fault);
            }
            keyed |= row.key() != null;
            previous = row.hash();
            sound = from + (int) (number - history.get(from).number()) + 1;
            number++;
        }
        if (number - 1 != payout.version || !previous.equals(payout.headHash)) {
            return fault(number, "Rows at the end were removed or added.");
        }
        if (!keyed && !hashes.believesUnkeyed()) {
            sound = 0;
            return fault(number - 1, "No row is under a history key.");
        }
        return Optional.empty();
    }

    /** What the first row names as the one before it went to the archive; that row's own hash vouches for it. */
    private String beforeStart() {
        HistoryRow first = history.get(start);
        return first.event() == Event.RETIRED
                ? first.previousHash()
                : HistoryRow.hashAsFound(history.subList(0, start));
    }

    private @Nullable String fault(HistoryRow row, long number, String previous, boolean keyed) {
        String key = row.key();
        if (row.number() != number) {
            return "The row is missing.";
        }
        if (!row.previousHash().equals(previous)) {
            return "The row does not follow the one before it.";
        }
        if (keyed && key == null) {
            return "The row is under no history key, and an earlier one is.";
        }
        if (!hashes.knows(key)) {
            return "The row is under a history key that is not known here.";
        }
        return RowHashes.same(row.computedHash(hashes), row.hash()) ? null : "The row was edited.";
    }

    // ---- the payout's own row

    private Optional<HistoryFault> payoutFault() {
        Fields asked = basis().facts();
        long first = basis().number();
        if (!last().status().name().equals(payout.status)) {
            return fault(last().number(), "The payout's status is not the one of its last row.");
        }
        if (!HistoryRow.hash(payout.request).equals(requestHash())) {
            return fault(first, "The stored request was edited.");
        }
        if (!observationFits()) {
            return fault(last().number(), "The stored observation or the provider's id was edited.");
        }
        return differing("provider", asked.get("provider"), payout.provider)
                .or(() -> differing("amount", asked.get("amount"), payout.amount))
                .or(() -> differing("recipient kind", asked.get("recipientKind"), payout.recipientKind))
                .or(() -> differing("confirmation", asked.get("confirmation"), payout.confirmation))
                .or(() -> differing("time", requestedAt(basis()).toString(), payout.requestedAt.toString()))
                .map(text -> new HistoryFault(payout.reference, first, text))
                .or(this::flagFault);
    }

    /** Rows from before the observation was covered say nothing of it. */
    private boolean observationFits() {
        String hash = last().observationHash();
        return hash == null || hash.equals(HistoryRow.observationHash(payout.observation, payout.providerId));
    }

    private Optional<HistoryFault> flagFault() {
        HistoryRow passed = lastOf(Event.LET_THROUGH);
        String id = payout.letThrough;
        if (passed == null
                && start < 0
                && id != null
                && !hashes.vouchesForPassing(payout.letThroughMark, payout.reference, id)) {
            return fault(
                    last().number(), "The transaction that was let through is not one that the fence let through.");
        }
        if (passed != null && !Objects.equals(passed.facts().get("providerId"), payout.letThrough)) {
            return fault(passed.number(), "The transaction that was let through is not the one of its row.");
        }
        if (start >= 0 && !Objects.equals(basis().facts().get("letThrough"), payout.letThrough)) {
            return fault(basis().number(), "The transaction that was let through is not the one of its row.");
        }
        return Optional.empty();
    }

    /** What the history says about attention; the flag for a fault itself is raised and taken back beside it. */
    public Optional<HistoryFault> attentionFault(@Nullable String byHistory, String tampered) {
        return Objects.equals(byHistory, payout.attention) || tampered.equals(payout.attention)
                ? Optional.empty()
                : fault(last().number(), "The attention is not the one that the rows say.");
    }

    private @Nullable String requestHash() {
        for (int at = history.size() - 1; at >= Math.max(start, 0); at--) {
            HistoryRow row = history.get(at);
            if (row.event() == Event.RESEALED || at == Math.max(start, 0)) {
                return row.facts().get("requestHash");
            }
        }
        return null;
    }

    /** The row under whose number the request was sealed. */
    public long requestRow() {
        HistoryRow resealed = lastOf(Event.RESEALED);
        return resealed == null ? 1 : resealed.number();
    }

    private @Nullable HistoryRow lastOf(Event event) {
        for (int at = history.size() - 1; at >= Math.max(start, 0); at--) {
            if (history.get(at).event() == event) {
                return history.get(at);
            }
        }
        return null;
    }

    /** When it was asked for, by the first row or by the one where its chain starts anew. */
    public static Instant requestedAt(HistoryRow basis) {
        String at = basis.facts().get("requestedAt");
        return at == null ? basis.at() : Instant.parse(at);
    }

    private static Optional<String> differing(String what, @Nullable String asked, String stored) {
        return stored.equals(asked)
                ? Optional.empty()
                : Optional.of("The payout's " + what + " is not the one that was asked for.");
    }

    private Optional<HistoryFault> fault(long number, String text) {
        return Optional.of(new HistoryFault(payout.reference, number, text));
    }
}
