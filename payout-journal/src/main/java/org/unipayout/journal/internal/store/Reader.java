package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.HistoryFault;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryCheck;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.RowHashes;

/** Reads a payout with its history, and holds the one against the other before anything of it is believed. */
final class Reader {
    private static final int ATTEMPTS = 5;

    private final Sealer sealer;
    private final RowHashes hashes;

    Reader(Sealer sealer, RowHashes hashes) {
        this.sealer = sealer;
        this.hashes = hashes;
    }

    /** A payout's own row beside the rows of its history, as they were found. */
    record Found(
            HistoryCheck.Row payout,
            Stored.Told told,
            Instant changedAt,
            @Nullable Instant askedAt,
            @Nullable Instant lastRestoredAt,
            List<HistoryRow> history) {}

    Optional<Stored> find(Connection connection, String reference) throws SQLException {
        return found(connection, reference).map(this::readable);
    }

    /**
     * Both are read without a lock, so the history may have grown between. Rows that go beyond a payout which has not moved on are no
     * such growth, and are left for the check.
     */
    Optional<Found> found(Connection connection, String reference) throws SQLException {
        long before = -1;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Found> found = onlyPayout(connection, reference);
            if (found.isEmpty()) {
                return found;
            }
            long version = found.get().payout().version();
            List<HistoryRow> history = rows(connection, reference);
            boolean grown =
                    !history.isEmpty() && history.get(history.size() - 1).number() > version;
            if (!grown || version == before) {
                return Optional.of(with(found.get(), history));
            }
            before = version;
        }
        throw new JournalException("payout " + reference + ": moves on faster than it can be read; call again");
    }

    private static Found with(Found found, List<HistoryRow> history) {
        return new Found(
                found.payout(),
                found.told(),
                found.changedAt(),
                found.askedAt(),
                found.lastRestoredAt(),
                List.copyOf(history));
    }

    private static List<HistoryRow> rows(Connection connection, String reference) throws SQLException {
        try {
            return Histories.of(connection, reference);
        } catch (IllegalArgumentException e) {
            throw newer(reference);
        }
    }

    private static Optional<Found> onlyPayout(Connection connection, String reference) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select p.*,"
                + " (select max(restored_at) from payout_journal_restore) as last_restored_at"
                + " from payout_journal p where p.reference = ?")) {
            select.setString(1, reference);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(onlyPayout(rows)) : Optional.empty();
            }
        }
    }

    private static Found onlyPayout(ResultSet row) throws SQLException {
        HistoryCheck.Row payout = new HistoryCheck.Row(
                row.getString("reference"),
                row.getString("provider"),
                amount(row.getLong("amount_minor"), row.getString("currency")),
                row.getString("recipient_kind"),
                row.getString("confirmation"),
                row.getString("request"),
                row.getString("observation"),
                row.getString("provider_id"),
                row.getString("let_through"),
                row.getString("let_through_mark"),
                row.getString("status"),
                row.getString("attention"),
                row.getLong("version"),
                row.getString("head_hash"),
                Database.instant(row, "requested_at"));
        return new Found(
                payout,
                told(row),
                Database.instant(row, "changed_at"),
                Database.optionalInstant(row, "asked_at"),
                Database.optionalInstant(row, "last_restored_at"),
                List.of());
    }

    static Stored.Told told(ResultSet row) throws SQLException {
        return new Stored.Told(row.getLong("delivered"), row.getLong("told_unclear"));
    }

    private static String amount(long minor, String currency) {
        try {
            return Money.ofMinor(minor, currency).toString();
        } catch (IllegalArgumentException e) {
            return minor + " of no currency";
        }
    }

    /** The stored request as it stands there. */
    String request(Connection connection, String reference) throws SQLException {
        return onlyPayout(connection, reference)
                .map(found -> found.payout().request())
                .orElse("");
    }

    /** Looks for a fault. */
    interface Looking {
        Optional<HistoryFault> look() throws SQLException;
    }

    /** One that cannot be read here is told of as such, and must not hide the faults of others. */
    Optional<HistoryFault> readableOrFault(String reference, long number, Looking looking) throws SQLException {
        try {
            return looking.look();
        } catch (JournalException e) {
            if (Database.isBehind(e)) {
                throw e;
            }
            return Optional.of(new HistoryFault(reference, number, "What is stored cannot be read here."));
        }
    }

    /** Where a payout does not fit its history; needs no vault. */
    Optional<HistoryFault> fault(Found found) {
        HistoryCheck check = HistoryCheck.of(found.payout(), found.history(), hashes);
        try {
            return fault(found, check)
                    .or(() -> check.attentionFault(attentionOf(found.history()), Attention.TAMPERED.name()))
                    .or(check::settledFault);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw newer(found.payout().reference());
        }
    }

    private Optional<HistoryFault> fault(Found found, HistoryCheck check) {
        return check.fault().or(() -> formFault(found));
    }

    private Optional<HistoryFault> formFault(Found found) {
        boolean fresh = HistoryRow.newStart(found.history()) >= 0; // its request is not opened any more
        boolean refused = sealer.refuses(found.payout().observation())
                || (!fresh && sealer.refuses(found.payout().request()));
        return refused
                ? Optional.of(new HistoryFault(
                        found.payout().reference(),
                        found.payout().version(),
                        "There is a vault, and what is stored is not sealed by it in the present form."))
                : Optional.empty();
    }

    private static @Nullable String attentionOf(List<HistoryRow> history) {
        Attention attention = Facts.of(history, Duration.ZERO).attention();
        return attention == null ? null : attention.name();
    }

    /** While machines are updated one after the other, a newer one may have stored what this one does not know. */
    Stored readable(Found found) {
        try {
            return stored(found);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw newer(found.payout().reference());
        }
    }

    /** Without its cause, whose text may repeat what is stored. */
    private static JournalException newer(String reference) {
        return new JournalException("payout " + reference
                + ": its stored form is not known here, most likely because a newer version of"
                + " the journal wrote it; nothing was sent, let that version carry it on");
    }

    private Stored stored(Found found) {
        HistoryCheck check = HistoryCheck.of(found.payout(), found.history(), hashes);
        check.unknownKey().ifPresent(key -> {
            throw new JournalException("payout " + found.payout().reference() + ": its history is under the key " + key
                    + ", which is not known here; give it to the builder with historyKey");
        });
        Optional<HistoryFault> fault = fault(found, check);
        return fault.isPresent() ? tampered(found, check, fault.get()) : sound(found, check);
    }

    private Stored sound(Found found, HistoryCheck check) {
        HistoryCheck.Row payout = found.payout();
        Payout observation = observation(payout);
        boolean anew = HistoryRow.newStart(found.history()) >= 0;
        Fields request = anew
                ? known(payout.provider(), Confirmation.valueOf(payout.confirmation()), observation.ref())
                : Fields.read(
                        sealer.open(payout.request(), Sealer.Place.request(check.requestRow(), payout.reference())));
        return stored(
                found,
                payout.provider(),
                Confirmation.valueOf(payout.confirmation()),
                request,
                observation,
                Facts.of(found.history(), Duration.ZERO).attention(),
                payout.requestedAt(),
                null);
    }

    private Payout observation(HistoryCheck.Row payout) {
        return StoredObservation.read(Fields.read(
                sealer.open(payout.observation(), Sealer.Place.observation(payout.version(), payout.reference()))));
    }

    /** What is known of a request when the rest of it is not believed any more. */
    static Fields known(String provider, Confirmation confirmation, PayoutRef ref) {
        return new Fields()
                .with("provider", provider)
                .with("confirmation", confirmation)
                .with("reference", ref.reference())
                .with("amount", ref.amount().minorUnits())
                .with("currency", ref.amount().currency())
                .with("recipient.kind", ref.recipientKind());
    }

    /** What the sound part of the history still says; the payout's own row only speaks where that is silent. */
    private Stored tampered(Found found, HistoryCheck check, HistoryFault fault) {
        HistoryCheck.Row payout = found.payout();
        List<HistoryRow> sound = check.sound();
        Fields asked = sound.isEmpty() ? new Fields() : sound.get(0).facts();
        String provider = asked.get("provider");
        String confirmation = asked.get("confirmation");
        Payout observation = check.observationHolds() && !sealer.refuses(payout.observation())
                ? observation(payout)
                : Payout.unknown(
                        ref(payout, sound),
                        "",
                        new Evidence(Evidence.Kind.NO_ANSWER, "What is stored does not fit its history."));
        return stored(
                found,
                provider == null ? payout.provider() : provider,
                Confirmation.valueOf(confirmation == null ? payout.confirmation() : confirmation),
                new Fields(),
                observation,
                Attention.TAMPERED,
                sound.isEmpty() ? payout.requestedAt() : HistoryCheck.requestedAt(sound.get(0)),
                fault);
    }

    private PayoutRef ref(HistoryCheck.Row payout, List<HistoryRow> sound) {
        for (int at = sound.size() - 1; at >= 0; at--) {
            String ref = sound.get(at).facts().get("ref");
            if (ref != null) {
                return PayoutRef.parse(ref);
            }
        }
        return observation(payout).ref();
    }

    private static Stored stored(
            Found found,
            String provider,
            Confirmation confirmation,
            Fields request,
            Payout observation,
            @Nullable Attention attention,
            Instant requestedAt,
            @Nullable HistoryFault fault) {
        HistoryCheck.Row payout = found.payout();
        return new Stored(
                payout.reference(),
                provider,
                confirmation,
                request,
                observation,
                attention,
                payout.version(),
                payout.headHash(),
                found.told(),
                requestedAt,
                found.changedAt(),
                found.askedAt(),
                found.lastRestoredAt(),
                payout.letThrough(),
                found.history(),
                fault);
    }
}
