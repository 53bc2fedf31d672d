package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.CardNumber;
import org.unipayout.Decline;
import org.unipayout.Door;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.http.Json;
import org.unipayout.ioka.internal.IokaErrors;
import org.unipayout.ioka.internal.IokaRequests;
import org.unipayout.ioka.internal.PayoutOrderReadings;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.Scenario;

class IokaPayoutOrderTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @Test
    void create_cardNumber_isNamedOnlyWhenPaying() {
        try (Shop shop = new Shop(IOKA)) {
            PayoutRequest request = toCardNumber(15000);
            Payout prepared = shop.orders.prepare(request);
            assertThat(prepared.status()).isEqualTo(PayoutStatus.PREPARED);
            assertThat(shop.orders.get(prepared.ref()).status()).isEqualTo(PayoutStatus.PREPARED);
            IOKA.ledger().assertNotPaid("o-1");

            assertThat(shop.orders.submit(prepared.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(shop.orders.submit(prepared.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            IOKA.ledger().assertPaidExactlyOnce("o-1");
        }
    }

    @ParameterizedTest
    @CsvSource({"SERVER_ERROR_PAID", "SERVER_ERROR_NOT_PAID", "UNDOCUMENTED_CODE"})
    void submit_cardNumberWithoutClearAnswer_isUnknownAndPaidOnceInTheEnd(Scenario scenario) {
        try (Shop shop = new Shop(IOKA)) {
            PayoutRequest request = toCardNumber(15000);
            PayoutRef ref = shop.orders.prepare(request).ref();
            IOKA.force(scenario);
            assertThat(shop.orders.submit(ref, request).status()).isEqualTo(PayoutStatus.UNKNOWN);

            IOKA.force(Scenario.PAID);

            assertThat(shop.orders.submit(ref, request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            IOKA.ledger().assertPaidExactlyOnce("o-1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void create_uuidOfEitherType_isFoundAgain(boolean integer) {
        IOKA.switches().integerUuid = integer;
        try (Shop shop = new Shop(IOKA)) {
            Payout paid = shop.orders.create(Shop.toSavedCard("o-1", 15000).build());

            assertThat(shop.orders.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(shop.orders.events(paid.ref()))
                    .extracting(IokaPayoutOrderClient.Event::name)
                    .contains("PAYOUT_APPROVED");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void get_neverSubmitted_isAbsentHoweverThatIsSaid(boolean as404) {
        IOKA.switches().searchMissIs404 = as404;
        try (Shop shop = new Shop(IOKA)) {
            Payout prepared = shop.orders.prepare(Shop.toSavedCard("o-1", 15000).build());

            assertThat(shop.orders.get(prepared.ref()).evidence().orElseThrow().kind())
                    .isEqualTo(org.unipayout.Evidence.Kind.ABSENT);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void create_declined_isFailedHoweverItIsAnswered(boolean asError) {
        IOKA.switches().declineAsError = asError;
        try (Shop shop = new Shop(IOKA)) {
            Payout failed = shop.orders.create(
                    Shop.toSavedCard("o-1", Scenario.DECLINED.amount(150)).build());

            assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
            assertThat(failed.decline().map(Decline::code)).contains("DECLINED_BY_ISSUER");
        }
    }

    @Test
    void create_belowTheMinimumOfTheShop_isRefused() {
        IOKA.switches().minimumPayoutOrderAmount = 20000;
        try (Shop shop = new Shop(IOKA)) {
            assertThatThrownBy(() ->
                            shop.orders.create(Shop.toSavedCard("o-1", 15000).build()))
                    .isInstanceOf(PayoutRejectedException.class);
        }
    }

    @Test
    void twoStep_declinedByTheMerchant_isCanceledAndNotFailed() {
        try (Shop shop = new Shop(IOKA)) {
            Payout waiting = shop.twoStep.create(Shop.toSavedCard("o-1", 15000).build());
            assertThat(waiting.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);

            assertThat(shop.twoStep.cancel(waiting.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
            assertThat(shop.twoStep.get(waiting.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
            assertThat(shop.twoStep.confirm(waiting.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
            IOKA.ledger().assertNotPaid("o-1");
        }
    }

    @Test
    void twoStep_declinedByTheBank_isFailed() {
        try (Shop shop = new Shop(IOKA)) {
            Payout waiting = shop.twoStep.create(
                    Shop.toSavedCard("o-1", Scenario.DECLINED.amount(150)).build());

            assertThat(shop.twoStep.confirm(waiting.ref()).status()).isEqualTo(PayoutStatus.FAILED);
        }
    }

    @Test
    void paymentOrder_account_isTold() {
        try (Shop shop = new Shop(IOKA)) {
            PayoutRequest request = PayoutRequest.builder("o-1", Shop.tenge(15000), account("Testov Test", null))
                    .build();
            Payout paid = shop.orders.create(request);

            IokaPayoutOrderClient.PaymentOrder order = shop.orders.paymentOrder(paid.ref());

            assertThat(order.purposeCode()).isEqualTo("859");
            assertThat(order.number()).isPositive();
        }
    }

    @Test
    void balance_afterAPayout_isLower() {
        try (Shop shop = new Shop(IOKA)) {
            long before = shop.orders.balance().get(0).available().minorUnits();
            shop.orders.create(Shop.toSavedCard("o-1", 15000).build());

            assertThat(before - shop.orders.balance().get(0).available().minorUnits())
                    .isEqualTo(15000);
        }
    }

    @Test
    void order_account_isSentInIokasWords() {
        PayoutRequest request = PayoutRequest.builder("o-1", Shop.tenge(15000), account("Testov Test", "14"))
                .description("Payout for May")
                .extras(IokaExtras.builder().acquirer("kazpost").build())
                .build();

        assertThat(new String(Json.write(IokaRequests.payoutOrder(request, true)), StandardCharsets.UTF_8))
                .isEqualTo("{\"amount\":15000,\"recipient\":{\"type\":\"ACCOUNT\",\"params\":{\"iin\":\"000000000000\","
                        + "\"iban\":\"KZ000000000000000000\",\"name\":\"Testov Test\",\"kbe\":\"14\","
                        + "\"description\":\"Payout for May\",\"is_juridical\":false}},\"acquirer\":\"kazpost\","
                        + "\"capture_method\":\"MANUAL\",\"external_id\":\"o-1\",\"currency\":\"KZT\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, AUTO, PROCESSING",
        "ON_HOLD, AUTO, PROCESSING",
        "ON_HOLD, MANUAL, AWAITING_CONFIRMATION",
        "COMPLETED, AUTO, SUCCEEDED",
        "FAILED, AUTO, FAILED",
        "EXPIRED, AUTO, EXPIRED",
        "ROUTED, AUTO, UNKNOWN"
    })
    void payout_statuses_meanWhatTheTableSays(String status, String capture, PayoutStatus expected) {
        PayoutOrder order = new PayoutOrder(
                "1",
                null,
                "2023-08-01T09:46:09",
                capture,
                "o-1",
                15000L,
                "KZT",
                null,
                null,
                status,
                new PayoutOrder.Payout("2", null, null, null));
        PayoutRef ref = PayoutRef.of(
                IokaPayoutOrderClient.PROVIDER, Shop.toSavedCard("o-1", 15000).build());

        assertThat(PayoutOrderReadings.payout(
                                ref, order, Door.PROVIDER_ID, IokaErrors.read(), Instant.parse("2023-08-01T12:00:00Z"))
                        .status())
                .isEqualTo(expected);
    }

    @Test
    void create_badField_isRefusedBeforeAnyCallWithItsName() {
        Map<PayoutRequest, String> bad = Map.of(
                PayoutRequest.builder("o-1", Shop.tenge(15000), account("T".repeat(61), null))
                        .build(),
                "recipient.holderName",
                PayoutRequest.builder("o-1", Shop.tenge(15000), account("Testov Test", "27"))
                        .build(),
                "recipient.beneficiaryCode",
                PayoutRequest.builder("o-1", Shop.tenge(15000), account("Testov Test", null))
                        .description("d".repeat(501))
                        .build(),
                "description",
                PayoutRequest.builder("o-1", Shop.tenge(15000), new Recipient.SavedCard("a/b/c"))
                        .build(),
                "recipient.token",
                Shop.toSavedCard("o-1", 9).build(),
                "amount");
        try (Shop shop = new Shop(IOKA)) {
            bad.forEach((request, field) -> assertThatThrownBy(() -> shop.orders.create(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(field));
            assertThatThrownBy(() -> shop.orders.create(Shop.toSavedCard("o-1", 15000)
                            .expiresAt(Instant.EPOCH)
                            .build()))
                    .isInstanceOf(UnsupportedPayoutException.class);
            assertThat(shop.exchanges).isEmpty();
        }
    }

    private static PayoutRequest toCardNumber(long minorUnits) {
        return PayoutRequest.builder(
                        "o-1", Shop.tenge(minorUnits), new Recipient.Card(CardNumber.of(IokaSimulator.RECEIVER_CARD)))
                .build();
    }

    private static Recipient account(String name, @org.jspecify.annotations.Nullable String kbe) {
        Recipient.KazakhAccount.Builder account =
                Recipient.KazakhAccount.builder("KZ000000000000000000", "000000000000", name);
        return kbe == null ? account.build() : account.beneficiaryCode(kbe).build();
    }
}
