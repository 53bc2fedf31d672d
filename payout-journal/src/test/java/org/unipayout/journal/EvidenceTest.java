package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.CardNumber;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Word;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.run.Checkpoint;

/** An answer and a notification prove what they prove, about the payout they speak of, and no more. */
class EvidenceTest extends SignedJournal {
    // ---- a signed notification

    @ParameterizedTest
    @EnumSource(Databases.class)
    void signedNotification_indexLags_isAskedAboutByItsIdAndPaidOnce(Databases database) {
        at(database, AFTER_ABSENCE, Absence.RESUBMIT);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        journal.provider.idShowsAtOnce = true;
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();

        receive("k-1 r-1 id-r-1 SUCCEEDED 15000");
        PayoutRecord record = recover(Duration.ofHours(1), 12);

        assertThat(record.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(record.word()).isEqualTo(Word.PROVIDER);
        assertThat(record.payout().ref().providerId()).contains("id-r-1");
        assertThat(record.attention()).isEmpty();
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    @Test
    void signedNotification_askingShowsNothing_itsClaimIsTheLastWordWithAttention() {
        at(Databases.H2, AFTER_ABSENCE, Absence.RESUBMIT);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        pay();
        receive("k-1 r-1 id-r-1 SUCCEEDED 15000");

        assertThat(recover(Duration.ofHours(1), 22).status()).isEqualTo(PayoutStatus.UNKNOWN);
        PayoutRecord record = recover(Duration.ofHours(1), 4);

        assertThat(record.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(record.word()).isEqualTo(Word.SIGNED_NOTIFICATION);
        assertThat(record.attention()).contains(Attention.NOTIFIED_ONLY);
        assertThat(record.openVerbs()).containsExactly(Verb.SETTLE);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
        assertThat(payouts.needingAttention()).hasSize(1);

        PayoutRecord settled = payouts.by(ANNA).settle("r-1", Settlement.paid("statement of 2 March, line 7"));
        assertThat(settled.attention()).isEmpty();
        assertThat(settled.word()).isEqualTo(Word.PERSON);
    }

    @Test
    void signedNotification_decisionWasOpen_isNoLonger() {
        at(Databases.H2, AFTER_ABSENCE, Absence.ASK_MERCHANT);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        pay();
        assertThat(recover(Duration.ofHours(3), 4).openVerbs()).contains(Verb.RESUBMIT);

        PayoutRecord notified = receive("k-1 r-1 id-r-1 PROCESSING 15000").orElseThrow();

        assertThat(notified.openVerbs()).doesNotContain(Verb.RESUBMIT).contains(Verb.SETTLE);
        assertThatThrownBy(() -> payouts.by(ANNA).resubmit("r-1")).isInstanceOf(IllegalStateException.class);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
    }

    /** The number in the queue is in the handle, and everything that speaks of the payout shows its own id. */
    @Test
    void queued_notifiedAndAskedAbout_endsUnderItsOwnId() {
        at(Databases.H2, AFTER_ABSENCE, Absence.RESUBMIT);
        journal.provider.onSubmit = ref -> Payout.builder(ref.withQueueId("7"), PayoutStatus.PROCESSING, "queued")
                .build();
        journal.provider.onGet = ref -> Payout.builder(ref.withProviderId("id-r-1"), PayoutStatus.SUCCEEDED, "paid")
                .build();
        pay();

        PayoutRecord notified = receive("k-1 r-1 id-r-1 SUCCEEDED 15000").orElseThrow();

        assertThat(notified.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(notified.attention()).isEmpty();
        assertThat(notified.payout().ref().providerId()).contains("id-r-1");
    }

    @Test
    void signedNotification_ofAnotherAmount_isNotOursAndIsFlagged() {
        at(Databases.H2, AFTER_ABSENCE, Absence.RESUBMIT);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();

        PayoutRecord notified = receive("k-1 r-1 id-9 SUCCEEDED 999").orElseThrow();

        assertThat(notified.attention()).contains(Attention.CONTRADICTION);
        assertThat(notified.payout().ref().providerId()).isEmpty();
        assertThat(notified.status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void signedNotification_ofASecondPaymentBeforeTheFirstIsPaid_isFlaggedAsPaidTwiceOnceItIs(Databases database) {
        at(database, AFTER_ABSENCE, Absence.RESUBMIT);
        pay();
        assertThat(receive("k-1 r-1 id-2 SUCCEEDED 15000").orElseThrow().attention())
                .contains(Attention.CONTRADICTION);
        journal.provider.settle("r-1");

        assertThat(payouts.recoverNow("r-1").attention()).contains(Attention.PAID_TWICE);
        assertThat(payouts.by(ANNA)
                        .settle("r-1", Settlement.paid("the second one came back"))
                        .attention())
                .isEmpty();
        assertThat(payouts.recoverNow("r-1").attention()).isEmpty();
    }

    @Test
    void signedNotification_ofASecondPayment_isFlaggedAsPaidTwice() {
        at(Databases.H2, AFTER_ABSENCE, Absence.RESUBMIT);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();

        PayoutRecord notified = receive("k-1 r-1 id-2 SUCCEEDED 15000").orElseThrow();

        assertThat(notified.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(notified.attention()).contains(Attention.PAID_TWICE);
        assertThat(notified.openVerbs()).containsExactly(Verb.SETTLE);
    }

    @Test
    void signedReturn_oneStaleAnswer_doesNotUseItUp() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();
        assertThat(receive("k-1 r-1 id-r-1 RETURNED 15000").orElseThrow().status())
                .isEqualTo(PayoutStatus.SUCCEEDED);

        journal.clock.advance(Duration.ofHours(2));
        journal.provider.state("r-1", PayoutStatus.RETURNED);
        journal.clock.advance(Duration.ofHours(2));

        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.RETURNED);
    }

    @Test
    void paid_providerReturnsItWithoutTelling_isSeen() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        journal.provider.returns = true;
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();
        journal.provider.state("r-1", PayoutStatus.RETURNED);

        journal.clock.advance(Duration.ofDays(4));

        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.RETURNED);
    }

    // ---- kinds of refusal

    @Test
    void equalPayout_onAFirstSend_isSentAgainAndNeverParked() {
        at(Databases.H2, AFTER_ABSENCE, Absence.ASK_MERCHANT);
        journal.provider.strangeSubmit = Evidence.Kind.EQUAL_PAYOUT;
        assertThat(pay().status()).isEqualTo(PayoutStatus.PREPARED);
        journal.provider.strangeSubmit = null;

        journal.clock.advance(Duration.ofMinutes(1));
        payouts.recoverNow("r-1");

        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Evidence.Kind.class,
            names = {"UNDOCUMENTED_ANSWER", "OPEN_CODE", "UNIDENTIFIED_ANSWER"})
    void pageThatIsNotTheProviders_waitsForADecisionAndNotForEver(Evidence.Kind page) {
        at(Databases.H2, AFTER_ABSENCE, Absence.ASK_MERCHANT);
        journal.provider.strangeSubmit = page;
        pay();
        journal.provider.strangeSubmit = null;

        PayoutRecord record = recover(Duration.ofHours(3), 3);

        assertThat(record.attention()).contains(Attention.DECISION_NEEDED);
        payouts.by(ANNA).resubmit("r-1");
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void refusedResend_failsByNoWeakerProofThanAResend() {
        at(Databases.H2, AFTER_ABSENCE, Absence.ASK_MERCHANT);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST, Fault.REFUSED);
        journal.provider.hiddenFor = Duration.ofDays(999);
        pay();
        recover(Duration.ofHours(3), 3);
        payouts.by(ANNA).resubmit("r-1");

        PayoutRecord record = recover(Duration.ofHours(3), 6);

        assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.attention()).contains(Attention.DECISION_NEEDED);
        assertThat(record.openVerbs()).contains(Verb.RESUBMIT, Verb.SETTLE);
    }

    @Test
    void referenceOfAnotherPayout_beforeAnythingWasSent_fails() {
        at(Databases.H2, SAME_HANDLE, Absence.ASK_MERCHANT);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        pay();
        journal.provider.strangeAnswer = Evidence.Kind.OTHER_PAYOUT;
        receive("k-1 r-1 id-r-1 PREPARED 15000");

        PayoutRecord record = payouts.recoverNow("r-1");

        assertThat(record.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(record.payout().decline().orElseThrow().code()).isEqualTo("reference-taken");
        assertThat(journal.provider.payments("r-1")).isZero();
    }

    private static List<Arguments> recipientsAndHowAnswersShowThem() {
        return List.of(
                Arguments.of(
                        new Recipient.Card(CardNumber.of("4111111111111111")), "411111******1111", "411111******2222"),
                Arguments.of(
                        Recipient.RussianAccount.builder("044525225", "40817810099910004312", "Test Holder")
                                .build(),
                        "4081***4312",
                        "4081***9999"),
                Arguments.of(new Recipient.Phone("79990000000", "100000000004"), "***0000", "***0001"));
    }

    @ParameterizedTest
    @MethodSource("recipientsAndHowAnswersShowThem")
    void answer_thatShowsAnotherRecipient_isNotBelieved(Recipient recipient, String ours, String anothers) {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        journal.provider.shownRecipient = ours;
        assertThat(pay("r-1", recipient).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        journal.provider.shownRecipient = anothers;

        PayoutRecord record = pay("r-2", recipient);

        assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.payout().hasEvidence(Evidence.Kind.OTHER_PAYOUT)).isTrue();
    }

    @Test
    void anotherPayoutThatWasShown_thoughTheMachineDiedBeforeItFlaggedIt_isForAPerson() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        journal.provider.shownRecipient = "***0001";
        PayoutRequest request = PayoutRequest.builder(
                        "r-1", Money.ofMinor(15_000, "RUB"), new Recipient.Phone("79990000000", "100000000004"))
                .build();
        Payouts dying = journal.journal(builder -> builder.checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.SUBMIT_ANSWER_STORED) {
                throw new StackOverflowError();
            }
        }));
        assertThatThrownBy(() -> dying.pay(request, SimulatedProvider.NAME)).isInstanceOf(StackOverflowError.class);
        journal.provider.shownRecipient = null;

        PayoutRecord record = recover(Duration.ofMinutes(5), 2);

        assertThat(record.attention()).contains(Attention.CONTRADICTION);
    }

    private PayoutRecord pay(String reference, Recipient recipient) {
        return payouts.pay(
                PayoutRequest.builder(reference, Money.ofMinor(15_000, "RUB"), recipient)
                        .build(),
                SimulatedProvider.NAME);
    }

    // ---- before a call has settled

    @Test
    void preparedRightAfterAnUnclearSubmit_isNotSentAgain() {
        at(Databases.H2, SAME_HANDLE, Absence.ASK_MERCHANT);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();

        recover(Duration.ofSeconds(6), 3);
        assertThat(journal.provider.events().stream().filter("SUBMIT r-1"::equals))
                .hasSize(1);

        recover(Duration.ofSeconds(6), 2);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void preparedAfterAnUnclearSubmit_pastItsDeadline_neverExpiresWithoutAPerson() {
        at(Databases.H2, SAME_HANDLE, Absence.ASK_MERCHANT);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        payouts.pay(
                request("r-1").toBuilder()
                        .expiresAt(JournalFixture.START.plusSeconds(3))
                        .build(),
                SimulatedProvider.NAME);

        PayoutRecord record = recover(Duration.ofMinutes(5), 4);

        assertThat(record.status().isFinal()).isFalse();
        assertThat(record.attention()).contains(Attention.END_UNPROVEN);
        assertThat(record.openVerbs()).contains(Verb.CANCEL, Verb.SETTLE);
        assertThat(journal.provider.events().stream().filter("SUBMIT r-1"::equals))
                .hasSize(1);
    }
}
