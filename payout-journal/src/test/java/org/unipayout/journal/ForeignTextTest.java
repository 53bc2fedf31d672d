package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.ProviderExtras;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRejectedException;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;

/** What others wrote: it is stored as it was, or refused by name, and never writes lines of its own or reaches a log. */
class ForeignTextTest {
    private static final String HALF = "x\ud800y";

    /** Half of a character in a value that only the journal looks into. */
    private record Extras(String provider) implements ProviderExtras {
        @Override
        public Map<String, String> values() {
            return Map.of("note", HALF);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void requestWithHalfOfACharacter_isRefusedByName_andNotStored(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);

        assertThatThrownBy(() -> pay(journal, request("r-1").toBuilder().description(HALF)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("description: ");
        assertThatThrownBy(() -> pay(journal, request("r-1").toBuilder().extras(new Extras(SimulatedProvider.NAME))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("note");
        assertThat(Tables.count(journal.dataSource, "payout_journal")).isZero();

        pay(journal, request("r-1").toBuilder().description("whole \ud83d\ude00"));
        pay(journal, request("r-1").toBuilder().description("whole \ud83d\ude00"));
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    private static PayoutRecord pay(JournalFixture journal, PayoutRequest.Builder request) {
        return journal.payouts.pay(request.build(), SimulatedProvider.NAME);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void notificationWithControlCharacters_ofAReceiverOfTheMerchants_isRejectedAndNotStored(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        Payouts payouts = journal.journal(builder -> builder.provider(
                SimulatedProvider.NAME,
                journal.provider,
                request -> WebhookEvent.builder(SimulatedProvider.NAME, "t\0", WebhookEvent.Trust.HINT, "k-1")
                        .reference("r-1\0")
                        .status(null, "word\0\n")
                        .build()));

        assertThatThrownBy(() -> payouts.webhook(SimulatedProvider.NAME, new byte[0], Map.of()))
                .isInstanceOf(WebhookRejectedException.class);
        assertThat(Tables.count(journal.dataSource, "payout_journal_webhook")).isZero();
    }

    @Test
    void storedText_withHalfOfACharacter_isTheSameWhenReadAgain() {
        String stored = new Fields().with("a", HALF).with("b", "\ud83d\ude00\0").text();

        assertThat(Fields.read(stored).text()).isEqualTo(stored);
        assertThat(Fields.read(stored).get("a")).isEqualTo("x\ufffdy");
        assertThat(Fields.read(stored).get("b")).isEqualTo("\ud83d\ude00\0");
    }

    @Test
    void explain_ofWhatAProviderWrote_staysWithinItsLine() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        PayoutRecord record = journal.pay("r-1");
        String word =
                "done\r\n2026-03-01 10:00:00 UTC  The money was paid out.\u2028\u001b[31m\u202e" + "x".repeat(100_000);
        HistoryRow row = HistoryRow.next(
                "r-1",
                1,
                START,
                Event.OBSERVED,
                PayoutStatus.PROCESSING,
                new Fields().with("providerStatus", word),
                "node",
                HistoryRow.NO_HASH);

        String told = new Timeline(Locale.ENGLISH).tell(record, List.of(row));

        assertThat(told.lines()).hasSize(2);
        assertThat(told)
                .hasSizeLessThan(1_000)
                .contains("done??2026-03-01")
                .doesNotContain("\u001b", "\u202e", "\u2028");
    }

    @Test
    void explain_ofWhatIsNotStored_isEmptyAsFindIs() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);

        assertThat(journal.payouts.explain("r-1", Locale.ENGLISH)).isEmpty();
        assertThat(journal.payouts.find("r-1")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void refusedRow_isNotRepeatedByWhatIsThrown(Databases database) throws SQLException {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        Tables.edit(
                journal.dataSource,
                database == Databases.POSTGRESQL
                        ? "alter table payout_journal add constraint payout_journal_small check (amount_minor < 100)"
                        : "alter table payout_journal alter column request set data type varchar(10)");
        PayoutRequest request = request("r-1").toBuilder().description("CANARY").build();

        Throwable alone = catchThrowable(() -> journal.payouts.pay(request, SimulatedProvider.NAME));
        Throwable joined;
        try (Connection connection = journal.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            joined = catchThrowable(() -> journal.payouts.pay(connection, request, SimulatedProvider.NAME));
            connection.rollback();
        }

        for (Throwable thrown : List.of(alone, joined)) {
            assertThat(thrown).isInstanceOf(JournalException.class).hasMessageContaining("SQL state 2");
            assertThat(everythingOf(thrown)).doesNotContain("CANARY").doesNotContain("15000");
        }
        if (database == Databases.POSTGRESQL) {
            assertThat(alone).hasMessageContaining("payout_journal_small");
        }
    }

    /** As a log prints it, with causes, what is suppressed and what a driver chains to an exception. */
    private static String everythingOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text.append(cause.toString());
            for (Throwable suppressed : cause.getSuppressed()) {
                text.append(everythingOf(suppressed));
            }
            SQLException next = cause instanceof SQLException sql ? sql.getNextException() : null;
            text.append(next == null ? "" : everythingOf(next));
        }
        return text.toString();
    }
}
