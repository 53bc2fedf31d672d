package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Actor;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.HistoryFault;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryCheck;
import org.unipayout.journal.internal.decide.HistoryRow;

/** All SQL over payouts and their histories. */
public final class Store {
    /** Belongs to db-scheduler; a payout's task is named by its reference. */
    public static final String TASK_TABLE = "payout_journal_task";

    public static final String TASK_NAME = "payout";

    private static final String OPEN =
            "status in ('PREPARED', 'AWAITING_RECIPIENT', 'AWAITING_CONFIRMATION', 'PROCESSING', 'UNKNOWN')";

    private static final String WITHOUT_TASK = " not exists (select 1 from payout_journal_task t"
            + " where t.task_name = '" + TASK_NAME + "' and t.task_instance = p.reference)";

    private final Database database;
    private final Sealer sealer;
    private final String node;

    public Store(Database database, Sealer sealer, String node) {
        this.database = database;
        this.sealer = sealer;
        this.node = node;
    }

    /** Stores a new intent; false if the reference is taken. */
    public boolean insert(
            Connection connection,
            String provider,
            Confirmation confirmation,
            Fields request,
            Payout payout,
            @Nullable String account,
            @Nullable Actor actor,
            Instant at)
            throws SQLException {
        String reference = payout.ref().reference();
        String stored = sealer.seal(request.text(), reference);
        Fields proof = new Fields()
                .with("provider", provider)
                .with("amount", payout.ref().amount())
                .with("recipientKind", payout.ref().recipientKind())
                .with("confirmation", confirmation)
                .with("account", account)
                .with("who", actor)
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
            insert.setObject(11, Database.utc(at));
            insert.setObject(12, Database.utc(at));
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
     * <p>A transaction that the fence has let through meanwhile is news too, unless it is the one that the row speaks of.
     *
     * @return the payout as it was written; nothing is read again, so it is nobody else's state
     * @throws Superseded if somebody else has added a row meanwhile; the transaction is to be rolled back
     * @throws IllegalStateException if it would leave a final status, save that a paid payout may be returned, and that a
     *     person may overrule
     */
    public Stored append(Connection connection, Stored stored, Entry entry, Instant at) throws SQLException {
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
                + " where reference = ? and version = ? and coalesce(let_through, '') in (?, ?)")) {
            update.setString(1, observation.status().name());
            update.setString(2, observation.ref().providerId().orElse(null));
            update.setString(3, seal(observation));
            update.setString(4, attention == null ? null : attention.name());
            update.setLong(5, row.number());
            update.setString(6, row.hash());
            update.setObject(7, Database.utc(at));
            update.setString(8, stored.reference());
            update.setLong(9, stored.version());
            String letThrough = stored.letThrough();
            update.setString(10, letThrough == null ? "" : letThrough);
            boolean ownEnd =
                    entry.event() == Event.FAILED || entry.event() == Event.EXPIRED || entry.event() == Event.CANCELED;
            update.setString(11, ownEnd ? "" : observation.ref().providerId().orElse(""));
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
            insert.setObject(3, Database.utc(row.at()));
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

    public Optional<Stored> find(Connection connection, String reference) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from payout_journal where reference = ?")) {
            select.setString(1, reference);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(readable(connection, rows)) : Optional.empty();
            }
        }
    }

    /** While machines are updated one after the other, a newer one may have stored what this one does not know. */
    private Stored readable(Connection connection, ResultSet row) throws SQLException {
        String reference = row.getString("reference");
        try {
            Stored stored = stored(connection, row);
            Facts.of(stored.history(), Duration.ZERO);
            return stored;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new JournalException(
                    "payout " + reference
                            + ": its stored form is not known here, most likely because a newer version of"
                            + " the journal wrote it; nothing was sent, let that version carry it on",
                    e);
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
                Database.instant(row, "requested_at"),
                Database.instant(row, "changed_at"),
                Database.optionalInstant(row, "asked_at"),
                row.getString("let_through"),
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
                            Database.instant(rows, "happened_at"),
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

    /**
     * Takes the payout for this node; false while another node has it. A lease that ends later than any would that was taken
     * by now was given by a wrong clock, and holds nobody up.
     */
    public boolean lease(String reference, Instant now, Duration duration) {
        return database.update(
                        "update payout_journal set lease_owner = ?, lease_until = ? where reference = ?"
                                + " and (lease_owner is null or lease_owner = ? or lease_until <= ? or lease_until > ?)",
                        node,
                        now.plus(duration),
                        reference,
                        node,
                        now,
                        now.plus(duration.multipliedBy(2)))
                == 1;
    }

    public void release(String reference) {
        database.update(
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
    public Stored asked(Stored stored, Instant at) {
        int updated = database.update(
                "update payout_journal set asked_at = ? where reference = ? and version = ?",
                at,
                stored.reference(),
                stored.version());
        if (updated == 0) {
            throw new Superseded();
        }
        return stored.withAskedAt(at);
    }

    public Stored delivered(Stored stored, long number) {
        database.update(
                "update payout_journal set delivered = ?, undelivered = case when version > ? then true else false end"
                        + " where reference = ? and delivered <= ?",
                number,
                number,
                stored.reference(),
                number);
        return stored.withDelivered(number);
    }

    /**
     * Lets one transaction of the provider through, and no other one ever after.
     *
     * @param stored what it was decided by
     * @return false if the payout has moved on, or another one was let through
     */
    public boolean letThrough(Stored stored, String providerId) {
        return database.update(
                        "update payout_journal set let_through = ? where reference = ? and version = ?"
                                + " and (let_through is null or let_through = ?)",
                        providerId,
                        stored.reference(),
                        stored.version(),
                        providerId)
                == 1;
    }

    /** Payouts that are open, or final with news that was not delivered or not asked about. */
    public List<String> unfinished(boolean undeliveredToo) {
        return references("select p.reference from (" + unfinishedSql(undeliveredToo) + ") p order by p.requested_at");
    }

    /** The unfinished ones that no task stands for. There are none, unless a moment was missed or the queue emptied. */
    public List<String> withoutTask(boolean undeliveredToo) {
        return references("select p.reference from (" + unfinishedSql(undeliveredToo) + ") p where" + WITHOUT_TASK);
    }

    /**
     * Brings forward what is due later than after the longest pause, and takes tasks back from machines that were seen last in the
     * future: only a wrong clock could put it there. The database's own clock decides, because it is one for all.
     */
    public void bringForward(Duration longestPause) {
        database.transaction(connection -> {
            Instant latest = Database.now(connection).plus(longestPause);
            Database.update(
                    connection,
                    "update payout_journal_task set execution_time = ?, version = version + 1"
                            + " where task_name = ? and picked = false and execution_time > ?",
                    latest,
                    TASK_NAME,
                    latest);
            return Database.update(
                    connection,
                    "update payout_journal_task set execution_time = ?, picked = false, picked_by = null,"
                            + " version = version + 1 where task_name = ? and picked = true and last_heartbeat > ?",
                    latest,
                    TASK_NAME,
                    latest);
        });
    }

    /** Each part goes along an index of its own; put together with "or" they would read every payout. */
    private static String unfinishedSql(boolean undeliveredToo) {
        return selectPayouts("where p." + OPEN)
                + (undeliveredToo ? " union " + selectPayouts("where p.undelivered = true") : "")
                + " union "
                + selectPayouts("join payout_journal_webhook w on " + Inbox.NAMES_IT + " where w.applied_at is null")
                + " union "
                + selectPayouts("join payout_journal_webhook w on " + Inbox.HAS_ITS_ID + " where w.applied_at is null");
    }

    private static String selectPayouts(String which) {
        return "select p.reference, p.requested_at from payout_journal p " + which;
    }

    /** The same question about one payout. It starts from the payout, however many notifications speak of other things. */
    public boolean isWithoutTask(String reference, boolean undeliveredToo) {
        return !references(
                        "select p.reference from payout_journal p where p.reference = ? and (p." + OPEN
                                + (undeliveredToo ? " or p.undelivered = true" : "")
                                + " or exists (select 1 from payout_journal_webhook w where " + Inbox.NAMES_IT
                                + " and w.applied_at is null)"
                                + " or exists (select 1 from payout_journal_webhook w where " + Inbox.HAS_ITS_ID
                                + " and w.applied_at is null)) and" + WITHOUT_TASK,
                        reference)
                .isEmpty();
    }

    /** How many payouts are open at each provider. */
    public Map<String, Long> openByProvider() {
        return database.transaction(connection -> {
            Map<String, Long> open = new TreeMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select provider, count(*) from payout_journal where " + OPEN + " group by provider");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    open.put(rows.getString(1), rows.getLong(2));
                }
            }
            return open;
        });
    }

    public List<String> needingAttention() {
        return references("select reference from payout_journal where attention is not null order by requested_at");
    }

    public List<String> all() {
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

    /** What the chain and the payout itself say about each other; empty if everything fits. */
    public Optional<HistoryFault> check(String reference) {
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
}
