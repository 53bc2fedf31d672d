package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.DatabaseWriterTest.historyKey;
import static org.unipayout.journal.DatabaseWriterTest.vault;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.request;

import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Resubmission;
import org.unipayout.WebhookEvent;
import org.unipayout.journal.SimulatedProvider.Fault;

/** Keys that come, change and go, and what they vouch for beside histories. */
class HistoryKeyTest {
    private static final AesGcmVault OTHER_VAULT =
            AesGcmVault.builder("v-2", new SecretKeySpec(bytes(32, 3), "AES")).build();

    private static byte[] bytes(int length, int filler) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) filler);
        return bytes;
    }

    private static HistoryKey newerKey() {
        return HistoryKey.of("h-2", new SecretKeySpec(bytes(32, 4), "HmacSHA256"));
    }

    private static AesGcmVault bothVaultKeys() {
        return AesGcmVault.builder("v-2", new SecretKeySpec(bytes(32, 3), "AES"))
                .oldKey("v-1", new SecretKeySpec(bytes(32, 1), "AES"))
                .build();
    }

    /** Three payouts: one about to be sent, one on its way, one paid. */
    private static JournalFixture filled(Databases database, UnaryOperator<PayoutsBuilder> settings) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = journal.journal(settings);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        payouts.pay(request("r-2"), SimulatedProvider.NAME);
        journal.provider.settle("r-1");
        payouts.recoverNow("r-1");
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        payouts.pay(request("r-3"), SimulatedProvider.NAME);
        return journal;
    }

    private static List<PayoutStatus> statuses(Payouts payouts) {
        return Stream.of("r-1", "r-2", "r-3")
                .map(reference -> payouts.stored(reference).orElseThrow().status())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void reseal_underNewKeys_letsTheOldOnesGo(Databases database) {
        List<StatusChange> heard = new ArrayList<>();
        JournalFixture journal = filled(
                database,
                builder -> builder.vault(vault()).historyKey(historyKey()).listener(heard::add));
        Payouts both = journal.journal(builder -> builder.vault(bothVaultKeys())
                .historyKey(newerKey(), historyKey())
                .listener(heard::add));
        List<PayoutStatus> before = statuses(both);
        both.recoverNow("r-2");
        heard.clear();
        int calls = journal.provider.events().size();
        List<HistoryHead> anchor = both.heads().toList();

        assertThat(both.reseal(2)).isZero();
        int rows = Tables.count(journal.dataSource, "payout_journal_history");
        assertThat(both.reseal(1)).as("again: nothing is left to do").isZero();

        assertThat(Tables.count(journal.dataSource, "payout_journal_history")).isEqualTo(rows);
        assertThat(journal.provider.events()).as("no call").hasSize(calls);
        assertThat(Tables.everything(journal.dataSource)).doesNotContain("aes-gcm:1:v-1:");
        Payouts fresh = journal.journal(builder ->
                builder.vault(OTHER_VAULT).historyKey(newerKey(), historyKey()).listener(heard::add));
        assertThat(statuses(fresh)).isEqualTo(before);
        assertThat(fresh.verifyHistory()).isEmpty();
        assertThat(fresh.verifyAgainst(anchor.stream())).isEmpty();
        fresh.recoverNow("r-1");
        assertThat(heard).as("no news").isEmpty();
        assertThat(fresh.recoverNow("r-3").status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.payments("r-3")).isEqualTo(1);
        assertThat(fresh.explain("r-1", Locale.ENGLISH).orElseThrow()).contains("sealed anew");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void reseal_ofWhatWasStoredWithoutVaultAndKey_ends_theOptIn(Databases database) {
        JournalFixture journal = filled(database, builder -> builder);
        Payouts strict = journal.journal(builder -> builder.vault(vault()).historyKey(historyKey()));
        assertThat(strict.stored("r-3").orElseThrow().attention()).contains(Attention.TAMPERED);
        assertThat(strict.reseal(10)).isEqualTo(3);

        Payouts migrating = journal.journal(
                builder -> builder.vault(vault()).historyKey(historyKey()).acceptEarlierForms());
        assertThat(migrating.reseal(10)).isZero();

        assertThat(strict.verifyHistory()).isEmpty();
        assertThat(strict.recoverNow("r-3").status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(strict.stored("r-3").orElseThrow().attention()).isEmpty();
        assertThat(Tables.texts(journal.dataSource, "select request from payout_journal"))
                .allSatisfy(
                        request -> assertThat(request).startsWith("sealed 2\n").doesNotContain("token-1"));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void reseal_leavesAnEditedPayoutAsItIs(Databases database) {
        JournalFixture journal =
                filled(database, builder -> builder.vault(vault()).historyKey(historyKey()));
        Payouts both = journal.journal(builder -> builder.vault(bothVaultKeys()).historyKey(newerKey(), historyKey()));
        Tables.edit(journal.dataSource, "update payout_journal set amount_minor = 9 where reference = 'r-3'");

        assertThat(both.reseal(10)).isEqualTo(1);

        assertThat(both.stored("r-3").orElseThrow().attention()).contains(Attention.TAMPERED);
        assertThat(both.verifyHistory()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void reseal_whileAnotherMachineWorksOnOne_comesAgain(Databases database) {
        JournalFixture journal = filled(database, builder -> builder.historyKey(historyKey()));
        Payouts both = journal.journal(builder -> builder.historyKey(newerKey(), historyKey()));
        List<Integer> remained = new ArrayList<>();
        journal.provider.duringSubmit = () -> remained.add(both.reseal(10));

        Payouts worker = journal.journal(builder -> builder.historyKey(historyKey(), newerKey()));
        assertThat(worker.recoverNow("r-3").status()).isEqualTo(PayoutStatus.PROCESSING);

        assertThat(remained).as("the one that is being sent").containsExactly(1);
        journal.provider.duringSubmit = null;
        assertThat(both.reseal(10)).isZero();
        assertThat(both.verifyHistory()).isEmpty();
        assertThat(journal.provider.payments("r-3")).isEqualTo(1);
    }

    /** A serializer that reads private fields leaves out what is transient. */
    @Test
    void keys_areInNoFieldThatASerializerReads() {
        assertThat(Stream.of(HistoryKey.class, AesGcmVault.class, AesGcmVault.Builder.class)
                        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                        .filter(field -> field.getGenericType().getTypeName().contains("SecretKey")))
                .hasSize(5)
                .allMatch(field -> Modifier.isTransient(field.getModifiers()));
    }

    @Test
    void keyThatIsNotKnownHere_isUnreadable_andNothingIsSent() {
        JournalFixture journal = filled(Databases.H2, builder -> builder.historyKey(historyKey()));
        int calls = journal.provider.events().size();
        Payouts unkeyed = journal.journal(builder -> builder);
        Payouts other = journal.journal(builder -> builder.historyKey(newerKey()));

        assertThatThrownBy(() -> unkeyed.recoverNow("r-3"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("h-1");
        assertThatThrownBy(() -> other.pay(request("r-3"), SimulatedProvider.NAME))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("historyKey");
        assertThat(other.unreadable()).contains("r-3");
        assertThat(other.verifyHistory()).hasSize(3);
        assertThat(journal.provider.events()).hasSize(calls);
    }

    @ParameterizedTest
    @CsvSource({"31, h-1", "32, 'a:b'", "32, ''"})
    void historyKey_ofAnotherForm_isRefused(int length, String id) {
        assertThatThrownBy(() -> HistoryKey.of(id, new SecretKeySpec(bytes(length, 1), "HmacSHA256")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("history key");
        assertThat(historyKey().toString()).isEqualTo("HistoryKey[h-1]");
    }

    @Test
    void vaultKey_ofAnotherLength_isRefusedAtOnce() {
        for (int length : new int[] {1, 15, 17, 31, 33}) {
            assertThatThrownBy(() -> AesGcmVault.builder("k", new SecretKeySpec(bytes(length, 1), "AES")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("16, 24 or 32 bytes, and has " + length);
        }
        for (int length : new int[] {16, 24, 32}) {
            AesGcmVault vault = AesGcmVault.builder("k", new SecretKeySpec(bytes(length, 1), "AES"))
                    .build();
            assertThat(vault.open(vault.seal("clear", "c"), "c")).isEqualTo("clear");
        }
    }

    // ---- the journal's first tables, notifications and the fence

    @ParameterizedTest
    @EnumSource(Databases.class)
    void tablesOfTheFirstMigrationOnly_areBroughtUpToDate(Databases database) {
        JournalFixture journal = filled(database, builder -> builder);
        Tables.edit(journal.dataSource, "alter table payout_journal_webhook drop column mark");
        Tables.edit(journal.dataSource, "drop table payout_journal_restore");
        Tables.edit(journal.dataSource, "drop index payout_journal_history_listing");
        Tables.edit(journal.dataSource, "alter table payout_journal drop column told_unclear");
        assertThatThrownBy(journal.payouts::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("createSchema()");

        journal.payouts.createSchema();
        journal.payouts.createSchema();

        assertThat(journal.payouts.recoverNow("r-3").status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    private static final PayoutWebhooks WEBHOOKS = received -> WebhookEvent.builder(
                    SimulatedProvider.NAME,
                    "changed",
                    WebhookEvent.Trust.VERIFIED,
                    new String(received.body(), StandardCharsets.UTF_8))
            .reference("r-2")
            .status(PayoutStatus.SUCCEEDED, "word")
            .build();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void notificationWrittenIntoTheTable_isOnlyAReasonToAsk(Databases database) {
        JournalFixture journal = filled(database, builder -> builder.historyKey(historyKey()));
        Payouts keyed = journal.journal(builder ->
                builder.historyKey(historyKey()).provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS));
        Tables.edit(
                journal.dataSource,
                "insert into payout_journal_webhook (provider, dedupe_hash, type, trust, reference, provider_id, status,"
                        + " provider_status, received_at) values ('simulated', 'x', 'changed', 'VERIFIED', 'r-2', 'id-9',"
                        + " 'SUCCEEDED', 'word', timestamp with time zone '2026-03-01 10:00:00+00')");
        journal.provider.onGet = ref -> null;
        journal.provider.hiddenFor = Duration.ofDays(999);

        PayoutRecord asked = journal.recover(keyed, "r-2", Duration.ofHours(30), 3);

        assertThat(asked.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(asked.payout().ref().providerId()).contains("id-r-2");
        assertThat(keyed.explain("r-2", Locale.ENGLISH).orElseThrow()).contains("not signed, only a hint");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void notificationThatCame_isVouchedFor_andNotIfItWasEdited(Databases database) {
        JournalFixture journal = filled(database, builder -> builder.historyKey(historyKey()));
        Payouts keyed = journal.journal(builder ->
                builder.historyKey(historyKey()).provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS));

        keyed.webhook(SimulatedProvider.NAME, "k-1".getBytes(StandardCharsets.UTF_8), Map.of());

        assertThat(keyed.explain("r-2", Locale.ENGLISH).orElseThrow()).contains("signature is right");
        Tables.edit(
                journal.dataSource,
                "update payout_journal_webhook set applied_at = null, provider_id = 'id-r-2', reference = null");
        keyed.recoverNow("r-2");
        assertThat(keyed.explain("r-2", Locale.ENGLISH).orElseThrow()).contains("not signed, only a hint");
    }

    private static final PayoutFence FENCE = asked -> {
        String[] parts = new String(asked.body(), StandardCharsets.UTF_8).split(" ", -1);
        return new PayoutFence.Question(
                WebhookEvent.builder(SimulatedProvider.NAME, "verification", WebhookEvent.Trust.VERIFIED, parts[1])
                        .reference(parts[0])
                        .providerId(parts[1])
                        .amount(Money.ofMinor(15_000, "KZT"))
                        .build(),
                new PayoutFence.Answer(200, "text/plain", new byte[] {'y'}),
                new PayoutFence.Answer(200, "text/plain", new byte[] {'n'}));
    };

    private static boolean passes(Payouts payouts, String question) {
        return payouts.verification(SimulatedProvider.NAME, question.getBytes(StandardCharsets.UTF_8), Map.of())
                        .body()[0]
                == 'y';
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void fence_declinesAnEditedPayout_andOneWhoseLetThroughWasCleared(Databases database) {
        JournalFixture journal =
                new JournalFixture(database, new Resubmission.SameReference(2, Duration.ofSeconds(30)));
        journal.provider.rule = new Resubmission.Fenced(2, Duration.ofSeconds(30));
        Payouts keyed =
                journal.journal(builder -> builder.historyKey(historyKey()).fence(SimulatedProvider.NAME, FENCE));
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.REQUEST_LOST);
        keyed.pay(request("r-1"), SimulatedProvider.NAME);
        keyed.pay(request("r-2"), SimulatedProvider.NAME);
        assertThat(passes(keyed, "r-1 id-1")).isTrue();
        keyed.recoverNow("r-1");

        Tables.edit(journal.dataSource, "update payout_journal set let_through = null where reference = 'r-1'");
        Tables.edit(journal.dataSource, "update payout_journal set amount_minor = 9 where reference = 'r-2'");

        assertThat(passes(keyed, "r-1 id-2")).isFalse();
        assertThat(passes(keyed, "r-2 id-2")).isFalse();
        assertThat(keyed.stored("r-1").orElseThrow().attention()).contains(Attention.TAMPERED);
    }

    @Test
    void settle_ofAnEditedPayoutUnderFourEyes_waitsForAnother() {
        JournalFixture journal = filled(Databases.H2, builder -> builder.historyKey(historyKey()));
        Payouts keyed =
                journal.journal(builder -> builder.historyKey(historyKey()).fourEyes(Verb.SETTLE));
        Tables.edit(journal.dataSource, "delete from payout_journal_history where reference = 'r-3' and number = 2");
        int calls = journal.provider.events().size();

        PayoutRecord ordered = keyed.by(new Actor("anna")).settle("r-3", Settlement.notPaid("statement"));

        assertThat(ordered.openVerbs()).containsExactlyInAnyOrder(Verb.APPROVE, Verb.REJECT);
        String hash = ordered.order().orElseThrow().hash();
        PayoutRecord rejected = keyed.by(new Actor("boris")).reject("r-3", hash);
        assertThat(rejected.attention()).contains(Attention.TAMPERED);
        assertThat(rejected.openVerbs()).containsExactly(Verb.SETTLE);
        keyed.recoverNow("r-3");
        assertThat(journal.provider.events()).hasSize(calls);
        String second = keyed.by(new Actor("anna"))
                .settle("r-3", Settlement.notPaid("statement"))
                .order()
                .orElseThrow()
                .hash();
        PayoutRecord settled = keyed.by(new Actor("boris")).approve("r-3", second);
        assertThat(settled.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(settled.attention()).isEmpty();
    }
}
