package org.unipayout.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;
import org.unipayout.Shown;
import org.unipayout.WebhookEvent;

/** All SQL over the journal's own tables. The task table belongs to db-scheduler; see {@link TaskQueue}. */
final class Store {
    private static final String OPEN =
            "status in ('PREPARED', 'AWAITING_RECIPIENT', 'AWAITING_CONFIRMATION', 'PROCESSING', 'UNKNOWN')";

    private static final String NAMES_IT = "w.provider = p.provider and w.reference = p.reference";
    private static final String HAS_ITS_ID = "w.provider = p.provider and w.provider_id = p.provider_id";

    private static final String PENDING =
            "select * from payout_journal_webhook where provider = ? and applied_at is null and ";

    /** How many notifications one sweep lets go, so that no transaction grows long. */
    static final int FORGOTTEN_AT_ONCE = 1000;

    private static final String WITHOUT_TASK = " not exists (select 1 from payout_journal_task t"
            + " where t.task_name = '" + TaskQueue.TASK_NAME + "' and t.task_instance = p.reference)";

    private final Database database;
    private final Sealer sealer;
    private final String node;

    Store(Database database, Sealer sealer, String node) {
        this.database = database;
        this.sealer = sealer;
        this.node = node;
    }

    /** The payout has moved on: what the caller knows is stale, and nothing of it is written. */
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Superseded() {
            super("the payout has moved on", null, false, false);
        }
    }

    /** A payout as it was stored at one version. */
    record Stored(
            String reference,
            String provider,
            Confirmation confirmation,
            Fields request,
            Payout observation,
            @Nullable Attention attention,
            long version,
            String headHash,
            long delivered,
            Instant requestedAt,
            Instant changedAt,
            @Nullable Instant askedAt,
            List<HistoryRow> history) {
        PayoutRecord record(boolean cancels) {
            Facts facts = Facts.of(history, Duration.ZERO);
            return new PayoutRecord(
                    provider,
                    observation,
                    confirmation,
                    attention,
                    OpenVerbs.of(facts, observation.ref().recipientKind(), cancels),
                    facts.word(),
                    requestedAt,
                    changedAt);
        }

        Stored with(HistoryRow row, Payout newest) {
            List<HistoryRow> longer = new ArrayList<>(history);
            longer.add(row);
            return new Stored(
                    reference,
                    provider,
                    confirmation,
                    request,
                    newest,
                    Facts.of(longer, Duration.ZERO).attention(),
                    row.number(),
                    row.hash(),
                    delivered,
                    requestedAt,
                    row.at(),
                    askedAt,
                    List.copyOf(longer));
        }

        Stored withAskedAt(Instant at) {
            return new Stored(
                    reference,
                    provider,
                    confirmation,
                    request,
                    observation,
                    attention,
                    version,
                    headHash,
                    delivered,
                    requestedAt,
                    changedAt,
                    at,
                    history);
        }

        Stored withDelivered(long number) {
            return new Stored(
                    reference,
                    provider,
                    confirmation,
                    request,
                    observation,
                    attention,
                    version,
                    headHash,
                    number,
                    requestedAt,
                    changedAt,
                    askedAt,
                    history);
        }

        @Override
        public String toString() {
            return "Stored[" + reference + " " + version + "]";
        }
    }

    /** Stores a new intent; false if the reference is taken. */
    boolean insert(
            Connection connection,
            String provider,
            Confirmation confirmation,
            Fields request,
            Payout payout,
            Instant at)
            throws SQLException {
        String reference = payout.ref().reference();
        String stored = sealer.seal(request.text(), reference);
        Fields proof = new Fields()
                .with("provider", provider)
                .with("amount", payout.ref().amount())
                .with("recipientKind", payout.ref().recipientKind())
                .with("confirmation", confirmation)
                .with("requestHash", HistoryRow.hash(stored));
        HistoryRow first =
                HistoryRow.next(reference, 1, at, Event.REQUESTED, payout.status(), proof, node, HistoryRow.NO_HASH);
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into payout_journal (reference, provider,"
                        + " amount_minor, currency, recipient_kind, confirmation, request, status, observation, version,"
                        + " head_hash, delivered, undelivered, requested_at, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 1, false, ?, ?)")) {
            insert.setString(1, reference);
            insert.setString(2, provider);
            insert.setLong(3, payout.ref().amount().minorUnits());
            insert.setString(4, payout.ref().amount().currency().getCurrencyCode());
            insert.setString(5, payout.ref().recipientKind().name());
            insert.setString(6, confirmation.name());
            insert.setString(7, stored);
            insert.setString(8, payout.status().name());
            insert.setString(9, seal(payout));
            insert.setString(10, first.hash());
            insert.setObject(11, utc(at));
            insert.setObject(12, utc(at));
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!Database.isDuplicate(e)) {
                throw e;
            }
            connection.rollback(before); // PostgreSQL would refuse every further statement of the caller otherwise
            return false;
        }
        insertHistory(connection, first);
        return true;
    }

    /**
     * Adds a row to the history and takes the observation in, at the version at which it was decided to.
     *
     * @return the payout as it was written; nothing is read again, so it is nobody else's state
     * @throws Superseded if somebody else has added a row meanwhile; the transaction is to be rolled back
     * @throws IllegalStateException if it would leave a final status, save that a paid payout may be returned, and that a
     *     person may overrule
     */
    Stored append(Connection connection, Stored stored, Entry entry, Instant at) throws SQLException {
        Payout observation = entry.observation();
        PayoutStatus before = stored.observation().status();
        boolean overruled = entry.event() == Event.SETTLED;
        if (before.isFinal() && !overruled && !before.mayBecome(observation.status())) {
            throw new IllegalStateException("payout " + stored.reference() + ": is " + before
                    + " for good, and does not become " + observation.status());
        }
        HistoryRow row = HistoryRow.next(
                stored.reference(),
                stored.version() + 1,
                at,
                entry.event(),
                observation.status(),
                entry.proof(),
                node,
                stored.headHash());
        Stored written = stored.with(row, observation);
        Attention attention = written.attention();
        try (PreparedStatement update = connection.prepareStatement("update payout_journal set status = ?,"
                + " provider_id = ?, observation = ?, attention = ?, undelivered = true, version = ?, head_hash = ?, changed_at = ?"
                + " where reference = ? and version = ?")) {
            update.setString(1, observation.status().name());
            update.setString(2, observation.ref().providerId().orElse(null));
            update.setString(3, seal(observation));
            update.setString(4, attention == null ? null : attention.name());
            update.setLong(5, row.number());
            update.setString(6, row.hash());
            update.setObject(7, utc(at));
            update.setString(8, stored.reference());
            update.setLong(9, stored.version());
            if (update.executeUpdate() == 0) {
                throw new Superseded();
            }
        }
        insertHistory(connection, row);
        return written;
    }

    private static void insertHistory(Connection connection, HistoryRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into payout_journal_history (reference,"
                + " number, happened_at, event, status, proof, node, previous_hash, hash)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, row.reference());
            insert.setLong(2, row.number());
            insert.setObject(3, utc(row.at()));
            insert.setString(4, row.event().name());
            insert.setString(5, row.status().name());
            insert.setString(6, row.proof());
            insert.setString(7, row.node());
            insert.setString(8, row.previousHash());
            insert.setString(9, row.hash());
            insert.executeUpdate();
        }
    }

    private String seal(Payout payout) {
        return sealer.seal(StoredObservation.write(payout).text(), payout.ref().reference());
    }

    Optional<Stored> find(Connection connection, String reference) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from payout_journal where reference = ?")) {
            select.setString(1, reference);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(stored(connection, rows)) : Optional.empty();
            }
        }
    }

    private Stored stored(Connection connection, ResultSet row) throws SQLException {
        String reference = row.getString("reference");
        String attention = row.getString("attention");
        long version = row.getLong("version");
        return new Stored(
                reference,
                row.getString("provider"),
                Confirmation.valueOf(row.getString("confirmation")),
                Fields.read(sealer.open(row.getString("request"), reference)),
                StoredObservation.read(Fields.read(sealer.open(row.getString("observation"), reference))),
                attention == null ? null : Attention.valueOf(attention),
                version,
                row.getString("head_hash"),
                row.getLong("delivered"),
                instant(row, "requested_at"),
                instant(row, "changed_at"),
                optionalInstant(row, "asked_at"),
                history(connection, reference, version));
    }

    /** The rows up to a version, so that a payout and its history fit together without a lock. */
    private static List<HistoryRow> history(Connection connection, String reference, long version) throws SQLException {
        List<HistoryRow> history = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select * from payout_journal_history where reference = ? and number <= ? order by number")) {
            select.setString(1, reference);
            select.setLong(2, version);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    history.add(new HistoryRow(
                            rows.getString("reference"),
                            rows.getLong("number"),
                            instant(rows, "happened_at"),
                            Event.valueOf(rows.getString("event")),
                            PayoutStatus.valueOf(rows.getString("status")),
                            rows.getString("proof"),
                            rows.getString("node"),
                            rows.getString("previous_hash"),
                            rows.getString("hash")));
                }
            }
        }
        return history;
    }

    /** Takes the payout for this node; false while another node has it. */
    boolean lease(String reference, Instant now, Duration duration) {
        return update(
                        "update payout_journal set lease_owner = ?, lease_until = ? where reference = ?"
                                + " and (lease_owner is null or lease_owner = ? or lease_until <= ?)",
                        node,
                        now.plus(duration),
                        reference,
                        node,
                        now)
                == 1;
    }

    void release(String reference) {
        update(
                "update payout_journal set lease_owner = null, lease_until = null where reference = ?"
                        + " and lease_owner = ?",
                reference,
                node);
    }

    /**
     * Remembers when the provider was asked.
     *
     * @throws Superseded if the payout has moved on since the question
     */
    Stored asked(Stored stored, Instant at) {
        int updated = update(
                "update payout_journal set asked_at = ? where reference = ? and version = ?",
                at,
                stored.reference(),
                stored.version());
        if (updated == 0) {
            throw new Superseded();
        }
        return stored.withAskedAt(at);
    }

    Stored delivered(Stored stored, long number) {
        update(
                "update payout_journal set delivered = ?, undelivered = case when version > ? then true else false end"
                        + " where reference = ? and delivered <= ?",
                number,
                number,
                stored.reference(),
                number);
        return stored.withDelivered(number);
    }

    private int update(String sql, Object... parameters) {
        return database.transaction(connection -> update(connection, sql, parameters));
    }

    private static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                Object parameter = parameters[i];
                statement.setObject(i + 1, parameter instanceof Instant instant ? utc(instant) : parameter);
            }
            return statement.executeUpdate();
        }
    }

    /** Payouts that are open, or final with news that was not delivered or not asked about. */
    List<String> unfinished(boolean undeliveredToo) {
        return references("select p.reference from (" + unfinishedSql(undeliveredToo) + ") p order by p.requested_at");
    }

    /** The unfinished ones that no task stands for. There are none, unless a moment was missed or the queue emptied. */
    List<String> withoutTask(boolean undeliveredToo) {
        return references("select p.reference from (" + unfinishedSql(undeliveredToo) + ") p where" + WITHOUT_TASK);
    }

    /** Each part goes along an index of its own; put together with "or" they would read every payout. */
    private static String unfinishedSql(boolean undeliveredToo) {
        return selectPayouts("where p." + OPEN)
                + (undeliveredToo ? " union " + selectPayouts("where p.undelivered = true") : "")
                + " union "
                + selectPayouts("join payout_journal_webhook w on " + NAMES_IT + " where w.applied_at is null")
                + " union "
                + selectPayouts("join payout_journal_webhook w on " + HAS_ITS_ID + " where w.applied_at is null");
    }

    private static String selectPayouts(String which) {
        return "select p.reference, p.requested_at from payout_journal p " + which;
    }

    /** The same question about one payout. It starts from the payout, however many notifications speak of other things. */
    boolean isWithoutTask(String reference, boolean undeliveredToo) {
        return !references(
                        "select p.reference from payout_journal p where p.reference = ? and (p." + OPEN
                                + (undeliveredToo ? " or p.undelivered = true" : "")
                                + " or exists (select 1 from payout_journal_webhook w where " + NAMES_IT
                                + " and w.applied_at is null)"
                                + " or exists (select 1 from payout_journal_webhook w where " + HAS_ITS_ID
                                + " and w.applied_at is null)) and" + WITHOUT_TASK,
                        reference)
                .isEmpty();
    }

    List<String> needingAttention() {
        return references("select reference from payout_journal where attention is not null order by requested_at");
    }

    List<String> all() {
        return references("select reference from payout_journal order by requested_at");
    }

    private List<String> references(String sql, String... parameters) {
        return database.transaction(connection -> {
            List<String> references = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    select.setString(i + 1, parameters[i]);
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        references.add(rows.getString(1));
                    }
                }
            }
            return references;
        });
    }

    /** Stores a notification; a repeated one is stored once. */
    void insertWebhook(Connection connection, String provider, WebhookEvent event, Instant at) throws SQLException {
        String dedupeHash = HistoryRow.hash(event.dedupeKey());
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from payout_journal_webhook where provider = ? and dedupe_hash = ?")) {
            select.setString(1, provider);
            select.setString(2, dedupeHash);
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    return;
                }
            }
        }
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement insert = connection.prepareStatement("insert into payout_journal_webhook (provider,"
                + " dedupe_hash, type, trust, reference, provider_id, status, provider_status, received_at, shown)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, provider);
            insert.setString(2, dedupeHash);
            insert.setString(3, event.type());
            insert.setString(4, event.trust().name());
            insert.setString(5, event.reference().orElse(null));
            insert.setString(6, event.providerId().orElse(null));
            insert.setString(7, event.status().map(PayoutStatus::name).orElse(null));
            insert.setString(8, event.providerStatus().orElse(null));
            insert.setObject(9, utc(at));
            insert.setString(10, event.shown().text());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!Database.isDuplicate(e)) {
                throw e;
            }
            connection.rollback(before);
        }
    }

    /** The payout that a notification speaks of, if it is known. */
    Optional<String> subject(Connection connection, String provider, WebhookEvent event) throws SQLException {
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
    record Pending(String dedupeHash, Instant receivedAt, Shown shown, Fields proof) {
        boolean signed() {
            return WebhookEvent.Trust.VERIFIED.name().equals(proof.get("trust"));
        }

        Optional<String> providerId() {
            return Optional.ofNullable(proof.get("providerId"));
        }

        boolean isPaid() {
            return PayoutStatus.SUCCEEDED.name().equals(proof.get("reported"));
        }
    }

    List<Pending> pendingWebhooks(Connection connection, Stored stored) throws SQLException {
        List<Pending> pending = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                PENDING + "reference = ? union " + PENDING + "provider_id = ? order by received_at, dedupe_hash")) {
            select.setString(1, stored.provider());
            select.setString(2, stored.reference());
            select.setString(3, stored.provider());
            select.setString(4, stored.observation().ref().providerId().orElse(null));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Instant receivedAt = instant(rows, "received_at");
                    pending.add(new Pending(
                            rows.getString("dedupe_hash"),
                            receivedAt,
                            shown(rows),
                            new Fields()
                                    .with("type", rows.getString("type"))
                                    .with("providerId", rows.getString("provider_id"))
                                    .with("trust", rows.getString("trust"))
                                    .with("receivedAt", receivedAt)
                                    .with("reported", rows.getString("status"))
                                    .with("providerStatus", rows.getString("provider_status"))));
                }
            }
        }
        return pending;
    }

    /**
     * Lets go of notifications that no payout was ever found for, oldest first.
     *
     * @return how many; at most {@link #FORGOTTEN_AT_ONCE}
     */
    int forgetForeignWebhooks(Instant receivedBefore) {
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
            select.setObject(1, utc(receivedBefore));
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

    void applied(Connection connection, String provider, String dedupeHash, Instant at) throws SQLException {
        update(
                connection,
                "update payout_journal_webhook set applied_at = ? where provider = ? and dedupe_hash = ?",
                at,
                provider,
                dedupeHash);
    }

    /**
     * Takes a turn in a provider's rate, which all nodes share.
     *
     * @return empty if the turn is now, else when to come again
     */
    Optional<Instant> takeTurn(String provider, Duration interval, Instant now) {
        return database.transaction(connection -> {
            Instant freeAt = freeAt(connection, provider, now);
            if (freeAt.isAfter(now)) {
                return Optional.of(freeAt);
            }
            int taken = update(
                    connection,
                    "update payout_journal_rate set free_at = ? where provider = ? and free_at = ?",
                    (freeAt.isBefore(now.minusSeconds(1)) ? now.minusSeconds(1) : freeAt).plus(interval),
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
                    return instant(rows, "free_at");
                }
            }
        }
        Savepoint before = connection.setSavepoint();
        try {
            update(connection, "insert into payout_journal_rate (provider, free_at) values (?, ?)", provider, now);
            return now;
        } catch (SQLException e) {
            if (!Database.isDuplicate(e)) {
                throw e;
            }
            connection.rollback(before);
            return freeAt(connection, provider, now);
        }
    }

    /** What the chain and the payout itself say about each other; empty if everything fits. */
    Optional<HistoryFault> check(String reference) {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select status, request, version, head_hash from payout_journal where reference = ?")) {
                select.setString(1, reference);
                try (ResultSet rows = select.executeQuery()) {
                    if (!rows.next()) {
                        return Optional.of(new HistoryFault(reference, 1, "The payout itself is missing."));
                    }
                    return HistoryCheck.of(
                            reference,
                            history(connection, reference, Long.MAX_VALUE),
                            rows.getString("status"),
                            HistoryRow.hash(rows.getString("request")),
                            rows.getLong("version"),
                            rows.getString("head_hash"));
                }
            }
        });
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
