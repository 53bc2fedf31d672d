package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.run.Checkpoint;

/** The order of one actor waits for another's, and what was approved is what is done. */
class FourEyesTest {
    private static final String NAME = SimulatedProvider.NAME;

    private static Payouts under(JournalFixture journal, Verb... verbs) {
        return journal.journal(builder -> builder.fourEyes(verbs));
    }

    private static PayoutRecord ask(Payouts payouts, String reference) {
        return payouts.by(ANNA).pay(request(reference), NAME, Confirmation.AUTOMATIC);
    }

    private static String hash(PayoutRecord record) {
        return record.order().orElseThrow().hash();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_waitsForAnotherActor_andTheProviderHearsNothingBefore(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = under(journal, Verb.PAY);

        PayoutRecord waiting = ask(payouts, "r-1");
        journal.recover(payouts, "r-1", Duration.ofHours(1), 9);
        journal.recover(journal.payouts, "r-1", Duration.ofHours(1), 3); // a machine that does not know the setting

        assertThat(journal.provider.events()).isEmpty();
        assertThat(payouts.needingAttention()).singleElement().satisfies(record -> {
            assertThat(record.attention()).contains(Attention.APPROVAL_NEEDED);
            assertThat(record.openVerbs()).containsExactlyInAnyOrder(Verb.APPROVE, Verb.REJECT);
            assertThat(record.order()).isEqualTo(waiting.order());
            assertThat(record.order().orElseThrow().actor()).isEqualTo(ANNA);
            assertThat(record.order().orElseThrow().verb()).isEqualTo(Verb.PAY);
        });
        assertThat(ask(payouts, "r-1").order()).isEqualTo(waiting.order());

        PayoutRecord paid = payouts.by(BORIS).approve("r-1", hash(waiting));
        payouts.by(BORIS).approve("r-1", hash(waiting));

        assertThat(paid.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(paid.order()).isEmpty();
        assertThat(paid.attention()).isEmpty();
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
        assertThat(payouts.verifyHistory()).isEmpty();
        assertThat(journal.story("r-1"))
                .contains("An order was given; it waits for the approval of another person. [order: pay; by anna]")
                .contains("Another person approved the payment. [by anna; approved by boris]");
        assertThat(payouts.explain("r-1", Locale.forLanguageTag("ru")).orElseThrow())
                .contains("одобрил: boris");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void payWithinTheCallersTransaction_waitsToo(Databases database) throws Exception {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        Payouts payouts = under(journal, Verb.PAY);
        try (Connection connection = journal.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            payouts.by(ANNA).pay(connection, request("r-1"), NAME, Confirmation.AUTOMATIC);
            connection.rollback();
            payouts.by(ANNA).pay(connection, request("r-2"), NAME, Confirmation.AUTOMATIC);
            connection.commit();
        }
        payouts.recoverNow();
        assertThat(payouts.stored("r-1")).isEmpty();
        assertThat(journal.provider.events()).isEmpty();

        payouts.by(BORIS).approve("r-2", hash(payouts.stored("r-2").orElseThrow()));
        assertThat(journal.provider.payments("r-2")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", " ANNA ", "Anna"})
    void approve_bySameActorHoweverWritten_isRefused(String name) {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = under(journal, Verb.PAY);
        String hash = hash(ask(payouts, "r-1"));

        assertThatThrownBy(() -> payouts.by(new Actor(name)).approve("r-1", hash))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another actor");
        assertThat(journal.provider.events()).isEmpty();
    }

    @Test
    void approve_ofAnotherAmount_isRefused() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = under(journal, Verb.PAY);
        String looked = hash(ask(payouts, "r-1"));
        PayoutRequest more = PayoutRequest.builder(
                        "r-2", Money.ofMinor(99_900_000, "KZT"), new Recipient.SavedCard("token-1"))
                .build();
        payouts.by(ANNA).pay(more, NAME, Confirmation.AUTOMATIC);

        assertThatThrownBy(() -> payouts.by(BORIS).approve("r-2", looked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hash: ");
        assertThat(journal.provider.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void approve_afterTheRequestWasEditedInTheDatabase_isRefused(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        Payouts payouts = under(journal, Verb.PAY);
        String hash = hash(ask(payouts, "r-1"));
        assertThat(Tables.edit(
                        journal.dataSource,
                        "update payout_journal set request = replace(request, 'token-1', 'token-9')"))
                .isEqualTo(1);

        assertThatThrownBy(() -> payouts.by(BORIS).approve("r-1", hash))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not fit its history");
        assertThat(journal.provider.events()).isEmpty();
    }

    @Test
    void approve_afterTheOrderWasEditedInTheDatabase_isRefused() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = under(journal, Verb.PAY);
        String hash = hash(ask(payouts, "r-1"));
        Tables.edit(
                journal.dataSource, "update payout_journal_history set proof = replace(proof, 'who=anna', 'who=vera')");

        assertThatThrownBy(() -> payouts.by(ANNA).approve("r-1", hash)).isInstanceOf(IllegalStateException.class);
        assertThat(journal.provider.events()).isEmpty();
    }

    @Test
    void pay_withoutAnActor_orWithACardThatIsNotStored_isRefusedAndNotStored() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = under(journal, Verb.PAY);

        assertThatThrownBy(() -> payouts.pay(request("r-1"), NAME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("actor: ");
        assertThatThrownBy(() -> payouts.by(ANNA).pay(card("https://shop.example/a"), NAME, Confirmation.AUTOMATIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("recipient: ");
        assertThat(Tables.count(journal.dataSource, "payout_journal")).isZero();
        assertThatThrownBy(() -> under(journal, Verb.PAY_AGAIN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PayoutRequest card(String notificationUrl) {
        Recipient.Card card = new Recipient.Card(CardNumber.of("4111111111111111"), null, null);
        return PayoutRequest.builder("r-1", Money.ofMinor(15_000, "KZT"), card)
                .notificationUrl(URI.create(notificationUrl))
                .build();
    }

    @Test
    void pay_approved_isSentAsItWasStored_whateverARepetitionSays() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.PREPARE, Fault.NOT_SENT);
        List<PayoutRequest> sent = new ArrayList<>();
        Payouts payouts = journal.journal(builder -> builder.fourEyes(Verb.PAY)
                .vault(AesGcmVault.builder("k", new SecretKeySpec(new byte[16], "AES"))
                        .build())
                .provider(NAME, listening(journal.provider, sent)));
        String hash = hash(payouts.by(ANNA).pay(card("https://shop.example/a"), NAME, Confirmation.AUTOMATIC));
        payouts.by(BORIS).approve("r-1", hash);

        payouts.by(ANNA).pay(card("https://thief.example/b"), NAME, Confirmation.AUTOMATIC);
        journal.clock.advance(Duration.ofMinutes(1));
        payouts.by(ANNA).pay(card("https://thief.example/b"), NAME, Confirmation.AUTOMATIC);

        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
        assertThat(sent)
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.notificationUrl()).contains(URI.create("https://shop.example/a")));
    }

    /** The same client, and what requests it was given. */
    private static PayoutClient listening(PayoutClient client, List<PayoutRequest> heard) {
        return (PayoutClient) Proxy.newProxyInstance(
                FourEyesTest.class.getClassLoader(),
                new Class<?>[] {PayoutClient.class},
                (proxy, method, arguments) -> {
                    for (Object argument : arguments == null ? new Object[0] : arguments) {
                        if (argument instanceof PayoutRequest request) {
                            heard.add(request);
                        }
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void reject_endsAPaymentThatWaits_andApprovesNothingLater(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        Payouts payouts = under(journal, Verb.PAY);
        String hash = hash(ask(payouts, "r-1"));

        assertThat(payouts.by(BORIS).reject("r-1", hash).status()).isEqualTo(PayoutStatus.CANCELED);
        assertThat(payouts.by(ANNA).reject("r-1", hash).status()).isEqualTo(PayoutStatus.CANCELED);
        assertThat(payouts.by(BORIS).approve("r-1", hash).status()).isEqualTo(PayoutStatus.CANCELED);
        assertThat(payouts.needingAttention()).isEmpty();
        assertThat(journal.provider.events()).isEmpty();
        assertThat(journal.story("r-1")).contains("The order was withdrawn or rejected. [by boris]");
    }

    @Test
    void pay_waitingUntilItsTimeHasPassed_expires() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        Payouts payouts = under(journal, Verb.PAY);
        PayoutRequest request = request("r-1").toBuilder()
                .expiresAt(JournalFixture.START.plus(Duration.ofHours(2)))
                .build();
        String hash = hash(payouts.by(ANNA).pay(request, NAME, Confirmation.AUTOMATIC));
        journal.clock.advance(Duration.ofHours(2));

        PayoutRecord end = payouts.recoverNow("r-1");

        assertThat(end.status()).isEqualTo(PayoutStatus.EXPIRED);
        assertThat(end.attention()).isEmpty();
        assertThatThrownBy(() -> payouts.by(BORIS).approve("r-1", hash)).isInstanceOf(IllegalStateException.class);
        assertThat(journal.provider.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void confirm_waitsForAnotherActor_automaticConfirmationDoesNot(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.confirms = true;
        Payouts payouts = under(journal, Verb.CONFIRM);
        payouts.pay(request("r-0"), NAME);
        assertThat(journal.provider.payments("r-0")).isEqualTo(1);
        payouts.pay(request("r-1"), NAME, Confirmation.MANUAL);

        String hash = hash(payouts.by(ANNA).confirm("r-1"));
        assertThat(hash(payouts.by(BORIS).confirm("r-1")))
                .as("an order is no approval")
                .isEqualTo(hash);
        assertThatThrownBy(() -> payouts.by(BORIS).cancel("r-1")).hasMessageContaining("waits already");
        journal.recover(payouts, "r-1", Duration.ofMinutes(1), 3);
        assertThat(journal.provider.events()).doesNotContain("CONFIRM r-1");

        payouts.by(BORIS).approve("r-1", hash);
        payouts.by(BORIS).approve("r-1", hash);
        assertThat(journal.provider.events()).containsOnlyOnce("CONFIRM r-1");
        assertThat(journal.story("r-1"))
                .contains("The merchant ordered the confirmation. [by anna; approved by boris]");
    }

    @Test
    void cancel_waitsForAnotherActor_beforeAndAfterTheSubmit() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        journal.provider.confirms = true;
        Payouts payouts = under(journal, Verb.CANCEL);
        journal.provider.fault(Operation.PREPARE, Fault.NOT_SENT);
        payouts.pay(request("r-1"), NAME, Confirmation.MANUAL);
        payouts.pay(request("r-2"), NAME, Confirmation.MANUAL);
        for (String reference : List.of("r-1", "r-2")) {
            String hash = hash(payouts.by(ANNA).cancel(reference));
            assertThat(payouts.stored(reference).orElseThrow().status().isFinal())
                    .isFalse();

            assertThat(payouts.by(BORIS).approve(reference, hash).status()).isEqualTo(PayoutStatus.CANCELED);
            assertThat(payouts.needingAttention()).isEmpty();
        }
    }

    @Test
    void resubmitAndSettle_waitForAnotherActor_boundToTheirContent() {
        JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
        Payouts payouts = under(journal, Verb.RESUBMIT, Verb.SETTLE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.REQUEST_LOST);
        payouts.pay(request("r-1"), NAME);
        journal.recover(payouts, "r-1", Duration.ofMinutes(45), 12);
        String again = hash(payouts.by(ANNA).resubmit("r-1"));
        journal.recover(payouts, "r-1", Duration.ofMinutes(45), 12);
        assertThat(journal.provider.events()).containsOnlyOnce("SUBMIT r-1");
        payouts.by(BORIS).approve("r-1", again);
        assertThat(journal.provider.events().stream().filter("SUBMIT r-1"::equals))
                .hasSize(2);

        journal.recover(payouts, "r-1", Duration.ofMinutes(45), 12);
        String paid = hash(payouts.by(ANNA).settle("r-1", Settlement.paid("line 7")));
        assertThatThrownBy(() -> payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line")))
                .isInstanceOf(IllegalStateException.class);
        payouts.by(ANNA).reject("r-1", paid);
        PayoutRecord returned = payouts.by(ANNA).settle("r-1", Settlement.returned("line 9"));
        assertThat(returned.order().orElseThrow().settlement()).isEqualTo(Settlement.returned("line 9"));
        payouts.by(ANNA).reject("r-1", hash(returned));
        PayoutRecord waiting = payouts.by(ANNA).settle("r-1", Settlement.notPaid("no line"));
        assertThat(waiting.order().orElseThrow().settlement()).isEqualTo(Settlement.notPaid("no line"));
        assertThat(payouts.by(BORIS).approve("r-1", paid).status())
                .as("what was let go approves nothing else")
                .isEqualTo(PayoutStatus.UNKNOWN);

        assertThat(payouts.by(BORIS).approve("r-1", hash(waiting)).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(journal.story("r-1")).contains("[by anna; approved by boris; no line]");
    }

    /** Stands for the end of a process: nothing catches it. */
    private static final class Halt extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void crash_atEveryBoundary_paysOnceAndNeverBeforeTheApproval(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        journal.provider.confirms = true;
        journal.provider.accepted = PayoutStatus.SUCCEEDED;
        for (Checkpoint checkpoint : database == Databases.H2
                ? Checkpoint.values()
                : new Checkpoint[] {
                    Checkpoint.INTENT_STORED,
                    Checkpoint.ORDER_STORED,
                    Checkpoint.APPROVAL_STORED,
                    Checkpoint.SUBMIT_STORED
                }) {
            String reference = checkpoint.name().replace('_', '-');
            AtomicInteger passed = new AtomicInteger();
            Payouts dying = journal.journal(builder -> builder.fourEyes(Verb.PAY, Verb.CONFIRM)
                    .node("one")
                    .checkpoints((reached, any) -> {
                        if (reached == checkpoint && passed.incrementAndGet() == 1) {
                            throw new Halt();
                        }
                    }));
            Payouts next = journal.journal(
                    builder -> builder.fourEyes(Verb.PAY, Verb.CONFIRM).node("one"));
            surviving(() -> dying.by(ANNA).pay(request(reference), NAME, Confirmation.MANUAL));
            journal.recover(next, reference, Duration.ofMinutes(1), 2);
            assertThat(journal.provider.events()).noneMatch(event -> event.endsWith(" " + reference));

            String pay = hash(next.stored(reference).orElseThrow());
            surviving(() -> dying.by(BORIS).approve(reference, pay));
            next.by(BORIS).approve(reference, pay);
            journal.recover(next, reference, Duration.ofMinutes(1), 4);
            assertThat(journal.provider.payments(reference)).isZero();
            surviving(() -> dying.by(ANNA).confirm(reference));
            next.by(ANNA).confirm(reference);
            String confirm = hash(next.stored(reference).orElseThrow());
            surviving(() -> dying.by(BORIS).approve(reference, confirm));
            next.by(BORIS).approve(reference, confirm);

            assertThat(journal.recover(next, reference, Duration.ofMinutes(1), 4)
                            .status())
                    .as(reference)
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(journal.provider.payments(reference)).isEqualTo(1);
            assertThat(next.verifyHistory(reference)).isEmpty();
        }
    }

    private static void surviving(Runnable process) {
        try {
            process.run();
        } catch (Halt halt) {
            // the next process goes on
        }
    }
}
