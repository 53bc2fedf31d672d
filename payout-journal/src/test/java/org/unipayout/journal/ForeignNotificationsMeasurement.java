package org.unipayout.journal;

import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import org.unipayout.PayoutStatus;

/** Prints what a payout costs from its intent to its end, beside notifications about something else: docs/proof.md, foreign-notifications. */
final class ForeignNotificationsMeasurement {
    private static final int WARM_UP = 200;
    private static final int TIMED = 300;
    private static final int[] FOREIGN = {0, 100_000};

    private final PrintStream out;
    private final JournalFixture journal = new JournalFixture(Databases.POSTGRESQL, SAME_HANDLE);
    private int payouts;

    private ForeignNotificationsMeasurement(PrintStream out) {
        this.out = out;
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
    }

    public static void main(String[] arguments) {
        ForeignNotificationsMeasurement measurement = new ForeignNotificationsMeasurement(System.out);
        measurement.time(WARM_UP);
        for (int foreign : FOREIGN) {
            measurement.print(foreign);
        }
        System.exit(0); // the database server has threads of its own
    }

    private void print(int foreign) {
        if (foreign > 0) {
            ForeignNotificationsTest.notifications(Databases.POSTGRESQL, journal.dataSource, "card", foreign, START);
            Tables.edit(journal.dataSource, "analyze payout_journal_webhook");
        }
        long[] nanos = time(TIMED);
        Arrays.sort(nanos);
        out.printf(
                Locale.ROOT,
                "foreign-notifications kept=%d payouts=%d median-ms=%.2f p99-ms=%.2f%n",
                Tables.count(journal.dataSource, "payout_journal_webhook"),
                TIMED,
                nanos[TIMED / 2] / 1e6,
                nanos[TIMED * 99 / 100] / 1e6);
    }

    /** Pays, and looks once more as the worker does with a payout that is over. */
    private long[] time(int count) {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            String reference = "m-" + ++payouts;
            long start = System.nanoTime();
            journal.payouts.pay(request(reference), SimulatedProvider.NAME);
            PayoutStatus end = journal.payouts.recoverNow(reference).status();
            nanos[i] = System.nanoTime() - start;
            if (end != PayoutStatus.SUCCEEDED) {
                throw new IllegalStateException("a payout ended " + end + "; the figures would be worth nothing");
            }
        }
        return nanos;
    }
}
