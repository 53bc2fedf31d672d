package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.request;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.journal.SimulatedProvider.Fault;

/** Somebody can write to the database, has read this source, and has neither the vault's key nor the history's. */
class DatabaseWriterTest {
    private static final Actor ANNA = new Actor("anna");
    private static final SecretKey VAULT_KEY = new SecretKeySpec(bytes(1), "AES");
    private static final SecretKey HISTORY_KEY = new SecretKeySpec(bytes(2), "HmacSHA256");

    private static byte[] bytes(int filler) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filler);
        return bytes;
    }

    static RecipientVault vault() {
        return AesGcmVault.builder("v-1", VAULT_KEY).build();
    }

    static HistoryKey historyKey() {
        return HistoryKey.of("h-1", HISTORY_KEY);
    }

    /** A payout that is about to be sent, one that was paid, and whoever listens. */
    private static final class Scene {
        final JournalFixture journal;
        final DataSource tables;
        final List<StatusChange> heard = new ArrayList<>();
        final Payouts payouts;

        Scene(Databases database) {
            journal = new JournalFixture(database, SAME_HANDLE);
            tables = journal.dataSource;
            payouts = journal.journal(
                    builder -> builder.vault(vault()).historyKey(historyKey()).listener(heard::add));
            payouts.pay(request("r-2"), SimulatedProvider.NAME);
            journal.provider.settle("r-2");
            payouts.recoverNow("r-2");
            journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
            payouts.pay(request("r-1"), SimulatedProvider.NAME);
        }

        void edit(String sql) {
            assertThat(Tables.edit(tables, sql)).as(sql).isPositive();
        }

        void payout(String set) {
            edit("update payout_journal set " + set + " where reference = 'r-1'");
        }

        void history(String set, String where) {
            edit("update payout_journal_history set " + set + " where reference = 'r-1' and " + where);
        }

        String text(String column, String reference) {
            return Tables.texts(
                            tables, "select " + column + " from payout_journal where reference = '" + reference + "'")
                    .get(0);
        }

        void put(String column, String text) {
            try (Connection connection = tables.getConnection();
                    PreparedStatement update = connection.prepareStatement(
                            "update payout_journal set " + column + " = ? where reference = 'r-1'")) {
                update.setString(1, text);
                update.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void forgeWithoutKey() {
            Forger.withoutKey().rewrite(tables, "r-1");
        }
    }

    /** What the attacker would like to have paid. */
    private static String foreignRequest() {
        return """
                amount=99900000
                confirmation=AUTOMATIC
                currency=KZT
                description=Salary
                provider=simulated
                recipient.kind=SAVED_CARD
                recipient.token=token-9
                reference=r-1
                """;
    }

    @SuppressWarnings("ImmutableEnumChecker") // the edits hold nothing
    private enum Attack {
        REQUEST_IN_CLEAR(scene -> scene.put("request", foreignRequest())),
        REQUEST_IN_CLEAR_AND_CHAIN_REWRITTEN(scene -> {
            scene.put("request", foreignRequest());
            scene.payout("amount_minor = 99900000");
            scene.forgeWithoutKey();
        }),
        REQUEST_OF_ANOTHER_PAYOUT(scene -> scene.put("request", scene.text("request", "r-2"))),
        REQUEST_OF_ANOTHER_PAYOUT_AND_CHAIN_REWRITTEN(scene -> {
            scene.put("request", scene.text("request", "r-2"));
            scene.forgeWithoutKey();
        }),
        REQUEST_UNDER_ANOTHER_KEY(scene -> scene.put(
                "request",
                "sealed 2\n"
                        + AesGcmVault.builder("v-1", new SecretKeySpec(bytes(9), "AES"))
                                .build()
                                .seal(foreignRequest(), "request:1:r-1"))),
        PROVIDER(scene -> scene.payout("provider = 'other'")),
        AMOUNT(scene -> scene.payout("amount_minor = 99900000")),
        CURRENCY(scene -> scene.payout("currency = 'RUB'")),
        RECIPIENT_KIND(scene -> scene.payout("recipient_kind = 'PHONE'")),
        CONFIRMATION(scene -> scene.payout("confirmation = 'MANUAL'")),
        TIME_OF_THE_REQUEST(scene -> scene.payout("requested_at = requested_at + interval '1' day")),
        STATUS(scene -> scene.payout("status = 'SUCCEEDED'")),
        OBSERVATION(scene -> scene.put("observation", "status=SUCCEEDED\n")),
        OBSERVATION_OF_ANOTHER_PAYOUT(scene -> scene.put("observation", scene.text("observation", "r-2"))),
        PROVIDERS_ID(scene -> scene.payout("provider_id = 'id-9'")),
        LET_THROUGH_OF_A_ROW(scene -> {
            scene.edit(
                    "insert into payout_journal_history select reference, 99, happened_at, 'LET_THROUGH', status,"
                            + " 'providerId=x', node, hash, hash from payout_journal_history where reference = 'r-1' and number = 1");
            scene.payout("let_through = 'x'");
        }),
        HISTORY_ROW_EDITED(scene -> scene.history("event = 'ABSENT'", "number = 2")),
        HISTORY_ROW_DELETED(
                scene -> scene.edit("delete from payout_journal_history where reference = 'r-1' and number = 3")),
        HISTORY_DELETED(scene -> scene.edit("delete from payout_journal_history where reference = 'r-1'")),
        HISTORY_ROW_ADDED(scene -> scene.edit("insert into payout_journal_history select reference, 1 +"
                + " (select max(number) from payout_journal_history where reference = 'r-1'), happened_at, event, status, proof,"
                + " node, previous_hash, hash from payout_journal_history where reference = 'r-1' and number = 1")),
        HISTORY_MOVED_BACK_ALONE(
                scene -> scene.edit("delete from payout_journal_history where reference = 'r-1' and number > 2")),
        HEAD(scene -> scene.payout("version = 1")),
        CHAIN_REWRITTEN(scene -> {
            scene.history("event = 'ABSENT'", "number = 2");
            scene.forgeWithoutKey();
        }),
        ROW_UNDER_AN_UNKNOWN_KEYS_NAME(scene -> {
            scene.payout("amount_minor = 99900000");
            Forger.with("h-1", new SecretKeySpec(bytes(9), "HmacSHA256")).rewrite(scene.tables, "r-1");
        });

        private final Consumer<Scene> made;

        Attack(Consumer<Scene> made) {
            this.made = made;
        }
    }

    private static Stream<Arguments> attacks() {
        return Arrays.stream(Databases.values())
                .flatMap(database -> Arrays.stream(Attack.values()).map(attack -> Arguments.of(database, attack)));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void editedPayout_isFlagged_neverCalledAndTold_andEndsByAPersonsWord(Databases database, Attack attack) {
        Scene scene = new Scene(database);
        List<String> calls = scene.journal.provider.events();
        int heard = scene.heard.size();

        attack.made.accept(scene);
        scene.journal.clock.advance(Duration.ofMinutes(10));
        PayoutRecord met = scene.payouts.recoverNow("r-1");

        assertThat(met.attention()).contains(Attention.TAMPERED);
        assertThat(met.openVerbs()).containsExactly(Verb.SETTLE);
        assertThat(scene.payouts.needingAttention())
                .extracting(PayoutRecord::reference)
                .containsExactly("r-1");
        assertThat(scene.payouts.pay(request("r-1"), SimulatedProvider.NAME).attention())
                .contains(Attention.TAMPERED);
        PayoutOrders orders = scene.payouts.by(ANNA);
        assertThatThrownBy(() -> orders.cancel("r-1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> orders.resubmit("r-1")).isInstanceOf(IllegalStateException.class);
        scene.payouts.recoverNow();
        assertThat(scene.payouts.find("r-1")).isPresent();
        assertThat(scene.journal.provider.events()).isEqualTo(calls);
        assertThat(scene.heard).hasSize(heard);
        assertThat(scene.payouts.verifyHistory())
                .extracting(HistoryFault::reference)
                .containsExactly("r-1");

        PayoutRecord settled = orders.settle("r-1", Settlement.notPaid("statement of 2026-03-01"));

        assertThat(settled.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(settled.attention()).isEmpty();
        scene.payouts.recoverNow("r-1");
        assertThat(scene.payouts.needingAttention()).isEmpty();
        assertThat(scene.heard).hasSize(heard + 1);
        assertThat(scene.heard.get(heard).to()).isEqualTo(PayoutStatus.FAILED);
        assertThat(scene.payouts.verifyHistory("r-1").orElseThrow().text()).contains("A person's word stands");
        assertThat(scene.journal.provider.payments("r-1")).isZero();
        assertThat(scene.payouts.explain("r-1", Locale.ENGLISH).orElseThrow()).contains("its history did not hold");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void editTakenBack_carriesThePayoutOn(Databases database) {
        Scene scene = new Scene(database);
        scene.payout("amount_minor = 99900000");
        assertThat(scene.payouts.recoverNow("r-1").attention()).contains(Attention.TAMPERED);

        scene.payout("amount_minor = 15000");

        assertThat(scene.payouts.recoverNow("r-1").attention()).isEmpty();
        assertThat(scene.payouts.needingAttention()).isEmpty();
        assertThat(scene.journal.provider.payments("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void observationPutBack_isFlagged(Databases database) {
        Scene scene = new Scene(database);
        String earlier = scene.text("observation", "r-1");
        scene.payouts.recoverNow("r-1");
        assertThat(scene.journal.provider.payments("r-1")).isEqualTo(1);

        scene.put("observation", earlier);

        PayoutRecord met = scene.payouts.recoverNow("r-1");
        assertThat(met.attention()).contains(Attention.TAMPERED);
        assertThat(met.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(scene.journal.provider.payments("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void attentionCleared_isToldAndPutBack(Databases database) {
        Scene scene = new Scene(database);
        scene.journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        scene.journal.provider.hiddenFor = Duration.ofDays(999);
        scene.payouts.recoverNow("r-1");
        scene.journal.clock.advance(Duration.ofHours(25));
        assertThat(scene.payouts.recoverNow("r-1").attention()).contains(Attention.OVERDUE);

        scene.payout("attention = null");

        assertThat(scene.payouts.verifyHistory())
                .extracting(HistoryFault::text)
                .containsExactly("The attention is not the one that the rows say.");
        assertThat(scene.payouts.needingAttention()).isEmpty();
        assertThat(scene.payouts.stored("r-1").orElseThrow().attention()).contains(Attention.OVERDUE);
        assertThat(scene.payouts.needingAttention()).hasSize(1);
        assertThat(scene.payouts.verifyHistory()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void failedPayoutShownAsPaid_isNotBelieved(Databases database) {
        Scene scene = new Scene(database);
        scene.journal.provider.fault(Operation.SUBMIT, Fault.REFUSED);
        assertThat(scene.payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.FAILED);

        scene.put("observation", scene.text("observation", "r-2"));
        scene.payout("status = 'SUCCEEDED'");

        PayoutRecord met = scene.payouts.stored("r-1").orElseThrow();
        assertThat(met.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(met.attention()).contains(Attention.TAMPERED);
        assertThat(scene.payouts.needingAttention()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void confirm_ofAnEditedPayout_isNotCalled(Databases database) {
        Scene scene = new Scene(database);
        scene.journal.provider.confirms = true;
        scene.payouts.pay(request("r-3"), SimulatedProvider.NAME, Confirmation.MANUAL);
        scene.edit("update payout_journal set provider_id = 'id-9' where reference = 'r-3'");

        assertThatThrownBy(() -> scene.payouts.by(ANNA).confirm("r-3")).isInstanceOf(IllegalStateException.class);
        assertThat(scene.journal.provider.events()).doesNotContain("CONFIRM r-3");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void leasesAndTasks_changeNothingAboutMoney(Databases database) {
        Scene scene = new Scene(database);
        scene.edit("delete from payout_journal_task");
        scene.payout("lease_owner = null, lease_until = null, asked_at = null");

        scene.payouts.sweep();
        scene.payouts.recoverNow("r-1");
        scene.edit(
                "update payout_journal set lease_owner = 'x', lease_until = null, delivered = 0, undelivered = false");
        scene.payouts.recoverNow("r-1");

        assertThat(Tables.count(scene.tables, "payout_journal_task")).isPositive();
        assertThat(scene.journal.provider.payments("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void deliveredEdited_aListenerHearsAgainOrNot_andNobodyIsPaidAgain(Databases database) {
        Scene scene = new Scene(database);
        int told = scene.heard.size();

        scene.edit("update payout_journal set delivered = 1, undelivered = true where reference = 'r-2'");
        scene.payouts.recoverNow("r-2");
        assertThat(scene.heard).as("again").hasSizeGreaterThan(told);

        scene.edit("update payout_journal set delivered = version, undelivered = false where reference = 'r-1'");
        scene.payouts.recoverNow("r-1");
        assertThat(scene.journal.provider.payments("r-1")).isEqualTo(1);
        assertThat(scene.journal.provider.payments("r-2")).isEqualTo(1);
    }

    // ---- what only an anchor finds

    @ParameterizedTest
    @EnumSource(Databases.class)
    void payoutTakenBackWhole_isFoundByTheAnchorOnly(Databases database) {
        Scene scene = new Scene(database);
        List<List<Object>> payout = rows(scene.tables, "payout_journal");
        List<List<Object>> history = rows(scene.tables, "payout_journal_history");
        scene.payouts.recoverNow("r-1");
        List<HistoryHead> anchor = scene.payouts.heads().toList();
        assertThat(anchor).hasSize(2);
        assertThat(scene.payouts.verifyAgainst(anchor.stream())).isEmpty();

        restore(scene.tables, "payout_journal", payout);
        restore(scene.tables, "payout_journal_history", history);

        assertThat(scene.payouts.verifyHistory()).isEmpty();
        assertThat(scene.payouts.verifyAgainst(anchor.stream())).singleElement().satisfies(fault -> {
            assertThat(fault.reference()).isEqualTo("r-1");
            assertThat(fault.text()).contains("was there before and is missing");
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void payoutDeletedWhole_isFoundByTheAnchorOnly(Databases database) {
        Scene scene = new Scene(database);
        List<HistoryHead> anchor = scene.heard.stream().map(StatusChange::head).toList();
        scene.edit("delete from payout_journal_history where reference = 'r-2'");
        scene.edit("delete from payout_journal where reference = 'r-2'");

        assertThat(scene.payouts.verifyHistory()).isEmpty();
        assertThat(scene.payouts.verifyAgainst(anchor.stream()))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.text()).contains("The payout itself is missing"));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void payoutDeletedWithoutItsHistory_isFoundAndNotPaidAgain(Databases database) {
        Scene scene = new Scene(database);
        scene.edit("delete from payout_journal where reference = 'r-2'");

        assertThat(scene.payouts.verifyHistory())
                .extracting(HistoryFault::text)
                .containsExactly("The payout itself is missing.");
        assertThatThrownBy(() -> scene.payouts.pay(request("r-2"), SimulatedProvider.NAME))
                .isInstanceOf(JournalException.class);
        assertThat(scene.journal.provider.payments("r-2")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void historyRewrittenWithTheKey_isFoundByTheAnchorOnly(Databases database) {
        Scene scene = new Scene(database);
        List<HistoryHead> anchor = scene.payouts.heads().toList();
        scene.history("node = 'somebody-else'", "number = 2");
        Forger.with("h-1", HISTORY_KEY).rewrite(scene.tables, "r-1");

        assertThat(scene.payouts.verifyHistory()).isEmpty();
        assertThat(scene.payouts.verifyAgainst(anchor.stream()))
                .extracting(HistoryFault::text)
                .containsExactly("The row is another one than was there before.");
    }

    /** Each row as values by column, for putting it back. */
    private static List<List<Object>> rows(DataSource tables, String table) {
        List<List<Object>> rows = new ArrayList<>();
        try (Connection connection = tables.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select * from " + table + " where reference = 'r-1'");
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void restore(DataSource tables, String table, List<List<Object>> rows) {
        Tables.edit(tables, "delete from " + table + " where reference = 'r-1'");
        String marks = String.join(", ", Collections.nCopies(rows.get(0).size(), "?"));
        try (Connection connection = tables.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into " + table + " values (" + marks + ")")) {
            for (List<Object> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- with less than both keys

    @ParameterizedTest
    @EnumSource(Databases.class)
    void withoutKeyAndVault_anEditIsFlagged_butARewrittenChainIsBelieved(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        journal.pay("r-1");
        Tables.edit(journal.dataSource, "update payout_journal set request = replace(request, 'token-1', 'token-9')");
        assertThat(journal.payouts.recoverNow("r-1").attention()).contains(Attention.TAMPERED);
        assertThat(journal.provider.submits("r-1")).isZero();

        Forger.withoutKey().rewrite(journal.dataSource, "r-1");

        assertThat(journal.payouts.recoverNow("r-1").attention()).isEmpty();
        assertThat(journal.payouts.verifyHistory()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void withAVaultOnly_aRewrittenChainOverAnothersRequest_isNotReadAndNotPaid(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts sealed = journal.journal(builder -> builder.vault(vault()));
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT, Fault.NOT_SENT);
        sealed.pay(request("r-1"), SimulatedProvider.NAME);
        sealed.pay(other(), SimulatedProvider.NAME);
        Tables.edit(
                journal.dataSource,
                "update payout_journal set request = (select request from payout_journal where reference = 'r-2')"
                        + " where reference = 'r-1'");
        Forger.withoutKey().rewrite(journal.dataSource, "r-1");

        assertThatThrownBy(() -> sealed.recoverNow("r-1")).isInstanceOf(JournalException.class);
        assertThat(sealed.unreadable()).containsExactly("r-1");
        assertThat(journal.provider.submits("r-1")).isZero();
    }

    private static PayoutRequest other() {
        return PayoutRequest.builder("r-2", Money.ofMinor(99_900, "KZT"), new Recipient.SavedCard("token-9"))
                .build();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void withAHistoryKeyOnly_aRewrittenChainIsFlagged(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts keyed = journal.journal(builder -> builder.historyKey(historyKey()));
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        keyed.pay(request("r-1"), SimulatedProvider.NAME);
        Tables.edit(journal.dataSource, "update payout_journal set request = replace(request, 'token-1', 'token-9')");
        Forger.withoutKey().rewrite(journal.dataSource, "r-1");

        assertThat(keyed.recoverNow("r-1").attention()).contains(Attention.TAMPERED);
        assertThat(journal.provider.submits("r-1")).isZero();
    }
}
