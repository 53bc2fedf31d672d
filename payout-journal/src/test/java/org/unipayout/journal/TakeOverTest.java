package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.START;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.SimulatedProvider.Fault;

/** Payouts that were sent by direct calls before there was a journal. */
class TakeOverTest {
    private static final PayoutRequest ASKED =
            JournalFixture.request("r-1").toBuilder().requestedAt(START).build();
    private static final List<Resubmission> RULES = List.of(SAME_HANDLE, SAME_REFERENCE, AFTER_ABSENCE);

    /** A merchant's direct calls, an hour before the journal sees anything. */
    private static PayoutRef directly(JournalFixture journal, boolean sent) {
        PayoutRef ref = journal.provider.prepare(ASKED).ref();
        if (sent) {
            ref = journal.provider.submit(ref, ASKED).ref();
        }
        journal.clock.advance(Duration.ofHours(1));
        return ref;
    }

    private static PayoutRecord takeOver(JournalFixture journal, PayoutRef ref) {
        return journal.payouts.by(ANNA).takeOver(ref, ASKED, SimulatedProvider.NAME);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_ofOneThatWasSent_isCarriedToItsEndAndNeverSentAgain(Databases database) {
        for (Resubmission rule : RULES) {
            JournalFixture journal = new JournalFixture(database, rule);
            PayoutRef ref = directly(journal, true);

            assertThat(takeOver(journal, ref).status()).isEqualTo(PayoutStatus.PROCESSING);
            journal.provider.settle("r-1");
            PayoutRecord ended = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3);

            assertThat(ended.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(ended.requestedAt()).isEqualTo(START);
            assertThat(journal.provider.payments("r-1")).isOne();
            assertThat(journal.provider.submits("r-1")).isOne();
            assertThat(journal.story("r-1")).contains("by a direct call").contains("by anna");
            assertThat(journal.payouts.verifyHistory()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_whenItDoesNotShow_isNotSentBeforeAPersonDecides(Databases database) {
        for (Resubmission rule : RULES) {
            JournalFixture journal = new JournalFixture(database, rule);
            PayoutRef ref = directly(journal, false);

            assertThat(takeOver(journal, ref).status()).isEqualTo(PayoutStatus.UNKNOWN);
            PayoutRecord waiting = journal.recover(journal.payouts, "r-1", Duration.ofHours(1), 30);

            assertThat(journal.provider.submits("r-1")).isZero();
            assertThat(waiting.attention()).as(rule.toString()).contains(Attention.DECISION_NEEDED);
            journal.payouts.by(ANNA).resubmit("r-1");
            journal.recover(journal.payouts, "r-1", Duration.ofHours(1), 3);
            assertThat(journal.provider.submits("r-1")).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_whileTheProviderCannotBeAsked_isUnknownAndAskedLater(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        PayoutRef ref = directly(journal, true);
        journal.provider.fault(Operation.GET, Fault.REQUEST_LOST);

        assertThat(takeOver(journal, ref).status()).isEqualTo(PayoutStatus.UNKNOWN);
        journal.clock.advance(Duration.ofMinutes(1));
        assertThat(journal.payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.submits("r-1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_again_changesNothing_andAnotherIdOrContentIsAConflict(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        PayoutRef ref = directly(journal, true);
        takeOver(journal, ref);
        int rows = Tables.count(journal.dataSource, "payout_journal_history");

        takeOver(journal, ref);

        assertThat(Tables.count(journal.dataSource, "payout_journal_history")).isEqualTo(rows);
        assertThatThrownBy(() -> takeOver(journal, ref.withProviderId("id-of-another")))
                .isInstanceOf(PayoutConflictException.class)
                .hasMessageContaining("providerId");
        assertThatThrownBy(() -> journal.payouts.pay(
                        ASKED.toBuilder().description("Bonus").build(), SimulatedProvider.NAME, Confirmation.MANUAL))
                .isInstanceOf(PayoutConflictException.class);
        assertThat(journal.provider.submits("r-1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_byTwoAtOnce_takesItOverOnce(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        PayoutRef ref = directly(journal, true);
        AtomicBoolean first = new AtomicBoolean(true);
        DataSource seen = new FaultyDatabase(journal.dataSource).seenBy(place -> {
            if (place == FaultyDatabase.Place.FIRST_WRITE && first.getAndSet(false)) {
                takeOver(journal, ref);
            }
        });
        Payouts second = Payouts.builder(seen)
                .provider(SimulatedProvider.NAME, journal.provider)
                .time(journal.clock, journal.clock::advance, () -> 1.0)
                .build();

        PayoutRecord record = second.by(ANNA).takeOver(ref, ASKED, SimulatedProvider.NAME);

        assertThat(record.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.story("r-1")).containsOnlyOnce("by a direct call");
        assertThat(journal.provider.submits("r-1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_underFourEyes_sendsNothingOnOneActorsWord(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        Payouts strict = journal.journal(builder -> builder.fourEyes(Verb.PAY));
        PayoutRef ref = directly(journal, false);

        strict.by(ANNA).takeOver(ref, ASKED, SimulatedProvider.NAME);
        PayoutRecord waiting = journal.recover(strict, "r-1", Duration.ofHours(1), 30);

        assertThat(waiting.attention()).contains(Attention.APPROVAL_NEEDED);
        assertThatThrownBy(() -> strict.by(ANNA).resubmit("r-1")).isInstanceOf(IllegalStateException.class);
        strict.by(BORIS).approve("r-1", waiting.order().orElseThrow().hash());
        journal.recover(strict, "r-1", Duration.ofHours(1), 3);
        assertThat(journal.provider.submits("r-1")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_ofOneThatWaitsForConfirmation_confirmsNothingByItself(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.confirms = true;
        PayoutRef ref = directly(journal, true);
        Payouts payouts = journal.journal(builder -> builder.afterAbsence(Absence.RESUBMIT));

        payouts.by(ANNA).takeOver(ref, ASKED, SimulatedProvider.NAME);
        PayoutRecord waiting = journal.recover(payouts, "r-1", Duration.ofHours(1), 3);

        assertThat(waiting.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(journal.provider.payments("r-1")).isZero();
        payouts.by(ANNA).confirm("r-1");
        assertThat(journal.provider.payments("r-1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_ofWhatDoesNotBelongTogether_isRefusedByTheFieldsNameAndStoresNothing(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        PayoutRef ref = directly(journal, true);
        PayoutOrders anna = journal.payouts.by(ANNA);
        PayoutRequest otherAmount = PayoutRequest.builder("r-1", Money.ofMinor(1, "KZT"), ASKED.recipient())
                .requestedAt(START)
                .build();
        Instant future = journal.clock.instant().plusSeconds(1);

        assertThatThrownBy(() -> anna.takeOver(ref, otherAmount, SimulatedProvider.NAME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ref: ");
        assertThatThrownBy(() -> anna.takeOver(PayoutRef.of("other", ASKED), ASKED, SimulatedProvider.NAME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ref: ");
        for (PayoutRequest undated : List.of(
                JournalFixture.request("r-1"),
                ASKED.toBuilder().requestedAt(future).build())) {
            assertThatThrownBy(() -> anna.takeOver(ref, undated, SimulatedProvider.NAME))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("requestedAt: ");
        }
        assertThat(Tables.count(journal.dataSource, "payout_journal")).isZero();
    }

    /** The intent was stored within a transaction, and sent by the old program before a worker came to it. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_ofOneThatIsStoredAndNotSent_isNotSentBesides(Databases database) throws SQLException {
        for (Confirmation confirmation : Confirmation.values()) {
            JournalFixture journal = new JournalFixture(database, AFTER_ABSENCE);
            try (Connection connection = journal.dataSource.getConnection()) {
                connection.setAutoCommit(false);
                journal.payouts.pay(connection, ASKED, SimulatedProvider.NAME, confirmation);
                connection.commit();
            }
            PayoutRef ref = directly(journal, true);
            journal.provider.hiddenFor = Duration.ofHours(2);

            assertThat(takeOver(journal, ref).status()).isEqualTo(PayoutStatus.UNKNOWN);
            journal.recover(journal.payouts, "r-1", Duration.ofMinutes(30), 10);

            assertThat(journal.provider.payments("r-1")).isOne();
            assertThat(journal.payouts.verifyHistory()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_withTheQueuesNumberAgain_afterThePayoutGotItsId_changesNothing(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        PayoutRef queued = directly(journal, true).withQueueId("7");
        assertThat(takeOver(journal, queued).payout().ref().queueId()).isEmpty();

        assertThat(takeOver(journal, queued).status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_againWithTheIdThatWasMissing_isAskedAboutByIt(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.findsOnlyIds = true;
        PayoutRef ref = directly(journal, true);
        assertThat(takeOver(journal, PayoutRef.of(SimulatedProvider.NAME, ASKED))
                        .status())
                .isEqualTo(PayoutStatus.UNKNOWN);
        journal.clock.advance(Duration.ofMinutes(5));

        assertThat(takeOver(journal, ref).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.submits("r-1")).isOne();
    }

    /** How often direct calls sent it nobody knows here: the first was paid, and the last one shows, which failed. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_whereEachSendIsAPayoutOfItsOwn_theFailureOfOneIsNotTheEnd(Databases database) {
        JournalFixture journal = new JournalFixture(database, AFTER_ABSENCE);
        PayoutRef ref = directly(journal, true);
        journal.provider.state("r-1", PayoutStatus.FAILED);

        PayoutRecord open = takeOver(journal, ref);

        assertThat(open.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(open.attention()).contains(Attention.END_UNPROVEN);
        assertThat(open.openVerbs()).contains(Verb.SETTLE);
    }

    /** How often it was sent by direct calls is not known, nor which of these sends the failure is of. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_afterTheProviderMayHaveForgottenTheFirstSend_itsFailureIsPutToAPerson(Databases database) {
        JournalFixture journal = new JournalFixture(database, new Resubmission.Replays(Duration.ofMinutes(30)));
        PayoutRef ref = directly(journal, true);
        journal.provider.state("r-1", PayoutStatus.FAILED);

        takeOver(journal, ref);
        PayoutRecord later = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3);

        assertThat(later.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(later.openVerbs()).contains(Verb.SETTLE);
    }

    /** What a cancel answers is of one send as well. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void cancel_whereALaterSendMayBeAnotherPayout_isNoEnd(Databases database) {
        JournalFixture journal = new JournalFixture(database, new Resubmission.Replays(Duration.ofMinutes(30)));
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.ANSWER_LOST);
        journal.provider.onGet = ref -> {
            throw new IllegalStateException("down");
        };
        journal.pay("r-1");
        journal.clock.advance(Duration.ofHours(1));
        journal.payouts.recoverNow("r-1");
        journal.payouts.by(ANNA).resubmit("r-1");
        assertThat(journal.provider.payments("r-1")).isOne();
        journal.provider.onGet = null;
        journal.provider.state("r-1", PayoutStatus.CANCELED);

        assertThat(journal.payouts.by(ANNA).cancel("r-1").status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3)
                        .openVerbs())
                .contains(Verb.SETTLE);
    }
}
