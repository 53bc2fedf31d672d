package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.PayoutStatus;

/** What was stored is no longer complete: the provider was taken out of the builder, or rows out of the history. */
class MissingProviderTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void start_openPayoutsOfAProviderThatIsGone_isRefusedWithTheirNumber(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        fixture.pay("r-1");
        fixture.pay("r-2");
        fixture.pay("r-3");
        fixture.provider.settle("r-3");
        fixture.payouts.recoverNow("r-3");

        try (Payouts without = without(fixture)) {
            assertThatThrownBy(without::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(SimulatedProvider.NAME + "=2");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void start_onlyEndedPayoutsOfAProviderThatIsGone_starts(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        fixture.pay("r-1");
        fixture.provider.settle("r-1");
        fixture.payouts.recoverNow("r-1");

        try (Payouts without = without(fixture)) {
            without.start();

            assertThat(without.find("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void find_providerIsGone_givesWhatIsStored(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        fixture.pay("r-1");

        try (Payouts without = without(fixture)) {
            assertThat(without.find("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.PROCESSING);
            assertThat(without.stored("r-1").orElseThrow().provider()).isEqualTo(SimulatedProvider.NAME);
        }
    }

    private static Payouts without(JournalFixture fixture) {
        SimulatedProvider other = new SimulatedProvider(fixture.clock, SAME_HANDLE);
        return Payouts.builder(fixture.dataSource)
                .provider("other", other)
                .time(fixture.clock, fixture.clock::advance, () -> 1.0)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void history_rowsWereDeleted_saysSoAndCallsNothing(Databases database) throws SQLException {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        for (String rows : List.of("1 = 1", "event = 'SUBMITTING'")) {
            String reference = "r-" + rows.length();
            fixture.pay(reference);
            Tables.edit(
                    fixture.dataSource,
                    "delete from payout_journal_history where reference = '" + reference + "' and " + rows);
            List<String> before = fixture.provider.events();

            assertThat(fixture.payouts.recoverNow(reference).attention()).contains(Attention.TAMPERED);
            assertThat(fixture.provider.events()).isEqualTo(before);
            assertThat(fixture.payouts.stored(reference)).isPresent();
        }
    }
}
