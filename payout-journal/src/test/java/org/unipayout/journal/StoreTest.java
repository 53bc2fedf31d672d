package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Schema;
import org.unipayout.journal.internal.store.Sealer;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Stored;
import org.unipayout.journal.internal.store.StoredObservation;
import org.unipayout.journal.internal.store.StoredRequest;
import org.unipayout.journal.internal.store.Superseded;

/** What the store itself refuses, whoever asks for it. */
class StoreTest {
    private final PayoutRef ref = PayoutRef.of(SimulatedProvider.NAME, request("r-1"));

    private static Stream<Arguments> waysOutOfAnEnd() {
        return Arrays.stream(PayoutStatus.values())
                .filter(PayoutStatus::isFinal)
                .flatMap(end -> Arrays.stream(PayoutStatus.values())
                        .filter(next -> next != end)
                        .map(next -> Arguments.of(end, next)));
    }

    @ParameterizedTest
    @MethodSource("waysOutOfAnEnd")
    void append_leavingAFinalStatus_isRefusedUnlessThePaymentCameBack(PayoutStatus end, PayoutStatus next) {
        DataSource dataSource = Databases.H2.fresh();
        Database database = new Database(dataSource);
        Store store = stored(database);
        Stored ended = append(database, store, find(database, store), end);

        if (end == PayoutStatus.SUCCEEDED && next == PayoutStatus.RETURNED) {
            assertThat(append(database, store, ended, next).version()).isEqualTo(3);
        } else {
            assertThatThrownBy(() -> append(database, store, ended, next)).isInstanceOf(IllegalStateException.class);
            assertThat(find(database, store).version()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void append_fromAnOlderVersion_isRefusedAndTheTransactionRolledBack(Databases kind) {
        DataSource dataSource = kind.fresh();
        Database database = new Database(dataSource);
        Store store = stored(database);
        Stored old = find(database, store);
        append(database, store, old, PayoutStatus.PROCESSING);

        assertThatThrownBy(() -> database.transaction(connection -> {
                    store.append(connection, old, new Entry(Event.OBSERVED, new Fields(), old.observation()), START);
                    return true;
                }))
                .isInstanceOf(Superseded.class);
        assertThat(find(database, store).observation().status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(Tables.count(dataSource, "payout_journal_history")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void transaction_thatFails_leavesNothingBehind(Databases kind) {
        Database database = new Database(kind.fresh());
        Store store = stored(database);
        Stored old = find(database, store);
        Entry entry = new Entry(Event.OBSERVED, new Fields(), old.observation());

        assertThatThrownBy(() -> database.<Stored>transaction(connection -> {
                    store.append(connection, old, entry, START);
                    throw new IllegalStateException("after the row was added");
                }))
                .hasMessage("after the row was added");
        assertThat(find(database, store).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void append_givesBackWhatALaterReadFinds(Databases kind) {
        Database database = new Database(kind.fresh());
        Store store = stored(database);

        Stored written = append(database, store, find(database, store), PayoutStatus.PROCESSING);

        assertThat(told(written)).isEqualTo(told(find(database, store)));
    }

    private static List<@Nullable Object> told(Stored stored) {
        return Arrays.asList(
                stored.provider(),
                stored.confirmation(),
                stored.request().text(),
                StoredObservation.write(stored.observation()).text(),
                stored.attention(),
                stored.version(),
                stored.headHash(),
                stored.told(),
                stored.requestedAt(),
                stored.changedAt(),
                stored.askedAt(),
                stored.history());
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void asked_aboutAnOlderVersion_isRefused(Databases kind) {
        Database database = new Database(kind.fresh());
        Store store = stored(database);
        Stored old = find(database, store);
        append(database, store, old, PayoutStatus.PROCESSING);

        assertThatThrownBy(() -> store.asked(old, START)).isInstanceOf(Superseded.class);
        assertThat(find(database, store).askedAt()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void insert_givesBackWhatALaterReadFinds(Databases kind) {
        Database database = new Database(kind.fresh());
        Schema.create(database);
        Store store = new Store(database, new Sealer(null), RowHashes.PLAIN, "one");

        Stored written = insert(database, store, null).orElseThrow();

        assertThat(told(written)).isEqualTo(told(find(database, store)));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void insert_underATakenReference_leavesThePayoutAndTheTransactionAsTheyAre(Databases kind) {
        DataSource dataSource = kind.fresh();
        Database database = new Database(dataSource);
        Store store = stored(database);

        boolean[] stillGood = {false};
        Optional<Stored> second = database.transaction(connection -> {
            Optional<Stored> made = insert(connection, store, START.plusSeconds(60));
            stillGood[0] = store.find(connection, "r-1").isPresent();
            return made;
        });

        assertThat(second).isEmpty();
        assertThat(stillGood[0]).isTrue();
        assertThat(lease(dataSource)).isEqualTo("null null");
        assertThat(Tables.count(dataSource, "payout_journal_history")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void append_byWhoeverHasThePayout_keepsItForLonger(Databases kind) {
        DataSource dataSource = kind.fresh();
        Database database = new Database(dataSource);
        Store store = leased(database, "one");

        keep(database, store, find(database, store), PayoutStatus.PROCESSING, false);

        assertThat(lease(dataSource)).isEqualTo("one 2026-03-01T10:05:00Z");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void append_whileAnotherNodeHasThePayout_leavesItWithThatOne(Databases kind) {
        DataSource dataSource = kind.fresh();
        Database database = new Database(dataSource);
        Store store = leased(database, "another");

        Stored written = keep(database, store, find(database, store), PayoutStatus.PROCESSING, false);
        assertThat(lease(dataSource)).isEqualTo("another 2026-03-01T10:01:00Z");
        keep(database, store, written, PayoutStatus.SUCCEEDED, true);

        assertThat(lease(dataSource)).isEqualTo("another 2026-03-01T10:01:00Z");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void append_ofTheLastRow_letsGoOfThePayoutAndItsTask(Databases kind) {
        DataSource dataSource = kind.fresh();
        Database database = new Database(dataSource);
        Store store = leased(database, "one");
        task(dataSource, 1, false);

        keep(database, store, find(database, store), PayoutStatus.SUCCEEDED, true);

        assertThat(lease(dataSource)).isEqualTo("null null");
        assertThat(Tables.count(dataSource, Store.TASK_TABLE)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"H2, 2, false", "H2, 1, true", "POSTGRESQL, 2, false", "POSTGRESQL, 1, true"})
    void append_ofTheLastRow_leavesATaskThatWasScheduledSinceOrRuns(Databases kind, int version, boolean picked) {
        DataSource dataSource = kind.fresh();
        Database database = new Database(dataSource);
        Store store = leased(database, "one");
        task(dataSource, version, picked);

        keep(database, store, find(database, store), PayoutStatus.SUCCEEDED, true);

        assertThat(Tables.count(dataSource, Store.TASK_TABLE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"H2, r-1, null", "H2, null, id-1", "POSTGRESQL, r-1, null", "POSTGRESQL, null, id-1"})
    void append_ofTheLastRowWhileANotificationWaits_leavesTheTask(Databases kind, String reference, String providerId) {
        DataSource dataSource = kind.fresh();
        Database database = new Database(dataSource);
        Store store = leased(database, "one");
        task(dataSource, 1, false);
        Tables.edit(
                dataSource,
                "insert into payout_journal_webhook (provider, dedupe_hash, type, trust, reference, provider_id, received_at)"
                        + " values ('" + SimulatedProvider.NAME + "', 'h', 't', 'HINT', "
                        + quoted(reference) + ", " + quoted(providerId) + ", current_timestamp)");

        keep(database, store, find(database, store), PayoutStatus.SUCCEEDED, true);

        assertThat(Tables.count(dataSource, Store.TASK_TABLE)).isEqualTo(1);
    }

    private static String quoted(String text) {
        return text.equals("null") ? text : "'" + text + "'";
    }

    private static void task(DataSource dataSource, int version, boolean picked) {
        Tables.edit(
                dataSource,
                "insert into payout_journal_task (task_name, task_instance, execution_time, picked, version) values ('"
                        + Store.TASK_NAME + "', 'r-1', current_timestamp, " + picked + ", " + version + ")");
    }

    private Store leased(Database database, String node) {
        Schema.create(database);
        Store store = new Store(database, new Sealer(null), RowHashes.PLAIN, node);
        assertThat(insert(database, store, START.plusSeconds(60))).isPresent();
        return new Store(database, new Sealer(null), RowHashes.PLAIN, "one");
    }

    private Stored keep(Database database, Store store, Stored from, PayoutStatus status, boolean isOver) {
        Payout observation =
                Payout.builder(ref.withProviderId("id-1"), status, "word").build();
        Entry entry = new Entry(Event.OBSERVED, StoredObservation.proof(observation), observation);
        Store.Keeping keeping = new Store.Keeping(START.plusSeconds(300), written -> isOver);
        return database.committed(connection -> store.append(connection, from, entry, START, keeping));
    }

    private static String lease(DataSource dataSource) {
        return new Database(dataSource).reading(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select lease_owner, lease_until from payout_journal");
                    ResultSet row = select.executeQuery()) {
                row.next();
                OffsetDateTime until = row.getObject(2, OffsetDateTime.class);
                return row.getString(1) + " " + (until == null ? null : until.toInstant());
            }
        });
    }

    private Optional<Stored> insert(Database database, Store store, @Nullable Instant leasedUntil) {
        return database.transaction(connection -> insert(connection, store, leasedUntil));
    }

    private Optional<Stored> insert(Connection connection, Store store, @Nullable Instant leasedUntil)
            throws SQLException {
        Fields request = StoredRequest.write(request("r-1"), SimulatedProvider.NAME, Confirmation.AUTOMATIC, false);
        Payout first = Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        return store.insert(
                connection,
                SimulatedProvider.NAME,
                Confirmation.AUTOMATIC,
                request,
                first,
                null,
                new Fields(),
                START,
                leasedUntil);
    }

    private Store stored(Database database) {
        Schema.create(database);
        Store store = new Store(database, new Sealer(null), RowHashes.PLAIN, "one");
        assertThat(insert(database, store, null)).isPresent();
        return store;
    }

    private static Stored find(Database database, Store store) {
        return database.transaction(connection -> store.find(connection, "r-1")).orElseThrow();
    }

    private Stored append(Database database, Store store, Stored from, PayoutStatus status) {
        Payout observation = Payout.builder(ref, status, "word")
                .decline(status == PayoutStatus.FAILED ? Answers.invalid(null) : null)
                .build();
        Entry entry = new Entry(Event.OBSERVED, StoredObservation.proof(observation), observation);
        return database.transaction(connection -> store.append(connection, from, entry, START));
    }
}
