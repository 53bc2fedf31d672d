package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.START;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.store.Database;

/** What dashboards count is what is stored. */
class CountsTest {
    @ParameterizedTest
    @EnumSource(Databases.class)
    void counts_openFlaggedAndUnknown_sinceWhen(Databases database) throws SQLException {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        assertThat(journal.payouts.counts()).isEqualTo(new PayoutCounts(Map.of(), Map.of(), null));

        journal.pay("paid");
        journal.provider.settle("paid");
        journal.payouts.recoverNow("paid");
        for (String reference : new String[] {"unknown-1", "unknown-2"}) {
            journal.provider.fault(Operation.SUBMIT, SimulatedProvider.Fault.ANSWER_LOST);
            journal.clock.advance(Duration.ofMinutes(1));
            journal.pay(reference);
        }
        assertThat(journal.payouts.counts())
                .isEqualTo(new PayoutCounts(
                        Map.of(PayoutStatus.UNKNOWN, 2L), Map.of(), START.plus(Duration.ofMinutes(1))));

        new Database(journal.dataSource)
                .update(
                        "update payout_journal set attention = ?, status = ? where reference = ?",
                        "OVERDUE",
                        "PROCESSING",
                        "unknown-1");
        new Database(journal.dataSource)
                .update("update payout_journal set attention = ? where reference = ?", "A_WORD_OF_LATER", "unknown-2");
        assertThat(journal.payouts.counts())
                .isEqualTo(new PayoutCounts(
                        Map.of(PayoutStatus.UNKNOWN, 1L, PayoutStatus.PROCESSING, 1L),
                        Map.of(Attention.OVERDUE, 1L),
                        START.plus(Duration.ofMinutes(2))));
    }
}
