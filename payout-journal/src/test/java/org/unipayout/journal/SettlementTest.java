package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.Word;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.run.Checkpoint;

/** A person's word: it stays, what contradicts it is told, and what the person has seen is not told for ever. */
class SettlementTest extends SignedJournal {
    @Test
    void referenceOfAnotherPayout_settledByAPerson_isNoNewsAnyMore() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        pay();
        journal.provider.strangeAnswer = Evidence.Kind.OTHER_PAYOUT;
        assertThat(recover(Duration.ofMinutes(5), 2).attention()).contains(Attention.CONTRADICTION);

        payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line of ours"));
        assertThat(recover(Duration.ofHours(3), 1).attention())
                .as("whoever settled it may not have seen the last answer")
                .contains(Attention.CONTRADICTION);
        payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line of ours"));
        PayoutRecord watched = look(4);
        assertThat(watched.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(watched.attention()).isEmpty();

        journal.provider.strangeAnswer = null;
        journal.provider.settle("r-1");
        assertThat(recover(Duration.ofHours(3), 1).attention())
                .as("that ours was paid is news")
                .contains(Attention.CONTRADICTION);
    }

    @Test
    void settle_isKeptAsAPersonsWord_andContradictedLoudly() {
        payWithoutAnAnswer();

        PayoutRecord settled =
                payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line in the statement of 1 March"));
        assertThat(settled.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(settled.word()).isEqualTo(Word.PERSON);
        assertThat(journal.story("r-1")).contains("anna", "no line in the statement of 1 March");

        journal.provider.settle("r-1");
        journal.clock.advance(Duration.ofHours(20));
        PayoutRecord contradicted = payouts.recoverNow("r-1");
        assertThat(contradicted.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(contradicted.attention()).contains(Attention.CONTRADICTION);

        assertThatThrownBy(() -> payouts.by(ANNA).settle("r-1", Settlement.paid("statement of 2 March")))
                .isInstanceOf(IllegalStateException.class);
        PayoutRecord overruled = payouts.by(ANNA)
                .settle("r-1", Settlement.paid("statement of 2 March").overruling());
        assertThat(overruled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(overruled.attention()).isEmpty();
        assertThat(payouts.verifyHistory("r-1")).isEmpty();
    }

    @Test
    void settle_asReturned_endsWhatNobodyTells() {
        payWithoutAnAnswer();

        PayoutRecord settled =
                payouts.by(ANNA).settle("r-1", Settlement.returned("statement of 1 March, lines 3 and 9"));
        journal.provider.settle("r-1");
        journal.clock.advance(Duration.ofHours(20));
        PayoutRecord asked = payouts.recoverNow("r-1");

        assertThat(settled.status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(asked.status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(asked.word()).isEqualTo(Word.PERSON);
        assertThat(asked.attention()).as("that it was paid is no news").isEmpty();
        assertThat(asked.payout().decline()).isEmpty();
        assertThat(payouts.verifyHistory("r-1")).isEmpty();
    }

    @Test
    void settle_asReturned_ofOneThatSucceeded_needsNoOverruling_andTheOtherWayRoundDoes() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        pay();
        journal.provider.settle("r-1");
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.SUCCEEDED);

        assertThat(payouts.by(ANNA).settle("r-1", Settlement.returned("line 9")).status())
                .isEqualTo(PayoutStatus.RETURNED);
        assertThatThrownBy(() -> payouts.by(ANNA).settle("r-1", Settlement.paid("line 3")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("overruling");
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "CANCELED", "EXPIRED"})
    void settle_asNotPaid_andTheProviderSaysSoInItsOwnWords_isNoContradiction(PayoutStatus word) {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        pay();
        journal.clock.advance(Duration.ofHours(20));
        journal.provider.onGet = ref ->
                Payout.builder(ref, PayoutStatus.PROCESSING, "on its way").build();
        recover(Duration.ofHours(20), 2);
        payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line"));
        journal.provider.onGet = ref -> Payout.builder(ref, word, "over")
                .decline(word == PayoutStatus.FAILED ? Answers.settledAsNotPaid() : null)
                .build();

        assertThat(look(3).attention()).isEmpty();
        assertThat(receive("k-1 r-1 id-r-1 " + word + " 15000").orElseThrow().attention())
                .isEmpty();
        assertThat(payouts.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void settle_afterTwoPayments_thatTheProviderGoesOnListing_staysSettled() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        pay();
        journal.provider.onGet = paidTwice("two are listed");
        assertThat(look(1).attention()).contains(Attention.PAID_TWICE);
        assertThatThrownBy(() -> payouts.by(ANNA).settle("r-1", Settlement.returned("the second one came back")))
                .as("the first one did not")
                .isInstanceOf(IllegalStateException.class);

        Settlement word = Settlement.paid("the second one came back");
        payouts.by(ANNA).settle("r-1", word);
        assertThat(look(1).attention()).contains(Attention.PAID_TWICE);
        payouts.by(ANNA).settle("r-1", word);

        assertThat(look(4).attention()).isEmpty();
        journal.provider.onGet = paidTwice("three are listed");
        assertThat(look(1).attention()).as("a third one is news").contains(Attention.PAID_TWICE);
    }

    @Test
    void settle_whereItIsNotOpen_isRefused() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        pay();
        assertThatThrownBy(() -> payouts.by(ANNA).settle("r-1", Settlement.paid("statement")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not stand still");
        journal.provider.settle("r-1");
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThatThrownBy(() -> payouts.by(ANNA).settle("r-1", Settlement.notPaid("statement")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("overruling");
        assertThatThrownBy(() -> Settlement.paid(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Function<PayoutRef, Payout> paidTwice(String words) {
        return ref -> Payout.builder(ref, PayoutStatus.SUCCEEDED, "paid")
                .evidence(new Evidence(Evidence.Kind.PAID_TWICE, words))
                .build();
    }

    private static Function<PayoutRef, Payout> byAnotherId(PayoutStatus status) {
        return ref ->
                Payout.builder(ref.withProviderId("id-2"), status, "theirs").build();
    }

    private static Payout failed(PayoutRef ref) {
        return Payout.builder(ref, PayoutStatus.FAILED, "declined")
                .decline(Answers.settledAsNotPaid())
                .build();
    }

    /** The provider has it, and shows it only after twenty hours. */
    private void payWithoutAnAnswer() {
        at(Databases.H2, AFTER_ABSENCE, Absence.ASK_MERCHANT);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofHours(20);
        pay();
        recover(Duration.ofHours(3), 3);
    }

    /** Some looks, hours apart, whatever the status is. */
    private PayoutRecord look(int times) {
        for (int i = 1; i < times; i++) {
            journal.clock.advance(Duration.ofHours(3));
            payouts.recoverNow("r-1");
        }
        journal.clock.advance(Duration.ofHours(3));
        return payouts.recoverNow("r-1");
    }

    private void settleTwice(Settlement word) {
        payouts.by(ANNA).settle("r-1", word);
        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
        payouts.by(ANNA).settle("r-1", word);
        assertThat(look(2).attention()).isEmpty();
    }

    @Test
    void settledTwice_anotherAnswerOfTheSameKind_isNews() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        pay();
        journal.provider.onGet = byAnotherId(PayoutStatus.PROCESSING);
        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
        settleTwice(Settlement.notPaid("no line"));

        journal.provider.onGet = byAnotherId(PayoutStatus.SUCCEEDED);

        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
    }

    @Test
    void settledOnce_andAfterAnotherAnswer_theFirstIsNewsAgain() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        pay();
        for (PayoutStatus status : List.of(PayoutStatus.PROCESSING, PayoutStatus.SUCCEEDED)) {
            journal.provider.onGet = byAnotherId(status);
            assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
            payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line"));
        }

        journal.provider.onGet = byAnotherId(PayoutStatus.PROCESSING);

        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
    }

    @Test
    void settledOtherwise_anAnswerThatAgreedWithTheFirstWord_isNews() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        pay();
        look(10);
        payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line"));
        journal.provider.onGet =
                ref -> Payout.builder(ref, PayoutStatus.SUCCEEDED, "paid").build();
        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
        settleTwice(Settlement.notPaid("no line").overruling());
        payouts.by(ANNA).settle("r-1", Settlement.paid("line 3").overruling());
        assertThat(look(1).attention()).isEmpty();

        payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line").overruling());

        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
    }

    @Test
    void settledTwice_whatIsPaidInstead_isStillHeldBackByTheSameAnswer() {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        SimulatedProvider other = new SimulatedProvider(journal.clock, SAME_REFERENCE);
        payouts = journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, SIGNED)
                .provider("other", other)
                .fourEyes(Verb.PAY));
        payouts.by(ANNA).pay(request("r-1"), SimulatedProvider.NAME, Confirmation.AUTOMATIC);
        payouts.by(BORIS).approve("r-1", waiting("r-1"));
        Function<PayoutRef, Payout> onItsWay = ref ->
                Payout.builder(ref, PayoutStatus.PROCESSING, "on its way").build();
        journal.provider.onGet = onItsWay;
        look(10);
        payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line"));
        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
        settleTwice(Settlement.notPaid("no line"));
        journal.provider.onGet = SettlementTest::failed;
        payouts.by(ANNA).instead("r-1", request("r-2"), "other", Confirmation.AUTOMATIC);
        journal.provider.onGet = onItsWay;

        look(1);
        payouts.by(BORIS).approve("r-2", waiting("r-2"));
        payouts.recoverNow("r-2");

        assertThat(payouts.stored("r-1").orElseThrow().attention()).contains(Attention.CONTRADICTION);
        assertThat(other.payments("r-2")).isZero();
    }

    private String waiting(String reference) {
        return payouts.stored(reference).orElseThrow().order().orElseThrow().hash();
    }

    // ---- money by another id

    @Test
    void moneyByAnotherId_thenOursNotStarted_isNotSentAgain() {
        at(Databases.H2, SAME_HANDLE, Absence.ASK_MERCHANT);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        journal.provider.onGet = byAnotherId(PayoutStatus.SUCCEEDED);
        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
        journal.provider.onGet = null;

        assertThat(look(3).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(journal.provider.events()).containsOnlyOnce("SUBMIT r-1");
    }

    @ParameterizedTest
    @EnumSource(Confirmation.class)
    void moneyByAnotherId_thenOursWaits_isNotConfirmed(Confirmation confirmation) {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        journal.provider.confirms = true;
        journal.provider.fault(Operation.CONFIRM, Fault.NOT_SENT);
        payouts.pay(request("r-1"), SimulatedProvider.NAME, confirmation);
        long confirmed = confirms();
        journal.provider.onGet = byAnotherId(PayoutStatus.SUCCEEDED);
        receive("k-1 r-1 id-r-1 AWAITING_CONFIRMATION 15000");
        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
        journal.provider.onGet = null;

        PayoutRecord waits = look(3);

        assertThat(waits.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(waits.openVerbs()).doesNotContain(Verb.CONFIRM);
        assertThatThrownBy(() -> payouts.by(ANNA).confirm("r-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another id");
        assertThat(confirms()).isEqualTo(confirmed);
    }

    private long confirms() {
        return journal.provider.events().stream().filter("CONFIRM r-1"::equals).count();
    }

    // ---- one of several sends has ended

    @Test
    void failureOfOneSend_toldByTheLookBeforeTheNext_holdsThatBack() {
        at(Databases.H2, AFTER_ABSENCE, Absence.ASK_MERCHANT);
        twoSendsUnclear(Fault.ANSWER_LOST);
        journal.provider.onGet = SettlementTest::failed;

        payouts.by(ANNA).resubmit("r-1");

        assertThat(payouts.stored("r-1").orElseThrow().attention()).contains(Attention.END_UNPROVEN);
        journal.provider.onGet = null;
        PayoutRecord later = look(3);
        assertThat(later.openVerbs()).doesNotContain(Verb.RESUBMIT).contains(Verb.SETTLE);
        assertThat(journal.provider.events().stream().filter("SUBMIT r-1"::equals))
                .hasSize(2);
    }

    @Test
    void failureOfOneSend_afterARestore_stillLetsNoOtherOut() {
        at(Databases.H2, AFTER_ABSENCE, Absence.ASK_MERCHANT);
        twoSendsUnclear(Fault.REQUEST_LOST);
        journal.provider.onGet = SettlementTest::failed;
        assertThat(look(1).attention()).contains(Attention.END_UNPROVEN);
        journal.provider.onGet = null;

        Instant now = journal.clock.instant();
        payouts.by(ANNA).restored(now.minus(Duration.ofHours(1)), now);
        PayoutRecord after = look(5);

        assertThat(after.attention()).contains(Attention.END_UNPROVEN);
        assertThat(after.openVerbs()).contains(Verb.SETTLE).doesNotContain(Verb.RESUBMIT);
    }

    private void twoSendsUnclear(Fault first) {
        journal.provider.hiddenFor = Duration.ofDays(999);
        journal.provider.fault(Operation.SUBMIT, first, Fault.REQUEST_LOST);
        pay();
        recover(Duration.ofMinutes(30), 8);
        payouts.by(ANNA).resubmit("r-1");
        assertThat(recover(Duration.ofMinutes(30), 8).openVerbs()).contains(Verb.RESUBMIT);
    }

    // ---- two notifications at once

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "EXPIRED", "CANCELED"})
    void signedPaid_besideALaterSignedFailure_isForAPerson(PayoutStatus later) {
        at(Databases.H2, SAME_REFERENCE, Absence.ASK_MERCHANT);
        pay();
        journal.provider.state("r-1", PayoutStatus.FAILED);
        assertThat(look(1).status()).isEqualTo(PayoutStatus.FAILED);
        Payouts dying = journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, SIGNED)
                .checkpoints((checkpoint, reference) -> {
                    if (checkpoint == Checkpoint.LEASED) {
                        throw new StackOverflowError();
                    }
                }));
        for (String body : List.of("k-1 r-1 id-r-1 SUCCEEDED 15000", "k-2 r-1 id-r-1 " + later + " 15000")) {
            assertThatThrownBy(() ->
                            dying.webhook(SimulatedProvider.NAME, body.getBytes(StandardCharsets.UTF_8), Map.of()))
                    .isInstanceOf(StackOverflowError.class);
            journal.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(look(1).attention()).contains(Attention.CONTRADICTION);
    }
}
