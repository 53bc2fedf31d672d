package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.CardNumber;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.Secret;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.http.Environment;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;

/** Settings, secrecy and what only this client has. */
class HorizonPayPayoutClientTest {
    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    @Test
    void fromEnv_everyVariable_isRead() {
        HorizonPayOptions options = HorizonPayOptions.fromEnv(Environment.of(Map.of(
                        "HORIZONPAY_BASE_URL", "https://gateway.example",
                        "HORIZONPAY_SHOP_ID", "361",
                        "HORIZONPAY_SECRET_KEY", "secret",
                        "HORIZONPAY_PUBLIC_KEY", "key")))
                .build();

        assertThat(options.baseUrl()).isEqualTo(URI.create("https://gateway.example"));
        assertThat(options.shopId()).isEqualTo("361");
        assertThat(options.secretKey()).isEqualTo(Secret.of("secret"));
        assertThat(options.publicKeys()).containsExactly("key");
        assertThat(options).hasToString("HorizonPayOptions[gateway.example, shop 361]");
    }

    @Test
    void fromEnv_optionalVariablesMissing_isWithoutAKey() {
        HorizonPayOptions options =
                HorizonPayOptions.fromEnv(Environment.of(environment())).build();

        assertThat(options.baseUrl()).isEqualTo(HorizonPayOptions.LIVE);
        assertThat(options.publicKeys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HORIZONPAY_SHOP_ID,",
        "HORIZONPAY_SHOP_ID, shop",
        "HORIZONPAY_SECRET_KEY,",
        "HORIZONPAY_SECRET_KEY, ' '",
        "HORIZONPAY_BASE_URL,",
        "HORIZONPAY_BASE_URL, 'not a url'",
    })
    void fromEnv_unusableVariable_isNamed(String name, String value) {
        Map<String, String> environment = environment();
        environment.put(name, value == null ? "" : value);

        assertThatThrownBy(() -> HorizonPayOptions.fromEnv(Environment.of(environment)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name);
    }

    private static Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "HORIZONPAY_BASE_URL", "https://gw.horizonpay.kz",
                "HORIZONPAY_SHOP_ID", "361",
                "HORIZONPAY_SECRET_KEY", "secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IQD", "LAK", "UGX", "kzt", "XYZ"})
    void currencies_disputedOrUnknown_areRefused(String code) {
        assertThatThrownBy(() -> options().currencies("KZT", code))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("currencies");
    }

    @Test
    void build_absenceWindowWithinOneCall_isRefused() {
        HorizonPayOptions options =
                options().absenceWindow(Duration.ofSeconds(90)).build();

        assertThatThrownBy(() -> HorizonPayPayoutClient.open(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("absenceWindow");
    }

    @Test
    void build_queuedWithoutAWindowOrAFence_isRefused() {
        assertThatThrownBy(() -> options().asynchronous().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("absenceWindow");
        assertThat(options()
                        .asynchronous()
                        .absenceWindow(Duration.ofDays(1))
                        .build()
                        .absenceWindow())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void capabilities_fence_takesThePlaceOfTheWindow() {
        URI verify = URI.create("https://shop.example/verify");
        try (HorizonPayPayoutClient plain =
                        HorizonPayPayoutClient.open(options().build());
                HorizonPayPayoutClient fenced = HorizonPayPayoutClient.open(
                        options().asynchronous().fence(verify).build())) {
            assertThat(plain.capabilities().resubmission(RecipientKind.CARD_NUMBER))
                    .isEqualTo(new Resubmission.AfterAbsence(Duration.ofMinutes(10), 2, Duration.ofMinutes(1)));
            assertThat(fenced.capabilities().resubmission(RecipientKind.CARD_NUMBER))
                    .isEqualTo(new Resubmission.Fenced(2, Duration.ofMinutes(1)));
        }
    }

    @Test
    void create_ownVerificationUrlBesideAFence_isRefusedBeforeAnyCall() {
        try (Shop shop = new Shop(HORIZONPAY, options -> options.fence(URI.create("https://shop.example/verify")))) {
            PayoutRequest request = Shop.request()
                    .extras(HorizonPayExtras.builder()
                            .verificationUrl(URI.create("https://shop.example/other"))
                            .build())
                    .build();

            assertThatThrownBy(() -> shop.client.create(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("extras.verificationUrl");
            assertThat(shop.network.connections()).isZero();
        }
    }

    @Test
    void create_queuedWithAnExpiry_isUnsupportedBeforeAnyCall() {
        try (Shop shop = new Shop(HORIZONPAY, Shop::queued)) {
            PayoutRequest request = Shop.request()
                    .expiresAt(HORIZONPAY.clock().instant().plusSeconds(3600))
                    .build();

            assertThatThrownBy(() -> shop.client.create(request))
                    .isInstanceOf(UnsupportedPayoutException.class)
                    .hasMessageContaining("expiresAt");
            assertThat(shop.network.connections()).isZero();
        }
    }

    @Test
    void create_testMode_isMarkedAsATest() {
        try (Shop shop = new Shop(HORIZONPAY, HorizonPayOptions.Builder::testMode)) {
            Payout payout = shop.client.create(Shop.request().build());

            assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(payout.test()).isTrue();
        }
    }

    @Test
    void get_testPayoutSeenByALiveShop_isNeverAPayment() {
        PayoutRef ref;
        try (Shop shop = new Shop(HORIZONPAY, HorizonPayOptions.Builder::testMode)) {
            ref = shop.client.create(Shop.request().build()).ref();
        }
        try (Shop live = new Shop(HORIZONPAY)) {
            Payout seen = live.client.get(ref);

            assertThat(seen.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(seen.evidence().map(Evidence::kind)).contains(Evidence.Kind.OTHER_PAYOUT);
        }
    }

    @Test
    void create_badField_isRefusedBeforeAnyCall() {
        try (Shop shop = new Shop(HORIZONPAY)) {
            PayoutRequest withoutDescription = PayoutRequest.builder(
                            Shop.REFERENCE,
                            Money.ofMinor(Shop.AMOUNT, "KZT"),
                            Shop.request().build().recipient())
                    .build();

            assertThatThrownBy(() -> shop.client.create(withoutDescription))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("description");
            assertThat(shop.network.connections()).isZero();
        }
    }

    @Test
    void create_goodRequest_tellsTheGatewaysRequestId() {
        try (Shop shop = new Shop(HORIZONPAY)) {
            assertThat(shop.client.create(Shop.request().build()).requestId()).isPresent();
        }
    }

    @Test
    void exchanges_ofAPayout_showTheAllowedFieldsOnly() {
        try (Shop shop = new Shop(HORIZONPAY)) {
            shop.client.create(Shop.request()
                    .sender(Participant.builder()
                            .firstName("John")
                            .email("sender@shop.example")
                            .build())
                    .build());

            assertThat(shop.exchanges).anySatisfy(exchange -> {
                assertThat(exchange.requestBody())
                        .contains("\"tracking_id\":\"order-1\"", "\"amount\":15000", "\"duplicate_check\":true")
                        .doesNotContain("4200000000000000", "John", "sender@shop.example", "notifications");
                assertThat(exchange.responseBody())
                        .contains("\"status\":\"successful\"", "\"code\":\"S.0000\"")
                        .doesNotContain("VISA", "420000", "https://");
            });
        }
    }

    @Test
    void balance_noQuestionInTheOptions_isUnsupported() {
        try (Shop shop = new Shop(HORIZONPAY)) {
            assertThatThrownBy(shop.client::balance).isInstanceOf(UnsupportedPayoutException.class);
            assertThat(shop.network.connections()).isZero();
        }
    }

    @Test
    void balance_severalQuestions_givesOneBalanceEach() {
        try (Shop shop = new Shop(
                HORIZONPAY,
                options -> options.balanceOfCurrency("KZT").balanceOfGateway(5).balanceOfAccount("acc-1"))) {
            assertThat(shop.client.balance()).hasSize(3);
            assertThat(shop.exchanges)
                    .extracting(exchange -> exchange.requestBody())
                    .containsExactly(
                            "{\"request\":{\"currency\":\"KZT\"}}",
                            "{\"request\":{\"gateway_id\":5}}",
                            "{\"request\":{\"account\":\"***\"}}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"status\":\"failed\"}",
                "{\"status\":\"successful\",\"result\":{\"amount\":1}}",
                "{\"status\":\"successful\",\"result\":{\"amount\":1,\"currency\":\"???\"}}"
            })
    void balance_answerThatTellsNone_throwsRead(String body) {
        try (Shop shop = new Shop(HORIZONPAY, options -> options.balanceOfCurrency("KZT"))) {
            shop.answer("POST", "/balance", 200, body);

            assertThatThrownBy(shop.client::balance).isInstanceOf(PayoutReadException.class);
        }
    }

    @Test
    void tokenizeRecipient_card_givesATokenThatCanBePaid() {
        HORIZONPAY.switches().cardDetailsInAnswers = true;
        try (Shop shop = new Shop(HORIZONPAY)) {
            Recipient.SavedCard saved = shop.client.tokenizeRecipient(
                    "token-1",
                    new Recipient.Card(
                            CardNumber.of("4200000000000000"), new Recipient.CardExpiry(1, 2030), "JOHN DOE"),
                    "Save the card",
                    Participant.builder().firstName("John").lastName("Doe").build());
            PayoutRequest request = PayoutRequest.builder(Shop.REFERENCE, Money.ofMinor(Shop.AMOUNT, "KZT"), saved)
                    .description("Payout to a card")
                    .build();

            assertThat(shop.client.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    void tokenizeRecipient_refused_throwsRejected() {
        try (Shop shop = new Shop(HORIZONPAY)) {
            shop.answer(
                    "POST", "/transactions/recipient_tokenizations", 403, "{\"code\":\"E.1065\",\"message\":\"no\"}");

            assertThatThrownBy(() -> tokenize(shop))
                    .isInstanceOfSatisfying(
                            PayoutRejectedException.class,
                            refused -> assertThat(refused.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER));
        }
    }

    @Test
    void tokenizeRecipient_answerWithoutAToken_throwsNotPrepared() {
        try (Shop shop = new Shop(HORIZONPAY)) {
            shop.answer(
                    "POST",
                    "/transactions/recipient_tokenizations",
                    200,
                    "{\"transaction\":{\"uid\":\"a\",\"status\":\"successful\",\"type\":\"recipient_tokenization\"}}");

            assertThatThrownBy(() -> tokenize(shop)).isInstanceOf(PayoutNotPreparedException.class);
        }
    }

    private static Recipient.SavedCard tokenize(Shop shop) {
        return shop.client.tokenizeRecipient(
                "token-1", new Recipient.Card(CardNumber.of("4200000000000000")), "Save the card", null);
    }

    private static HorizonPayOptions.Builder options() {
        return HorizonPayOptions.builder(HorizonPayOptions.LIVE, "361", Secret.of("secret"));
    }
}
