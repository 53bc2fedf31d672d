package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.BORIS;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;
import static org.unipayout.journal.RetirementTest.LONG;
import static org.unipayout.journal.RetirementTest.all;
import static org.unipayout.journal.RetirementTest.fixture;
import static org.unipayout.journal.RetirementTest.journal;
import static org.unipayout.journal.RetirementTest.receive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;

/** What a retired payout must still do as one that is whole does it. */
class RetirementAttackTest {
    private static long retire(Payouts payouts, JournalFixture fixture) {
        fixture.clock.advance(LONG);
        return payouts.by(ANNA).retire(all(fixture), batch -> {});
    }

    private static boolean passes(Payouts payouts, String question) {
        return payouts.verification(SimulatedProvider.NAME, question.getBytes(StandardCharsets.UTF_8), Map.of())
                .equals(FenceTest.YES);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void retire_behindAFence_goesWhetherTheFenceLetItThroughOrNot(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_REFERENCE);
        fixture.provider.rule = FenceTest.FENCED;
        Payouts payouts = fixture.journal(builder -> builder.provider(SimulatedProvider.NAME, fixture.provider)
                .fence(SimulatedProvider.NAME, FenceTest.FENCE));
        fixture.provider.accepted = PayoutStatus.FAILED;
        payouts.pay(request("r-2"), SimulatedProvider.NAME);
        fixture.provider.duringSubmit =
                () -> assertThat(passes(payouts, "r-1 id-r-1 15000")).isTrue();
        fixture.provider.accepted = PayoutStatus.SUCCEEDED;
        payouts.pay(request("r-1"), SimulatedProvider.NAME);

        assertThat(retire(payouts, fixture)).isEqualTo(2);

        assertThat(passes(payouts, "r-1 id-r-1 15000")).isTrue();
        assertThat(passes(payouts, "r-1 id-other 15000")).isFalse();
        assertThat(passes(payouts, "r-2 id-r-2 15000")).isFalse();
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payouts.verifyHistory()).isEmpty();
    }

    /** No question can follow a restore about what was never sent, so none is waited for. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void restored_afterOneThatWasNeverSent_itIsRetiredAllTheSame(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        Instant tooLate = fixture.clock.instant();
        payouts.pay(request("r-1").toBuilder().expiresAt(tooLate).build(), SimulatedProvider.NAME);
        fixture.clock.advance(Duration.ofHours(1));

        payouts.by(ANNA).restored(tooLate, tooLate);

        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.EXPIRED);
        assertThat(retire(payouts, fixture)).isOne();
        assertThat(fixture.provider.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_afterWhichAnotherPayoutIsShown_isFlagged(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        assertThat(retire(payouts, fixture)).isOne();
        fixture.provider.onGet = ref -> Payout.unknown(ref, "", new Evidence(Evidence.Kind.OTHER_PAYOUT, "simulated"));

        PayoutRecord after = receive(payouts, "r-1 SUCCEEDED HINT").orElseThrow();

        assertThat(after.attention()).contains(Attention.CONTRADICTION);
        assertThat(after.status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void settle_ofARetiredOneThatWasEdited_leavesWhenItWasAskedFor(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.FAILED);
        Payouts payouts = journal(fixture, builder -> builder);
        PayoutRecord asked = payouts.pay(request("r-1"), SimulatedProvider.NAME);
        assertThat(retire(payouts, fixture)).isOne();
        Tables.edit(fixture.dataSource, "update payout_journal set status = 'SUCCEEDED'");

        PayoutRecord edited = payouts.find("r-1").orElseThrow();
        PayoutRecord settled = payouts.by(ANNA).settle("r-1", Settlement.notPaid("statement"));

        assertThat(edited.attention()).contains(Attention.TAMPERED);
        assertThat(edited.requestedAt()).isEqualTo(asked.requestedAt());
        assertThat(settled.requestedAt()).isEqualTo(asked.requestedAt());
        assertThat(payouts.list(all(fixture)).found()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void restored_whileItIsWithTheArchive_leavesItWholeAndItIsAskedAbout(Databases database) {
        JournalFixture fixture = fixture(database, PayoutStatus.SUCCEEDED);
        Payouts payouts = journal(fixture, builder -> builder);
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(LONG);
        Instant until = fixture.clock.instant().minus(LONG);
        fixture.provider.state("r-1", PayoutStatus.RETURNED);

        assertThat(payouts.by(ANNA)
                        .retire(all(fixture), batch -> payouts.by(BORIS).restored(until, until)))
                .isZero();
        fixture.clock.advance(Duration.ofMinutes(1));

        assertThat(payouts.by(BORIS).restored(until, until)).isZero();
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.RETURNED);
    }
}
