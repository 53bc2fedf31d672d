package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.journal.SimulatedProvider.Fault;

class PayoutsTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_clearAnswers_endsPaidOnce(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);

        assertThat(journal.pay("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
        journal.provider.settle("r-1");
        journal.clock.advance(Duration.ofMinutes(1));

        assertThat(journal.payouts.recoverNow()).isZero();
        assertThat(journal.status("r-1")).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
        assertThat(journal.payouts.find("r-1").orElseThrow().payout().rrn()).contains("123456789012");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_sameContentAgain_givesTheStoredPayout(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        journal.pay("r-1");

        PayoutRecord again = journal.pay("r-1");

        assertThat(again.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_otherContent_namesTheFieldsAndNotTheValues(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        journal.pay("r-1");
        PayoutRequest other = PayoutRequest.builder(
                        "r-1", Money.ofMinor(99_999, "KZT"), new Recipient.SavedCard("token-2"))
                .description("Salary")
                .build();

        assertThatThrownBy(() -> journal.payouts.pay(other, SimulatedProvider.NAME))
                .isInstanceOfSatisfying(
                        PayoutConflictException.class,
                        conflict ->
                                assertThat(conflict.fields()).containsExactlyInAnyOrder("amount", "recipient.token"))
                .hasMessageNotContaining("99999")
                .hasMessageNotContaining("token-2");
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_twoHundredAtOnce_submitsOnce(Databases database) throws Exception {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        Payouts otherMachine = journal.journal(builder -> builder);
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try {
            List<Callable<PayoutRecord>> calls = IntStream.range(0, 200)
                    .mapToObj(i -> (Callable<PayoutRecord>) () ->
                            (i % 2 == 0 ? journal.payouts : otherMachine).pay(request("r-1"), SimulatedProvider.NAME))
                    .toList();
            for (Future<PayoutRecord> call : threads.invokeAll(calls)) {
                assertThat(call.get().reference()).isEqualTo("r-1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(journal.provider.events()).containsOnlyOnce("SUBMIT r-1");
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_callerRollsBack_leavesNeitherPayoutNorTask(Databases database) throws Exception {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        try (Connection connection = journal.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            journal.payouts.pay(connection, request("r-1"), SimulatedProvider.NAME);
            connection.rollback();
        }

        assertThat(journal.payouts.find("r-1")).isEmpty();
        assertThat(Tables.count(journal.dataSource, "payout_journal_task")).isZero();
        assertThat(journal.provider.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_callerCommits_isPaidByTheNextLook(Databases database) throws Exception {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        try (Connection connection = journal.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            journal.payouts.pay(connection, request("r-1"), SimulatedProvider.NAME);
            journal.payouts.pay(connection, request("r-1"), SimulatedProvider.NAME);
            connection.commit();
        }
        assertThat(Tables.count(journal.dataSource, "payout_journal_task")).isEqualTo(1);
        assertThat(journal.provider.events()).isEmpty();

        journal.payouts.recoverNow();

        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void pay_notSent_isSentAgainUnderTheSameReference() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT, Fault.REFUSED_FOR_NOW);

        assertThat(journal.pay("r-1").status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 2)
                        .status())
                .isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void pay_refused_endsFailedWithTheReason() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REFUSED);

        PayoutRecord record = journal.pay("r-1");

        assertThat(record.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(record.payout().decline().orElseThrow().code()).isEqualTo("E7");
        assertThat(journal.story("r-1")).contains("Refused in English.");
    }

    @Test
    void pay_prepareUnclear_preparesAgain() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.fault(Operation.PREPARE, Fault.REQUEST_LOST, Fault.NOT_SENT, Fault.BROKEN);

        assertThat(journal.pay("r-1").status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3)
                        .status())
                .isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void confirm_manual_letsItGoOnceAndOnlyWhenOrdered() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;
        journal.payouts.pay(request("r-1"), SimulatedProvider.NAME, Confirmation.MANUAL);
        assertThat(journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3)
                        .status())
                .isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(journal.provider.payments("r-1")).isZero();

        assertThat(journal.payouts.by(ANNA).confirm("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.payouts.by(ANNA).confirm("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.events()).containsOnlyOnce("CONFIRM r-1");
    }

    @Test
    void confirm_automatic_needsNobody() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;

        journal.pay("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 1);

        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void cancel_beforeAnythingIsSent_endsCanceledForGood() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        journal.provider.fault(Operation.PREPARE, Fault.NOT_SENT);
        journal.pay("r-1");

        assertThat(journal.payouts.by(ANNA).cancel("r-1").status()).isEqualTo(PayoutStatus.CANCELED);
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 2);
        assertThat(journal.provider.payments()).isZero();
    }

    @Test
    void cancel_unclear_isNotConfirmedAutomatically() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;
        journal.provider.fault(Operation.CONFIRM, Fault.NOT_SENT);
        journal.provider.fault(Operation.CANCEL, Fault.REQUEST_LOST);
        assertThat(journal.pay("r-1").status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);

        journal.payouts.by(ANNA).cancel("r-1");
        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3);

        assertThat(record.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(journal.provider.payments()).isZero();
    }

    @Test
    void confirm_refused_isFlaggedAndOnlyAskedAbout() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;
        journal.provider.fault(Operation.CONFIRM, Fault.REFUSED);

        journal.pay("r-1");
        PayoutRecord record = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3);

        assertThat(record.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(record.attention()).contains(Attention.CONFIRMATION_REFUSED);
        assertThat(journal.provider.events()).containsOnlyOnce("CONFIRM r-1");

        PayoutRecord ordered = journal.payouts.by(ANNA).confirm("r-1");
        assertThat(ordered.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(ordered.attention()).isEmpty();
    }

    @Test
    void cancel_refused_hasNoEffectAndThePayoutGoesOn() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;
        journal.provider.fault(Operation.CANCEL, Fault.REFUSED);
        journal.payouts.pay(request("r-1"), SimulatedProvider.NAME, Confirmation.MANUAL);

        assertThatThrownBy(() -> journal.payouts.by(ANNA).cancel("r-1")).isInstanceOf(PayoutRejectedException.class);
        assertThat(journal.payouts.by(ANNA).confirm("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @Test
    void cancel_accepted_endsCanceled() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;
        journal.payouts.pay(request("r-1"), SimulatedProvider.NAME, Confirmation.MANUAL);

        assertThat(journal.payouts.by(ANNA).cancel("r-1").status()).isEqualTo(PayoutStatus.CANCELED);
        assertThat(journal.provider.payments()).isZero();
    }

    @Test
    void hostedForm_isNeverSubmittedAndFollowsTheRecipient() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.formless = false;
        PayoutRequest form = PayoutRequest.builder(
                        "r-1",
                        Money.ofMinor(15_000, "KZT"),
                        new Recipient.HostedForm(URI.create("https://shop.example/back")))
                .build();

        assertThat(journal.payouts.pay(form, SimulatedProvider.NAME).status())
                .isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        journal.provider.state("r-1", PayoutStatus.SUCCEEDED);
        assertThat(journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 1)
                        .status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(journal.provider.events()).doesNotContain("SUBMIT r-1");
    }

    @Test
    void find_justAsked_isAnsweredFromTheDatabase() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.pay("r-1");
        for (int i = 0; i < 5; i++) {
            journal.payouts.find("r-1");
        }
        assertThat(journal.provider.events()).doesNotContain("GET r-1");

        journal.clock.advance(Duration.ofMinutes(1));
        journal.payouts.find("r-1");
        journal.payouts.find("r-1");
        assertThat(journal.provider.events()).containsOnlyOnce("GET r-1");
    }

    @Test
    void recoverNow_onePayoutOfAnUnknownProvider_doesNotStopTheOthers() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts withMore = journal.journal(builder -> builder.provider("other", journal.provider));
        journal.provider.fault(Operation.PREPARE, Fault.NOT_SENT, Fault.NOT_SENT);
        withMore.pay(request("r-1"), "other");
        journal.pay("r-2");
        journal.clock.advance(Duration.ofMinutes(1));

        assertThat(journal.payouts.recoverNow()).isEqualTo(2);
        assertThat(journal.provider.payments("r-2")).isEqualTo(1);
        assertThat(journal.provider.payments("r-1")).isZero();
    }
}
