package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Operation;
import org.unipayout.journal.SimulatedProvider.Fault;

/** A payout that this version cannot read, because a newer one carried it on, or for lack of a key. */
class NewerVersionTest {
    private final JournalFixture fixture = new JournalFixture(Databases.H2, JournalFixture.SAME_HANDLE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update payout_journal_history set event = 'NEW_EVENT' where reference = 'r-1' and number = 3",
                "update payout_journal_history set proof = 'evidence.kind=NEW_KIND' where reference = 'r-1' and number = 4",
                "update payout_journal_history set event = 'ATTENTION', proof = 'attention=NEW_ATTENTION'"
                        + " where reference = 'r-1' and number = 4",
                "update payout_journal set observation = replace(observation, 'providerStatus', 'evidence.kind=NEW"
                        + "\nevidence.text=new\nproviderStatus') where reference = 'r-1'"
            })
    void unknownKind_isSaidToBeNewerAndNothingIsSent(String newer) {
        fixture.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        fixture.pay("r-1");
        assertThat(Tables.edit(fixture.dataSource, newer)).isEqualTo(1);
        Forger.withoutKey().rewrite(fixture.dataSource, "r-1"); // a newer version hashes what it writes
        int calls = fixture.provider.events().size();
        fixture.clock.advance(Duration.ofHours(1));

        assertThatThrownBy(() -> fixture.pay("r-1"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("r-1")
                .hasMessageContaining("newer");
        assertThatThrownBy(() -> fixture.payouts.find("r-1")).isInstanceOf(JournalException.class);
        assertThat(fixture.provider.events()).hasSize(calls);
        assertThat(fixture.payouts.unreadable()).containsExactly("r-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update payout_journal_history set event = 'NEW_EVENT' where reference = 'r-1' and number = 3",
                "update payout_journal set observation = 'sealed' where reference = 'r-1'"
            })
    void needingAttention_withOneThatCannotBeRead_listsTheOthers(String edit) {
        fixture.pay("r-1");
        fixture.pay("r-2");
        fixture.clock.advance(Duration.ofHours(25));
        fixture.payouts.recoverNow();
        Tables.edit(fixture.dataSource, edit);
        Forger.withoutKey().rewrite(fixture.dataSource, "r-1");

        assertThat(fixture.payouts.needingAttention())
                .extracting(PayoutRecord::reference)
                .containsExactly("r-2");
        assertThat(fixture.payouts.unreadable()).containsExactly("r-1");
    }

    @Test
    void verifyHistory_withOneThatCannotBeRead_tellsThatAndTheOthers() {
        fixture.pay("r-1");
        fixture.pay("r-2");
        fixture.pay("r-3");
        Tables.edit(
                fixture.dataSource,
                "update payout_journal_history set event = 'NEW_EVENT' where reference = 'r-1' and number = 3");
        Tables.edit(
                fixture.dataSource,
                "update payout_journal_history set node = 'edited' where reference = 'r-2' and number = 2");

        assertThat(fixture.payouts.verifyHistory())
                .extracting(HistoryFault::reference)
                .containsExactly("r-1", "r-2");
    }

    @Test
    void unknownForm_isSaidWithoutTheTextOfWhatIsStored() {
        fixture.pay("r-1");
        Tables.edit(
                fixture.dataSource,
                "update payout_journal_history set event = 'CANARY_4711' where reference = 'r-1' and number = 3");

        assertThatThrownBy(() -> fixture.payouts.stored("r-1"))
                .isInstanceOf(JournalException.class)
                .hasNoCause()
                .hasMessageNotContaining("4711");
    }

    @Test
    void unreadable_withoutFault_isEmpty() {
        fixture.pay("r-1");

        assertThat(fixture.payouts.unreadable()).isEmpty();
    }
}
