package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;

import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.WebhookEvent;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.decide.Event;

class HistoryTest {

    private static JournalFixture paid(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        journal.pay("r-1");
        journal.pay("r-2");
        journal.provider.settle("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 1);
        return journal;
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void verifyHistory_untouched_findsNothing(Databases database) {
        JournalFixture journal = paid(database);

        assertThat(journal.payouts.verifyHistory()).isEmpty();
        assertThat(Tables.count(journal.dataSource, "payout_journal_history")).isGreaterThan(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | update payout_journal_history set status = 'FAILED' where reference = 'r-1' and number = 3",
                "3 | update payout_journal_history set proof = 'attempt=2' where reference = 'r-1' and number = 3",
                "2 | update payout_journal_history set happened_at = happened_at - interval '1' second"
                        + " where reference = 'r-1' and number = 2",
                "2 | delete from payout_journal_history where reference = 'r-1' and number = 2",
                "5 | delete from payout_journal_history where reference = 'r-1' and number = 5",
                "1 | delete from payout_journal_history where reference = 'r-1'",
                "5 | update payout_journal set status = 'FAILED' where reference = 'r-1'",
                "1 | update payout_journal set request = replace(request, 'token-1', 'token-9') where reference = 'r-1'",
            })
    void verifyHistory_afterAnEdit_namesTheRow(long number, String edit) {
        JournalFixture journal = paid(Databases.H2);
        assertThat(Tables.edit(journal.dataSource, edit)).isPositive();

        assertThat(journal.payouts.verifyHistory()).singleElement().satisfies(fault -> {
            assertThat(fault.reference()).isEqualTo("r-1");
            assertThat(fault.number()).isEqualTo(number);
        });
        assertThat(journal.payouts.verifyHistory("r-2")).isEmpty();
    }

    @Test
    void verifyHistory_rowsSwapped_namesTheFirst() {
        JournalFixture journal = paid(Databases.H2);
        String sql = "update payout_journal_history set number = %d where reference = 'r-1' and number = %d";
        Tables.edit(journal.dataSource, sql.formatted(99, 3));
        Tables.edit(journal.dataSource, sql.formatted(3, 4));
        Tables.edit(journal.dataSource, sql.formatted(4, 99));

        assertThat(journal.payouts.verifyHistory("r-1").orElseThrow().number()).isEqualTo(3);
    }

    @Test
    void explain_inBothLanguages_tellsStepsAndProof() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.pay("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofSeconds(31), 3);
        journal.provider.settle("r-1");
        journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 1);

        assertThat(journal.payouts.explain("r-1", Locale.ENGLISH).orElseThrow())
                .contains("Payout r-1: 150.00 KZT through simulated, now: paid")
                .contains("2026-03-01 10:00:31 UTC  The provider was asked and does not know it.")
                .contains("evidence: no such payout")
                .contains("The provider answered: on its way. [provider's word: word-processing]")
                .contains("RRN 123456789012")
                .doesNotContain("token-1");
        assertThat(journal.payouts.explain("r-1", Locale.forLanguageTag("ru")).orElseThrow())
                .contains("Выплата r-1: 150.00 KZT через simulated, сейчас: выплачено")
                .contains("Провайдера спросили, он её не знает.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ru"})
    void timeline_everyName_hasAText(String language) {
        ResourceBundle texts =
                ResourceBundle.getBundle("org.unipayout.journal.timeline", Locale.forLanguageTag(language));
        Stream<String> keys = Stream.of(
                        Stream.of(Event.values()).map(name -> "event." + name),
                        Stream.of(PayoutStatus.values()).map(name -> "status." + name),
                        Stream.of(Attention.values()).map(name -> "attention." + name),
                        Stream.of(Evidence.Kind.values()).map(name -> "evidence." + name),
                        Stream.of(WebhookEvent.Trust.values()).map(name -> "trust." + name))
                .flatMap(names -> names);

        assertThat(keys).allSatisfy(key -> assertThat(texts.getString(key)).isNotBlank());
        assertThat(texts.getLocale().getLanguage()).isEqualTo(language);
    }
}
