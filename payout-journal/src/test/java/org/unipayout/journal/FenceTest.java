package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.WebhookEvent;
import org.unipayout.journal.SimulatedProvider.Fault;

/** The provider asks before it pays, and one of its transactions per payout is let through, whatever happens. */
class FenceTest {
    static final Resubmission FENCED = new Resubmission.Fenced(2, Duration.ofSeconds(30));
    static final PayoutFence.Answer YES = new PayoutFence.Answer(200, "text/plain", new byte[] {'y'});
    private static final PayoutFence.Answer NO = new PayoutFence.Answer(200, "text/plain", new byte[] {'n'});

    /** The body is {@code reference id minorUnits}. */
    static final PayoutFence FENCE = request -> {
        String[] parts = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        return new PayoutFence.Question(
                WebhookEvent.builder(SimulatedProvider.NAME, "verification", WebhookEvent.Trust.VERIFIED, parts[1])
                        .reference(parts[0])
                        .providerId(parts[1])
                        .amount(Money.ofMinor(Long.parseLong(parts[2]), "KZT"))
                        .build(),
                YES,
                NO);
    };

    private JournalFixture journal = new JournalFixture(Databases.H2, JournalFixture.SAME_REFERENCE);
    private Payouts payouts = journal.payouts;

    private void at(Databases database) {
        journal = new JournalFixture(database, new Resubmission.SameReference(2, Duration.ofSeconds(30)));
        journal.provider.rule = FENCED;
        payouts = another();
    }

    private Payouts another() {
        return journal.journal(builder ->
                builder.provider(SimulatedProvider.NAME, journal.provider).fence(SimulatedProvider.NAME, FENCE));
    }

    private boolean passes(Payouts machine, String question) {
        return machine.verification(SimulatedProvider.NAME, question.getBytes(StandardCharsets.UTF_8), Map.of())
                .equals(YES);
    }

    private static Payout stopped(PayoutRef ref) {
        return Payout.unknown(ref, "failed", new Evidence(Evidence.Kind.NOT_LET_THROUGH, "simulated"));
    }

    private void sendAndLoseTheAnswer() {
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void questions_ofManyTransactionsAtOnce_oneIsLetThrough(Databases database) throws Exception {
        at(database);
        sendAndLoseTheAnswer();
        Payouts second = another();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String question = "r-1 id-" + i + " 15000";
                Payouts machine = i % 2 == 0 ? payouts : second;
                answers.add(threads.submit(() -> passes(machine, question)));
            }
            int passed = 0;
            int winner = -1;
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).get()) {
                    passed++;
                    winner = i;
                }
            }
            assertThat(passed).isEqualTo(1);
            assertThat(passes(second, "r-1 id-" + winner + " 15000"))
                    .as("the same question gets the same answer")
                    .isTrue();
            assertThat(passes(payouts, "r-1 id-99 15000")).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void question_duringTheSubmit_passes_andItsAnswerIsTaken() {
        at(Databases.H2);
        journal.provider.duringSubmit =
                () -> assertThat(passes(payouts, "r-1 id-r-1 15000")).isTrue();
        journal.provider.accepted = PayoutStatus.SUCCEEDED;

        assertThat(payouts.pay(request("r-1"), SimulatedProvider.NAME).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(journal.provider.events()).doesNotContain("GET r-1");
    }

    /** It is told as not paid, and yet it was let through: that is asked about once more. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void question_duringASubmitThatIsAnsweredAsFailed_hasItsPaymentFound(Databases database) {
        at(database);
        journal.provider.duringSubmit = () -> passes(payouts, "r-1 id-r-1 15000");
        journal.provider.accepted = PayoutStatus.FAILED;
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.state("r-1", PayoutStatus.SUCCEEDED);

        payouts.sweep();

        assertThat(Tables.count(journal.dataSource, "payout_journal_task")).isEqualTo(1);
        journal.clock.advance(Duration.ofMinutes(1));
        assertThat(payouts.recoverNow("r-1").attention()).contains(Attention.CONTRADICTION);
    }

    @Test
    void letThrough_answerLostAndIndexLags_isNeverSentAgain() {
        at(Databases.H2);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        journal.provider.idShowsAtOnce = true;
        journal.provider.duringSubmit = () -> passes(payouts, "r-1 id-r-1 15000");
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.provider.duringSubmit = null;

        PayoutRecord record = journal.recover(payouts, "r-1", Duration.ofMinutes(10), 5);

        assertThat(record.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(journal.provider.submits("r-1")).isEqualTo(1);
        assertThat(journal.story("r-1")).contains("this one was let through");
    }

    @Test
    void notLetThrough_absent_isSentAgainWithoutADecision() {
        at(Databases.H2);
        sendAndLoseTheAnswer();
        journal.recover(payouts, "r-1", Duration.ofMinutes(1), 4);

        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void answerOfADeclinedSecondSend_endsNothing() {
        at(Databases.H2);
        sendAndLoseTheAnswer();
        assertThat(passes(payouts, "r-1 id-first 15000")).isTrue();
        journal.provider.state("r-1", PayoutStatus.FAILED);

        PayoutRecord record = journal.recover(payouts, "r-1", Duration.ofMinutes(1), 4);

        assertThat(record.status()).as("it was told of another transaction").isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.payout().ref().providerId()).contains("id-first");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void letThrough_butTheProviderWasNotTold_endsAsNotPaidAndNothingPassesAnyMore(Databases database) {
        at(database);
        AtomicInteger sends = new AtomicInteger();
        journal.provider.onSubmit = ref -> {
            assertThat(passes(payouts, "r-1 id-r-" + sends.incrementAndGet() + " 15000"))
                    .isTrue();
            return stopped(ref);
        };
        journal.provider.onGet = ref -> stopped(ref);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);

        PayoutRecord record = journal.recover(payouts, "r-1", Duration.ofMinutes(1), 4);

        assertThat(record.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(record.payout().decline().map(Decline::code)).contains("fence-not-heard");
        assertThat(sends).hasValue(1);
        assertThat(passes(payouts, "r-1 id-r-1 15000")).isFalse();
        assertThat(passes(payouts, "r-1 id-r-2 15000")).isFalse();
    }

    @Test
    void stopped_whileTheFenceCouldNotAnswer_anotherOnePassesAndIsPaid() {
        at(Databases.H2);
        stopTheFirstThatIs(PayoutStatus.PREPARED);
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        journal.provider.onSubmit = null;
        journal.provider.duringSubmit = () -> {
            assertThat(passes(payouts, "r-1 id-r-1 15000")).isTrue();
            journal.provider.onGet = null;
        };

        PayoutRecord record = journal.recover(payouts, "r-1", Duration.ofMinutes(1), 4);

        assertThat(record.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(record.payout().ref().providerId()).contains("id-r-1");
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
        assertThat(passes(payouts, "r-1 id-first 15000")).isFalse();
    }

    private void stopTheFirstThatIs(PayoutStatus status) {
        journal.provider.onSubmit = ref ->
                Payout.builder(ref.withProviderId("id-first"), status, "word").build();
        journal.provider.onGet = ref -> stopped(ref.withProviderId("id-first"));
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
    }

    @Test
    void stopped_afterItWasSeen_endsAsNotPaidAndNothingPassesAnyMore() {
        at(Databases.H2);
        stopTheFirstThatIs(PayoutStatus.PROCESSING);

        PayoutRecord record = journal.recover(payouts, "r-1", Duration.ofMinutes(1), 4);

        assertThat(record.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(passes(payouts, "r-1 id-first 15000")).isFalse();
        assertThat(passes(payouts, "r-1 id-second 15000")).isFalse();
    }

    @Test
    void stopped_whileAnotherOnePasses_isNotTheEnd() {
        at(Databases.H2);
        stopTheFirstThatIs(PayoutStatus.PROCESSING);
        journal.provider.onGet = ref -> {
            passes(payouts, "r-1 id-second 15000");
            return stopped(ref.withProviderId("id-first"));
        };

        PayoutRecord record = journal.recover(payouts, "r-1", Duration.ofMinutes(1), 4);

        assertThat(passes(payouts, "r-1 id-second 15000")).isTrue();
        assertThat(record.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(record.payout().ref().providerId()).contains("id-second");
    }

    @Test
    void letThrough_andAnotherOneStopped_staysOpen() {
        at(Databases.H2);
        sendAndLoseTheAnswer();
        assertThat(passes(payouts, "r-1 id-first 15000")).isTrue();
        journal.provider.onSubmit = FenceTest::stopped;
        journal.provider.onGet = ref -> stopped(ref.withProviderId("id-second"));

        PayoutRecord record = journal.recover(payouts, "r-1", Duration.ofMinutes(1), 4);

        assertThat(record.status()).as("it was told of another transaction").isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(record.payout().ref().providerId()).contains("id-first");
    }

    @Test
    void question_aboutWhatWasNotSent_orIsAtItsEnd_isDeclined() {
        at(Databases.H2);
        assertThat(passes(payouts, "r-1 id-1 15000")).as("not stored").isFalse();
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        assertThat(passes(payouts, "r-1 id-1 15000")).as("not sent").isFalse();
        payouts.by(ANNA).cancel("r-1");
        assertThat(passes(payouts, "r-1 id-1 15000")).as("canceled").isFalse();
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        payouts.pay(request("r-2"), SimulatedProvider.NAME);
        assertThat(passes(payouts, "r-2 id-1 999")).as("another amount").isFalse();
        assertThat(passes(payouts, "r-2 id-1 15000")).isTrue();
    }

    @Test
    void fencedClient_withoutAFence_isRefused() {
        at(Databases.H2);
        assertThatThrownBy(() -> journal.journal(builder -> builder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("fence: ");
    }
}
