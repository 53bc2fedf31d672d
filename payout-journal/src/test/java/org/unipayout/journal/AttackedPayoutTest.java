package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.journal.SimulatedProvider.Fault;

/** Histories by which an edit, a withdrawn settlement or a late decision once led to money, or to a standstill that nobody heard of. */
class AttackedPayoutTest {
    private static final String NAME = SimulatedProvider.NAME;

    private static Payouts keyed(JournalFixture journal, Verb... verbs) {
        return journal.journal(b -> b.vault(DatabaseWriterTest.vault())
                .historyKey(DatabaseWriterTest.historyKey())
                .fourEyes(verbs));
    }

    private static void edit(JournalFixture journal, String sql) {
        assertThat(Tables.edit(journal.dataSource, sql)).as(sql).isPositive();
    }

    private static String head(JournalFixture journal, int number) {
        return Tables.texts(
                        journal.dataSource,
                        "select hash from payout_journal_history where reference = 'r-1' and number = " + number)
                .get(0);
    }

    /** The first send was executed and shows by now: whoever decided days after the last look, it is looked at before it is sent. */
    @Test
    void resubmitOrdered_asksBeforeItSends() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        journal.provider.hiddenFor = Duration.ofHours(30);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.pay("r-1");
        for (int i = 0; i < 8; i++) {
            journal.clock.advance(Duration.ofMinutes(45));
            journal.payouts.recoverNow("r-1");
        }
        assertThat(journal.payouts.stored("r-1").orElseThrow().attention()).contains(Attention.DECISION_NEEDED);
        journal.clock.advance(Duration.ofHours(40)); // it shows now
        journal.payouts.by(ANNA).resubmit("r-1");
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    /** Nor is it sent while the look has no answer; the next one with an answer lets it go. */
    @Test
    void resubmitOrdered_lookWithoutAnswer_sendsNothing() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.pay("r-1");
        for (int i = 0; i < 8; i++) {
            journal.clock.advance(Duration.ofMinutes(45));
            journal.payouts.recoverNow("r-1");
        }
        journal.clock.advance(Duration.ofHours(1));
        journal.provider.fault(Operation.GET, Fault.ANSWER_LOST);
        journal.payouts.by(ANNA).resubmit("r-1");
        assertThat(journal.provider.payments("r-1")).isZero();

        journal.clock.advance(Duration.ofHours(1));
        journal.payouts.recoverNow("r-1");
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    /** The same, with the approval days after the order. */
    @Test
    void resubmitApproved_asksBeforeItSends() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        Payouts payouts = journal.journal(b -> b.fourEyes(Verb.RESUBMIT));
        journal.provider.hiddenFor = Duration.ofHours(30);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        payouts.pay(request("r-1"), NAME);
        for (int i = 0; i < 8; i++) {
            journal.clock.advance(Duration.ofMinutes(45));
            payouts.recoverNow("r-1");
        }
        String hash = payouts.by(ANNA).resubmit("r-1").order().orElseThrow().hash();
        journal.clock.advance(Duration.ofHours(40));
        payouts.by(BORIS).approve("r-1", hash);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    /** Without the order's row the rest holds under the key, so the first row itself says that an approval is needed. */
    @Test
    void rowOfTheOrderRemoved_isNotPaidUnapproved() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = journal.journal(
                b -> b.historyKey(DatabaseWriterTest.historyKey()).fourEyes(Verb.PAY));
        payouts.by(ANNA).pay(request("r-1"), NAME, Confirmation.AUTOMATIC);
        edit(journal, "delete from payout_journal_history where number = 2");
        edit(
                journal,
                "update payout_journal set version = 1, attention = null, head_hash = '" + head(journal, 1) + "'");

        payouts.recoverNow("r-1");
        assertThat(journal.provider.payments("r-1")).isZero();
    }

    /** Nor does it help to make another order of it. */
    @Test
    void vaultOnly_forgedApproval_isNotPaid() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts =
                journal.journal(b -> b.vault(DatabaseWriterTest.vault()).fourEyes(Verb.PAY));
        payouts.by(ANNA).pay(request("r-1"), NAME, Confirmation.AUTOMATIC);
        edit(
                journal,
                "update payout_journal_history set proof = replace(proof, 'order=PAY', 'order=SETTLE')"
                        + " where number = 2");
        Forger.withoutKey().rewrite(journal.dataSource, "r-1");
        payouts.recoverNow("r-1");
        assertThat(journal.provider.payments("r-1")).isZero();
    }

    private static Payouts tamperedWhileItAwaitsConfirmation(JournalFixture journal) {
        journal.provider.confirms = true;
        Payouts payouts = keyed(journal, Verb.SETTLE);
        payouts.pay(request("r-1"), NAME, Confirmation.MANUAL);
        assertThat(payouts.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        edit(journal, "update payout_journal set amount_minor = 99900000");
        assertThat(payouts.recoverNow("r-1").attention()).contains(Attention.TAMPERED);
        PayoutRecord waiting = payouts.by(ANNA).settle("r-1", Settlement.notPaid("x"));
        payouts.by(ANNA).reject("r-1", waiting.order().orElseThrow().hash());
        assertThat(payouts.stored("r-1").orElseThrow().attention()).contains(Attention.TAMPERED);
        return payouts;
    }

    /** A settlement that was withdrawn has started the chain anew; what was edited stays flagged. */
    @Test
    void tampered_settlementWithdrawn_confirmDoesNotTakeTheFlagAway() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        Payouts payouts = tamperedWhileItAwaitsConfirmation(journal);
        assertThatIllegalStateException().isThrownBy(() -> payouts.by(BORIS).confirm("r-1"));
        for (int i = 0; i < 40; i++) {
            journal.clock.advance(Duration.ofHours(1));
            payouts.recoverNow("r-1");
        }
        PayoutRecord record = payouts.stored("r-1").orElseThrow();
        assertThat(record.attention()).contains(Attention.TAMPERED);
    }

    /** And nothing is called for it. */
    @Test
    void tampered_settlementWithdrawn_cancelIsNotCalled() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        Payouts payouts = tamperedWhileItAwaitsConfirmation(journal);
        assertThatIllegalStateException().isThrownBy(() -> payouts.by(BORIS).cancel("r-1"));
        assertThat(journal.provider.events()).doesNotContain("CANCEL r-1");
    }

    /** Nor is it ended as canceled while a send is out. */
    @Test
    void tampered_settlementWithdrawn_isNotCanceledWhileASendIsOut() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        Payouts payouts = keyed(journal, Verb.SETTLE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        payouts.pay(request("r-1"), NAME);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        journal.clock.advance(Duration.ofMinutes(2));
        assertThat(payouts.recoverNow("r-1").status())
                .isEqualTo(PayoutStatus.PREPARED); // the first send may lie in a queue
        edit(journal, "update payout_journal set amount_minor = 99900000");
        assertThat(payouts.recoverNow("r-1").attention()).contains(Attention.TAMPERED);
        PayoutRecord waiting = payouts.by(ANNA).settle("r-1", Settlement.notPaid("x"));
        payouts.by(ANNA).reject("r-1", waiting.order().orElseThrow().hash());
        assertThatIllegalStateException().isThrownBy(() -> payouts.by(ANNA).cancel("r-1"));
        assertThat(payouts.stored("r-1").orElseThrow().status()).isNotEqualTo(PayoutStatus.CANCELED);
    }

    /** An id in the fence's column that no key vouches for is nobody's to call by. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void letThroughInvented_isFlaggedAndNoIdToCallBy(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        Payouts payouts = keyed(journal);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        payouts.pay(request("r-1"), NAME);
        edit(journal, "update payout_journal set let_through = 'id-of-another'");
        for (int i = 0; i < 10; i++) {
            journal.clock.advance(Duration.ofMinutes(10));
            payouts.recoverNow("r-1");
        }
        PayoutRecord record = payouts.stored("r-1").orElseThrow();
        assertThat(record.attention()).contains(Attention.TAMPERED);
        assertThat(record.payout().ref().providerId()).isEmpty();
        assertThat(journal.provider.payments("r-1")).isZero();
    }

    /** Nor is it without a key, where there is no fence. */
    @Test
    void letThroughInvented_withoutKeyAndFence_isNoIdToCallBy() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        journal.pay("r-1");
        edit(journal, "update payout_journal set let_through = 'id-of-another'");
        journal.clock.advance(Duration.ofMinutes(10));
        journal.payouts.recoverNow("r-1");
        assertThat(journal.payouts.stored("r-1").orElseThrow().payout().ref().providerId())
                .contains("id-r-1");
    }

    /** A task that nobody holds, and without a heartbeat. */
    @Test
    void taskPickedWithoutAHeartbeat_isBroughtForward() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = keyed(journal);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        payouts.pay(request("r-1"), NAME);
        edit(journal, "update payout_journal_task set picked = true, picked_by = 'x', last_heartbeat = null");
        for (int i = 0; i < 5; i++) {
            journal.clock.advance(Duration.ofHours(5));
            payouts.sweep();
        }
        assertThat(Tables.texts(journal.dataSource, "select picked from payout_journal_task"))
                .containsExactly("FALSE");
    }

    /** One row that cannot be read must not blind the check of all. */
    @Test
    void rowOfAnUnknownEvent_doesNotHideOtherFaults() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = keyed(journal);
        payouts.pay(request("r-1"), NAME);
        payouts.pay(request("r-2"), NAME);
        List<HistoryHead> heads = payouts.heads().toList();
        edit(journal, "update payout_journal_history set event = 'X' where reference = 'r-2' and number = 1");
        edit(journal, "update payout_journal set amount_minor = 5 where reference = 'r-1'");
        assertThatCode(() -> payouts.verifyAgainst(heads.stream())).doesNotThrowAnyException();
        assertThat(payouts.verifyHistory()).extracting(HistoryFault::reference).contains("r-1");
    }

    /** One edited row must not stop every worker. */
    @Test
    void providerEdited_doesNotKeepWorkersFromStarting() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = keyed(journal);
        payouts.pay(request("r-1"), NAME);
        edit(journal, "update payout_journal set provider = 'x' where reference = 'r-1'");

        payouts.start();
        payouts.close();
    }

    /** Letters that nobody sees. */
    @Test
    void actor_letterThatNobodySees_isRefused() {
        for (String unseen : List.of("\uFE0F", "\u034F", "\u115F", "\u3164", "\u2800", "\u17B4", "\uDB40\uDD00")) {
            assertThatThrownBy(() -> new Actor("anna" + unseen))
                    .as("U+%04X", unseen.codePointAt(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be seen");
        }
    }

    private static final PayoutWebhooks WEBHOOKS = request -> {
        String[] parts = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        return WebhookEvent.builder(NAME, "changed", WebhookEvent.Trust.VERIFIED, parts[0])
                .reference(parts[1])
                .status(PayoutStatus.valueOf(parts[2]), "word")
                .build();
    };

    private static void receive(Payouts payouts) {
        byte[] body = "k-1 r-1 PROCESSING".getBytes(StandardCharsets.UTF_8);
        assertThat(payouts.webhook(NAME, body, Map.of())).isPresent();
    }

    private static String ofTheOnlyNotification(JournalFixture journal, String column) {
        return Tables.texts(journal.dataSource, "select " + column + " from payout_journal_webhook")
                .get(0);
    }

    /** A row put beside a signed notification must not keep it out, or absence would go on counting. */
    @ParameterizedTest
    @CsvSource({
        "H2, taken in before",
        "H2, waiting",
        "H2, same key",
        "POSTGRESQL, taken in before",
        "POSTGRESQL, waiting",
        "POSTGRESQL, same key"
    })
    void forgedNotification_doesNotKeepASignedSightingOut(Databases database, String how) {
        JournalFixture twin = new JournalFixture(database, AFTER_ABSENCE);
        Payouts other = twin.journal(b -> b.provider(NAME, twin.provider, WEBHOOKS));
        other.pay(request("r-1"), NAME);
        receive(other);
        JournalFixture journal = new JournalFixture(database, AFTER_ABSENCE);
        Payouts payouts = journal.journal(b -> b.provider(NAME, journal.provider, WEBHOOKS)
                .historyKey(DatabaseWriterTest.historyKey())
                .afterAbsence(Absence.RESUBMIT));
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(1);
        payouts.pay(request("r-1"), NAME);
        String key = how.equals("same key") ? ofTheOnlyNotification(twin, "dedupe_hash") : "f".repeat(64);
        String applied = how.equals("waiting") ? "null" : "current_timestamp";
        edit(
                journal,
                "insert into payout_journal_webhook (provider, dedupe_hash, type, trust, reference, status,"
                        + " provider_status, received_at, shown, applied_at) values ('simulated', '" + key
                        + "', 'changed', 'VERIFIED', 'r-1', 'PROCESSING', 'word', current_timestamp, '"
                        + ofTheOnlyNotification(twin, "shown") + "', " + applied + ")");

        receive(payouts);
        for (int i = 0; i < 20; i++) {
            journal.clock.advance(Duration.ofMinutes(45));
            payouts.recoverNow("r-1");
        }

        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }
}
