package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Scenario;

/** Payouts that are queued: what the gateway says about them comes later, to the one who asks for the result. */
class HorizonPayQueueTest {
    private static final String RESULT = "/async/result/";

    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(HORIZONPAY, Shop::queued);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void get_queueHasNotComeToIt_isProcessingUntilItHas() {
        HORIZONPAY.switches().asyncTime = Duration.ofMinutes(1);
        Payout queued = shop.client.create(Shop.request().build());

        assertThat(queued.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(shop.client.get(queued.ref()).status()).isEqualTo(PayoutStatus.PROCESSING);
        HORIZONPAY.clock().advance(Duration.ofMinutes(2));
        Payout paid = shop.client.get(queued.ref());

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.ref().providerId())
                .isPresent()
                .isNotEqualTo(queued.ref().providerId());
        assertThat(shop.client.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void submit_queuedAlready_isNotSentAgain() {
        HORIZONPAY.switches().asyncTime = Duration.ofMinutes(1);
        Payout queued = shop.client.create(Shop.request().build());
        HORIZONPAY.clock().advance(Duration.ofSeconds(31));

        shop.client.submit(queued.ref(), Shop.request().build());

        assertThat(shop.calls("POST", "/async/transactions/payouts")).isEqualTo(1);
    }

    @Test
    void get_queueForgotIt_findsItByReference() {
        Payout queued = shop.client.create(Shop.request().build());
        HORIZONPAY.clock().advance(Duration.ofMinutes(1));
        shop.answer("GET", RESULT, 404, "{\"response\":{\"message\":\"Record not found\"}}");

        assertThat(shop.client.get(queued.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void get_serverErrorAfterPaying_findsThePaidOne() {
        assertThat(ended(Scenario.SERVER_ERROR_PAID).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void get_undocumentedCodeAfterPaying_findsThePaidOne() {
        assertThat(ended(Scenario.UNDOCUMENTED_CODE).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void get_serverErrorWithoutPaying_neverEnds() {
        assertThatThrownBy(() -> ended(Scenario.SERVER_ERROR_NOT_PAID)).isInstanceOf(PayoutReadException.class);
        HORIZONPAY.ledger().assertNotPaid(Shop.REFERENCE);
    }

    @Test
    void get_tooManyRequests_neverEnds() {
        assertThatThrownBy(() -> ended(Scenario.RATE_LIMITED)).isInstanceOf(PayoutReadException.class);
        HORIZONPAY.ledger().assertNotPaid(Shop.REFERENCE);
    }

    @Test
    void get_queuedPayoutWasRefused_failsWithTheCode() {
        Payout queued = shop.client.create(Shop.request().build());
        shop.answer("GET", RESULT, 422, "{\"code\":\"E.1007\",\"message\":\"Unsupported currency\"}");
        shop.answer("GET", "/v2/transactions/tracking_id/", 200, "{\"transactions\":[]}");

        Payout refused = shop.client.get(queued.ref());

        assertThat(refused.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(refused.decline().map(Decline::code)).contains("E.1007");
    }

    @Test
    void get_queuedPayoutWasEqualToAnother_isUnknown() {
        Payout queued = shop.client.create(Shop.request().build());
        shop.answer("GET", RESULT, 422, "{\"code\":\"E.1018\",\"message\":\"Duplicate transaction\"}");
        shop.answer("GET", "/v2/transactions/tracking_id/", 200, "{\"transactions\":[]}");

        assertThat(shop.client.get(queued.ref()).evidence().map(Evidence::kind)).contains(Evidence.Kind.EQUAL_PAYOUT);
    }

    @Test
    void submit_queuedPayoutWasEqualToAnother_isSentAgainAndPaidOnce() {
        shop.client.create(Shop.request("order-2", Shop.AMOUNT).build());
        Payout queued = shop.client.create(Shop.request().build());
        HORIZONPAY.clock().advance(Duration.ofSeconds(6));
        Payout refused = shop.client.get(queued.ref());
        assertThat(refused.hasEvidence(Evidence.Kind.EQUAL_PAYOUT)).isTrue();
        HORIZONPAY.clock().advance(Duration.ofSeconds(31));

        Payout again = shop.client.submit(refused.ref(), Shop.request().build());
        HORIZONPAY.clock().advance(Duration.ofSeconds(6));

        assertThat(shop.client.get(again.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void get_cardNumbersAreNotAllowed_failsWithTheCode() {
        HORIZONPAY.switches().cardNumbersAllowed = false;

        assertFailsInTheQueue("E.1065");
    }

    @Test
    void get_payoutsAreNotAllowed_failsWithTheCode() {
        HORIZONPAY.switches().payoutsAllowed = false;

        assertFailsInTheQueue("E.1022");
    }

    private void assertFailsInTheQueue(String code) {
        Payout queued = shop.client.create(Shop.request().build());
        HORIZONPAY.clock().advance(Duration.ofMinutes(1));

        Payout refused = shop.client.get(queued.ref());

        assertThat(refused.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(refused.decline().map(Decline::code)).contains(code);
        HORIZONPAY.ledger().assertNotPaid(Shop.REFERENCE);
    }

    @Test
    void get_longQueue_isProcessingAndUnpaidUntilItsTurn() {
        HORIZONPAY.switches().asyncTime = Duration.ofMinutes(25);
        Payout queued = shop.client.create(Shop.request().build());
        HORIZONPAY.clock().advance(Duration.ofMinutes(24));

        assertThat(shop.client.get(queued.ref()).status()).isEqualTo(PayoutStatus.PROCESSING);
        HORIZONPAY.ledger().assertNotPaid(Shop.REFERENCE);
        HORIZONPAY.clock().advance(Duration.ofMinutes(2));
        assertThat(shop.client.get(queued.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"E.1021", "E.1022", "E.1002", "E.1000", "E.1999"})
    void get_queueRefusesTheQuestion_throwsReadAndInventsNoFailure(String code) {
        Payout queued = shop.client.create(Shop.request().build());
        shop.answer("GET", RESULT, 422, "{\"code\":\"" + code + "\",\"message\":\"no\"}");
        shop.answer("GET", "/v2/transactions/tracking_id/", 200, "{\"transactions\":[]}");

        assertThatThrownBy(() -> shop.client.get(queued.ref())).isInstanceOf(PayoutReadException.class);
    }

    private Payout ended(Scenario scenario) {
        HORIZONPAY.force(scenario);
        Payout queued = shop.client.create(Shop.request().build());
        assertThat(queued.status()).isEqualTo(PayoutStatus.PROCESSING);
        HORIZONPAY.clock().advance(Duration.ofMinutes(1));
        return shop.client.get(queued.ref());
    }
}
