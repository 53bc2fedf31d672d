package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Advice;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;

/** Other payouts under our reference: none of them is adopted, at any door. */
class HorizonPayIdentityTest {
    private static final String CARD_A = "4200000000000000";
    private static final String CARD_B = "5555555555554444";

    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    private Shop shop;
    private Instant now;

    @BeforeEach
    void open() {
        shop = new Shop(HORIZONPAY);
        now = HORIZONPAY.clock().instant();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void submit_referenceOfAPayoutToAnotherCard_isRejectedAndNamed() {
        HORIZONPAY.addEarlierPayout(Shop.REFERENCE, CARD_A, Shop.AMOUNT, "KZT", Duration.ofDays(40));

        PayoutRejectedException refused = catchThrowableOfType(
                PayoutRejectedException.class,
                () -> shop.client.create(to(CARD_B).build()));

        assertThat(refused).hasMessageContaining("another card");
        assertThat(refused.error().orElseThrow().english()).contains("new number");
        assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
        assertThat(refused.requestId()).isPresent();
        assertThat(HORIZONPAY.ledger().movements()).hasSize(1);
    }

    @Test
    void submit_referenceOfAMuchOlderPayoutToTheSameCard_isRejectedAndNamed() {
        HORIZONPAY.addEarlierPayout(Shop.REFERENCE, CARD_A, Shop.AMOUNT, "KZT", Duration.ofDays(40));

        assertThatThrownBy(() -> shop.client.create(to(CARD_A).requestedAt(now).build()))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("time of creation");
        assertThat(HORIZONPAY.ledger().movements()).hasSize(1);
    }

    @Test
    void submit_ownPayoutOfMinutesAgo_isAdopted() {
        PayoutRequest request = to(CARD_A).requestedAt(now).build();
        Payout first = shop.client.create(request);
        HORIZONPAY.clock().advance(Duration.ofMinutes(5));

        assertThat(shop.client.create(request).ref().providerId())
                .isEqualTo(first.ref().providerId());
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void submit_equalPayoutToAnotherCardUnderTheReference_isRejectedEvenIfTheGatewayCallsItEqual() {
        HORIZONPAY.addEarlierPayout(Shop.REFERENCE, CARD_A, Shop.AMOUNT, "KZT", Duration.ofDays(40));
        try (Shop trusting = new Shop(HORIZONPAY, HorizonPayOptions.Builder::submitWithoutLooking)) {
            trusting.answer(
                    "POST",
                    "/transactions/payouts",
                    422,
                    "{\"code\":\"E.1018\",\"message\":\"Duplicate transaction\"}");

            assertThatThrownBy(() -> trusting.client.create(to(CARD_B).build()))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("another card");
        }
    }

    @Test
    void get_onlyAnothersPayoutUnderTheReference_isNotAdopted() {
        HORIZONPAY.addEarlierPayout(Shop.REFERENCE, CARD_A, Shop.AMOUNT, "KZT", Duration.ofDays(40));

        Payout seen = shop.client.get(PayoutRef.of("horizonpay", to(CARD_B).build()));

        assertThat(seen.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(seen.hasEvidence(Evidence.Kind.OTHER_PAYOUT)).isTrue();
        assertThat(seen.ref().providerId()).isEmpty();
        assertThat(seen.recipientMask()).isEmpty();
    }

    @Test
    void get_anothersPayoutBesideOurs_isNeitherAdoptedNorCalledASecondPayment() {
        HORIZONPAY.addEarlierPayout(Shop.REFERENCE, CARD_A, Shop.AMOUNT, "KZT", Duration.ofDays(40));
        try (Shop trusting = new Shop(HORIZONPAY, HorizonPayOptions.Builder::submitWithoutLooking)) {
            PayoutRequest request = to(CARD_B).build();
            trusting.client.create(request);

            Payout seen = trusting.client.get(PayoutRef.of("horizonpay", request));

            assertThat(seen.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(seen.recipientMask()).contains("555555****4444");
            assertThat(seen.evidence()).isEmpty();
        }
    }

    @Test
    void submit_underOneHandleWithAnotherCard_isRefusedBeforeAnyCall() {
        PayoutRef ref = shop.client.prepare(to(CARD_A).build()).ref();

        assertThatThrownBy(() -> shop.client.submit(ref, to(CARD_B).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another recipient");
        assertThat(shop.network.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, OTHER_PAYOUT", "false,"})
    void get_savedCard_isComparedByTheTokenWhereItIsShown(boolean shown, Evidence.Kind expected) {
        HORIZONPAY.switches().cardDetailsInAnswers = shown;
        shop.client.create(
                to(new Recipient.SavedCard(HORIZONPAY.saveCard(CARD_A))).build());
        PayoutRequest other =
                to(new Recipient.SavedCard(HORIZONPAY.saveCard(CARD_B))).build();

        Payout seen = shop.client.get(PayoutRef.of("horizonpay", other));

        assertThat(seen.evidence().map(Evidence::kind).orElse(null)).isEqualTo(expected);
    }

    @Test
    void notification_ofAPayoutToAnotherCard_isACollision() {
        shop.client.create(to(CARD_A).build());
        HorizonPayWebhooks webhooks = HorizonPayWebhooks.of(shop.options);

        assertThat(shop.notifications()).isNotEmpty().allSatisfy(notification -> {
            assertThat(webhooks.receive(notification)
                            .against(PayoutRef.of("horizonpay", to(CARD_A).build()))
                            .about())
                    .isEqualTo(Identity.About.OURS);
            assertThat(webhooks.receive(notification)
                            .against(PayoutRef.of("horizonpay", to(CARD_B).build()))
                            .about())
                    .isEqualTo(Identity.About.COLLISION);
        });
    }

    private static PayoutRequest.Builder to(String cardNumber) {
        return Shop.request(Shop.REFERENCE, Shop.AMOUNT, cardNumber);
    }

    private static PayoutRequest.Builder to(Recipient recipient) {
        return PayoutRequest.builder(Shop.REFERENCE, Money.ofMinor(Shop.AMOUNT, "KZT"), recipient)
                .description("Payout to a card");
    }
}
