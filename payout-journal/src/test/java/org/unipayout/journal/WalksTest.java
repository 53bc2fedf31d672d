package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Walks;

/** Whatever goes over all payouts reads them page by page, and misses none that was there from the start. */
class WalksTest {
    private static final int PAYOUTS = 7;

    /** Seven open ones in pages of two, none in the order of its reference. */
    private static JournalFixture filled(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        for (int i = 0; i < PAYOUTS; i++) {
            fixture.pay("r-" + (i * 3) % PAYOUTS);
            fixture.clock.advance(i % 2 == 0 ? Duration.ofSeconds(1) : Duration.ZERO); // two of one time
        }
        return fixture;
    }

    private static Payouts inTwos(JournalFixture fixture) {
        return fixture.journal(builder -> builder.pageSize(2));
    }

    private static List<String> byAge(JournalFixture fixture) {
        return Tables.texts(
                fixture.dataSource, "select reference from payout_journal order by requested_at, reference");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void recoverNow_whileItsPagesMoveOnAndOthersCome_looksAtEachOnce(Databases database) {
        JournalFixture fixture = filled(database);
        List<String> there = byAge(fixture);
        there.forEach(fixture.provider::settle);
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.provider.onGet = ref -> {
            String other = "x-" + ref.reference();
            if (fixture.payouts.stored(other).isEmpty() && there.contains(ref.reference())) {
                fixture.pay(other);
                fixture.provider.settle(other);
            }
            return null;
        };
        List<String> asked = new ArrayList<>(fixture.provider.events());

        assertThat(inTwos(fixture).recoverNow()).isZero();

        List<String> questions = new ArrayList<>(fixture.provider.events());
        asked.forEach(questions::remove);
        questions.removeIf(event -> !event.startsWith("GET r-"));
        assertThat(questions)
                .containsExactlyElementsOf(
                        there.stream().map(one -> "GET " + one).toList());
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void recoverNow_countsWhatIsStillOpen(Databases database) {
        JournalFixture fixture = filled(database);
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.provider.settle("r-3");

        assertThat(inTwos(fixture).recoverNow()).isEqualTo(PAYOUTS - 1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void needingAttention_inPages_isWholeAndOldestFirstWhileFlagsComeAndGo(Databases database) {
        JournalFixture fixture = filled(database);
        fixture.clock.advance(Duration.ofDays(2));
        fixture.payouts.recoverNow(); // each is overdue by now
        Tables.edit(fixture.dataSource, "update payout_journal set currency = 'RUB' where reference in ('r-1', 'r-5')");
        Stream.of("r-1", "r-5").forEach(fixture.payouts::stored);
        List<String> there = byAge(fixture);

        Iterator<PayoutRecord> found = inTwos(fixture).needingAttention().iterator();
        List<String> seen = new ArrayList<>(List.of(found.next().reference()));
        fixture.provider.settle(there.get(0));
        fixture.payouts.recoverNow(there.get(0)); // it is flagged no more, and its page is over
        found.forEachRemaining(record -> seen.add(record.reference()));

        assertThat(seen).containsExactlyElementsOf(there);
        assertThat(inTwos(fixture).needingAttention().map(PayoutRecord::attention))
                .hasSize(PAYOUTS - 1);
    }

    /** The first of a page is there before the last one was read, so they are not all held at once. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void needingAttention_readsAPageWhenItIsReached(Databases database) {
        JournalFixture fixture = filled(database);
        fixture.clock.advance(Duration.ofDays(2));
        fixture.payouts.recoverNow();

        assertThat(connections(
                        fixture,
                        payouts -> assertThat(payouts.needingAttention().findFirst())
                                .isPresent()))
                .isLessThan(connections(
                        fixture, payouts -> payouts.needingAttention().forEach(any -> {})));
    }

    /** A page is read over few connections, however many it has. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void goingOverAll_takesConnectionsByPageAndNotByPayout(Databases database) {
        JournalFixture fixture = filled(database);
        fixture.clock.advance(Duration.ofDays(2));
        fixture.payouts.recoverNow();
        PayoutQuery all = PayoutQuery.between(START, fixture.clock.instant());

        for (Consumer<Payouts> walk : List.<Consumer<Payouts>>of(
                payouts -> assertThat(payouts.needingAttention()).hasSize(PAYOUTS),
                payouts -> assertThat(payouts.verifyHistory()).isEmpty(),
                payouts -> assertThat(payouts.unreadable()).isEmpty(),
                payouts -> assertThat(payouts.list(all).found()).hasSize(PAYOUTS))) {
            assertThat(connections(fixture.dataSource, fixture, PAYOUTS + 1, walk))
                    .isLessThan(PAYOUTS);
        }
    }

    private static int connections(JournalFixture fixture, Consumer<Payouts> walk) {
        return connections(fixture.dataSource, fixture, 2, walk);
    }

    private static int connections(DataSource dataSource, JournalFixture fixture, int page, Consumer<Payouts> walk) {
        AtomicInteger opened = new AtomicInteger();
        Payouts payouts = Payouts.builder(Databases.before(dataSource, opened::incrementAndGet))
                .provider(SimulatedProvider.NAME, fixture.provider)
                .time(fixture.clock, fixture.clock::advance, () -> 1.0)
                .pageSize(page)
                .build();
        opened.set(0);
        walk.accept(payouts);
        return opened.get();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void verifyHistory_inPages_findsFaultsOnEachAndWhatHasNoPayoutAnyMore(Databases database) {
        JournalFixture fixture = filled(database);
        Tables.edit(
                fixture.dataSource,
                "update payout_journal set currency = 'RUB' where reference in ('r-0', 'r-4', 'r-6')");
        Tables.edit(fixture.dataSource, "delete from payout_journal where reference in ('r-1', 'r-2', 'r-3')");

        assertThat(inTwos(fixture).verifyHistory())
                .extracting(HistoryFault::reference)
                .containsExactly("r-0", "r-4", "r-6", "r-1", "r-2", "r-3");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void unreadable_inPages_namesEachOnce(Databases database) {
        JournalFixture fixture = filled(database);
        Tables.edit(fixture.dataSource, "update payout_journal_history set event = 'NEWER' where number = 1");
        Tables.edit(
                fixture.dataSource, "update payout_journal set attention = 'NEWER' where reference in ('r-1', 'r-2')");
        Tables.edit(
                fixture.dataSource, "update payout_journal set status = 'SUCCEEDED' where reference in ('r-2', 'r-3')");

        assertThat(inTwos(fixture).unreadable()).hasSize(PAYOUTS).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sweep_afterTheQueueWasEmptied_schedulesAllOfManyPages(Databases database) {
        JournalFixture fixture = filled(database);
        Tables.edit(fixture.dataSource, "delete from payout_journal_task");

        inTwos(fixture).sweep();

        assertThat(Tables.count(fixture.dataSource, "payout_journal_task")).isEqualTo(PAYOUTS);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void restored_inPages_tellsEach(Databases database) {
        JournalFixture fixture = filled(database);
        fixture.provider.settle("r-2");
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.payouts.recoverNow("r-2"); // it has ended, and since
        Instant keptUntil = fixture.clock.instant().minusSeconds(1);

        assertThat(inTwos(fixture).by(ANNA).restored(keptUntil, fixture.clock.instant()))
                .isZero();

        assertThat(Tables.texts(
                        fixture.dataSource, "select reference from payout_journal_history where event = 'RESTORED'"))
                .containsExactlyInAnyOrderElementsOf(byAge(fixture));
        assertThat(fixture.payouts.stored("r-2").orElseThrow().status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    /** However many notifications wait for one payout, and whatever comes or goes between two pages. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void unfinished_withManyNotificationsForOneAndRowsThatComeAndGo_endsAndMissesNone(Databases database) {
        JournalFixture fixture = filled(database);
        List<String> there = byAge(fixture);
        there.forEach(reference -> {
            fixture.provider.settle(reference);
            fixture.clock.advance(Duration.ofMinutes(1));
            fixture.payouts.recoverNow(reference);
        });
        there.forEach(reference -> IntStream.range(0, 5).forEach(i -> notify(fixture, reference, i)));

        Set<String> seen = new HashSet<>();
        new Walks(new Database(fixture.dataSource), 2).unfinished(false).forEach(page -> {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.forEach(reference -> assertThat(seen.add(reference)).isTrue());
            page.forEach(reference -> Tables.edit(
                    fixture.dataSource, "delete from payout_journal_webhook where reference = '" + reference + "'"));
            fixture.pay("y-" + seen.size());
        });

        assertThat(seen).containsAll(there);
    }

    private static void notify(JournalFixture fixture, String reference, int number) {
        Tables.edit(
                fixture.dataSource,
                "insert into payout_journal_webhook (provider, dedupe_hash, type, trust, reference, received_at) values ('"
                        + SimulatedProvider.NAME + "', '" + reference + number + "', 't', 'HINT', '" + reference
                        + "', current_timestamp)");
    }
}
