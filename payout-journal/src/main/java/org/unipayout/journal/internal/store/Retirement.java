package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Payout;
import org.unipayout.journal.Actor;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.Replacement;
import org.unipayout.journal.internal.decide.RowHashes;

/**
 * Puts one row in the place of a whole history, and nothing in that of the request. The payout's own row stays where it is: its key is
 * what keeps a reference from being paid anew, and no look at another table could do so beside a transaction that began earlier.
 */
public final class Retirement {
    /** No request is stored as this; it tells at once what was retired, and the history vouches for it. */
    private static final String NO_REQUEST = "";

    private static final String FREE = " from payout_journal p where p.request <> '" + NO_REQUEST
            + "' and p.attention is null and not (p." + Store.OPEN + ") and p.changed_at < ?"
            + " and (p.lease_owner is null or p.lease_until <= ?)"
            + " and not exists (select 1 from payout_journal_webhook w where " + Inbox.NAMES_IT
            + " and w.applied_at is null) and not exists (select 1 from payout_journal_webhook w where "
            + Inbox.HAS_ITS_ID + " and w.applied_at is null) and p.reference in (";

    private final Sealer sealer;
    private final RowHashes hashes;
    private final Reader reader;
    private final String node;

    public Retirement(Sealer sealer, RowHashes hashes, String node) {
        this.sealer = sealer;
        this.hashes = hashes;
        reader = new Reader(sealer, hashes);
        this.node = node;
    }

    /** A payout as it was read, beside two texts as they are stored. */
    public record Candidate(Stored stored, String request, String observation) {
        @Override
        public String toString() {
            return "Candidate[" + stored.reference() + "]";
        }
    }

    /**
     * Takes those payouts that ended, about which nothing waits, and on which nobody works.
     *
     * @param lease a name that nobody else has
     * @return their references
     */
    public List<String> claim(
            Connection connection,
            List<String> references,
            Instant changedBefore,
            Instant now,
            String lease,
            Instant until)
            throws SQLException {
        List<String> sorted = references.stream().sorted().toList();
        List<@Nullable Object> parameters = new ArrayList<>(List.of(changedBefore, now));
        parameters.addAll(sorted);
        List<String> free;
        try (PreparedStatement select = connection.prepareStatement(
                "select p.reference" + FREE + places(sorted) + ") for update skip locked")) {
            Database.set(select, parameters.toArray());
            free = Store.references(select);
        }
        lease(connection, free, lease, until);
        return free;
    }

    private static void lease(Connection connection, List<String> references, String lease, Instant until)
            throws SQLException {
        if (references.isEmpty()) {
            return;
        }
        List<@Nullable Object> parameters = new ArrayList<>(List.of(lease, until));
        parameters.addAll(references);
        Database.update(
                connection,
                "update payout_journal set lease_owner = ?, lease_until = ? where reference in (" + places(references)
                        + ")",
                parameters.toArray());
    }

    /** Lets go of what was taken and is still had. */
    public void release(Connection connection, List<String> references, String lease) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>(List.of(lease));
        parameters.addAll(references);
        Database.update(
                connection,
                "update payout_journal set lease_owner = null, lease_until = null where lease_owner = ? and reference in ("
                        + places(references) + ")",
                parameters.toArray());
    }

    private static String places(List<String> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    public Optional<Candidate> read(Connection connection, String reference) throws SQLException {
        return reader.found(connection, reference)
                .map(found -> new Candidate(
                        reader.readable(found),
                        found.payout().request(),
                        found.payout().observation()));
    }

    /**
     * Retires a payout, unless it has changed or somebody else has it by now. Nothing about it is news, so it changes for nobody.
     *
     * @return whether it was retired
     */
    public boolean write(Connection connection, Stored stored, Actor who, String lease, Instant at)
            throws SQLException {
        String reference = stored.reference();
        long number = stored.version() + 1;
        Payout rest = withoutPersons(stored.observation());
        String sealed = sealer.seal(StoredObservation.write(rest).text(), Sealer.Place.observation(number, reference));
        Fields proof = HistoryRow.withObservation(
                said(stored).with("who", who), sealed, rest.ref().providerId().orElse(null));
        HistoryRow row = HistoryRow.next(
                reference, number, at, Event.RETIRED, rest.status(), proof, node, stored.headHash(), hashes);
        int updated = Database.update(
                connection,
                "update payout_journal set request = ?, observation = ?, version = ?, head_hash = ?, delivered = ?,"
                        + " undelivered = false, lease_owner = null, lease_until = null"
                        + " where reference = ? and version = ? and head_hash = ? and lease_owner = ?",
                NO_REQUEST,
                sealed,
                number,
                row.hash(),
                number,
                reference,
                stored.version(),
                stored.headHash(),
                lease);
        if (updated == 0) {
            return false;
        }
        Histories.replace(connection, stored.history().size(), row);
        forgetNotifications(connection, stored);
        return true;
    }

    private static Payout withoutPersons(Payout observation) {
        return StoredObservation.read(StoredObservation.proof(observation).with("status", observation.status()));
    }

    /** All that the columns are held against, and what has to be known still if news comes. */
    private static Fields said(Stored stored) {
        Fields said = Facts.of(stored.history(), Duration.ZERO).whenRetired();
        Replacement.whenRetired(stored.history()).all().forEach(said::with);
        return said.with("provider", stored.provider())
                .with("amount", stored.observation().ref().amount())
                .with("recipientKind", stored.observation().ref().recipientKind())
                .with("confirmation", stored.confirmation())
                .with("account", stored.history().get(0).facts().get("account"))
                .with("requestedAt", stored.requestedAt())
                .with("letThrough", stored.letThrough())
                .with("ref", stored.observation().ref())
                .with("requestHash", HistoryRow.hash(NO_REQUEST));
    }

    /** Only those that were taken in: what waits is about to be told. */
    private static void forgetNotifications(Connection connection, Stored stored) throws SQLException {
        String applied = "delete from payout_journal_webhook where applied_at is not null and provider = ? and ";
        String providerId = stored.observation().ref().providerId().orElse("");
        Database.update(connection, applied + "reference = ?", stored.provider(), stored.reference());
        Database.update(connection, applied + "reference is null and provider_id = ?", stored.provider(), providerId);
    }
}
