package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.HistoryFault;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.RowHashes;

/** All SQL over payouts and their histories. */
public final class Store {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** Belongs to db-scheduler; a payout's task is named by its reference. */
    public static final String TASK_TABLE = "payout_journal_task";

    public static final String TASK_NAME = "payout";

    static final String OPEN =
            "status in ('PREPARED', 'AWAITING_RECIPIENT', 'AWAITING_CONFIRMATION', 'PROCESSING', 'UNKNOWN')";

    private static final String WITHOUT_TASK = " not exists (select 1 from payout_journal_task t"
            + " where t.task_name = '" + TASK_NAME + "' and t.task_instance = p.reference)";

    private static final String KEEP = ", lease_until = case when lease_owner = ? then ? else lease_until end";
    private static final String LET_GO = ", lease_until = case when lease_owner = ? then null else lease_until end,"
            + " lease_owner = nullif(lease_owner, ?)";

    private final Database database;
    private final Sealer sealer;
    private final RowHashes hashes;
    private final Reader reader;
    private final String node;

    public Store(Database database, Sealer sealer, RowHashes hashes, String node) {
        this.database = database;
        this.sealer = sealer;
        this.hashes = hashes;
        reader = new Reader(sealer, hashes);
        this.node = node;
    }

    public RowHashes hashes() {
        return hashes;
    }

    /**
     * Stores a new intent.
     *
     * @param said what its first row says beside the request: who asked, and instead of what
     * @param leasedUntil until when this node has it, whose transaction then waits for the disk; null if it is left to whoever comes
     * @return the payout as it was written, but for restores of the database; empty if the reference is taken
     */
    public Optional<Stored> insert(
            Connection connection,
            String provider,
            Confirmation confirmation,
            Fields request,
            Payout payout,
            @Nullable String account,
            Fields said,
            Instant at,
            @Nullable Instant leasedUntil)
            throws SQLException {
        String reference = payout.ref().reference();
        String stored = sealer.seal(request.text(), Sealer.Place.request(1, reference));
        Fields told = StoredObservation.write(payout);
        String observation = sealer.seal(told.text(), Sealer.Place.observation(1, reference));
        Fields asked = said.copy()
                .with("provider", provider)
                .with("amount", payout.ref().amount())
                .with("recipientKind", payout.ref().recipientKind())
                .with("confirmation", confirmation)
                .with("account", account)
                .with("ref", payout.ref())
                .with("requestHash", HistoryRow.hash(stored));
        Fields proof = HistoryRow.withObservation(asked, observation, null);
        HistoryRow first = row(reference, 1, at, Event.REQUESTED, payout, proof, HistoryRow.NO_HASH);
        List<@Nullable Object> values = Arrays.asList(
                reference,
                provider,
                payout.ref().amount().minorUnits(),
                payout.ref().amount().currency().getCurrencyCode(),
                payout.ref().recipientKind().name(),
                confirmation.name(),
                stored,
                payout.status().name(),
                observation,
                first.hash(),
                at,
                at,
                leasedUntil == null ? null : node,
                leasedUntil);
        return insert(connection, values, first, leasedUntil != null)
                ? Optional.of(new Stored(
                        reference,
                        provider,
                        confirmation,
                        request,
                        StoredObservation.read(told),
                        Facts.of(List.of(first), Duration.ZERO).attention(),
                        1,
                        first.hash(),
                        new Stored.Told(1, 0),
                        at,
                        at,
                        null,
                        null,
                        null,
                        List.of(first),
                        null))
                : Optional.empty();
    }

    private static boolean insert(Connection connection, List<@Nullable Object> values, HistoryRow first, boolean waits)
            throws SQLException {
        String insert = "insert into payout_journal (reference, provider, amount_minor, currency, recipient_kind,"
                + " confirmation, request, status, observation, version, head_hash, delivered, undelivered, requested_at,"
                + " changed_at, lease_owner, lease_until) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 1, false, ?, ?, ?, ?)";
        if (PostgreSql.isBehind(connection)) {
            return Histories.insertWith(
                    connection, insert + " on conflict (reference) do nothing", values, first, waits);
        }
        Savepoint before = connection.setSavepoint();
        try {
            Database.update(connection, insert, values.toArray());
        } catch (SQLException e) {
            if (!Database.isDuplicate(e)) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
        Histories.insert(connection, first);
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
        return append(connection, stored, entry, at, null);
    }

    /**
     * How the node that has a payout goes on having it while it adds a row; if it does not have it any more, it stays with whoever does.
     *
     * @param until until when
     * @param isOver whether nothing remains to be done for the payout as it is written now: then the node lets go of it, and its task goes
     */
    public record Keeping(Instant until, Predicate<Stored> isOver) {}

    /** The same by the node that has the payout; the transaction then waits for the disk. */
    public Stored append(Connection connection, Stored stored, Entry entry, Instant at, @Nullable Keeping keeping)
            throws SQLException {
        Payout observation = entry.observation();
        PayoutStatus before = stored.observation().status();
        boolean overruled = entry.event() == Event.SETTLED;
        if (before.isFinal() && !overruled && !before.mayBecome(observation.status())) {
            throw new IllegalStateException("payout " + stored.reference() + ": is " + before
                    + " for good, and does not become " + observation.status());
        }
        long number = stored.version() + 1;
        String sealed = seal(observation, stored.reference(), number);
        String providerId = observation.ref().providerId().orElse(null);
        Fields proof = HistoryRow.withObservation(entry.proof(), sealed, providerId);
        HistoryRow row = row(stored.reference(), number, at, entry.event(), observation, proof, stored.headHash());
        Stored written = stored.with(row, observation);
        boolean isOver = keeping != null && keeping.isOver().test(written);
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                observation.status().name(),
                providerId,
                sealed,
                name(written.attention()),
                row.number(),
                row.hash(),
                at));
        String lease = "";
        if (keeping != null) {
            lease = isOver ? LET_GO : KEEP;
            values.addAll(List.of(node, isOver ? node : keeping.until()));
        }
        String letThrough = stored.letThrough();
        boolean ownEnd =
                entry.event() == Event.FAILED || entry.event() == Event.EXPIRED || entry.event() == Event.CANCELED;
        values.addAll(List.of(
                stored.reference(),
                stored.version(),
                stored.headHash(),
                letThrough == null ? "" : letThrough,
                ownEnd ? "" : observation.ref().providerId().orElse("")));
        String update = "update payout_journal set status = ?, provider_id = ?, observation = ?, attention = ?,"
                + " undelivered = true, version = ?, head_hash = ?, changed_at = ?" + lease
                + " where reference = ? and version = ? and head_hash = ? and coalesce(let_through, '') in (?, ?)";
        if (!Histories.insertWith(connection, update, values, row, keeping != null)) {
            throw new Superseded();
        }
        if (isOver) {
            dropTask(connection, written);
        }
        return written;
    }

    /** Only the task that was stored with the intent: one that was scheduled since, or runs, stands for something else. */
    private static void dropTask(Connection connection, Stored ended) throws SQLException {
        Database.update(
                connection,
                "delete from payout_journal_task where task_name = ? and task_instance = ? and version = 1"
                        + " and picked = false and not exists (select 1 from payout_journal_webhook w"
                        + " where w.provider = ? and w.reference = ? and w.applied_at is null)"
                        + " and not exists (select 1 from payout_journal_webhook w"
                        + " where w.provider = ? and w.provider_id = ? and w.applied_at is null)",
                TASK_NAME,
                ended.reference(),
                ended.provider(),
                ended.reference(),
                ended.provider(),
                ended.observation().ref().providerId().orElse(""));
    }

    private HistoryRow row(
            String reference, long number, Instant at, Event event, Payout observation, Fields proof, String previous) {
        return HistoryRow.next(reference, number, at, event, observation.status(), proof, node, previous, hashes);
    }

    private String seal(Payout payout, String reference, long number) {
        return sealer.seal(StoredObservation.write(payout).text(), Sealer.Place.observation(number, reference));
    }

    /** Reads a payout within a transaction of the caller's. */
    public Optional<Stored> find(Connection connection, String reference) throws SQLException {
        return reader.find(connection, reference);
    }

    /**
     * Reads a payout. Its attention is what the history says, or that it does not fit its history; the column by which it is listed is
     * brought into line with that.
     */
    public Optional<Stored> load(String reference) {
        Optional<Reader.Found> found = database.reading(connection -> reader.found(connection, reference));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(flagged(found.get()));
    }

    /** The same for several, read over one connection, in their order; those that are not there or cannot be read here are left out. */
    public Map<String, Stored> load(List<String> references) {
        List<Reader.Found> found = database.reading(connection -> found(connection, references));
        Map<String, Stored> loaded = new LinkedHashMap<>();
        for (Reader.Found one : found) {
            unlessUnreadable(() -> Optional.of(flagged(one)))
                    .ifPresent(stored -> loaded.put(stored.reference(), stored));
        }
        return loaded;
    }

    private List<Reader.Found> found(Connection connection, List<String> references) throws SQLException {
        List<Reader.Found> found = new ArrayList<>();
        for (String reference : references) {
            unlessUnreadable(() -> reader.found(connection, reference)).ifPresent(found::add);
        }
        return found;
    }

    private interface Loading<T> {
        Optional<T> load() throws SQLException;
    }

    private static <T> Optional<T> unlessUnreadable(Loading<T> loading) {
        try {
            return loading.load();
        } catch (SQLException e) {
            throw Database.failed(e);
        } catch (JournalException e) {
            if (Database.isBehind(e)) {
                throw e;
            }
            LOG.debug("A payout cannot be read here", e);
            return Optional.empty();
        }
    }

    private Stored flagged(Reader.Found found) {
        Stored stored = reader.readable(found);
        if (!Objects.equals(name(stored.attention()), found.payout().attention())) {
            flag(stored);
        }
        return stored;
    }

    /** It is no part of the history: what a history says about attention cannot be said of one that does not hold. */
    private void flag(Stored stored) {
        database.update(
                "update payout_journal set attention = ? where reference = ? and version = ?",
                name(stored.attention()),
                stored.reference(),
                stored.version());
    }

    private static @Nullable String name(@Nullable Attention attention) {
        return attention == null ? null : attention.name();
    }

    /**
     * Takes a person's word on a payout that does not fit its history. The chain starts anew with it, over the rows as they were
     * found; the payout's own row then says again what the sound part of the history says.
     *
     * @throws Superseded if somebody else has changed it meanwhile; the transaction is to be rolled back
     */
    public Stored startAnew(Connection connection, Stored stored, HistoryFault fault, Entry entry, Instant at)
            throws SQLException {
        String reference = stored.reference();
        Payout observation = entry.observation();
        PayoutRef ref = observation.ref();
        String providerId = ref.providerId().orElse(null);
        List<HistoryRow> found = stored.history();
        long number = found.isEmpty() ? 1 : found.get(found.size() - 1).number() + 1;
        String sealed = seal(observation, reference, number);
        Fields word = HistoryRow.withFault(entry.proof(), "Row " + fault.number() + ": " + fault.text())
                .with("provider", stored.provider())
                .with("amount", ref.amount())
                .with("recipientKind", ref.recipientKind())
                .with("confirmation", stored.confirmation())
                .with("requestedAt", stored.requestedAt())
                .with("letThrough", stored.letThrough())
                .with("ref", ref)
                .with("requestHash", HistoryRow.hash(reader.request(connection, reference)));
        Fields proof = HistoryRow.withObservation(word, sealed, providerId);
        HistoryRow row = row(reference, number, at, entry.event(), observation, proof, HistoryRow.hashAsFound(found));
        Stored written = stored.anew(row, observation);
        try (PreparedStatement update = connection.prepareStatement(
                "update payout_journal set status = ?,"
                        + " provider_id = ?, observation = ?, attention = ?, undelivered = true, version = ?, head_hash = ?,"
                        + " changed_at = ?, delivered = least(delivered, ?), told_unclear = least(told_unclear, ?), provider = ?, amount_minor = ?, currency = ?,"
                        + " recipient_kind = ?, confirmation = ?, requested_at = ? where reference = ? and version = ? and head_hash = ?")) {
            update.setString(1, observation.status().name());
            update.setString(2, providerId);
            update.setString(3, sealed);
            update.setString(4, name(written.attention()));
            update.setLong(5, number);
            update.setString(6, row.hash());
            update.setObject(7, Database.utc(at));
            update.setLong(8, number - 1);
            update.setLong(9, number - 1);
            update.setString(10, stored.provider());
            update.setLong(11, ref.amount().minorUnits());
            update.setString(12, ref.amount().currency().getCurrencyCode());
            update.setString(13, ref.recipientKind().name());
            update.setString(14, stored.confirmation().name());
            update.setObject(15, Database.utc(stored.requestedAt()));
            update.setString(16, reference);
            update.setLong(17, stored.version());
            update.setString(18, stored.headHash());
            if (update.executeUpdate() == 0) {
                throw new Superseded();
            }
        }
        Histories.insert(connection, row);
        return written;
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

    /** Has the payout for longer; false if another node had it meanwhile, even if nobody has it now. */
    public boolean renew(String reference, Instant now, Duration duration) {
        return database.update(
                        "update payout_journal set lease_until = ? where reference = ? and lease_owner = ?",
                        now.plus(duration),
                        reference,
                        node)
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
                "update payout_journal set asked_at = ? where reference = ? and version = ? and head_hash = ?",
                at,
                stored.reference(),
                stored.version(),
                stored.headHash());
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
        return stored.withTold(new Stored.Told(number, stored.told().begun()));
    }

    /**
     * Remembers that listeners may hear of an announced call as unclear, before they do.
     *
     * @return false if the payout has moved on, maybe by the answer of the call
     */
    public boolean telling(Stored stored, long number) {
        return database.update(
                        "update payout_journal set told_unclear = ? where reference = ? and version = ? and head_hash = ?",
                        number,
                        stored.reference(),
                        stored.version(),
                        stored.headHash())
                == 1;
    }

    /** The same, with what is told by now. */
    public Stored withTold(Stored stored) {
        return database.reading(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select delivered, told_unclear from payout_journal where reference = ?")) {
                select.setString(1, stored.reference());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? stored.withTold(Reader.told(row)) : stored;
                }
            }
        });
    }

    /**
     * Lets one transaction of the provider through, and no other one ever after.
     *
     * @param stored what it was decided by
     * @return false if the payout has moved on, or another one was let through
     */
    public boolean letThrough(Stored stored, String providerId) {
        return database.update(
                        "update payout_journal set let_through = ?, let_through_mark = ? where reference = ? and version = ?"
                                + " and head_hash = ? and (let_through is null or let_through = ?)",
                        providerId,
                        hashes.markOfPassing(stored.reference(), providerId),
                        stored.reference(),
                        stored.version(),
                        stored.headHash(),
                        providerId)
                == 1;
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
                            + " version = version + 1 where task_name = ? and picked = true and (last_heartbeat is null or last_heartbeat > ?)",
                    latest,
                    TASK_NAME,
                    latest);
        });
    }

    /** Whether a payout has moved on since it was read, or is unfinished, and no task stands for it. It starts from the payout, however many notifications speak of other things. */
    public boolean isWithoutTask(Stored read, boolean undeliveredToo) {
        return !references(
                        "select p.reference from payout_journal p where p.reference = ? and (p.version > ? or p." + OPEN
                                + (undeliveredToo ? " or p.undelivered = true" : "")
                                + " or exists (select 1 from payout_journal_webhook w where " + Inbox.NAMES_IT
                                + " and w.applied_at is null)"
                                + " or exists (select 1 from payout_journal_webhook w where " + Inbox.HAS_ITS_ID
                                + " and w.applied_at is null)) and" + WITHOUT_TASK,
                        read.reference(),
                        read.version())
                .isEmpty();
    }

    /** How many payouts are open at each provider. */
    public Map<String, Long> openByProvider() {
        return database.reading(connection -> {
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

    /** The open ones that say that they are of a provider. */
    public List<String> openAt(String provider) {
        return references("select reference from payout_journal where provider = ? and " + OPEN, provider);
    }

    private List<String> references(String sql, Object... parameters) {
        return database.reading(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                Database.set(select, parameters);
                return references(select);
            }
        });
    }

    static List<String> references(PreparedStatement select) throws SQLException {
        List<String> references = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                references.add(rows.getString(1));
            }
        }
        return references;
    }

    /** What the chain and the payout itself say about each other; empty if everything fits. */
    public Optional<HistoryFault> check(String reference) {
        return database.reading(connection -> check(connection, reference));
    }

    /** The same of several, read over one connection. */
    public List<HistoryFault> check(List<String> references) {
        return database.reading(connection -> {
            List<HistoryFault> faults = new ArrayList<>();
            for (String reference : references) {
                check(connection, reference).ifPresent(faults::add);
            }
            return faults;
        });
    }

    private Optional<HistoryFault> check(Connection connection, String reference) throws SQLException {
        return reader.readableOrFault(reference, 1, () -> {
            Optional<Reader.Found> found = reader.found(connection, reference);
            return found.isPresent()
                    ? reader.fault(found.get())
                    : Optional.of(new HistoryFault(reference, 1, "The payout itself is missing."));
        });
    }
}
