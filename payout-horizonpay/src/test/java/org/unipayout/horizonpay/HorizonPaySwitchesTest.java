package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.CardNumber;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.Scenario;

/** Whatever the documentation leaves open, in each reading. */
class HorizonPaySwitchesTest {
    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    private Shop shop;
    private HorizonPaySwitches switches;

    @BeforeEach
    void open() {
        shop = new Shop(HORIZONPAY);
        switches = HORIZONPAY.switches();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(Envelope.class)
    void answers_inEitherEnvelope_areRead(Envelope envelope) {
        switches.forcedEnvelope = envelope;

        Payout paid = shop.client.create(Shop.request().build());

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.rrn()).isPresent();
        assertThat(shop.client.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(Envelope.class)
    void declines_inEitherEnvelope_areFailures(Envelope envelope) {
        switches.forcedEnvelope = envelope;

        Payout failed =
                shop.client.create(Shop.request(Scenario.DECLINED.amount(150)).build());

        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(shop.client.get(failed.ref()).status()).isEqualTo(PayoutStatus.FAILED);
    }

    @ParameterizedTest
    @EnumSource(Envelope.class)
    void trackingElements_inEitherEnvelope_areRead(Envelope envelope) {
        switches.trackingElementEnvelope = envelope;
        PayoutRef paid = PayoutRef.of("horizonpay", Shop.request().build());
        shop.client.create(Shop.request().build());

        assertThat(shop.client.get(paid).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(Envelope.class)
    void trackingElements_ofADecline_tellItsCode(Envelope envelope) {
        switches.trackingElementEnvelope = envelope;
        PayoutRequest request = Shop.request(Scenario.DECLINED.amount(150)).build();
        shop.client.create(request);

        Payout failed = shop.client.get(PayoutRef.of("horizonpay", request));

        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(failed.decline().map(Decline::code)).contains("F.0105");
    }

    @ParameterizedTest
    @CsvSource({
        "V3, 422, true",
        "V3, 400, true",
        "V2, 400, true",
        "V2, 400, false",
        "V2, 422, true",
        "V2, 422, false",
    })
    void validationError_inAnyForm_isRejected(Envelope envelope, int status, boolean wrapped) {
        switches.forcedEnvelope = envelope;
        switches.validationStatusV2 = status;
        switches.validationStatusV3 = status;
        switches.errorsWrapped = wrapped;
        switches.requiredFields = Set.of("recipient.taxpayer_id");

        PayoutRejectedException refused = refused(Shop.request().build());

        assertThat(refused.error())
                .hasValueSatisfying(error -> assertThat(error.category()).isEqualTo(ErrorCategory.INVALID_REQUEST));
        HORIZONPAY.ledger().assertNotPaid(Shop.REFERENCE);
    }

    @ParameterizedTest
    @CsvSource({"V3, 422", "V3, 400", "V3, 409", "V2, 422", "V2, 400", "V2, 409"})
    void duplicate_inAnyForm_isLookedUpAndAdopted(Envelope envelope, int status) {
        switches.forcedEnvelope = envelope;
        switches.duplicateStatus = status;
        try (Shop trusting = new Shop(HORIZONPAY, HorizonPayOptions.Builder::submitWithoutLooking)) {
            Payout first = trusting.client.create(Shop.request().build());
            Payout second = trusting.client.create(Shop.request().build());

            assertThat(second.ref()).isEqualTo(first.ref());
            assertThat(second.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
        }
    }

    @Test
    void duplicate_ofAnotherReference_isUnknownAndThenAbsent() {
        shop.client.create(Shop.request().build());
        PayoutRequest equal = PayoutRequest.builder(
                        "order-2",
                        Money.ofMinor(Shop.AMOUNT, "KZT"),
                        Shop.request().build().recipient())
                .description("Payout to a card")
                .build();

        Payout unclear = shop.client.create(equal);

        assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(unclear.evidence().map(Evidence::kind)).contains(Evidence.Kind.EQUAL_PAYOUT);
        assertThat(shop.client.get(unclear.ref()).evidence().map(Evidence::kind))
                .contains(Evidence.Kind.ABSENT);
        HORIZONPAY.ledger().assertNotPaid("order-2");
    }

    @Test
    void duplicate_thatIsMeant_isPaid() {
        shop.client.create(Shop.request().build());
        PayoutRequest equal = PayoutRequest.builder(
                        "order-2",
                        Money.ofMinor(Shop.AMOUNT, "KZT"),
                        Shop.request().build().recipient())
                .description("Payout to a card")
                .extras(HorizonPayExtras.builder().allowEqualPayout().build())
                .build();

        assertThat(shop.client.create(equal).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"V3, 401", "V3, 403", "V2, 401", "V2, 403"})
    void wrongKey_inAnyForm_isRejected(Envelope envelope, int status) {
        switches.forcedEnvelope = envelope;
        switches.unauthorizedStatus = status;
        HorizonPayOptions wrong = HorizonPayOptions.builder(
                        HORIZONPAY.baseUrl(), HORIZONPAY.shopId(), Secret.of("wrong"))
                .build();
        try (HorizonPayPayoutClient stranger = HorizonPayPayoutClient.open(wrong)) {
            PayoutRejectedException refused = catchThrowableOfType(
                    PayoutRejectedException.class,
                    () -> stranger.create(Shop.request().build()));

            assertThat(refused.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER);
        }
    }

    @ParameterizedTest
    @CsvSource({"V3, 403, E.1022", "V3, 401, E.1022", "V2, 403, HTTP 403"})
    void payoutsNotAllowed_isRejected(Envelope envelope, int status, String code) {
        switches.forcedEnvelope = envelope;
        switches.accessDeniedStatus = status;
        switches.payoutsAllowed = false;

        assertThat(refused(Shop.request().build()).error())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void cardNumbersNotAllowed_numberIsRejectedAndTokenIsPaid() {
        switches.cardNumbersAllowed = false;

        assertThat(refused(Shop.request().build()).error())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo("E.1065"));
        PayoutRequest byToken = PayoutRequest.builder(
                        Shop.REFERENCE,
                        Money.ofMinor(Shop.AMOUNT, "KZT"),
                        new Recipient.SavedCard(HorizonPaySimulator.SAMPLE_TOKEN))
                .description("Payout to a card")
                .build();
        assertThat(shop.client.create(byToken).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverError_asPageOrAsCode_isUnknown(boolean html) {
        switches.serverErrorsAsHtml = html;

        Payout unclear = shop.client.create(
                Shop.request(Scenario.SERVER_ERROR_PAID.amount(150)).build());

        assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(shop.client.get(unclear.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void declineNumbering_oldOrNew_isAFailureWithAText(boolean old) {
        switches.oldDeclineCodes = old;

        Payout failed =
                shop.client.create(Shop.request(Scenario.DECLINED.amount(150)).build());

        assertThat(failed.decline()).hasValueSatisfying(decline -> {
            assertThat(decline.code()).isEqualTo(old ? "F.0002" : "F.0105");
            assertThat(decline.category()).isEqualTo(ErrorCategory.ISSUER_DECLINED);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"P.9998", "P.9999", "P.0002", "E.1020"})
    void incomplete_withAnyCode_awaitsTheRecipient(String code) {
        switches.incompleteCode = code;

        Payout waiting =
                shop.client.create(Shop.request(Scenario.UNSURE.amount(150)).build());

        assertThat(waiting.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        assertThat(waiting.nextAction()).isPresent();
    }

    @Test
    void incomplete_nobodyComes_failsWithItsCode() {
        Payout waiting =
                shop.client.create(Shop.request(Scenario.UNSURE.amount(150)).build());
        HORIZONPAY.clock().advance(switches.incompleteLifetime.plusMinutes(1));

        assertThat(shop.client.get(waiting.ref()).decline().map(Decline::code)).contains("F.0998");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cardDetails_inAnswersOrNot_doNotMatter(boolean shown) {
        switches.cardDetailsInAnswers = shown;
        switches.cardTypeKey = shown ? "payment_method_type" : "type";
        switches.redirectUrlAlways = shown;
        switches.legacyUids = shown;

        PayoutRequest byToken = PayoutRequest.builder(
                        Shop.REFERENCE,
                        Money.ofMinor(Shop.AMOUNT, "KZT"),
                        new Recipient.SavedCard(HorizonPaySimulator.SAMPLE_TOKEN))
                .description("Payout to a card")
                .build();

        Payout paid = shop.client.create(byToken);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.nextAction()).isEmpty();
        assertThat(paid.recipientMask()).contains("420000****0000");
        assertThat(paid.recipientToken().isPresent()).isEqualTo(shown);
        assertThat(shop.client.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void expiryMonthRule_obsoleteOrNot_isReadFromTheStatus(boolean decides) {
        switches.expiryMonthDecides = decides;
        Recipient card =
                new Recipient.Card(CardNumber.of("4200000000000000"), new Recipient.CardExpiry(10, 2030), null);
        PayoutRequest request = PayoutRequest.builder(Shop.REFERENCE, Money.ofMinor(Shop.AMOUNT, "KZT"), card)
                .description("Payout to a card")
                .build();

        assertThat(shop.client.create(request).status())
                .isEqualTo(decides ? PayoutStatus.FAILED : PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void processing_visibleOrNot_endsPaidOnce(boolean invisible) {
        switches.processingTime = Duration.ofMinutes(2);
        switches.invisibleWhileProcessing = invisible;

        Payout processing = shop.client.create(Shop.request().build());
        Payout meanwhile = shop.client.get(processing.ref());

        assertThat(processing.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(meanwhile.status()).isEqualTo(invisible ? PayoutStatus.UNKNOWN : PayoutStatus.PROCESSING);
        shop.client.submit(processing.ref(), Shop.request().build());
        HORIZONPAY.clock().advance(Duration.ofMinutes(3));
        assertThat(shop.client.get(processing.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void trackingIdLag_theIdOfTheNotificationIsTheDoorThatDoesNotLag() {
        switches.trackingIdLag = Duration.ofMinutes(11);
        PayoutRef ref = shop.client.prepare(Shop.request().build()).ref();
        shop.network.on(call -> call.method().equals("POST")).play(Fault.RESET_AFTER_REQUEST);
        shop.client.submit(ref, Shop.request().build());
        HORIZONPAY.clock().advance(shop.options.absenceWindow());
        WebhookEvent event =
                HorizonPayWebhooks.of(shop.options).receive(shop.notifications().get(0));

        assertThat(shop.client.get(ref).hasEvidence(Evidence.Kind.ABSENT)).isTrue();
        assertThat(event.against(ref).ours()).isTrue();
        assertThat(shop.client
                        .get(ref.withProviderId(event.providerId().orElseThrow()))
                        .status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void firewall_itsPageProvesNothingAndLeastOfAllThatThePayoutExists() {
        try (Shop trusting = new Shop(HORIZONPAY, HorizonPayOptions.Builder::submitWithoutLooking)) {
            HORIZONPAY.blockNext(1);

            Payout blocked = trusting.client.create(Shop.request().build());

            assertThat(blocked.evidence().map(evidence -> evidence.kind().proves()))
                    .contains(Evidence.Proves.NOTHING);
            assertThat(trusting.client.get(blocked.ref()).hasEvidence(Evidence.Kind.ABSENT))
                    .isTrue();
        }
    }

    @Test
    void firewall_beforeTheLookUp_nothingIsSent() {
        HORIZONPAY.blockNext(1);

        assertThatThrownBy(() -> shop.client.create(Shop.request().build())).isInstanceOf(PayoutNotSentException.class);
        HORIZONPAY.ledger().assertNotPaid(Shop.REFERENCE);
    }

    @ParameterizedTest
    @EnumSource(Envelope.class)
    void emptyObjectsAsLists_areRead(Envelope envelope) {
        switches.emptyObjectsAsLists = true;
        switches.forcedEnvelope = envelope;

        Payout paid = shop.client.create(Shop.request().build());

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(shop.client.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"failed, 15000, true", "successful, 15051, true", "pending, 15000, false", "incomplete, 15051, false"})
    void acquirerStatus_thatContradictsTheEnd_isUnknown(String acquirer, long amount, boolean contradicts) {
        switches.acquirerStatus = acquirer;

        Payout seen = shop.client.create(Shop.request(amount).build());

        assertThat(seen.hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER)).isEqualTo(contradicts);
        assertThat(seen.status().isFinal()).isEqualTo(!contradicts);
    }

    @Test
    void dotsAreFormats_noReferenceHasOne() {
        switches.dotsAreFormats = true;

        assertThatThrownBy(() ->
                        shop.client.create(Shop.request("order.17", Shop.AMOUNT).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reference");
        assertThat(shop.network.connections()).isZero();
    }

    @Test
    void questions_carryNoContentTypeAndVersionThree() {
        Payout paid = shop.client.create(Shop.request().build());
        shop.client.get(paid.ref());

        assertThat(HORIZONPAY.requests())
                .filteredOn(request -> request.method().equals("GET"))
                .isNotEmpty()
                .allSatisfy(request -> {
                    assertThat(request.header("Content-Type")).isEmpty();
                    assertThat(request.header("X-API-Version")).contains("3");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"bankInfo", "bank_info"})
    void balance_inEitherSpelling_isTold(String key) {
        switches.bankInfoKey = key;
        switches.openingBalance = 500;
        try (Shop curious = new Shop(HORIZONPAY, options -> options.balanceOfCurrency("KZT"))) {
            assertThat(curious.client.balance())
                    .singleElement()
                    .satisfies(balance -> assertThat(balance.available()).isEqualTo(Money.ofMinor(500, "KZT")));
        }
        assertThat(HORIZONPAY.requests())
                .singleElement()
                .satisfies(
                        request -> assertThat(request.header("X-API-Version")).contains("2"));
    }

    @Test
    void notifications_unsigned_areRejected() {
        switches.notificationsSigned = false;
        shop.client.create(Shop.request().build());
        HorizonPayWebhooks webhooks = HorizonPayWebhooks.of(shop.options);

        assertThat(shop.notifications())
                .isNotEmpty()
                .allSatisfy(notification -> assertThatThrownBy(() -> webhooks.receive(notification))
                        .isInstanceOf(org.unipayout.WebhookRejectedException.class));
    }

    private PayoutRejectedException refused(PayoutRequest request) {
        return catchThrowableOfType(PayoutRejectedException.class, () -> shop.client.create(request));
    }
}
