package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.sql.Connection;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.SimulatedProvider.Fault;

/** Who ordered what stands in the history, and cannot be exchanged there. */
class ActorTest {
    @ParameterizedTest
    @EnumSource(Databases.class)
    void payAndConfirm_areToldWithWhoOrderedThem(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.confirms = true;
        journal.payouts.by(ANNA).pay(request("r-1"), SimulatedProvider.NAME, Confirmation.MANUAL);
        journal.payouts.by(BORIS).confirm("r-1");

        assertThat(journal.story("r-1"))
                .contains("The payout was asked for and stored. [by anna]")
                .contains("The merchant ordered the confirmation. [by boris]");
        assertThat(journal.payouts.explain("r-1", Locale.forLanguageTag("ru")).orElseThrow())
                .contains("[кто: anna]")
                .contains("[кто: boris]");
        Tables.edit(
                journal.dataSource,
                "update payout_journal_history set proof = replace(proof, 'who=boris', 'who=vera')"
                        + " where event = 'CONFIRM_ORDERED'");
        assertThat(journal.payouts.verifyHistory("r-1")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void payWithinTheCallersTransaction_keepsWhoAsked_whoeverRepeatsIt(Databases database) throws Exception {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        try (Connection connection = journal.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            journal.payouts.by(ANNA).pay(connection, request("r-1"), SimulatedProvider.NAME, Confirmation.AUTOMATIC);
            connection.commit();
        }
        journal.payouts.by(BORIS).pay(request("r-1"), SimulatedProvider.NAME, Confirmation.AUTOMATIC);

        assertThat(journal.story("r-1")).contains("[by anna]").doesNotContain("boris");
    }

    @Test
    void cancelBeforeAndAfterTheSubmit_isToldWithWhoOrderedIt() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;
        journal.payouts.pay(request("r-1"), SimulatedProvider.NAME, Confirmation.MANUAL);
        journal.payouts.by(ANNA).cancel("r-1");
        journal.provider.fault(Operation.PREPARE, Fault.NOT_SENT);
        journal.pay("r-2");
        journal.payouts.by(ANNA).cancel("r-2");

        assertThat(journal.story("r-1")).contains("It is being canceled. [by anna]");
        assertThat(journal.story("r-2")).contains("It was canceled before anything was sent. [by anna]");
    }

    @Test
    void resubmitAndSettle_areToldWithWhoOrderedThem() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.REQUEST_LOST);
        journal.pay("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(45), 12);
        journal.payouts.by(ANNA).resubmit("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(45), 12);
        assertThat(journal.payouts
                        .by(BORIS)
                        .settle("r-1", Settlement.notPaid("no line"))
                        .status())
                .isEqualTo(PayoutStatus.FAILED);

        assertThat(journal.story("r-1"))
                .contains("The merchant decided that it is to be sent again. [by anna]")
                .contains("by boris; no line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "an\nna", "an\u0000na", "an\u200bna", "an\u202ena", "an\ud800na"})
    void name_thatIsBlankOrHidesSomething_isRefused(String name) {
        assertThatThrownBy(() -> new Actor(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("actor: ");
        assertThatThrownBy(() -> new Actor("a".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Anna", " anna ", "ANNA", "\uff41nna"})
    void name_writtenOtherwise_isTheSameActor(String name) {
        assertThat(new Actor(name).isSameAs(ANNA)).isTrue();
        assertThat(new Actor(name).isSameAs(BORIS)).isFalse();
        assertThat(ANNA).hasToString("anna");
    }
}
