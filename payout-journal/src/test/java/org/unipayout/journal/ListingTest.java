package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;
import org.unipayout.Word;

/** What is listed for people and for books. */
class ListingTest {
    private static final Instant END = START.plus(Duration.ofDays(1));
    private static final PayoutQuery DAY = PayoutQuery.between(START, END);

    @ParameterizedTest
    @EnumSource(Databases.class)
    void list_pageByPageInEitherOrder_showsEachOnceAndEndsWithNull(Databases database) {
        JournalFixture journal = sevenAtThreeInstants(database);

        List<String> oldest = pages(DAY.size(2), journal.payouts::list, PayoutRecord::reference);
        List<String> newest = pages(DAY.size(2).newestFirst(), journal.payouts::list, PayoutRecord::reference);

        assertThat(oldest).containsExactly("p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7");
        assertThat(newest).containsExactly("p-7", "p-6", "p-5", "p-4", "p-3", "p-2", "p-1");
        assertThat(journal.payouts.list(DAY.size(7)).next()).isNull();
        assertThat(journal.payouts.list(DAY.size(6)).next()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void list_byStatusProviderAndInterval_showsOnlyThose(Databases database) {
        JournalFixture journal = sevenAtThreeInstants(database);
        finish(journal, "p-2", PayoutStatus.SUCCEEDED);
        finish(journal, "p-5", PayoutStatus.FAILED);
        Function<PayoutQuery, List<String>> list =
                query -> pages(query, journal.payouts::list, PayoutRecord::reference);

        assertThat(list.apply(DAY.statuses(PayoutStatus.FAILED, PayoutStatus.SUCCEEDED)
                        .size(1)))
                .containsExactly("p-2", "p-5");
        assertThat(list.apply(DAY.provider("another"))).isEmpty();
        assertThat(list.apply(DAY.provider(SimulatedProvider.NAME).size(3))).hasSize(7);
        Instant second = START.plusSeconds(60);
        assertThat(list.apply(PayoutQuery.between(second, second.plusSeconds(60))))
                .containsExactly("p-4", "p-5", "p-6");
    }

    /** Three are asked for in one instant, three in the next minute, and one in the third. */
    private static JournalFixture sevenAtThreeInstants(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        for (int i = 1; i <= 7; i++) {
            journal.pay("p-" + i);
            journal.clock.advance(Duration.ofSeconds(i % 3 == 0 ? 60 : 0));
        }
        return journal;
    }

    private static void finish(JournalFixture journal, String reference, PayoutStatus end) {
        journal.provider.state(reference, end);
        journal.payouts.recoverNow(reference);
    }

    private static <T> List<String> pages(
            PayoutQuery query, Function<PayoutQuery, PayoutPage<T>> listing, Function<T, String> shown) {
        List<String> found = new ArrayList<>();
        PayoutPage<T> page = listing.apply(query);
        page.found().forEach(one -> found.add(shown.apply(one)));
        while (page.next() != null) {
            page = listing.apply(query.after(page.next()));
            assertThat(page.found()).isNotEmpty();
            assertThat(found).as("an endless listing").hasSizeLessThan(20);
            page.found().forEach(one -> found.add(shown.apply(one)));
        }
        return found;
    }

    private static String line(StatusChange end) {
        return end.reference() + " " + end.from() + " " + end.to() + " " + end.at();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void ends_ofADayThatIsOver_stayAsTheyWereWhenAPaymentComesBack(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.returns = true;
        journal.pay("back");
        journal.pay("open");
        journal.clock.advance(Duration.ofHours(1));
        Instant paidAt = journal.clock.instant();
        finish(journal, "back", PayoutStatus.SUCCEEDED);
        List<String> closed = pages(DAY, journal.payouts::ends, ListingTest::line);

        journal.clock.advance(Duration.ofDays(2));
        Instant returnedAt = journal.clock.instant();
        finish(journal, "back", PayoutStatus.RETURNED);

        assertThat(closed).containsExactly("back PROCESSING SUCCEEDED " + paidAt);
        assertThat(pages(DAY, journal.payouts::ends, ListingTest::line)).isEqualTo(closed);
        assertThat(pages(
                        PayoutQuery.between(END, END.plus(Duration.ofDays(5))),
                        journal.payouts::ends,
                        ListingTest::line))
                .containsExactly("back SUCCEEDED RETURNED " + returnedAt);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void ends_pageByPage_areInTheOrderInWhichTheyWereRecorded(Databases database) {
        JournalFixture journal = sevenAtThreeInstants(database);
        List<String> order = List.of("p-6", "p-1", "p-4", "p-3");
        for (String reference : order) {
            journal.clock.advance(Duration.ofSeconds(1));
            finish(journal, reference, reference.equals("p-1") ? PayoutStatus.FAILED : PayoutStatus.SUCCEEDED);
        }

        assertThat(pages(DAY.size(1), journal.payouts::ends, StatusChange::reference))
                .isEqualTo(order);
        assertThat(pages(DAY.size(3).newestFirst(), journal.payouts::ends, StatusChange::reference))
                .containsExactly("p-3", "p-4", "p-1", "p-6");
        assertThat(pages(
                        DAY.statuses(PayoutStatus.SUCCEEDED).provider(SimulatedProvider.NAME),
                        journal.payouts::ends,
                        StatusChange::reference))
                .containsExactly("p-6", "p-4", "p-3");
        assertThat(journal.payouts.ends(DAY.provider("another")).found()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void ends_whatTheProviderToldLater_isShownWithTheEndThatItIsAbout(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.returns = true; // so that it is asked about after its end
        journal.pay("p-1");
        finish(journal, "p-1", PayoutStatus.SUCCEEDED);
        journal.provider.onGet = ref -> Payout.builder(ref, PayoutStatus.SUCCEEDED, "word")
                .fee(Money.ofMinor(120, "KZT"))
                .finishedAt(START)
                .build();
        journal.clock.advance(Duration.ofHours(2));
        journal.payouts.recoverNow("p-1");
        journal.provider.onGet = ref -> Payout.builder(ref, PayoutStatus.RETURNED, "back")
                .returned(Money.ofMinor(14_000, "KZT"))
                .build();
        journal.clock.advance(Duration.ofHours(2));
        journal.payouts.recoverNow("p-1");

        List<StatusChange> ends = journal.payouts.ends(DAY).found();

        assertThat(ends).extracting(StatusChange::to).containsExactly(PayoutStatus.SUCCEEDED, PayoutStatus.RETURNED);
        assertThat(ends.get(0).fee()).isEqualTo(Money.ofMinor(120, "KZT"));
        assertThat(ends.get(0).rrn()).isEqualTo("123456789012");
        assertThat(ends.get(0).finishedAt()).isEqualTo(START);
        assertThat(ends.get(0).providerId()).isEqualTo("id-p-1");
        assertThat(ends.get(0).word()).isEqualTo(Word.PROVIDER);
        assertThat(ends.get(1).fee()).isNull();
        assertThat(ends.get(1).returned()).isEqualTo(Money.ofMinor(14_000, "KZT"));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void ends_whatWasEditedInTheDatabase_isLeftOutAndNamed(Databases database) {
        JournalFixture journal = sevenAtThreeInstants(database);
        finish(journal, "p-1", PayoutStatus.SUCCEEDED);
        finish(journal, "p-2", PayoutStatus.FAILED);
        finish(journal, "p-3", PayoutStatus.SUCCEEDED);
        Tables.edit(journal.dataSource, "update payout_journal set amount_minor = 9999999 where reference = 'p-1'");
        Tables.edit(
                journal.dataSource,
                "update payout_journal_history set status = 'SUCCEEDED' where reference = 'p-2' and status = 'FAILED'");
        Tables.edit(journal.dataSource, "update payout_journal set status = 'FAILED' where reference = 'p-4'");

        PayoutPage<StatusChange> ends = journal.payouts.ends(DAY);
        assertThat(ends.found()).extracting(StatusChange::reference).containsExactly("p-3");
        assertThat(ends.leftOut()).containsExactlyInAnyOrder("p-1", "p-2");
        PayoutPage<PayoutRecord> failed = journal.payouts.list(DAY.statuses(PayoutStatus.FAILED));
        assertThat(failed.found()).extracting(PayoutRecord::reference).containsExactly("p-2", "p-4");
        assertThat(failed.found()).allMatch(one -> one.attention().equals(Optional.of(Attention.TAMPERED)));
    }

    /** Its books have it once: where the history began anew, by a person's word, and not where the edited row stands. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void ends_afterAPersonSettledWhatWasEdited_showThatWordAlone(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.pay("p-1");
        finish(journal, "p-1", PayoutStatus.SUCCEEDED);
        Tables.edit(journal.dataSource, "update payout_journal_history set node = 'x' where number = 2");
        journal.clock.advance(Duration.ofDays(1));
        journal.payouts.by(JournalFixture.ANNA).settle("p-1", Settlement.paid("statement of March, line 3"));

        PayoutPage<StatusChange> ends = journal.payouts.ends(PayoutQuery.between(START, END.plus(Duration.ofDays(1))));

        assertThat(ends.leftOut()).isEmpty();
        assertThat(ends.found()).hasSize(1);
        assertThat(ends.found().get(0).word()).isEqualTo(Word.PERSON);
        assertThat(ends.found().get(0).from()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void list_whatCannotBeReadHere_isLeftOutAndNamed(Databases database) {
        JournalFixture journal = sevenAtThreeInstants(database);
        Tables.edit(
                journal.dataSource,
                "update payout_journal_history set event = 'A_WORD_OF_LATER' where reference = 'p-2' and number = 2");

        PayoutPage<PayoutRecord> page = journal.payouts.list(DAY.size(3));

        assertThat(page.found()).extracting(PayoutRecord::reference).containsExactly("p-1", "p-3");
        assertThat(page.leftOut()).containsExactly("p-2");
        assertThat(page.next()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void list_whatMovedOnMeanwhile_isNotShownUnderItsOldStatus(Databases database) {
        JournalFixture journal = sevenAtThreeInstants(database);
        AtomicInteger transactions = new AtomicInteger(Integer.MIN_VALUE);
        DataSource watched = Databases.before(journal.dataSource, () -> {
            if (transactions.incrementAndGet() == 2) { // the places are found by then, and no payout is read
                finish(journal, "p-2", PayoutStatus.SUCCEEDED);
            }
        });
        try (Payouts other = Payouts.builder(watched)
                .provider(SimulatedProvider.NAME, journal.provider)
                .time(journal.clock, journal.clock::advance, () -> 1.0)
                .build()) {
            transactions.set(0);

            assertThat(other.list(DAY.statuses(PayoutStatus.PROCESSING).size(3)).found())
                    .extracting(PayoutRecord::reference)
                    .containsExactly("p-1", "p-3");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void listings_askNobody(Databases database) {
        JournalFixture journal = sevenAtThreeInstants(database);
        journal.clock.advance(Duration.ofHours(3));
        List<String> before = journal.provider.events();

        journal.payouts.list(DAY);
        journal.payouts.ends(DAY);

        assertThat(journal.provider.events()).isEqualTo(before).contains(Operation.SUBMIT + " p-1");
    }

    @Test
    void query_thatMakesNoSense_isRefusedByTheFieldsName() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);

        assertThatThrownBy(() -> PayoutQuery.between(START, START)).hasMessageStartingWith("from: ");
        assertThatThrownBy(() -> PayoutQuery.between(Instant.MIN, START)).hasMessageStartingWith("from: ");
        assertThatThrownBy(() -> PayoutQuery.between(START, Instant.MAX)).hasMessageStartingWith("until: ");
        assertThatThrownBy(() -> DAY.size(0)).hasMessageStartingWith("size: ");
        assertThatThrownBy(() -> DAY.size(1001)).hasMessageStartingWith("size: ");
        for (String cursor : List.of("", "x", "!", "MjAyNg", "2026-03-01T10:00:00Z")) {
            assertThatThrownBy(() -> journal.payouts.list(DAY.after(cursor)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("after: ");
        }
        assertThatThrownBy(() -> journal.payouts.ends(DAY.statuses(PayoutStatus.UNKNOWN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("statuses: ");
    }
}
