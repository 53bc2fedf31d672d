package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

    private Store stored(Database database) {
        Schema.create(database);
        Store store = new Store(database, new Sealer(null), RowHashes.PLAIN, "one");
        Fields request = StoredRequest.write(request("r-1"), SimulatedProvider.NAME, Confirmation.AUTOMATIC, false);
        Payout first = Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        boolean inserted = database.transaction(connection -> store.insert(
                connection, SimulatedProvider.NAME, Confirmation.AUTOMATIC, request, first, null, new Fields(), START));
        assertThat(inserted).isTrue();
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
