package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Advice;
import org.unipayout.CardNumber;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.simulator.ioka.IokaSimulator;

/** A reference that belongs to a different payout: nothing of that one is adopted, whatever became of it. */
class IokaIdentityTest {
    private static final String SAVED_VISA = IokaSimulator.CUSTOMER_ID + '/' + IokaSimulator.SAVED_VISA_ID;
    private static final String SAVED_MASTERCARD = IokaSimulator.CUSTOMER_ID + '/' + IokaSimulator.SAVED_MASTERCARD_ID;

    private static final Map<String, Recipient> RECIPIENTS = Map.of(
            "saved card", new Recipient.SavedCard(SAVED_VISA),
            "other saved card", new Recipient.SavedCard(SAVED_MASTERCARD),
            "card number", new Recipient.Card(CardNumber.of(IokaSimulator.RECEIVER_CARD)),
            "other card number", new Recipient.Card(CardNumber.of("4111111111111111")),
            "IBAN", account("KZ000000000000000000"),
            "other IBAN", account("KZ000000000000000001"),
            "form", new Recipient.HostedForm(URI.create("https://back.kz")));

    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    private static Recipient account(String iban) {
        return Recipient.KazakhAccount.builder(iban, "000000000000", "Testov Test")
                .build();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(false, "saved card", "other saved card"),
                Arguments.of(false, "saved card", "form"),
                Arguments.of(false, "form", "saved card"),
                Arguments.of(true, "saved card", "other saved card"),
                Arguments.of(true, "saved card", "IBAN"),
                Arguments.of(true, "saved card", "card number"),
                Arguments.of(true, "saved card", "form"),
                Arguments.of(true, "card number", "other card number"),
                Arguments.of(true, "card number", "saved card"),
                Arguments.of(true, "card number", "IBAN"),
                Arguments.of(true, "IBAN", "other IBAN"),
                Arguments.of(true, "IBAN", "saved card"),
                Arguments.of(true, "IBAN", "card number"),
                Arguments.of(true, "IBAN", "form"),
                Arguments.of(true, "form", "saved card"),
                Arguments.of(true, "form", "IBAN"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void create_referenceOfAnotherRecipient_isRejectedWithTheAdviceOfANewOne(
            boolean payoutOrders, String first, String second) {
        try (Shop shop = new Shop(IOKA)) {
            PayoutClient client = payoutOrders ? shop.orders : shop.transfers;
            client.create(request(first).build());
            long paid = IOKA.ledger().timesPaid("i-1");

            PayoutRejectedException taken = catchThrowableOfType(
                    PayoutRejectedException.class,
                    () -> client.create(request(second).build()));

            assertThat(taken).hasMessageContaining("the reference belongs to a different payout");
            assertThat(taken.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
            assertThat(taken.error().orElseThrow().text(Locale.ENGLISH)).contains("new number");
            assertThat(IOKA.ledger().timesPaid("i-1")).isEqualTo(paid);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void get_referenceOfAnotherRecipient_isNotAdopted(boolean payoutOrders, String first, String second) {
        try (Shop shop = new Shop(IOKA)) {
            PayoutClient client = payoutOrders ? shop.orders : shop.transfers;
            client.create(request(first).build());

            Payout other = client.get(PayoutRef.of(
                    client.capabilities().provider(), request(second).build()));

            assertThat(other.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(other.hasEvidence(Evidence.Kind.OTHER_PAYOUT)).isTrue();
            assertThat(other.ref().providerId()).isEmpty();
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(false, "saved card"),
                Arguments.of(false, "form"),
                Arguments.of(true, "saved card"),
                Arguments.of(true, "card number"),
                Arguments.of(true, "IBAN"),
                Arguments.of(true, "form"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void create_referenceOfAMuchOlderPayout_isRejected(boolean payoutOrders, String kind) {
        try (Shop shop = new Shop(IOKA)) {
            PayoutClient client = payoutOrders ? shop.orders : shop.transfers;
            client.create(request(kind).build());
            IOKA.clock().advance(Duration.ofDays(40));
            Instant asked = IOKA.clock().instant();

            assertThatThrownBy(
                            () -> client.create(request(kind).requestedAt(asked).build()))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("time of creation");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void create_againAfterAnHour_isAdoptedAndPaidOnce(boolean payoutOrders, String kind) {
        Instant asked = IOKA.clock().instant();
        try (Shop shop = new Shop(IOKA)) {
            PayoutClient client = payoutOrders ? shop.orders : shop.transfers;
            Payout first = client.create(request(kind).requestedAt(asked).build());
            IOKA.clock().advance(Duration.ofHours(2)); // ioka has forgotten the idempotency key

            Payout again = client.create(request(kind).requestedAt(asked).build());

            assertThat(again.status()).isEqualTo(first.status());
            assertThat(again.ref()).isEqualTo(first.ref());
            assertThat(IOKA.ledger().timesPaid("i-1")).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void create_bareIdOfTheSameSavedCard_isAdopted() {
        try (Shop shop = new Shop(IOKA)) {
            shop.orders.create(request("saved card").build());
            IOKA.clock().advance(Duration.ofHours(2));

            PayoutRequest bare = PayoutRequest.builder(
                            "i-1", Shop.tenge(15000), new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID))
                    .build();

            assertThat(shop.orders.create(bare).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            IOKA.ledger().assertPaidExactlyOnce("i-1");
        }
    }

    @Test
    void submit_anotherCardUnderOneHandle_isRefusedBeforeAnyCall() {
        try (Shop shop = new Shop(IOKA)) {
            PayoutRef ref =
                    shop.transfers.prepare(request("saved card").build()).ref();
            PayoutRef order =
                    shop.orders.prepare(request("card number").build()).ref();
            int calls = shop.exchanges.size();

            assertThatThrownBy(() -> shop.transfers.submit(
                            ref, request("other saved card").build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another recipient");
            assertThatThrownBy(() -> shop.orders.submit(
                            order, request("other card number").build()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(shop.exchanges).hasSize(calls);
        }
    }

    @Test
    void submit_orderThatAnotherCardWasPaidFrom_isRejected() {
        try (Shop shop = new Shop(IOKA)) {
            PayoutRequest first = request("card number").build();
            PayoutRequest second = request("other card number").build();
            PayoutRef mine = shop.orders.prepare(first).ref();
            PayoutRef theirs = shop.orders.prepare(second).ref();
            shop.orders.submit(mine, first);

            assertThatThrownBy(() -> shop.orders.submit(theirs, second))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("another card");
            IOKA.ledger().assertPaidExactlyOnce("i-1");
        }
    }

    private static PayoutRequest.Builder request(String recipient) {
        return PayoutRequest.builder("i-1", Shop.tenge(15000), Objects.requireNonNull(RECIPIENTS.get(recipient)));
    }
}
