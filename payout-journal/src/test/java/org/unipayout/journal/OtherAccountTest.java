package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.SimulatedProvider.Fault;

/** A provider's name that stands for another account of the merchant's than when the payout was asked for. */
class OtherAccountTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void otherAccount_isCalledForNothing_andTheFirstOneGoesOn(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        fixture.provider.account = "shop-1";
        fixture.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        fixture.pay("r-1");
        List<String> before = List.copyOf(fixture.provider.events());

        fixture.provider.account = "shop-2";
        PayoutRecord record = fixture.recover(fixture.payouts, "r-1", Duration.ofHours(1), 5);

        assertThat(fixture.provider.events()).isEqualTo(before);
        assertThat(record.attention()).contains(Attention.OTHER_ACCOUNT);
        assertThat(record.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(fixture.story("r-1")).contains("another account");
        assertThat(fixture.payouts.explain("r-1", Locale.forLanguageTag("ru")).orElseThrow())
                .contains("другом счёте");

        fixture.provider.account = "shop-1";
        fixture.provider.settle("r-1");
        assertThat(fixture.recover(fixture.payouts, "r-1", Duration.ofHours(1), 5)
                        .status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(fixture.provider.payments("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void cancel_atAnotherAccount_isRefused(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        fixture.provider.account = "shop-1";
        fixture.provider.confirms = true;
        fixture.payouts.pay(JournalFixture.request("r-1"), SimulatedProvider.NAME, Confirmation.MANUAL);

        fixture.provider.account = "shop-2";

        assertThatThrownBy(() -> fixture.payouts.by(ANNA).cancel("r-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another account");
        assertThat(fixture.provider.events()).doesNotContain("CANCEL r-1");
    }

    /** Nobody can take it in here, so nobody looks at it again and again. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void webhook_aboutTheEndOfAnotherAccount_waitsForThatAccount(Databases database) {
        JournalFixture fixture = new JournalFixture(database, SAME_HANDLE);
        fixture.provider.account = "shop-1";
        fixture.provider.accepted = PayoutStatus.SUCCEEDED;
        fixture.pay("r-1");
        fixture.provider.account = "shop-2";
        Payouts other = RetirementTest.journal(fixture, builder -> builder);
        fixture.clock.advance(Duration.ofDays(1));

        RetirementTest.receive(other, "r-1 RETURNED VERIFIED");

        assertThat(other.advance("r-1").orElseThrow())
                .isAfterOrEqualTo(fixture.clock.instant().plus(Duration.ofMinutes(30)));
        fixture.provider.account = "shop-1";
        fixture.provider.state("r-1", PayoutStatus.RETURNED);
        other.advance("r-1");
        assertThat(other.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.RETURNED);
    }
}
