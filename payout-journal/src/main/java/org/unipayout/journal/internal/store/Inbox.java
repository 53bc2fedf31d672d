package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.Shown;
import org.unipayout.WebhookEvent;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.RowHashes;

/** The notifications that came, until they are taken in and for recognising repeats. */
public final class Inbox {
    static final String NAMES_IT = "w.provider = p.provider and w.reference = p.reference";
    static final String HAS_ITS_ID = "w.provider = p.provider and w.provider_id = p.provider_id";

    private static final String PENDING =
            "select * from payout_journal_webhook where provider = ? and applied_at is null and ";

    /** Always at least one row, so that both are read in one round trip. */
    private static final String NEWS =
            "select r.last_restored_at, w.* from (select max(restored_at) as last_restored_at"
                    + " from payout_journal_restore) r left join (" + PENDING + "reference = ? union " + PENDING
                    + "provider_id = ?) w on true order by w.received_at, w.dedupe_hash";

    /** Of equal content; what is shown holds both names too. */
    private static final String REPEATED =
            "select * from payout_journal_webhook where provider = ? and type = ? and trust = ?"
                    + " and coalesce(status, '') = ? and coalesce(provider_status, '') = ? and shown = ? and ";

    /** How many notifications one sweep lets go, so that no transaction grows long. */
    public static final int FORGOTTEN_AT_ONCE = 1000;

    private final Database database;
    private final RowHashes hashes;

    public Inbox(Database database, RowHashes hashes) {
        this.database = database;
        this.hashes = hashes;
    }

    /**
     * Stores a notification, unless it came before, or says nothing but what another one says that still waits or was signed and taken
     * in: that a repetition costs a row is nothing that a stranger should decide.
     *
     * @return whether it was stored
     */
    public boolean insert(Connection connection, String provider, WebhookEvent event, Instant at) throws SQLException {
        String dedupeHash = HistoryRow.hash(event.dedupeKey());
        if (isRepeated(connection, provider, event, dedupeHash)) {
            return false;
        }
        if (event.trust() == WebhookEvent.Trust.VERIFIED) {
            makeRoom(connection, provider, dedupeHash);
        }
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement insert = connection.prepareStatement("insert into payout_journal_webhook (provider,"
                + " dedupe_hash, type, trust, reference, provider_id, status, provider_status, received_at, shown, mark)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, provider);
            insert.setString(2, dedupeHash);
            insert.setString(3, event.type());
            insert.setString(4, event.trust().name());
            insert.setString(5, event.reference().orElse(null));
            insert.setString(6, event.providerId().orElse(null));
            insert.setString(7, event.status().map(PayoutStatus::name).orElse(null));
            insert.setString(8, event.providerStatus().orElse(null));
            insert.setObject(9, Database.utc(at));
            insert.setString(10, event.shown().text());
            insert.setString(11, hashes.mark(texts(provider, dedupeHash, event, at)));
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!Database.isDuplicate(e)) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
        return true;
    }

    private boolean isRepeated(Connection connection, String provider, WebhookEvent event, String dedupeHash)
            throws SQLException {
        boolean claims =
                event.trust() == WebhookEvent.Trust.VERIFIED && event.status().isPresent();
        String byName = event.reference().isPresent() ? REPEATED + "reference = ?" : REPEATED + "provider_id = ?";
        try (PreparedStatement select = connection.prepareStatement(
                "select * from payout_journal_webhook where provider = ? and dedupe_hash = ? union all " + byName
                        + (claims ? "" : " and applied_at is null"))) {
            select.setString(1, provider);
            select.setString(2, dedupeHash);
            select.setString(3, provider);
            select.setString(4, event.type());
            select.setString(5, event.trust().name());
            select.setString(6, event.status().map(PayoutStatus::name).orElse(""));
            select.setString(7, event.providerStatus().orElse(""));
            select.setString(8, event.shown().text());
            select.setString(9, event.reference().or(event::providerId).orElse(null));
            try (ResultSet rows = select.executeQuery()) {
                boolean repeated = false;
                while (rows.next() && !repeated) {
                    repeated = event.trust() == WebhookEvent.Trust.HINT
                            || trust(rows).equals(WebhookEvent.Trust.VERIFIED.name());
                }
                return repeated;
            }
        }
    }

    /** What nobody vouches for must not keep out what was signed. */
    private static void makeRoom(Connection connection, String provider, String dedupeHash) throws SQLException {
        Database.update(
                connection,
                "delete from payout_journal_webhook where provider = ? and dedupe_hash = ?",
                provider,
                dedupeHash);
    }

    private static @Nullable String[] texts(String provider, String dedupeHash, WebhookEvent event, Instant at) {
        return new @Nullable String[] {
            provider,
            dedupeHash,
            event.type(),
            event.trust().name(),
            event.reference().orElse(null),
            event.providerId().orElse(null),
            event.status().map(PayoutStatus::name).orElse(null),
            event.providerStatus().orElse(null),
            at.toString(),
            event.shown().text()
        };
    }

    private static @Nullable String[] texts(ResultSet row) throws SQLException {
        return new @Nullable String[] {
            row.getString("provider"),
            row.getString("dedupe_hash"),
            row.getString("type"),
            row.getString("trust"),
            row.getString("reference"),
            row.getString("provider_id"),
            row.getString("status"),
            row.getString("provider_status"),
            Database.instant(row, "received_at").toString(),
            row.getString("shown")
        };
    }

    /** One that is not vouched for by the history key may be anybody's: it is only a reason to ask. */
    private String trust(ResultSet row) throws SQLException {
        return hashes.vouchesFor(row.getString("mark"), texts(row))
                ? row.getString("trust")
                : WebhookEvent.Trust.HINT.name();
    }

    /** The payout that a notification speaks of, if it is known. */
    public Optional<String> subject(Connection connection, String provider, WebhookEvent event) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select reference from payout_journal where provider = ? and (reference = ? or provider_id = ?)")) {
            select.setString(1, provider);
            select.setString(2, event.reference().orElse(null));
            select.setString(3, event.providerId().orElse(null));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /** A notification that waits for its payout to be asked about. */
    public record Pending(String dedupeHash, Instant receivedAt, Shown shown, Fields proof) {
        public boolean signed() {
            return WebhookEvent.Trust.VERIFIED.name().equals(proof.get("trust"));
        }

        public Optional<String> providerId() {
            return Optional.ofNullable(proof.get("providerId"));
        }

        public Optional<PayoutStatus> reported() {
            return Optional.ofNullable(proof.get("reported")).map(PayoutStatus::valueOf);
        }
    }

    /**
     * What came in beside a payout's own history.
     *
     * @param lastRestoredAt when it was told last that the database went back in time; null if never
     * @param pending its notifications that wait, the oldest first
     */
    public record News(@Nullable Instant lastRestoredAt, List<Pending> pending) {}

    public List<Pending> pending(Connection connection, Stored stored) throws SQLException {
        return news(connection, stored).pending();
    }

    public News news(Connection connection, Stored stored) throws SQLException {
        List<Pending> pending = new ArrayList<>();
        Instant lastRestoredAt = null;
        try (PreparedStatement select = connection.prepareStatement(NEWS)) {
            select.setString(1, stored.provider());
            select.setString(2, stored.reference());
            select.setString(3, stored.provider());
            select.setString(4, stored.observation().ref().providerId().orElse(null));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lastRestoredAt = Database.optionalInstant(rows, "last_restored_at");
                    if (rows.getString("dedupe_hash") != null) {
                        pending.add(pending(rows));
                    }
                }
            }
        }
        return new News(lastRestoredAt, pending);
    }

    private Pending pending(ResultSet row) throws SQLException {
        Instant receivedAt = Database.instant(row, "received_at");
        return new Pending(
                row.getString("dedupe_hash"),
                receivedAt,
                shown(row),
                new Fields()
                        .with("type", row.getString("type"))
                        .with("providerId", row.getString("provider_id"))
                        .with("trust", trust(row))
                        .with("receivedAt", receivedAt)
                        .with("reported", row.getString("status"))
                        .with("providerStatus", row.getString("provider_status")));
    }

    /**
     * Lets go of notifications that no payout was ever found for, oldest first.
     *
     * @return how many; at most {@link #FORGOTTEN_AT_ONCE}
     */
    public int forgetForeign(Instant receivedBefore) {
        return database.transaction(connection -> {
            List<Key> foreign = foreign(connection, receivedBefore);
            try (PreparedStatement delete = connection.prepareStatement("delete from payout_journal_webhook"
                    + " where provider = ? and dedupe_hash = ? and applied_at is null")) {
                for (Key key : foreign) {
                    delete.setString(1, key.provider());
                    delete.setString(2, key.dedupeHash());
                    delete.addBatch();
                }
                delete.executeBatch();
            }
            return foreign.size();
        });
    }

    private record Key(String provider, String dedupeHash) {}

    private static List<Key> foreign(Connection connection, Instant receivedBefore) throws SQLException {
        List<Key> foreign = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select w.provider, w.dedupe_hash"
                + " from payout_journal_webhook w where w.applied_at is null and w.received_at < ?"
                + " and not exists (select 1 from payout_journal p where " + NAMES_IT + ")"
                + " and not exists (select 1 from payout_journal p where " + HAS_ITS_ID + ")"
                + " order by w.received_at fetch first " + FORGOTTEN_AT_ONCE + " rows only")) {
            select.setObject(1, Database.utc(receivedBefore));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    foreign.add(new Key(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return foreign;
    }

    private static Shown shown(ResultSet webhook) throws SQLException {
        String shown = webhook.getString("shown");
        return shown == null
                ? Shown.builder(webhook.getString("reference"), webhook.getString("provider_id"))
                        .build()
                : Shown.parse(shown);
    }

    public void applied(Connection connection, String provider, String dedupeHash, Instant at) throws SQLException {
        Database.update(
                connection,
                "update payout_journal_webhook set applied_at = ? where provider = ? and dedupe_hash = ?",
                at,
                provider,
                dedupeHash);
    }
}
