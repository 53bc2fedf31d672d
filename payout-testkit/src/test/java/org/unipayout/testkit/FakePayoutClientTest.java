package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Advice;
import org.unipayout.Capabilities;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;
import org.unipayout.UnsupportedPayoutException;

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

    @Test
    void singlePayment_aSecondUnderAnotherReference_isTold() {
        assertThatThrownBy(() -> client.ledger().assertSinglePayment())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("there are 0");
        client.create(request(15000));
        client.ledger().assertSinglePayment();

        client.create(PayoutRequest.builder(
                        "order-1-again",
                        Money.ofMinor(15000, "KZT"),
                        request(15000).recipient())
                .build());

        assertThatThrownBy(() -> client.ledger().assertSinglePayment())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("there are 2")
                .hasMessageContaining("order-1-again");
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
    void create_referenceThatARealProviderRefuses_isRefused() {
        for (String reference : List.of("order 1", "заказ-1", "order.1", "r".repeat(33))) {
            PayoutRequest request = PayoutRequest.builder(
                            reference, Money.ofMinor(15000, "KZT"), new Recipient.SavedCard("TESTCARDID"))
                    .build();

            assertThatThrownBy(() -> client.create(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("reference");
        }
    }

    @Test
    void create_referenceOfADifferentPayout_isRefusedAndTheFirstStands() {
        client.create(request(15000));

        for (PayoutRequest different : List.of(
                request(15100),
                PayoutRequest.builder("order-1", Money.ofMinor(15000, "KZT"), new Recipient.SavedCard("ANOTHER"))
                        .build())) {
            assertThatThrownBy(() -> client.create(different))
                    .isInstanceOfSatisfying(
                            PayoutRejectedException.class,
                            refused -> assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX));
        }
        client.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void confirm_clientThatStandsInForOneWithConfirmation_paysOnceAndOnlyThen() {
        FakePayoutClient confirming = standIn();
        Payout waiting = confirming.create(request(15000));
        assertThat(waiting.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        confirming.ledger().assertNotPaid("order-1");

        Payout unclear = confirming.nextAnswerIsLost().confirm(waiting.ref());

        assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(confirming.confirm(waiting.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(confirming.cancel(waiting.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        confirming.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void cancel_clientThatStandsInForOneWithConfirmation_endsUnpaid() {
        FakePayoutClient confirming = standIn();
        Payout waiting = confirming.create(request(15000));

        assertThat(confirming.cancel(waiting.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
        assertThat(confirming.confirm(waiting.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
        confirming.ledger().assertNotPaid("order-1");
    }

    @Test
    void standIn_takesWhatTheRealOneTakesAndNothingElse() {
        FakePayoutClient confirming = standIn();

        assertThat(confirming.capabilities().provider()).isEqualTo("acme");
        assertThat(confirming.capabilities().recipients()).containsExactly(RecipientKind.SAVED_CARD);
        assertThatThrownBy(() -> confirming.create(request(99))).hasMessageStartingWith("amount");
        assertThatThrownBy(confirming::balance).isInstanceOf(UnsupportedPayoutException.class);
        assertThatThrownBy(() -> client.confirm(client.create(request(15000)).ref()))
                .isInstanceOf(UnsupportedPayoutException.class);
    }

    private static FakePayoutClient standIn() {
        return new FakePayoutClient(Capabilities.builder(
                        "acme",
                        new ReferenceRule(8, Pattern.compile("[a-z0-9-]+"), "small letters, digits and dash"),
                        new Resubmission.SameHandle(),
                        Duration.ofSeconds(1))
                .recipients(RecipientKind.SAVED_CARD, RecipientKind.HOSTED_FORM)
                .currencies("KZT")
                .minimum(100)
                .features(Capabilities.Feature.CONFIRM, Capabilities.Feature.CANCEL)
                .build());
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
