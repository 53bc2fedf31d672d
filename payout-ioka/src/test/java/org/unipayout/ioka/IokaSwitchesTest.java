package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.simulator.ioka.IokaSwitches;
import org.unipayout.testkit.Scenario;

/** Where ioka's sources disagree or are silent, transfer orders survive either answer. */
class IokaSwitchesTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    static Stream<Named<Consumer<IokaSwitches>>> harmless() {
        return Stream.of(
                named("defaults", switches -> {}),
                named("type optional", switches -> switches.typeRequired = false),
                named("get answers 206", switches -> switches.getHttpStatus = 206),
                named("payout answers 200", switches -> switches.payoutHttpStatus = 200),
                named("repeated payout shows the transfer", switches -> switches.repeatedPayoutShowsTransfer = true),
                named("search miss is 404", switches -> switches.searchMissIs404 = true),
                named("registered first", switches -> switches.registeredFirst = true),
                named("pending first", switches -> switches.firstTransferStatus = "PENDING"),
                named("requires action first", switches -> switches.firstTransferStatus = "REQUIRES_ACTION"),
                named("amount in order", switches -> switches.transferredAmountInOrder = true),
                named("rejects key reuse", switches -> switches.rejectsKeyReuse = true),
                named("product B off", switches -> switches.productB = false),
                named("no events", switches -> switches.transferEvents = false));
    }

    private static Named<Consumer<IokaSwitches>> named(String name, Consumer<IokaSwitches> turn) {
        return Named.of(name, turn);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void create_openQuestion_paysOnceAndKnowsIt(Consumer<IokaSwitches> turn) {
        turn.accept(IOKA.switches());
        try (Shop shop = new Shop(IOKA)) {
            Payout paid = settled(
                    shop, shop.transfers.create(Shop.toSavedCard("s-1", 15000).build()));

            Payout again = shop.transfers.submit(
                    paid.ref(), Shop.toSavedCard("s-1", 15000).build());

            assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(settled(shop, again).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            IOKA.ledger().assertPaidExactlyOnce("s-1");
        }
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void create_openQuestionAndAnotherAmount_isRefused(Consumer<IokaSwitches> turn) {
        turn.accept(IOKA.switches());
        try (Shop shop = new Shop(IOKA)) {
            shop.transfers.create(Shop.toSavedCard("s-1", 15000).build());

            assertThatThrownBy(() ->
                            shop.transfers.create(Shop.toSavedCard("s-1", 15100).build()))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("another amount");
            IOKA.ledger().assertPaidExactlyOnce("s-1");
        }
    }

    @Test
    void submit_providerWouldPayAgain_readsFirstAndPaysOnce() {
        IOKA.switches().paysAgain = true;
        try (Shop shop = new Shop(IOKA)) {
            Payout paid = shop.transfers.create(Shop.toSavedCard("s-1", 15000).build());
            IOKA.clock().advance(Duration.ofHours(2)); // ioka has forgotten the idempotency key

            shop.transfers.submit(paid.ref(), Shop.toSavedCard("s-1", 15000).build());

            IOKA.ledger().assertPaidExactlyOnce("s-1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void create_declined_isFailedHoweverItIsAnswered(boolean asError) {
        IOKA.switches().declineAsError = asError;
        try (Shop shop = new Shop(IOKA)) {
            Payout failed = shop.transfers.create(
                    Shop.toSavedCard("s-1", Scenario.DECLINED.amount(150)).build());

            assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
            assertThat(failed.decline().map(Decline::code)).contains("DECLINED_BY_ISSUER");
            IOKA.ledger().assertNotPaid("s-1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void create_technicalDecline_isUnknownUntilItHasSettled(boolean asError) {
        IOKA.switches().declineCode = "DATA_INPUT_TIMEOUT";
        IOKA.switches().declineAsError = asError;
        try (Shop shop = new Shop(IOKA)) {
            Payout unsure = shop.transfers.create(
                    Shop.toSavedCard("s-1", Scenario.DECLINED.amount(150)).build());
            assertThat(unsure.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(unsure.evidence().map(Evidence::kind))
                    .contains(asError ? Evidence.Kind.OPEN_CODE : Evidence.Kind.PROVIDER_UNSURE);

            IOKA.clock().advance(Duration.ofMinutes(16));

            assertThat(shop.transfers.get(unsure.ref()).status()).isEqualTo(PayoutStatus.FAILED);
        }
    }

    @Test
    void create_otherErrorNames_adoptsTheOrderThatExists() {
        IOKA.switches().errorNames = Map.of("OrderExists", "TransferOrderExists", "OrderNotFound", "NoTransferOrder");
        try (Shop shop = new Shop(IOKA)) {
            shop.transfers.prepare(Shop.toSavedCard("s-1", 15000).build());
            IOKA.clock().advance(Duration.ofHours(2));

            Payout adopted =
                    shop.transfers.create(Shop.toSavedCard("s-1", 15000).build());

            assertThat(adopted.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(shop.transfers
                            .get(adopted.ref().withProviderId("tro_unknown"))
                            .evidence()
                            .map(Evidence::kind))
                    .contains(Evidence.Kind.ABSENT);
            IOKA.ledger().assertPaidExactlyOnce("s-1");
        }
    }

    @Test
    void prepare_corpAccountRequired_isRefusedWithoutAndTakenWithIt() {
        IOKA.switches().corpAccountRequired = true;
        try (Shop shop = new Shop(IOKA)) {
            assertThatThrownBy(() -> shop.transfers.prepare(
                            Shop.toSavedCard("s-1", 15000).build()))
                    .isInstanceOf(PayoutRejectedException.class);
        }
        IokaOptions.Builder options = IokaOptions.builder(IOKA.baseUrl(), Secret.of(IOKA.apiKey()))
                .corpAccountId(IokaSimulator.CORPORATE_ACCOUNT_ID);
        try (Shop shop = new Shop(IOKA, options)) {
            assertThat(shop.transfers
                            .create(Shop.toSavedCard("s-1", 15000).build())
                            .status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(shop.transfers.corpAccounts())
                    .extracting(IokaPayoutClient.CorpAccount::id)
                    .contains(IokaSimulator.CORPORATE_ACCOUNT_ID);
        }
    }

    @Test
    void submit_routesGone_saysSoAndSendsNothing() {
        IOKA.switches().transferOrderRoutes = false;
        try (Shop shop = new Shop(IOKA)) {
            assertThatThrownBy(() ->
                            shop.transfers.create(Shop.toSavedCard("s-1", 15000).build()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageContaining("does not serve this address");
            IOKA.ledger().assertNotPaid("s-1");
        }
    }

    @Test
    void submit_unavailable_isRefusedForTheMomentAndPaidLater() {
        try (Shop shop = new Shop(IOKA)) {
            PayoutRef ref = shop.transfers
                    .prepare(Shop.toSavedCard("s-1", 15000).build())
                    .ref();
            IOKA.switches().unavailable = true;

            PayoutRejectedException refused = catchThrowableOfType(
                    PayoutRejectedException.class,
                    () -> shop.transfers.submit(
                            ref, Shop.toSavedCard("s-1", 15000).build()));

            assertThat(refused.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER);
            assertThat(refused.requestId()).isPresent();
            IOKA.ledger().assertNotPaid("s-1");
            IOKA.switches().unavailable = false;
            assertThat(shop.transfers
                            .submit(ref, Shop.toSavedCard("s-1", 15000).build())
                            .status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            IOKA.ledger().assertPaidExactlyOnce("s-1");
        }
    }

    static Stream<Named<Consumer<IokaSwitches>>> refusing() {
        return Stream.of(
                named("no right", switches -> switches.forbidden = true),
                named("too many requests", switches -> switches.rateLimited = true),
                named("amount below the minimum", switches -> switches.minimumTransferAmount = 20000),
                named("amount above the maximum", switches -> switches.maximumAmount = 10000));
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void create_refused_throwsAndMovesNothing(Consumer<IokaSwitches> turn) {
        turn.accept(IOKA.switches());
        try (Shop shop = new Shop(IOKA)) {
            assertThatThrownBy(() ->
                            shop.transfers.create(Shop.toSavedCard("s-1", 15000).build()))
                    .isInstanceOf(PayoutRejectedException.class);
            IOKA.ledger().assertNotPaid("s-1");
        }
    }

    @Test
    void submit_orderExpired_endsExpired() {
        Instant due = IOKA.clock().instant().plusSeconds(60);
        try (Shop shop = new Shop(IOKA)) {
            var request = Shop.toSavedCard("s-1", 15000).expiresAt(due).build();
            PayoutRef ref = shop.transfers.prepare(request).ref();
            IOKA.clock().advance(Duration.ofMinutes(2));

            assertThat(shop.transfers.submit(ref, request).status()).isEqualTo(PayoutStatus.EXPIRED);
            IOKA.ledger().assertNotPaid("s-1");
        }
    }

    @Test
    void get_hostedOrderPastItsDueDate_expiresAfterTheMargin() {
        Instant due = IOKA.clock().instant().plusSeconds(60);
        try (Shop shop = new Shop(IOKA)) {
            Payout waiting = shop.transfers.create(
                    Shop.toForm("s-1", 15000).expiresAt(due).build());
            IOKA.clock().advance(Duration.ofMinutes(10));
            assertThat(shop.transfers.get(waiting.ref()).status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);

            IOKA.clock().advance(Duration.ofMinutes(10));

            assertThat(shop.transfers.get(waiting.ref()).status()).isEqualTo(PayoutStatus.EXPIRED);
        }
    }

    @Test
    void get_declineOnTheForm_canBeMendedByTheRecipient() {
        try (Shop shop = new Shop(IOKA)) {
            Payout waiting = shop.transfers.create(Shop.toForm("s-1", 15000).build());
            IokaSubject.typeCard(waiting, IokaSimulator.CARD_WITHOUT_MONEY);
            Payout declined = shop.transfers.get(waiting.ref());
            IokaSubject.typeCard(waiting, IokaSimulator.RECEIVER_CARD);

            assertThat(declined.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
            assertThat(declined.lastDecline().map(Decline::code)).contains("NOT_ENOUGH_MONEY");
            assertThat(shop.transfers.get(waiting.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            IOKA.ledger().assertPaidExactlyOnce("s-1");
        }
    }

    @Test
    void prepare_sameReferenceForAnotherCard_isRefused() {
        try (Shop shop = new Shop(IOKA)) {
            shop.transfers.prepare(Shop.toSavedCard("s-1", 15000).build());
            var other = PayoutRequest.builder(
                            "s-1", Shop.tenge(15000), new Recipient.SavedCard(IokaSimulator.SAVED_MASTERCARD_ID))
                    .build();

            assertThatThrownBy(() -> shop.transfers.prepare(other))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("recipient");
        }
    }

    private static Payout settled(Shop shop, Payout payout) {
        Payout known = payout;
        for (int i = 0; i < 4 && !known.status().isFinal(); i++) {
            known = known.update(shop.transfers.get(known.ref()));
        }
        return known;
    }
}
