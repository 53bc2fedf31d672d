package org.unipayout.tinypay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.Sleeper;
import org.unipayout.http.Environment;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.tinypay.TinypaySimulator;

/** What is special about Tinypay; everything common is the contract suite's. */
class TinypayPayoutClientTest {
    @RegisterExtension
    static final TinypaySimulator TINYPAY = TinypaySimulator.start();

    private TinypayPayoutClient client;

    @BeforeEach
    void open() {
        client = TinypayPayoutClient.open(TinypayOptions.fromEnv(Environment.of(TINYPAY.credentials())));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void create_referenceOfAnotherCard_isRefusedAndNamesTheCard() {
        client.create(request(TinypaySimulator.CARD_TOKEN));

        assertThatThrownBy(() -> client.create(request(TinypaySimulator.OTHER_CARD_TOKEN)))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("different payout");
        assertThat(TINYPAY.ledger().movements()).hasSize(1);
    }

    @Test
    void apiKey_exchangedBetweenTwoCalls_holdsFromTheNextOn() {
        AtomicReference<Secret> key = new AtomicReference<>(Secret.of("yesterdays-key"));
        TinypayOptions options = TinypayOptions.of(TINYPAY.baseUrl(), Secret.supplied(key::get));
        try (TinypayPayoutClient exchanging = TinypayPayoutClient.open(options)) {
            assertThatThrownBy(() -> exchanging.create(request(TinypaySimulator.CARD_TOKEN)))
                    .isInstanceOf(PayoutRejectedException.class);

            key.set(Environment.of(TINYPAY.credentials()).secret("TINYPAY_API_KEY"));

            assertThat(exchanging.create(request(TinypaySimulator.CARD_TOKEN)).status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"1\",\"reference\":\"someone-elses\",\"amount\":1,\"currency\":\"KZT\",\"card_token\":\"x\",\"status\":\"paid\"}"
            })
    void create_referenceTakenAndLookUpUnclear_isUnknown(String lookUp) {
        client.create(request(TinypaySimulator.CARD_TOKEN));
        TINYPAY.wireMock()
                .stubFor(get(urlPathMatching("/payouts.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withBody(lookUp)));

        assertThat(client.create(request(TinypaySimulator.CARD_TOKEN)).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @Test
    void create_referenceTakenAndNotShown_isUnknownAsADuplicate() {
        client.create(request(TinypaySimulator.CARD_TOKEN));
        TINYPAY.wireMock()
                .stubFor(get(urlPathMatching("/payouts.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(404)));

        Payout payout = client.create(request(TinypaySimulator.CARD_TOKEN));

        assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "reference", "amount", "currency", "card_token", "status"})
    void create_answerWithoutAField_isUnknown(String field) {
        String whole =
                "{\"id\":\"1\",\"reference\":\"payout-1\",\"amount\":15000,\"currency\":\"KZT\",\"card_token\":\""
                        + TinypaySimulator.CARD_TOKEN + "\",\"status\":\"paid\"}";
        TINYPAY.wireMock()
                .stubFor(post("/payouts")
                        .atPriority(1)
                        .willReturn(
                                aResponse().withStatus(201).withBody(whole.replace('"' + field + '"', "\"other\""))));

        Payout payout = client.create(request(TinypaySimulator.CARD_TOKEN));

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"400, card_refused", "500, invalid_request", "409, unknown_card", "404, payout_not_found"})
    void create_codeWithAnotherHttpStatusThanDocumented_isUnknown(int httpStatus, String code) {
        TINYPAY.wireMock()
                .stubFor(post("/payouts")
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(httpStatus).withBody("{\"code\":\"" + code + "\"}")));

        assertThat(client.create(request(TinypaySimulator.CARD_TOKEN)).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @Test
    void create_unknownCard_isRefusedWithAdvice() {
        assertThatThrownBy(() -> client.create(request("no-such-card")))
                .isInstanceOfSatisfying(
                        PayoutRejectedException.class,
                        refused -> assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX));
    }

    @Test
    void submit_deadlinePassedSincePrepare_isRefusedBeforeAnyCall() {
        PayoutRequest request = builder(TinypaySimulator.CARD_TOKEN)
                .expiresAt(Instant.now().plus(Duration.ofHours(1)))
                .build();
        PayoutRef ref = client.prepare(request).ref();
        HttpOptions later = HttpOptions.builder()
                .time(Clock.offset(Clock.systemUTC(), Duration.ofHours(2)), Sleeper.REAL, () -> 0.5)
                .build();

        try (TinypayPayoutClient late =
                TinypayPayoutClient.open(TinypayOptions.fromEnv(Environment.of(TINYPAY.credentials())), later)) {
            assertThatThrownBy(() -> late.submit(ref, request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expiresAt:");
        }
        assertThat(TINYPAY.requests()).isEmpty();
    }

    @Test
    void get_answerAboutSomebodyElse_isUnknownAndUnidentified() {
        Payout payout = client.create(request(TinypaySimulator.CARD_TOKEN));
        TINYPAY.wireMock()
                .stubFor(get(urlPathMatching("/payouts.*"))
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withBody(
                                        "{\"id\":\"1\",\"reference\":\"someone-elses\",\"amount\":15000,\"currency\":\"KZT\",\"card_token\":\""
                                                + TinypaySimulator.CARD_TOKEN + "\",\"status\":\"declined\"}")));

        Payout found = client.get(payout.ref());

        assertThat(found.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(found.hasEvidence(Evidence.Kind.UNIDENTIFIED_ANSWER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TINYPAY_BASE_URL", "TINYPAY_API_KEY"})
    void fromEnv_missingVariable_isNamedAndNothingIsGuessed(String missing) {
        Map<String, String> variables = new HashMap<>(TINYPAY.credentials());
        variables.remove(missing);

        assertThatThrownBy(() -> TinypayOptions.fromEnv(Environment.of(variables)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(missing);
    }

    @Test
    void fromEnv_unusableVariable_isNamedAndNotRepeated() {
        Environment environment = Environment.of(Map.of("TINYPAY_BASE_URL", "https://user:pass word"));

        assertThatThrownBy(() -> TinypayOptions.fromEnv(environment))
                .hasMessageStartingWith("TINYPAY_BASE_URL")
                .hasMessageNotContaining("pass");
    }

    @Test
    void options_printed_showNoKey() {
        TinypayOptions options = TinypayOptions.of(TinypayOptions.LIVE, Secret.of("key-in-a-test"));

        assertThat(options).hasToString("TinypayOptions[api.tinypay.example]");
    }

    private static PayoutRequest request(String cardToken) {
        return builder(cardToken).build();
    }

    private static PayoutRequest.Builder builder(String cardToken) {
        return PayoutRequest.builder("payout-1", Money.ofMinor(15000, "KZT"), new Recipient.SavedCard(cardToken));
    }
}
