package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Operation;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.SimulatedProvider.Fault;

/**
 * A machine stands still between two of its transactions, for longer than its lease, while another one carries the
 * payout to its end. Every place between two transactions is tried in turn.
 */
class StandstillTest {
    private static final int MORE_THAN_ALL_TRANSACTIONS = 300;

    /** What happens to a payout beside the standstill. */
    private record Story(String name, Resubmission rule, Duration pause, List<Fault> faults) {
        boolean confirms() {
            return name.equals("confirmed") || isCanceled();
        }

        boolean isCanceled() {
            return name.equals("canceled");
        }

        PayoutRequest request(JournalFixture journal, String reference) {
            PayoutRequest plain = JournalFixture.request(reference);
            return name.equals("expiring")
                    ? plain.toBuilder()
                            .expiresAt(journal.clock.instant().plus(Duration.ofMinutes(5)))
                            .build()
                    : plain;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Story SENT_AGAIN =
            new Story("sent again after absence", AFTER_ABSENCE, Duration.ofMinutes(45), List.of(Fault.REQUEST_LOST));
    private static final Story EXPIRING =
            new Story("expiring", SAME_HANDLE, Duration.ofMinutes(2), List.of(Fault.REQUEST_LOST));

    private static List<Story> stories() {
        Duration minute = Duration.ofMinutes(1);
        Duration longer = Duration.ofMinutes(45);
        return List.of(
                SENT_AGAIN,
                EXPIRING,
                new Story("sent again under the reference", SAME_REFERENCE, minute, List.of(Fault.REQUEST_LOST)),
                new Story("sent again under the handle", SAME_HANDLE, minute, List.of(Fault.REQUEST_LOST)),
                new Story("paid and answer lost", AFTER_ABSENCE, longer, List.of(Fault.ANSWER_LOST)),
                new Story("lost and refused", AFTER_ABSENCE, longer, List.of(Fault.REQUEST_LOST, Fault.REFUSED)),
                new Story("confirmed", SAME_HANDLE, minute, List.of()),
                new Story("canceled", SAME_HANDLE, minute, List.of()));
    }

    private static List<Story> storiesOnPostgresql() {
        return List.of(SENT_AGAIN, EXPIRING);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void standstill_betweenAnyTwoTransactions_leadsToOnePaymentAndATrueEnd(Story story) {
        standStillEverywhere(Databases.H2, story);
    }

    @ParameterizedTest
    @MethodSource("storiesOnPostgresql")
    void standstill_onPostgresql_leadsToOnePaymentAndATrueEnd(Story story) {
        standStillEverywhere(Databases.POSTGRESQL, story);
    }

    private static void standStillEverywhere(Databases database, Story story) {
        JournalFixture journal = new JournalFixture(database, story.rule);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        journal.provider.confirms = story.confirms();
        List<String> wrong = new ArrayList<>();
        int place = 1;
        while (place < MORE_THAN_ALL_TRANSACTIONS && standStill(journal, story, place, wrong)) {
            place++;
        }
        assertThat(wrong).isEmpty();
        assertThat(place).isBetween(10, MORE_THAN_ALL_TRANSACTIONS - 1);
    }

    /** False if the machine came to its end without passing the place. */
    private static boolean standStill(JournalFixture journal, Story story, int place, List<String> wrong) {
        String reference = "r-" + place;
        journal.provider.clearFaults();
        journal.provider.fault(Operation.SUBMIT, story.faults.toArray(Fault[]::new));
        Payouts other = machine(journal, journal.dataSource);
        AtomicInteger passed = new AtomicInteger();
        Payouts standing = machine(journal, Databases.before(journal.dataSource, () -> {
            if (passed.incrementAndGet() == place) {
                carryOn(journal, other, reference, story.pause.dividedBy(2), 12);
            }
        }));
        standing.pay(story.request(journal, reference), SimulatedProvider.NAME, confirmation(story));
        order(standing, story, reference);
        carryOn(journal, standing, reference, story.pause, 12);
        boolean stood = passed.get() >= place;
        carryOn(journal, other, reference, story.pause, 12);
        check(journal, reference, place, wrong);
        return stood;
    }

    private static Confirmation confirmation(Story story) {
        return story.isCanceled() ? Confirmation.MANUAL : Confirmation.AUTOMATIC;
    }

    private static void order(Payouts standing, Story story, String reference) {
        if (story.isCanceled()) {
            try {
                standing.by(ANNA).cancel(reference);
            } catch (PayoutNotSentException e) {
                standing.by(ANNA).confirm(reference); // it stood still before the call, which had no effect then
            }
        }
    }

    /** Looks at it as long as it is open; the time passes in any case. */
    private static void carryOn(JournalFixture journal, Payouts machine, String reference, Duration pause, int looks) {
        for (int i = 0; i < looks; i++) {
            journal.clock.advance(pause);
            if (isOpen(journal, reference)) {
                machine.recoverNow(reference);
            }
        }
    }

    private static boolean isOpen(JournalFixture journal, String reference) {
        return statuses(journal, "select status from payout_journal where reference = '%s'".formatted(reference))
                .stream()
                .anyMatch(status -> !status.isFinal());
    }

    private static List<PayoutStatus> statuses(JournalFixture journal, String sql) {
        return Tables.texts(journal.dataSource, sql).stream()
                .map(PayoutStatus::valueOf)
                .toList();
    }

    private static Payouts machine(JournalFixture journal, DataSource dataSource) {
        return Payouts.builder(dataSource)
                .provider(SimulatedProvider.NAME, journal.provider)
                .time(journal.clock, journal.clock::advance, () -> 1.0)
                .afterAbsence(Absence.RESUBMIT)
                .listener(change -> {})
                .build();
    }

    private static void check(JournalFixture journal, String reference, int place, List<String> wrong) {
        PayoutStatus end = journal.status(reference);
        int payments = journal.provider.payments(reference);
        boolean trueEnd = end.isFinal() && (end == PayoutStatus.SUCCEEDED) == (payments == 1) && payments <= 1;
        if (!trueEnd
                || leavesAnEnd(journal, reference)
                || journal.payouts.verifyHistory(reference).isPresent()) {
            wrong.add("before transaction " + place + ": " + end + ", payments " + payments + "\n"
                    + journal.story(reference));
        }
    }

    private static boolean leavesAnEnd(JournalFixture journal, String reference) {
        PayoutStatus before = PayoutStatus.PREPARED;
        for (PayoutStatus status : statuses(
                journal,
                "select status from payout_journal_history where reference = '%s' order by number"
                        .formatted(reference))) {
            if (before.isFinal() && !before.mayBecome(status)) {
                return true;
            }
            before = status;
        }
        return false;
    }
}
