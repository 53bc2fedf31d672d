package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Inbox;
import org.unipayout.journal.internal.store.Sealer;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Walks;

/** Notifications about something else, such as the card payments of the same shop: they cost nothing and do not stay. */
class ForeignNotificationsTest {
    private static final int MANY = 50_000;
    private static final int LOOKS = 15;

    @Test
    void finishedPayout_besideManyForeignNotifications_costsWhatItCostsWithoutThem() {
        JournalFixture journal = paid(Databases.H2);
        Store store = store(journal.dataSource);
        long alone = leastCpuTime(() -> look(journal, store));

        notifications(Databases.H2, journal.dataSource, "card", MANY, START);

        assertThat(leastCpuTime(() -> look(journal, store)))
                .as("nanoseconds beside %d foreign notifications, and without them", MANY)
                .isLessThan(5 * alone + Duration.ofMillis(5).toNanos());
    }

    /** What a worker does with a payout that is over: a last look, and the question whether it may let go. */
    private static void look(JournalFixture journal, Store store) {
        journal.payouts.recoverNow("r-1");
        assertThat(store.isWithoutTask(store.load("r-1").orElseThrow(), false)).isFalse();
    }

    /** H2 works in the thread that asks it, so the machine may be as busy as it likes. */
    private static long leastCpuTime(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.range(0, LOOKS)
                .map(any -> {
                    long startedAt = threads.getCurrentThreadCpuTime();
                    work.run();
                    return threads.getCurrentThreadCpuTime() - startedAt;
                })
                .min()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sweep_foreignNotificationsOfLongAgo_letsThemGoSomeAtATime(Databases database) {
        JournalFixture journal = paid(database);
        notifications(database, journal.dataSource, "card", Inbox.FORGOTTEN_AT_ONCE + 10, START);
        notifications(database, journal.dataSource, "r", 1, START);
        journal.clock.advance(Duration.ofDays(30));
        notifications(database, journal.dataSource, "young", 5, journal.clock.instant());

        journal.payouts.sweep();
        assertThat(left(journal)).isEqualTo(1 + 5 + Inbox.FORGOTTEN_AT_ONCE + 10);

        journal.clock.advance(Duration.ofSeconds(1));
        journal.payouts.sweep();
        assertThat(left(journal)).isEqualTo(1 + 5 + 10);
        journal.payouts.sweep();
        journal.payouts.sweep();
        assertThat(left(journal)).isEqualTo(1 + 5);
        journal.payouts.recoverNow("r-1");
        assertThat(journal.story("r-1")).contains("A notification of the provider arrived");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sweep_finalPayoutWithANotification_isLookedAtAgain(Databases database) {
        JournalFixture journal = paid(database);
        notifications(database, journal.dataSource, "card", 10, START);
        journal.payouts.sweep();
        assertThat(Tables.count(journal.dataSource, "payout_journal_task")).isZero();

        Tables.edit(journal.dataSource, insert(START, "'by-id'", "null", "'id-r-1'", ""));

        journal.payouts.sweep();
        assertThat(Tables.texts(journal.dataSource, "select task_instance from payout_journal_task"))
                .containsExactly("r-1");
        assertThat(new Walks(new Database(journal.dataSource), 10).unfinished(false))
                .containsExactly(List.of("r-1"));
    }

    @Test
    void keepForeignNotifications_notPositive_isRefused() {
        assertThatThrownBy(() -> Payouts.builder(Databases.H2.fresh()).keepForeignNotifications(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static JournalFixture paid(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        assertThat(journal.payouts.pay(request("r-1"), SimulatedProvider.NAME).status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
        Tables.edit(journal.dataSource, "delete from payout_journal_task");
        return journal;
    }

    private static Store store(DataSource dataSource) {
        return new Store(new Database(dataSource), new Sealer(null), RowHashes.PLAIN, "one");
    }

    private static int left(JournalFixture journal) {
        return Tables.count(journal.dataSource, "payout_journal_webhook");
    }

    /** Notifications that name {@code prefix-1}, {@code prefix-2} and so on. */
    static void notifications(Databases database, DataSource dataSource, String prefix, int count, Instant receivedAt) {
        String numbers = database == Databases.H2 ? "system_range(1, %d) as n" : "generate_series(1, %d) as n(x)";
        String name = "concat('" + prefix + "-', n.x)";
        Tables.edit(dataSource, insert(receivedAt, name, name, name, " from " + numbers.formatted(count)));
    }

    private static String insert(Instant at, String key, String reference, String providerId, String from) {
        return "insert into payout_journal_webhook (provider, dedupe_hash, type, trust, reference, provider_id,"
                + " received_at) select '" + SimulatedProvider.NAME + "', " + key + ", 'changed', 'VERIFIED', "
                + reference + ", " + providerId + ", timestamp with time zone '"
                + at.toString().replace('T', ' ').replace("Z", "+00") + "'" + from;
    }
}
