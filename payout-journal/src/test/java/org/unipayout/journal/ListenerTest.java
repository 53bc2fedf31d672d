package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.Word;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.run.Checkpoint;

/** What listeners hear, and what happens if they fail. */
class ListenerTest {
    private final List<StatusChange> heard = new ArrayList<>();
    private final JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
    private boolean fails;
    private final Payouts payouts = journal.journal(builder -> builder.listener(change -> {
        if (fails) {
            throw new IllegalStateException("the books are closed");
        }
        heard.add(change);
    }));

    private List<PayoutStatus> told() {
        return heard.stream().map(StatusChange::to).toList();
    }

    @Test
    void callUnderWay_isNoNews_andWhatAccountingNeedsComesWithTheEnd() {
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        payouts.recoverNow("r-1");

        assertThat(told()).containsExactly(PayoutStatus.SUCCEEDED);
        StatusChange paid = heard.get(0);
        assertThat(paid.from()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(paid.amount()).isEqualTo(request("r-1").amount());
        assertThat(paid.rrn()).isEqualTo("123456789012");
        assertThat(paid.word()).isEqualTo(Word.PROVIDER);
    }

    @Test
    void answerThatStaysUnclear_isTold() {
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        payouts.recoverNow("r-1");

        assertThat(told()).startsWith(PayoutStatus.UNKNOWN);
    }

    @Test
    void callThatIsToldAsUnclearAndThenAnswered_isTakenBackInOrder() {
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT).fault(Operation.GET, Fault.BROKEN);
        journal.provider.duringSubmit = () -> { // the first process stands still, and a second one tells what it sees
            journal.provider.duringSubmit = null;
            journal.clock.advance(Duration.ofMinutes(2));
            payouts.recoverNow("r-1");
        };
        journal.pay("r-1");
        payouts.recoverNow("r-1");

        assertThat(heard).extracting(StatusChange::from).startsWith(PayoutStatus.PREPARED, PayoutStatus.UNKNOWN);
        assertThat(told()).startsWith(PayoutStatus.UNKNOWN, PayoutStatus.PREPARED);
    }

    private void submitWhileAnotherMachineTells() {
        Payouts other = journal.journal(builder -> builder.listener(heard::add));
        submitWhile(() -> other.advance("r-1"));
    }

    private void anotherMachineDiesAfterItTold() {
        Payouts dying = journal.journal(builder -> builder.listener(heard::add).checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.CHANGE_DELIVERED) {
                throw new StackOverflowError();
            }
        }));
        assertThatThrownBy(() -> dying.advance("r-1")).isInstanceOf(StackOverflowError.class);
    }

    /** This process stands still in its submit, and another one tells what it sees. */
    private void submitWhile(Runnable other) {
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        journal.provider.fault(Operation.PREPARE, Fault.NOT_SENT).fault(Operation.GET, Fault.BROKEN);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        advanceWhile(other);
    }

    private void advanceWhile(Runnable other) {
        journal.provider.duringSubmit = () -> {
            journal.provider.duringSubmit = null;
            journal.clock.advance(Duration.ofMinutes(2));
            other.run();
        };
        payouts.advance("r-1");
    }

    @Test
    void callThatAnotherMachineToldAsUnclear_isTakenBackInOrder() {
        submitWhileAnotherMachineTells();
        payouts.advance("r-1");

        assertThat(told()).containsExactly(PayoutStatus.UNKNOWN, PayoutStatus.SUCCEEDED);
        assertThat(heard).extracting(StatusChange::from).containsExactly(PayoutStatus.PREPARED, PayoutStatus.UNKNOWN);
    }

    @Test
    void callThatDidNotLeave_andAnotherMachineToldAsUnclear_isTakenBack() {
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        submitWhileAnotherMachineTells();
        journal.recover(payouts, "r-1", Duration.ofMinutes(2), 3);

        assertThat(told()).containsExactly(PayoutStatus.UNKNOWN, PayoutStatus.PREPARED, PayoutStatus.SUCCEEDED);
        assertThat(heard)
                .extracting(StatusChange::from)
                .containsExactly(PayoutStatus.PREPARED, PayoutStatus.UNKNOWN, PayoutStatus.PREPARED);
    }

    @Test
    void callThatDidNotLeave_andAMachineDiedWhileItToldItAsUnclear_isTakenBack() {
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        submitWhile(this::anotherMachineDiesAfterItTold);
        journal.clock.advance(Duration.ofMinutes(5));
        journal.recover(payouts, "r-1", Duration.ofMinutes(2), 3);

        assertThat(told())
                .containsExactly(
                        PayoutStatus.UNKNOWN, PayoutStatus.UNKNOWN, PayoutStatus.PREPARED, PayoutStatus.SUCCEEDED);
        assertThat(heard)
                .extracting(StatusChange::from)
                .containsExactly(
                        PayoutStatus.PREPARED, PayoutStatus.PREPARED, PayoutStatus.UNKNOWN, PayoutStatus.PREPARED);
    }

    /** What was passed over is not told after what came later. */
    @Test
    void callThatDidNotLeave_beforeOneThatAMachineDiedTelling_isToldToNobody() {
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        journal.provider
                .fault(Operation.SUBMIT, Fault.NOT_SENT)
                .fault(Operation.SUBMIT, Fault.NOT_SENT)
                .fault(Operation.GET, Fault.BROKEN);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.clock.advance(Duration.ofMinutes(1));
        advanceWhile(this::anotherMachineDiesAfterItTold);
        journal.clock.advance(Duration.ofMinutes(5));
        journal.recover(payouts, "r-1", Duration.ofMinutes(2), 3);

        assertThat(told())
                .containsExactly(
                        PayoutStatus.UNKNOWN, PayoutStatus.UNKNOWN, PayoutStatus.PREPARED, PayoutStatus.SUCCEEDED);
        assertThat(heard).extracting(StatusChange::number).startsWith(5L, 5L, 6L);
    }

    @Test
    void personsWord_isToldAsOne() {
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(999);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.clock.advance(Duration.ofDays(2));
        payouts.recoverNow("r-1");
        payouts.by(ANNA).settle("r-1", Settlement.paid("statement of 2 March"));
        payouts.recoverNow("r-1");

        assertThat(heard.get(heard.size() - 1).word()).isEqualTo(Word.PERSON);
        assertThat(heard.get(heard.size() - 1).to()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void throwing_isFlaggedOnce_andTheFlagGoesWhenTheChangeIsTaken() {
        fails = true;
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        payouts.recoverNow("r-1");
        payouts.recoverNow("r-1");

        assertThat(payouts.needingAttention())
                .singleElement()
                .satisfies(record -> assertThat(record.attention()).contains(Attention.LISTENER_FAILED));
        assertThat(journal.story("r-1")).containsOnlyOnce("the books do not follow]");

        fails = false;
        payouts.recoverNow("r-1");
        assertThat(told()).containsExactly(PayoutStatus.SUCCEEDED);
        assertThat(payouts.needingAttention()).isEmpty();
    }

    @Test
    void stored_asksNobody() {
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        journal.clock.advance(Duration.ofHours(1));
        int before = journal.provider.events().size();

        assertThat(payouts.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(payouts.stored("r-9")).isEmpty();
        assertThat(journal.provider.events()).hasSize(before);
    }
}
