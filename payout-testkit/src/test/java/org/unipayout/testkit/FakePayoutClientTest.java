package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;

class FakePayoutClientTest {
    private final FakePayoutClient client = new FakePayoutClient();

    @Test
    void create_ordinaryAmount_isPaidExactlyOnce() {
        Payout payout = client.create(request(15000));

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        client.ledger().assertPaidExactlyOnce("order-1");
        assertThatThrownBy(() -> client.ledger().assertNotPaid("order-1")).isInstanceOf(AssertionError.class);
        assertThat(client.submitted()).extracting(PayoutRequest::reference).containsExactly("order-1");
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void create_anyScenarioTwice_neverPaysTwice(Scenario scenario) {
        client.force(scenario);
        for (int i = 0; i < 2; i++) {
            try {
                client.create(request(15000));
            } catch (PayoutRejectedException refused) {
                assertThat(scenario).isEqualTo(Scenario.RATE_LIMITED);
            }
        }

        assertThat(client.ledger().timesPaid("order-1")).isLessThanOrEqualTo(1);
    }

    @Test
    void create_declinedAmount_failsAndSaysWhy() {
        Payout payout = client.create(request(Scenario.DECLINED.amount(150)));

        assertThat(payout.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(payout.decline()).isPresent();
        client.ledger().assertNotPaid("order-1");
    }

    @Test
    void create_answerLost_isUnknownAndFoundAgain() {
        Payout payout = client.nextAnswerIsLost().create(request(15000));

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        client.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void create_notSent_throwsAndCanBeRepeated() {
        client.nextSubmitIsNotSent();

        assertThatThrownBy(() -> client.create(request(15000))).isInstanceOf(PayoutNotSentException.class);
        client.ledger().assertNotPaid("order-1");
        assertThat(client.create(request(15000)).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void create_serverErrorWithoutPaying_isAbsentAndMayBeSubmittedAgain() {
        client.force(Scenario.SERVER_ERROR_NOT_PAID);
        Payout unclear = client.create(request(15000));
        client.force(Scenario.PAID);

        assertThat(client.get(unclear.ref()).evidence().map(Evidence::kind)).contains(Evidence.Kind.ABSENT);
        client.submit(unclear.ref(), request(15000));

        client.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void get_slowPayout_isPaidAfterSettling() {
        Payout payout = client.create(request(Scenario.SLOW.amount(150)));
        assertThat(payout.status()).isEqualTo(PayoutStatus.PROCESSING);

        client.settle();

        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void get_returnedPayout_isPaidFirstAndThenReturned() {
        Payout payout = client.create(request(Scenario.RETURNED.amount(150)));
        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);

        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(client.ledger().total("KZT")).isZero();
    }

    @Test
    void get_handleOfAnotherProvider_isRefused() {
        PayoutRef foreign = PayoutRef.of("elsewhere", request(15000));

        assertThatThrownBy(() -> client.get(foreign)).hasMessageStartingWith("ref");
    }

    private static PayoutRequest request(long minorUnits) {
        return PayoutRequest.builder("order-1", Money.ofMinor(minorUnits, "KZT"), new Recipient.SavedCard("TESTCARDID"))
                .build();
    }
}
