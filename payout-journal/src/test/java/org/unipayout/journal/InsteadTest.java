package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.run.Checkpoint;

/** An intent that was not paid at one provider is paid at another, and once. */
class InsteadTest {
    private static final String OTHER = "other";

    /** Two accounts, of which the first one declined. */
    private static Payouts declined(JournalFixture journal) {
        Payouts payouts = journal.journal(builder -> builder.provider(OTHER, journal.provider));
        payouts.pay(request("first"), SimulatedProvider.NAME);
        end(journal, payouts, PayoutStatus.FAILED);
        return payouts;
    }

    private static void end(JournalFixture journal, Payouts payouts, PayoutStatus status) {
        journal.provider.state("first", status);
        journal.clock.advance(Duration.ofMinutes(1));
        payouts.recoverNow("first");
    }

    private static PayoutRecord instead(Payouts payouts, PayoutRequest request) {
        return payouts.by(ANNA).instead("first", request, OTHER, Confirmation.AUTOMATIC);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_ofOneThatFailed_paysOnceAtTheOther_andTheTwoAreLinked(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = declined(journal);

        PayoutRecord second = instead(payouts, request("second"));
        PayoutRecord again = instead(payouts, request("second"));

        assertThat(second.provider()).isEqualTo(OTHER);
        assertThat(again.reference()).isEqualTo("second");
        assertThat(journal.provider.payments("second")).isOne();
        PayoutRecord first = payouts.stored("first").orElseThrow();
        assertThat(first.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(first.replacedBy()).contains("second");
        assertThat(second.replacedBy()).isEmpty();
        assertThat(journal.story("first")).contains("instead of it: second").contains("by anna");
        assertThat(payouts.verifyHistory()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_aSecondTime_isRefusedAndStoresNothing(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = declined(journal);
        instead(payouts, request("second"));

        assertThatThrownBy(() -> instead(payouts, request("third")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("replaced by payout second");
        assertThat(payouts.stored("third")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_byFourAtOnceUnderDifferentReferences_makesOne(Databases database) throws Exception {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = declined(journal);
        CyclicBarrier together = new CyclicBarrier(4);
        List<Callable<PayoutRecord>> orders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            PayoutRequest request = request("second-" + i);
            orders.add(() -> {
                together.await();
                return instead(payouts, request);
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        int made = 0;
        try {
            for (Future<PayoutRecord> order : threads.invokeAll(orders)) {
                try {
                    order.get();
                    made++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(IllegalStateException.class);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(made).isOne();
        assertThat(Tables.count(journal.dataSource, "payout_journal")).isEqualTo(2);
        assertThat(journal.provider.payments()).isEqualTo(2); // the first was declined after it had been taken
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_ofOneThatIsOpenOrPaid_isRefused(Databases database) {
        for (PayoutStatus status : List.of(PayoutStatus.PROCESSING, PayoutStatus.SUCCEEDED, PayoutStatus.RETURNED)) {
            JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
            Payouts payouts = journal.journal(builder -> builder.provider(OTHER, journal.provider));
            payouts.pay(request("first"), SimulatedProvider.NAME);
            end(journal, payouts, status);

            assertThatThrownBy(() -> instead(payouts, request("second")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(status.name());
            assertThat(payouts.stored("second")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_ofOneThatWasEditedToFailed_isRefused(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = journal.journal(builder -> builder.provider(OTHER, journal.provider));
        payouts.pay(request("first"), SimulatedProvider.NAME);
        Tables.edit(journal.dataSource, "update payout_journal set status = 'FAILED' where reference = 'first'");

        assertThatThrownBy(() -> instead(payouts, request("second")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not fit its history");
        assertThat(payouts.stored("second")).isEmpty();
    }

    /** The provider says that it paid what a person has settled as not paid. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_ofOneWhoseEndIsContradicted_isRefused(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = journal.journal(builder -> builder.provider(OTHER, journal.provider));
        payouts.pay(request("first"), SimulatedProvider.NAME);
        payouts.by(ANNA)
                .settle("first", Settlement.notPaid("statement of March").overruling());
        end(journal, payouts, PayoutStatus.SUCCEEDED);

        assertThatThrownBy(() -> instead(payouts, request("second")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("something says otherwise");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_withAnotherAmountOrATakenReference_isRefusedAndLinksNothing(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = declined(journal);
        payouts.pay(request("second"), OTHER);
        PayoutRequest more = PayoutRequest.builder(
                        "third", Money.ofMinor(15_001, "KZT"), request("third").recipient())
                .build();

        assertThatThrownBy(() -> instead(payouts, more)).hasMessageStartingWith("amount: ");
        assertThatThrownBy(() -> instead(payouts, request("second"))).hasMessageStartingWith("reference: ");
        assertThat(payouts.stored("first").orElseThrow().replacedBy()).isEmpty();
        assertThatThrownBy(() -> payouts.by(ANNA).instead("none", request("fourth"), OTHER, Confirmation.AUTOMATIC))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_underFourEyes_waitsForAnotherActor(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        declined(journal);
        Payouts strict = journal.journal(
                builder -> builder.provider(OTHER, journal.provider).fourEyes(Verb.PAY));

        PayoutRecord waiting = instead(strict, request("second"));
        assertThat(journal.provider.payments("second")).isZero();
        strict.by(BORIS).approve("second", waiting.order().orElseThrow().hash());

        assertThat(journal.provider.payments("second")).isOne();
    }

    /** What stood before the fault proves nothing, but a replacement that was made may have been paid. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_ofOneThatDidNotFitItsHistory_isRefusedThoughAPersonHasSettledIt(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = declined(journal);
        instead(payouts, request("second"));
        Tables.edit(journal.dataSource, "update payout_journal_history set node = 'n' where reference = 'first'");
        payouts.by(ANNA).settle("first", Settlement.notPaid("statement of March"));

        assertThatThrownBy(() -> instead(payouts, request("third")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not fit its history");
        assertThat(payouts.stored("third")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_whileASettlementAsPaidWaitsForApproval_isRefused(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        declined(journal);
        Payouts strict = journal.journal(
                builder -> builder.provider(OTHER, journal.provider).fourEyes(Verb.SETTLE));
        strict.by(BORIS).settle("first", Settlement.paid("statement of March").overruling());

        assertThatThrownBy(() -> instead(strict, request("second")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("order");
        assertThat(strict.stored("second")).isEmpty();
    }

    /** Both are stored in one transaction, so a row that names what is not there was not written by it. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_again_whenWhatWasMadeIsGone_isRefused(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = declined(journal);
        instead(payouts, request("second"));
        for (String table : List.of("payout_journal", "payout_journal_history")) {
            Tables.edit(journal.dataSource, "delete from " + table + " where reference = 'second'");
        }

        assertThatThrownBy(() -> instead(payouts, request("second")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not stored");
        assertThat(payouts.stored("second")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_byAReplacementThatSomebodyWroteIntoAnOpenOne_isRefused(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = journal.journal(builder -> builder.provider(OTHER, journal.provider));
        payouts.pay(request("first"), SimulatedProvider.NAME);
        Tables.edit(
                journal.dataSource,
                "update payout_journal_history set event = 'REPLACED', proof = concat(proof, 'successor=second')"
                        + " where reference = 'first' and event = 'SUBMITTED'");

        assertThatThrownBy(() -> instead(payouts, request("second"))).isInstanceOf(IllegalStateException.class);
        assertThat(payouts.stored("second")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_underAReferenceThatIsAskedForAtThatMoment_isRefusedAndLinksNothing(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts other = declined(journal);
        AtomicBoolean looked = new AtomicBoolean();
        DataSource seen = new FaultyDatabase(journal.dataSource).seenBy(place -> {
            if (place == FaultyDatabase.Place.FIRST_WRITE && looked.getAndSet(false)) {
                other.pay(request("second"), OTHER);
            }
        });
        Payouts payouts = Payouts.builder(seen)
                .provider(SimulatedProvider.NAME, journal.provider)
                .provider(OTHER, journal.provider)
                .time(journal.clock, journal.clock::advance, () -> 1.0)
                .checkpoints((checkpoint, reference) -> looked.set(checkpoint == Checkpoint.RELEASED))
                .build();

        assertThatThrownBy(() -> instead(payouts, request("second")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reference: ");
        assertThat(other.stored("first").orElseThrow().replacedBy()).isEmpty();
    }

    /** The row that names the replacement may be lost, and with it the replacement, which was paid. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_afterTheDatabaseWentBack_isRefusedBeforeAPersonSaysAnewThatItWasNotPaid(Databases database) {
        for (Duration before : List.of(Duration.ofMinutes(1), Duration.ofDays(30))) {
            JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
            Payouts payouts = declined(journal);
            journal.clock.advance(before);
            TableSnapshots tables = new TableSnapshots(journal.dataSource);
            TableSnapshots.Snapshot kept = tables.take();
            Instant keptUntil = journal.clock.instant();
            journal.clock.advance(Duration.ofMinutes(1));
            instead(payouts, request("second"));
            tables.putBack(kept);
            journal.clock.advance(Duration.ofMinutes(1));
            payouts.by(ANNA).restored(keptUntil, journal.clock.instant());

            assertThatThrownBy(() -> instead(payouts, request("third")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("went back in time");
            assertThat(payouts.stored("third")).isEmpty();
            journal.clock.advance(Duration.ofSeconds(1));
            payouts.by(ANNA).settle("first", Settlement.notPaid("nothing was paid instead, by the books of March"));
            assertThat(instead(payouts, request("third")).reference()).isEqualTo("third");
        }
    }

    /** The replacement waits for its approval, and meanwhile the first one turns out to be paid. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_whenTheFirstIsContradictedBeforeTheSecondIsSent_sendsNothing(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts plain = journal.journal(builder -> builder.provider(OTHER, journal.provider));
        plain.pay(request("first"), SimulatedProvider.NAME);
        plain.by(ANNA).settle("first", Settlement.notPaid("statement of March").overruling());
        journal.provider.state("first", PayoutStatus.FAILED);
        Payouts strict = journal.journal(
                builder -> builder.provider(OTHER, journal.provider).fourEyes(Verb.PAY));
        PayoutRecord waiting = instead(strict, request("second"));
        end(journal, strict, PayoutStatus.SUCCEEDED);
        assertThat(strict.stored("first").orElseThrow().attention()).contains(Attention.CONTRADICTION);

        strict.by(BORIS).approve("second", waiting.order().orElseThrow().hash());

        PayoutRecord second = journal.recover(strict, "second", Duration.ofMinutes(1), 3);
        assertThat(journal.provider.submits("second")).isZero();
        assertThat(second.attention()).contains(Attention.CONTRADICTION);
        assertThat(second.openVerbs()).contains(Verb.CANCEL);
        strict.by(ANNA).settle("first", Settlement.notPaid("statement of April").overruling());
        strict.recoverNow("second");
        assertThat(journal.provider.submits("second")).isOne();
    }

    /** The provider said "failed", then corrected it by hand and told nobody. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_ofOneThatWasCorrectedByHandSince_asksFirstAndIsRefused(Databases database) {
        for (PayoutStatus corrected : List.of(PayoutStatus.SUCCEEDED, PayoutStatus.PROCESSING)) {
            JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
            Payouts payouts = declined(journal);
            journal.provider.state("first", corrected);

            assertThatThrownBy(() -> instead(payouts, request("second")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("something says otherwise");
            assertThat(payouts.stored("second")).isEmpty();
            assertThat(payouts.stored("first").orElseThrow().attention()).contains(Attention.CONTRADICTION);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_whenTheFirstOnesProviderIsGone_paysAtTheOther(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        declined(journal);
        Payouts payouts = Payouts.builder(journal.dataSource)
                .provider(OTHER, journal.provider)
                .time(journal.clock, journal.clock::advance, () -> 1.0)
                .build();

        instead(payouts, request("second"));

        assertThat(journal.provider.payments("second")).isOne();
    }

    /** A chain is one intent: what is told of its first payout counts for the last. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_ofTheSecondToo_whenTheFirstTurnsOutToBePaid_isRefused(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = declined(journal);
        instead(payouts, request("second"));
        journal.provider.state("second", PayoutStatus.FAILED);
        journal.provider.state("first", PayoutStatus.SUCCEEDED);
        journal.recover(payouts, "second", Duration.ofMinutes(1), 2);

        assertThatThrownBy(() -> payouts.by(ANNA).instead("second", request("third"), OTHER, Confirmation.AUTOMATIC))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("first");
        assertThat(payouts.stored("third")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void instead_whenTheFirstIsContradictedBeforeTheThirdIsConfirmed_confirmsNothing(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        Payouts payouts = declined(journal);
        instead(payouts, request("second"));
        journal.provider.state("second", PayoutStatus.FAILED);
        journal.recover(payouts, "second", Duration.ofMinutes(1), 2);
        journal.provider.confirms = true;
        payouts.by(ANNA).instead("second", request("third"), OTHER, Confirmation.MANUAL);
        payouts.by(ANNA).settle("first", Settlement.paid("statement of March").overruling());

        PayoutRecord third = payouts.by(ANNA).confirm("third");

        assertThat(third.attention()).contains(Attention.CONTRADICTION);
        assertThat(third.openVerbs()).contains(Verb.CANCEL);
        assertThat(journal.provider.payments("third")).isZero();
    }
}
