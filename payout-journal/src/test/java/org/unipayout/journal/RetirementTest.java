package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.DatabaseWriterTest.historyKey;
import static org.unipayout.journal.DatabaseWriterTest.vault;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Money;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.WebhookEvent;
import org.unipayout.Word;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Renewal;
import org.unipayout.journal.internal.store.Sealer;

/** What ended long ago goes to an archive, and its reference is paid by nothing and nobody any more. */
class RetirementTest {
    static final Duration LONG = Duration.ofDays(30);

    private final List<RetiredPayout> archived = new ArrayList<>();
    private final Consumer<List<RetiredPayout>> archive = archived::addAll;

    /** The body is {@code reference status trust}. */
    static final PayoutWebhooks WEBHOOKS = request -> {
        String[] parts = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        WebhookEvent.Trust trust = WebhookEvent.Trust.valueOf(parts[2]);
        WebhookEvent.Builder event = WebhookEvent.builder(SimulatedProvider.NAME, "changed", trust, parts[0] + parts[1])
                .providerId("id-" + parts[0]);
        return (trust == WebhookEvent.Trust.HINT ? event : event.status(PayoutStatus.valueOf(parts[1]), "word"))
                .build();
    };

    static Optional<PayoutRecord> receive(Payouts payouts, String body) {
        return payouts.webhook(SimulatedProvider.NAME, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Payouts journal(JournalFixture fixture, UnaryOperator<PayoutsBuilder> settings) {
        return fixture.journal(
                builder -> settings.apply(builder.provider(SimulatedProvider.NAME, fixture.provider, WEBHOOKS)));
    }

    /** A provider that pays at once, or not at all. */
    static JournalFixture fixture(Databases database, PayoutStatus end) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        fixture.provider.accepted = end;
        return fixture;
    }

    static PayoutQuery all(JournalFixture fixture) {
        return PayoutQuery.between(START.minus(LONG), fixture.clock.instant());
    }

    private long retire(Payouts payouts, JournalFixture fixture) {
        return payouts.by(ANNA).retire(all(fixture), archive);
    }

    private Payouts retired(JournalFixture fixture, UnaryOperator<PayoutsBuilder> settings) {
        Payouts payouts = journal(fixture, settings);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        payouts.recoverNow("r-1"); // tells the listeners, if there are some
        fixture.clock.advance(LONG);
        assertThat(retire(payouts, fixture)).isOne();
        return payouts;
    }

    private static List<String> histories(JournalFixture fixture) {
        return Tables.texts(fixture.dataSource, "select event from payout_journal_history order by reference, number");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_whatEndedLongAgo_goesToTheArchiveWholeAndLeavesOneRow(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        fixture.provider.shownRecipient = "****7531";
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        assertThat(Tables.everything(fixture.dataSource)).contains("token-1", "Salary", "****7531");
        List<String> before = histories(fixture);
        fixture.clock.advance(LONG);
        HistoryHead head = payouts.heads().toList().get(0);

        assertThat(retire(payouts, fixture)).isOne();

        RetiredPayout one = archived.get(0);
        assertThat(archived).hasSize(1);
        assertThat(one.payout().status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(one.history()).extracting(RetiredPayout.Row::event).isEqualTo(before);
        assertThat(one.request()).contains("token-1").contains("Salary");
        assertThat(one.head()).isEqualTo(head);
        assertThat(histories(fixture)).containsExactly("RETIRED");
        assertThat(Tables.everything(fixture.dataSource)).doesNotContain("token-1", "Salary", "****7531");
        assertThat(payouts.verifyHistory()).isEmpty();
        assertThat(one.toString()).doesNotContain("token-1");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_leavesTheAnswerToWhoeverAsks(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        PayoutRecord before = payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(LONG);
        retire(payouts, fixture);

        PayoutRecord after = payouts.find("r-1").orElseThrow();

        assertThat(after.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(after.payout().ref()).isEqualTo(before.payout().ref());
        assertThat(after.payout().rrn()).isEqualTo(before.payout().rrn());
        assertThat(after.requestedAt()).isEqualTo(before.requestedAt());
        assertThat(after.changedAt()).isEqualTo(before.changedAt());
        assertThat(after.attention()).isEmpty();
        assertThat(payouts.list(all(fixture)).found()).hasSize(1);
        assertThat(fixture.story("r-1")).contains("archive").contains("by anna");
    }

    @ParameterizedTest
    @CsvSource({"H2, SUCCEEDED", "H2, FAILED", "H2, RETURNED", "POSTGRESQL, SUCCEEDED", "POSTGRESQL, FAILED"})
    void pay_underARetiredReference_givesBackTheEndAndSendsNothing(Databases database, PayoutStatus end) {
        JournalFixture fixture = fixture(database, end);
        Payouts payouts = retired(fixture, builder -> builder);
        List<String> calls = fixture.provider.events();

        PayoutRecord again = payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(LONG);
        PayoutRecord muchLater = payouts.recoverNow("r-1");

        assertThat(List.of(again, muchLater)).extracting(PayoutRecord::status).containsOnly(end);
        assertThat(fixture.provider.events()).isEqualTo(calls);
        assertThat(fixture.provider.payments("r-1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_underARetiredReferenceWithOtherContent_isAConflict(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = retired(fixture, builder -> builder);

        assertConflict(payouts, Money.ofMinor(1, "KZT"), "token-1", "amount");
        assertConflict(payouts, Money.ofMinor(15_000, "KZT"), "token-2", "recipient");
        assertThat(fixture.provider.payments("r-1")).isOne();
    }

    private static void assertConflict(Payouts payouts, Money amount, String token, String field) {
        PayoutRequest other = PayoutRequest.builder("r-1", amount, new Recipient.SavedCard(token))
                .build();

        assertThatThrownBy(() -> payouts.pay(other, SimulatedProvider.NAME))
                .isInstanceOf(PayoutConflictException.class)
                .hasMessageContaining(field);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void takeOver_andInstead_ofARetiredOne_payNothing(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.FAILED);
        Payouts payouts = retired(fixture, builder -> builder);
        PayoutRequest sent = request("r-1").toBuilder().requestedAt(START).build();
        PayoutRef ref = PayoutRef.of(SimulatedProvider.NAME, sent);

        assertThat(payouts.by(ANNA).takeOver(ref, sent, SimulatedProvider.NAME).status())
                .isEqualTo(PayoutStatus.FAILED);
        assertThatThrownBy(() ->
                        payouts.by(ANNA).instead("r-1", request("r-2"), SimulatedProvider.NAME, Confirmation.AUTOMATIC))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was retired");
        assertThat(payouts.stored("r-2")).isEmpty();
        assertThat(fixture.provider.payments()).isOne();
    }

    /** The archive is where all others stand still: whatever comes between is neither lost nor paid. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_whileTheBatchIsWithTheArchive_sendsNothing(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        Payouts other = journal(fixture, builder -> builder);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(LONG);

        long gone = payouts.by(ANNA).retire(all(fixture), batch -> {
            assertThat(other.pay(request("r-1"), SimulatedProvider.NAME).status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(other.explain("r-1", Locale.ENGLISH).orElseThrow()).contains("asked for");
        });

        assertThat(gone).isOne();
        assertThat(fixture.provider.payments("r-1")).isOne();
    }

    @ParameterizedTest
    @CsvSource({"H2, 2", "H2, 8", "POSTGRESQL, 2", "POSTGRESQL, 4", "POSTGRESQL, 8"})
    void pay_inATransactionThatBeganBefore_sendsNothing(Databases database, int isolation) throws Exception {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(LONG);

        try (Connection connection = fixture.dataSource.getConnection()) {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement
                        .executeQuery("select count(*) from payout_journal_restore")
                        .close();
            }
            retire(payouts, fixture);
            try {
                assertThat(payouts.pay(connection, request("r-1"), SimulatedProvider.NAME)
                                .status())
                        .isEqualTo(PayoutStatus.SUCCEEDED);
            } catch (JournalException refused) {
                assertThat(isolation).isGreaterThan(Connection.TRANSACTION_READ_COMMITTED);
            }
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }

        payouts.recoverNow();
        assertThat(fixture.provider.payments("r-1")).isOne();
        assertThat(Tables.count(fixture.dataSource, "payout_journal")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_openFlaggedYoungUnheardOrNotifiedOnes_stayWhole(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder.listener(change -> {}));
        fixture.provider.accepted = PayoutStatus.PROCESSING;
        payouts.pay(request("open"), SimulatedProvider.NAME);
        fixture.provider.accepted = PayoutStatus.SUCCEEDED;
        Stream.of("edited", "flagged", "notified", "leased", "unheard", "goes")
                .forEach(reference -> payouts.pay(request(reference), SimulatedProvider.NAME));
        Stream.of("edited", "flagged", "notified", "leased", "goes").forEach(payouts::recoverNow);
        fixture.provider.state("flagged", PayoutStatus.FAILED);
        receive(payouts, "flagged FAILED VERIFIED");
        fixture.clock.advance(LONG);
        payouts.pay(request("young"), SimulatedProvider.NAME);
        payouts.recoverNow("young");
        fixture.clock.advance(Duration.ofDays(4));
        Tables.edit(fixture.dataSource, "update payout_journal set amount_minor = 1 where reference = 'edited'");
        notified(fixture);
        Tables.edit(
                fixture.dataSource,
                "update payout_journal set lease_owner = 'other', lease_until = timestamp with time zone '2026-12-31 00:00:00+00'"
                        + " where reference = 'leased'");
        assertThat(payouts.stored("flagged").orElseThrow().attention()).contains(Attention.CONTRADICTION);

        assertThat(retire(payouts, fixture)).isOne();

        assertThat(archived).extracting(one -> one.payout().reference()).containsExactly("goes");
        assertThat(Tables.texts(fixture.dataSource, "select reference from payout_journal where request = ''"))
                .containsExactly("goes");
        assertThat(lease(fixture, "edited")).isEqualTo("null");
        assertThat(lease(fixture, "leased")).isEqualTo("other");
    }

    private static void notified(JournalFixture fixture) {
        Tables.edit(
                fixture.dataSource,
                "insert into payout_journal_webhook (provider, dedupe_hash, type, trust, reference, provider_id, received_at)"
                        + " values ('" + SimulatedProvider.NAME
                        + "', 'h', 't', 'HINT', null, 'id-notified', current_timestamp)");
    }

    private static String lease(JournalFixture fixture, String reference) {
        return String.valueOf(Tables.texts(
                        fixture.dataSource,
                        "select coalesce(lease_owner, 'null') from payout_journal where reference = '" + reference
                                + "'")
                .get(0));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_whereListenersAreElsewhere_leavesWhatTheyHaveNotHeard(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts listening = journal(fixture, builder -> builder.listener(change -> {}));
        fixture.provider.returns = true;
        listening.pay(request("r-1"), SimulatedProvider.NAME);
        listening.recoverNow("r-1");
        fixture.provider.state("r-1", PayoutStatus.RETURNED);
        receive(fixture(fixture), "r-1 RETURNED VERIFIED"); // a machine without listeners takes it in
        fixture.clock.advance(LONG);

        assertThat(retire(journal(fixture, builder -> builder), fixture)).isZero();
        listening.recoverNow("r-1");
        assertThat(retire(listening, fixture)).isOne();
    }

    private static Payouts fixture(JournalFixture fixture) {
        return journal(fixture, builder -> builder);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_archiveThrows_leavesThatBatchAndHandsItOverAgain(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        IntStream.range(0, 5).forEach(i -> payouts.pay(request("r-" + i), SimulatedProvider.NAME));
        List<String> before = histories(fixture);
        fixture.clock.advance(LONG);
        PayoutQuery inTwos = all(fixture).size(2);

        assertThatThrownBy(() -> payouts.by(ANNA).retire(inTwos, batch -> {
                    archived.addAll(batch);
                    if (archived.size() == 4) {
                        throw new IllegalStateException("the archive is full");
                    }
                }))
                .hasMessage("the archive is full");
        assertThat(histories(fixture)).hasSize(2 + before.size() / 5 * 3);
        assertThat(payouts.by(ANNA).retire(inTwos, archive)).isEqualTo(3);

        assertThat(archived)
                .extracting(one -> one.payout().reference())
                .containsExactly("r-0", "r-1", "r-2", "r-3", "r-2", "r-3", "r-4");
        assertThat(archived.get(2).head()).isEqualTo(archived.get(4).head());
        assertThat(payouts.by(ANNA).retire(inTwos, archive)).isZero();
        assertThat(payouts.verifyHistory()).isEmpty();
    }

    /** As a machine that dies: nothing is let go of, and others come when the lease has run out. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_diesAfterTheArchive_isDoneByAnotherMachine(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts dying = journal(fixture, builder -> builder);
        dying.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(LONG);
        assertThatThrownBy(() -> dying.by(ANNA).retire(all(fixture), batch -> {
                    archived.addAll(batch);
                    throw new AssertionError("dead");
                }))
                .isInstanceOf(AssertionError.class);
        Payouts other = journal(fixture, builder -> builder);

        assertThat(retire(other, fixture)).isZero();
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(retire(other, fixture)).isOne();

        assertThat(archived).hasSize(2);
        assertThat(archived.get(0).head()).isEqualTo(archived.get(1).head());
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_archiveOutlastsTheLeaseAndThePayoutMovesOn_leavesIt(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        Payouts other = journal(fixture, builder -> builder);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(LONG);

        long gone = payouts.by(ANNA).retire(all(fixture), batch -> {
            archived.addAll(batch);
            fixture.clock.advance(Duration.ofMinutes(1));
            fixture.provider.state("r-1", PayoutStatus.RETURNED);
            receive(other, "r-1 RETURNED VERIFIED");
        });

        assertThat(gone).isZero();
        assertThat(payouts.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(histories(fixture)).doesNotContain("RETIRED").contains("REQUESTED");
        assertThat(payouts.verifyHistory()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_whileAnotherOneDoes_neverHandsAPayoutToBoth(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts one = journal(fixture, builder -> builder);
        Payouts other = journal(fixture, builder -> builder);
        IntStream.range(0, 7).forEach(i -> one.pay(request("r-" + i), SimulatedProvider.NAME));
        fixture.clock.advance(LONG);
        long[] byOther = {0};

        long byOne = one.by(ANNA).retire(all(fixture).size(3), batch -> {
            archived.addAll(batch);
            byOther[0] += other.by(ANNA).retire(all(fixture).size(2), archive);
        });

        assertThat(byOne).isEqualTo(3);
        assertThat(byOther[0]).isEqualTo(4);
        assertThat(archived)
                .extracting(gone -> gone.payout().reference())
                .doesNotHaveDuplicates()
                .hasSize(7);
        assertThat(histories(fixture)).hasSize(7).containsOnly("RETIRED");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_ofAReturnAfterRetirement_isFollowedUpAndTold(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        fixture.provider.returns = true;
        List<StatusChange> heard = new ArrayList<>();
        Payouts payouts = retired(fixture, builder -> builder.listener(heard::add));
        assertThat(heard).hasSize(1);
        assertThat(payouts.ends(all(fixture)).found()).isEmpty();

        fixture.provider.state("r-1", PayoutStatus.RETURNED);
        PayoutRecord after = receive(payouts, "r-1 RETURNED VERIFIED").orElseThrow();
        payouts.recoverNow("r-1");
        fixture.clock.advance(LONG);

        assertThat(after.status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(heard).extracting(StatusChange::to).containsExactly(PayoutStatus.SUCCEEDED, PayoutStatus.RETURNED);
        assertThat(heard.get(1).from()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payouts.ends(all(fixture)).found())
                .extracting(StatusChange::to)
                .containsExactly(PayoutStatus.RETURNED);
        assertThat(payouts.verifyHistory()).isEmpty();
    }

    /** It proves nothing, so only the provider's answer counts; and that is asked for. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_unsignedAboutARetiredOne_isAReasonToAsk(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = retired(fixture, builder -> builder);

        fixture.provider.state("r-1", PayoutStatus.RETURNED);
        PayoutRecord after = receive(payouts, "r-1 RETURNED HINT").orElseThrow();

        assertThat(after.status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(fixture.provider.payments("r-1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_thatARetiredFailureWasPaid_isFlaggedAndPaysNothing(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.FAILED);
        Payouts payouts = retired(fixture, builder -> builder);

        fixture.provider.state("r-1", PayoutStatus.SUCCEEDED);
        PayoutRecord after = receive(payouts, "r-1 SUCCEEDED VERIFIED").orElseThrow();

        assertThat(after.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(after.attention()).contains(Attention.CONTRADICTION);
        assertThat(fixture.provider.payments("r-1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void verifyAgainst_headsFromBeforeRetirement_findsWhatIsOtherAndNothingElse(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        List<HistoryHead> kept = new ArrayList<>();
        Payouts payouts = journal(fixture, builder -> builder.listener(change -> kept.add(change.head())));
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        payouts.recoverNow("r-1");
        kept.addAll(payouts.heads().toList());
        fixture.clock.advance(LONG);
        retire(payouts, fixture);
        HistoryHead last = archived.get(0).head();
        kept.addAll(payouts.heads().toList());
        kept.add(last);

        assertThat(payouts.verifyAgainst(kept.stream())).isEmpty();

        HistoryHead forged = new HistoryHead("r-1", last.number(), "f".repeat(64));
        assertThat(payouts.verifyAgainst(Stream.of(forged)))
                .extracting(HistoryFault::text)
                .hasSize(1);
    }

    /** Who can write to the database, and has no key, makes no payout look retired that was not. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_whereARetirementWasForged_sendsNothingAndSaysSo(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.FAILED);
        JournalFixture keyless = fixture;
        retired(keyless, builder -> builder); // as somebody without the key can make it
        Payouts payouts = journal(fixture, builder -> builder.vault(vault()).historyKey(historyKey()));

        PayoutRecord record = payouts.pay(request("r-1"), SimulatedProvider.NAME);

        assertThat(record.attention()).contains(Attention.TAMPERED);
        assertThat(fixture.provider.payments("r-1")).isOne();
        assertThat(payouts.verifyHistory()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "H2, update payout_journal set status = 'SUCCEEDED'",
        "H2, update payout_journal set amount_minor = 1",
        "H2, update payout_journal set request = 'x'",
        "H2, update payout_journal_history set status = 'SUCCEEDED'",
        "H2, update payout_journal_history set number = 1",
        "H2, delete from payout_journal_history",
        "POSTGRESQL, update payout_journal set status = 'SUCCEEDED'",
        "POSTGRESQL, delete from payout_journal_history"
    })
    void pay_whereARetiredOneWasEdited_sendsNothingAndSaysSo(Databases database, String edit) {
        JournalFixture fixture = fixture(database, PayoutStatus.FAILED);
        Payouts payouts = retired(fixture, builder -> builder.vault(vault()).historyKey(historyKey()));
        assertThat(payouts.verifyHistory()).isEmpty();
        Tables.edit(fixture.dataSource, edit);

        assertThat(payouts.pay(request("r-1"), SimulatedProvider.NAME).attention())
                .contains(Attention.TAMPERED);
        assertThat(payouts.recoverNow("r-1").attention()).contains(Attention.TAMPERED);
        assertThat(fixture.provider.payments("r-1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void reseal_ofARetiredOne_bringsItUnderTheNewKey(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        retired(fixture, builder -> builder);
        UnaryOperator<PayoutsBuilder> keys = builder -> builder.vault(vault()).historyKey(historyKey());
        Payouts updating = journal(fixture, builder -> keys.apply(builder).acceptEarlierForms());

        assertThat(updating.reseal(10)).isZero();

        Payouts payouts = journal(fixture, keys);
        assertThat(histories(fixture)).containsExactly("RETIRED", "RESEALED");
        assertThat(updating.reseal(10)).isZero();
        assertThat(histories(fixture)).hasSize(2);
        assertThat(payouts.pay(request("r-1"), SimulatedProvider.NAME).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payouts.verifyHistory()).isEmpty();
        assertThat(earlier(fixture)).isEmpty();
    }

    /** What {@code reseal} would take up once more. */
    private static List<String> earlier(JournalFixture fixture) {
        Database database = new Database(fixture.dataSource);
        RowHashes hashes =
                Payouts.builder(fixture.dataSource).historyKey(historyKey()).hashes();
        return new Renewal(database, new Sealer(vault(), false), hashes, "node")
                .earlier("", 10)
                .found();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_ofOneThatAPersonSettled_keepsWhoseWordItIsAndIsNotWatchedAnew(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.FAILED);
        Payouts payouts = journal(fixture, builder -> builder);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.provider.state("r-1", PayoutStatus.SUCCEEDED);
        payouts.by(ANNA).settle("r-1", Settlement.paid("statement of March").overruling());
        fixture.clock.advance(LONG);
        assertThat(retire(payouts, fixture)).isOne();
        List<String> calls = fixture.provider.events();

        PayoutRecord after = payouts.recoverNow("r-1");

        assertThat(after.word()).isEqualTo(Word.PERSON);
        assertThat(after.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(fixture.provider.events()).isEqualTo(calls);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void restored_beforeAndAfterRetirement_asksNothingOfItAndPaysNothing(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(Duration.ofHours(1));
        restore(payouts, fixture);
        payouts.recoverNow("r-1");
        fixture.clock.advance(LONG);
        assertThat(retire(payouts, fixture)).isOne();
        List<String> calls = fixture.provider.events();

        payouts.recoverNow("r-1");
        fixture.clock.advance(LONG);
        assertThat(restore(payouts, fixture)).isZero();
        payouts.pay(request("r-1"), SimulatedProvider.NAME);

        assertThat(histories(fixture)).containsExactly("RETIRED");
        assertThat(fixture.provider.events()).isEqualTo(calls);
        assertThat(fixture.provider.payments("r-1")).isOne();
    }

    private static int restore(Payouts payouts, JournalFixture fixture) {
        Instant now = fixture.clock.instant();
        return payouts.by(ANNA).restored(now.minus(Duration.ofHours(2)), now.plus(LONG));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_ofOneThatWasReplaced_keepsTheLink(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.FAILED);
        Payouts payouts = journal(fixture, builder -> builder);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.provider.accepted = PayoutStatus.SUCCEEDED;
        payouts.by(ANNA).instead("r-1", request("r-2"), SimulatedProvider.NAME, Confirmation.AUTOMATIC);
        fixture.clock.advance(LONG);
        assertThat(retire(payouts, fixture)).isEqualTo(2);

        assertThat(payouts.stored("r-1").orElseThrow().replacedBy()).contains("r-2");
        PayoutRecord again =
                payouts.by(ANNA).instead("r-1", request("r-2"), SimulatedProvider.NAME, Confirmation.AUTOMATIC);
        assertThat(again.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThatThrownBy(() ->
                        payouts.by(ANNA).instead("r-1", request("r-3"), SimulatedProvider.NAME, Confirmation.AUTOMATIC))
                .isInstanceOf(IllegalStateException.class);
        assertThat(fixture.provider.payments("r-2")).isOne();
        assertThat(fixture.provider.payments("r-3")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_ofOpenOnes_isRefused(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        PayoutQuery open = all(fixture).statuses(PayoutStatus.PROCESSING);

        assertThatThrownBy(() -> fixture.payouts.by(ANNA).retire(open, archive))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no payout ends with PROCESSING");
    }
}
